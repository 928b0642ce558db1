package sim

import (
	"context"
	"fmt"
	"log/slog"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/intake"
	"encaisse/internal/shop/receivable"
)

// payment is what a customer paid outside of a sheet.
type payment struct {
	receivable.Payment
	kind   string // of the method
	undone bool
}

// owed is what customers owe: granted and repaid on sheets, and paid outside of them.
func (w *world) owed() (sum money.Amount) {
	for _, b := range w.audit.boxes {
		for _, s := range b.sheets {
			sum += s.Taken[onAccount] - s.Repaid
		}
	}
	for _, p := range w.payments {
		if !p.undone {
			sum -= p.Amount
		}
	}
	return sum
}

// repayment is a customer who pays, or a payment that is undone.
func (w *world) repayment(box string) act {
	if len(w.payments) > 0 && w.chance(35) {
		return w.paymentUndone(w.payments[w.rng.IntN(len(w.payments))])
	}
	p := &payment{kind: w.kindOfMethod(), Payment: receivable.Payment{ID: id.New(), Kind: receivable.Repayment, Box: box, Amount: w.cents(3000), On: w.someDay(), Advance: w.chance(30)}}
	p.Method = w.methods[p.kind]
	b := w.audit.boxes[box]
	pay := func(tx *db.Tx, p receivable.Payment) error {
		if err := receivable.Pay(tx, p, w.today(), somebody); err != nil {
			return err
		}
		return follow(tx, p.On, cashbox.Moves{p.Box: p.Moves()})
	}
	return act{
		what: fmt.Sprintf("repayment of %d in %s on %s", p.Amount, p.kind, p.On), allowed: p.On <= w.today() && p.On >= b.first && p.On > b.locked && (p.Advance || p.Amount <= w.owed()),
		do:    func(tx *db.Tx) (string, error) { return "", pay(tx, p.Payment) },
		other: func(tx *db.Tx) error { more := p.Payment; more.Amount++; return pay(tx, more) },
		apply: func() { b.move(p.On, p.kind, p.Amount); w.payments = append(w.payments, p) },
	}
}

func (w *world) paymentUndone(p *payment) act {
	key := id.New()
	return act{
		what: fmt.Sprintf("repayment of %d of %s undone", p.Amount, p.On), allowed: !p.undone && p.On > w.audit.boxes[p.Box].locked,
		do: func(tx *db.Tx) (string, error) {
			if _, err := receivable.Undo(tx, key, p.ID, "simulé", w.today(), somebody); err != nil {
				return "", err
			}
			return "", follow(tx, p.On, cashbox.Moves{p.Box: {p.Method: -p.Amount}})
		},
		apply: func() { p.undone = true; w.audit.boxes[p.Box].move(p.On, p.kind, -p.Amount) },
	}
}

// imported is a file of one day that came in.
type imported struct {
	id     string
	at     place
	undone bool
}

// importing brings a day in as a draft, from a file, or undoes it.
func (w *world) importing(box string) act {
	if len(w.imports) > 0 && w.chance(40) {
		return w.importUndone(w.imports[w.rng.IntN(len(w.imports))])
	}
	i, b := &imported{id: id.New(), at: place{box, w.someDay()}}, w.audit.boxes[box]
	if on := i.at.on; on <= b.locked && b.sheets[on] == nil {
		return w.draft(box) // a day locked without a sheet is not for a file to open
	}
	amount := locale.Input(w.cents(40000))
	body := "Date;Épicerie;" + card + "\n" + string(i.at.on) + ";" + amount + ";" + amount + "\n"
	_, drafted := w.drafts[i.at]
	return act{
		what: fmt.Sprintf("file with %s", i.at.on), allowed: i.at.on <= w.today() && i.at.on >= b.first && b.sheets[i.at.on] == nil && !drafted,
		alone: func() error { return w.bring(i, body) },
		apply: func() { w.imports = append(w.imports, i); w.drafts[i.at] = 1 },
	}
}

func (w *world) bring(i *imported, body string) error {
	err := w.write(func(tx *db.Tx) error {
		r, err := intake.LoadRegisters(tx, func(string) bool { return true })
		if err != nil {
			return err
		}
		if err := intake.Receive(tx, intake.Intake{ID: i.id, Kind: intake.Days, Name: "simulé.csv", By: somebody}, []byte(body), r); err != nil {
			return err
		}
		kept, err := intake.Get(tx, i.id)
		if err != nil {
			return err
		}
		kept.Mapping.Box = i.at.box
		if err := intake.Match(tx, i.id, kept.Mapping, r); err != nil {
			return err
		}
		return intake.Start(tx, i.id, somebody, r)
	})
	if err != nil {
		return err
	}
	return w.work(i, intake.Done)
}

// work lets the job do its work.
func (w *world) work(i *imported, want intake.State) error {
	worker := intake.Worker{DB: w.d, Log: slog.New(slog.DiscardHandler)}
	runner := job.Runner{DB: w.d, Handlers: map[string]job.Handler{intake.Job: worker.Work}, Log: worker.Log}
	if err := runner.Work(context.Background()); err != nil {
		return err
	}
	return w.read(func(q *db.Snapshot) error {
		kept, err := intake.Get(q, i.id)
		if err == nil && kept.State != want {
			err = fault.New(fault.Internal, "the import is "+string(kept.State)+": "+kept.Message)
		}
		return err
	})
}

func (w *world) importUndone(i *imported) act {
	if i.undone {
		return w.draft(i.at.box)
	}
	return act{
		what: fmt.Sprintf("the file with %s undone", i.at.on), allowed: true,
		alone: func() error {
			if err := w.write(func(tx *db.Tx) error { return intake.Undo(tx, i.id, somebody) }); err != nil {
				return err
			}
			return w.work(i, intake.Undone)
		},
		apply: func() {
			i.undone = true
			if w.drafts[i.at] == 1 && w.audit.boxes[i.at.box].sheets[i.at.on] == nil { // nobody touched it since
				delete(w.drafts, i.at)
			}
		},
	}
}

// compareDrafts compares which sheets are begun.
func (w *world) compareDrafts(q db.Querier) error {
	begun := map[place]int{}
	for _, box := range w.boxes {
		_, drafts, err := daysheet.Occupied(q, box, firstDay.Add(-2), w.today().Add(3))
		if err != nil {
			return err
		}
		for on, d := range drafts {
			begun[place{box, on}] = d.Revision
		}
	}
	for p, revision := range w.drafts {
		if begun[p] != revision {
			return fmt.Errorf("the draft of %s is at revision %d, the auditor says %d", p.on, begun[p], revision)
		}
		delete(begun, p)
	}
	for p, revision := range begun {
		return fmt.Errorf("there is a draft of %s at revision %d, the auditor knows of none", p.on, revision)
	}
	return nil
}
