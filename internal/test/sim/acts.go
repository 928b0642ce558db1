package sim

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
)

// movement is a movement the auditor heard of.
type movement struct {
	cashbox.Movement
	kind, toKind string // of the methods
	undone       bool
}

// draw draws what somebody does next.
func (w *world) draw() act {
	box := w.boxes[w.rng.IntN(len(w.boxes))]
	switch roll := w.rng.IntN(140); {
	case roll < 30:
		return w.movement(box)
	case roll < 35:
		return w.reversal()
	case roll < 37:
		return w.restoration()
	case roll < 42:
		return w.draft(box)
	case roll < 68:
		return w.closing(box)
	case roll < 84:
		return w.correction(box)
	case roll < 88:
		return w.closedDay(box)
	case roll < 93:
		return w.locking(box)
	case roll < 100:
		return w.autoLock()
	case roll < 108:
		return w.repayment(box)
	case roll < 122:
		return w.voucherAct(box)
	case roll < 135:
		return w.bankAct(box)
	default:
		return w.importing(box)
	}
}

// someDay is a day: mostly today, sometimes before, seldom tomorrow or before the first.
func (w *world) someDay() day.Day {
	today := w.today()
	switch roll := w.rng.IntN(100); {
	case roll < 65:
		return today
	case roll < 93:
		return today.Add(-w.rng.IntN(6))
	case roll < 96:
		return today.Add(1)
	default:
		return firstDay.Add(-1)
	}
}

func (w *world) cents(most int) money.Amount { return money.Amount(1 + w.rng.IntN(most)) }

func (w *world) kindOfMethod() string { return kept[w.rng.IntN(len(kept))] }

var movementKinds = []cashbox.Kind{cashbox.PaidIn, cashbox.Income, cashbox.PaidOut, cashbox.Expense, cashbox.Expense, cashbox.Deposit, cashbox.Transfer}

func (w *world) movement(box string) act {
	m := movement{kind: w.kindOfMethod(), toKind: w.kindOfMethod(), Movement: cashbox.Movement{ID: id.New(), Box: box, Kind: movementKinds[w.rng.IntN(len(movementKinds))], Amount: w.cents(9000), On: w.someDay(), Memo: "simulé"}}
	if w.chance(60) {
		m.kind = cash
	}
	if w.chance(4) {
		m.Amount = 0
	}
	m.Method = w.methods[m.kind]
	switch m.Kind {
	case cashbox.Income:
		m.Role = "income.other"
	case cashbox.Expense:
		m.Role, m.Rate = "expense.supplies", 2000
	case cashbox.Transfer:
		m.ToBox, m.ToMethod = w.boxes[w.rng.IntN(len(w.boxes))], w.methods[m.toKind]
	}
	own := w.audit.boxes[box]
	today := w.today()
	allowed := m.Amount > 0 && m.On <= today && m.On >= own.first && m.On > own.locked
	if m.Kind == cashbox.Transfer {
		allowed = allowed && m.On > w.audit.boxes[m.ToBox].locked && (m.ToBox != m.Box || m.ToMethod != m.Method)
	}
	record := func(tx *db.Tx, m cashbox.Movement) error {
		if err := cashbox.Record(tx, m, w.today(), somebody); err != nil {
			return err
		}
		return follow(tx, m.On, m.Moves())
	}
	return act{
		what: fmt.Sprintf("%s of %d in %s on %s", m.Kind, m.Amount, m.kind, m.On), allowed: allowed,
		do:    func(tx *db.Tx) (string, error) { return m.ID, record(tx, m.Movement) },
		other: func(tx *db.Tx) error { more := m.Movement; more.Amount++; return record(tx, more) },
		apply: func() { w.apply(m, 1); w.recorded = append(w.recorded, m) },
	}
}

// follow makes the closed sheets follow, as the page does.
func follow(tx *db.Tx, on day.Day, moves cashbox.Moves) error {
	for box, by := range moves {
		if err := daysheet.AfterMovement(tx, box, on, by, somebody, "simulé"); err != nil {
			return err
		}
	}
	return nil
}

// apply tells the auditor of a movement, or that it was undone.
func (w *world) apply(m movement, sign money.Amount) {
	out := -m.Amount
	if m.Kind.Group() == cashbox.PaidIn {
		out = m.Amount
	}
	w.audit.boxes[m.Box].move(m.On, m.kind, sign*out)
	if m.Kind == cashbox.Transfer {
		w.audit.boxes[m.ToBox].move(m.On, m.toKind, sign*m.Amount)
	}
}

func (w *world) reversal() act {
	if len(w.recorded) == 0 {
		return w.movement(w.boxes[0])
	}
	n := w.rng.IntN(len(w.recorded))
	m := w.recorded[n]
	allowed := !m.undone && m.On > w.audit.boxes[m.Box].locked
	if m.Kind == cashbox.Transfer {
		allowed = allowed && m.On > w.audit.boxes[m.ToBox].locked
	}
	return act{
		what: fmt.Sprintf("reversal of the %s of %d in %s on %s", m.Kind, m.Amount, m.kind, m.On), allowed: allowed,
		do: func(tx *db.Tx) (string, error) {
			if _, err := cashbox.Reverse(tx, m.ID, "simulé", w.today(), somebody); err != nil {
				return "", err
			}
			return "", follow(tx, m.On, m.Moves().Undone())
		},
		apply: func() { w.apply(m, -1); w.recorded[n].undone = true },
	}
}

// restoration gives back a movement that was undone; one that stands is refused.
func (w *world) restoration() act {
	if len(w.recorded) == 0 {
		return w.movement(w.boxes[0])
	}
	n := w.rng.IntN(len(w.recorded))
	for range 8 { // undone ones are few
		if w.recorded[n].undone {
			break
		}
		n = w.rng.IntN(len(w.recorded))
	}
	m := w.recorded[n]
	allowed := m.undone && m.On > w.audit.boxes[m.Box].locked
	if m.Kind == cashbox.Transfer {
		allowed = allowed && m.On > w.audit.boxes[m.ToBox].locked
	}
	return act{
		what: fmt.Sprintf("restoration of the %s of %d in %s on %s", m.Kind, m.Amount, m.kind, m.On), allowed: allowed,
		do: func(tx *db.Tx) (string, error) {
			if _, err := cashbox.Restore(tx, m.ID, w.today(), somebody); err != nil {
				return "", err
			}
			return "", follow(tx, m.On, m.Moves())
		},
		apply: func() { w.apply(m, 1); w.recorded[n].undone = false },
	}
}

// draft keeps a draft, loses it, or saves on top of somebody else’s.
func (w *world) draft(box string) act {
	p := place{box, w.someDay()}
	if w.chance(25) {
		return act{what: "draft lost", allowed: true, apply: func() { delete(w.drafts, p) },
			do: func(tx *db.Tx) (string, error) { return "", daysheet.DropDraft(tx, p.box, p.on) }}
	}
	revision := w.drafts[p]
	if w.chance(20) {
		revision += 1 + w.rng.IntN(3)
	}
	allowed := p.on <= w.today() && p.on >= firstDay && (revision == w.drafts[p] || w.drafts[p] == 0)
	fields := map[string]string{daysheet.FieldSale + w.food: "12,3", daysheet.FieldTaken + w.methods[cash]: "douze"}
	return act{
		what: fmt.Sprintf("draft of %s, revision %d", p.on, revision), allowed: allowed, apply: func() { w.drafts[p] = revision + 1 },
		do: func(tx *db.Tx) (string, error) {
			d, err := daysheet.SaveDraft(tx, p.box, p.on, fields, revision, somebody)
			if err == nil && d.Revision != revision+1 {
				err = fmt.Errorf("revision %d became %d", revision, d.Revision)
			}
			return "", err
		},
	}
}

// closing closes today, or a day that was left open, or one that must be refused.
func (w *world) closing(box string) act {
	b, today, on := w.audit.boxes[box], w.today(), w.someDay()
	if open := w.audit.missing(b, today); open != "" && w.chance(50) {
		on = open
	}
	f := w.figures(b, on)
	w.spoil(&f)
	return act{
		what: fmt.Sprintf("closing of %s: %+v", on, f), allowed: w.audit.accepts(b, on, today, f, false),
		apply: func() { b.enter(on, today, f); b.seal(on, f.gross()); delete(w.drafts, place{box, on}) },
	}.keyed(w.request(box, on, f), daysheet.Close)
}

// correction corrects a closed day, locked or not.
func (w *world) correction(box string) act {
	b, today := w.audit.boxes[box], w.today()
	if len(b.sheets) == 0 {
		return w.closing(box)
	}
	on := slices.Sorted(maps.Keys(b.sheets))[w.rng.IntN(len(b.sheets))]
	if w.chance(4) {
		on = today.Add(-w.rng.IntN(4))
	}
	var f figures
	if s := b.sheets[on]; s == nil {
		f = w.figures(b, on)
	} else {
		f = w.amend(b, on, s.figures)
	}
	f.Explanation = !w.chance(6)
	grew := f.gross()
	if s := b.sheets[on]; s != nil {
		grew -= s.gross()
	}
	return act{
		what: fmt.Sprintf("correction of %s (locked until %s): %+v", on, b.locked, f), allowed: w.audit.accepts(b, on, today, f, true),
		apply: func() { b.enter(on, today, f); b.seal(on, grew); delete(w.drafts, place{box, on}) },
	}.keyed(w.request(box, on, f), daysheet.Correct)
}

// keyed makes an act of a request with a key.
func (a act) keyed(r daysheet.Request, do func(*db.Tx, daysheet.Request) (string, error)) act {
	a.do = func(tx *db.Tx) (string, error) { return do(tx, r) }
	a.other = func(tx *db.Tx) error {
		other := r
		other.Fields = maps.Clone(r.Fields)
		other.Fields[daysheet.FieldNote] = "autre contenu"
		_, err := do(tx, other)
		return err
	}
	return a
}

func (w *world) closedDay(box string) act {
	on := w.today().Add(-w.rng.IntN(5))
	return act{
		what: fmt.Sprintf("shop closed on %s", on), allowed: w.audit.boxes[box].sheets[on] == nil,
		do:    func(tx *db.Tx) (string, error) { return "", daysheet.ShopClosed(tx, box, on, somebody) },
		apply: func() { w.audit.shut[on] = true; delete(w.drafts, place{box, on}) },
	}
}

func (w *world) locking(box string) act {
	b, on := w.audit.boxes[box], w.today().Add(-w.rng.IntN(5))
	return act{
		what: fmt.Sprintf("lock until %s", on), allowed: on <= b.locked || b.sheets[on] != nil && w.audit.missing(b, on) == "",
		do:    func(tx *db.Tx) (string, error) { return "", daysheet.Lock(tx, box, on, somebody) },
		apply: func() { b.lock(on) },
	}
}

func (w *world) autoLock() act {
	last := w.today().Add(-lockDays)
	return act{
		what: fmt.Sprintf("automatic lock until %s", last), allowed: true,
		alone: func() error { return daysheet.AutoLock(context.Background(), w.d, w.company, somebody) },
		apply: func() {
			for _, b := range w.audit.boxes {
				until := last
				if open := w.audit.missing(b, last); open != "" {
					until = open.Add(-1)
				}
				b.lock(until)
			}
		},
	}
}
