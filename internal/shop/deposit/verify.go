package deposit

import (
	"fmt"
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/books/act"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/number"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
)

// Checked is how much Verify walked through.
type Checked struct{ Slips, Cheques, Events int }

// Verify walks every cheque and every slip of the company and names the first that the movement of its box, its entries in the ledger or what
// was stated do not bear out.
func Verify(q db.Querier) (Checked, error) {
	var checked Checked
	if row, err := stray(q); err != nil || row != "" {
		return checked, firstOf(err, fmt.Errorf("deposit: %s: what it speaks of, or its place, is missing", row))
	}
	for _, kind := range []string{ChequeKind, WithdrawalKind, SlipKind} {
		since, err := seal.Since(q, kind)
		if err != nil {
			return checked, err
		}
		if id, err := unsealed(q, kind, since); err != nil || id != "" {
			return checked, firstOf(err, fmt.Errorf("deposit: %s %s has no seal", kind, id))
		}
	}
	cheques, err := allCheques(q)
	if err != nil {
		return checked, err
	}
	for _, c := range cheques {
		if err := stated(q, c.ID, "deposit.cheque", c); err != nil {
			return checked, fmt.Errorf("deposit: cheque %s: %w", c.ID, err)
		}
	}
	checked.Cheques = len(cheques)
	slips, err := Slips(q)
	if err != nil {
		return checked, err
	}
	posted, err := postedSlips(q)
	if err != nil {
		return checked, err
	}
	last, err := number.Last(q, series)
	if err != nil {
		return checked, err
	}
	if int64(len(slips)) != last {
		return checked, fmt.Errorf("deposit: the series gave numbers up to %d, there are %d slips", last, len(slips))
	}
	undone := map[string]bool{}
	for i, s := range slips {
		if want := last - int64(i); s.Number != want {
			return checked, fmt.Errorf("deposit: slip n° %d is missing", want)
		}
		if s, err = SlipByID(q, s.ID); err != nil {
			return checked, err
		}
		if err := s.verify(q); err != nil {
			return checked, fmt.Errorf("deposit: slip n° %d: %w", s.Number, err)
		}
		for _, e := range s.Events {
			undone[e.ID] = e.Kind == Undone
		}
		delete(posted, s.ID)
		checked.Slips, checked.Events = checked.Slips+1, checked.Events+len(s.Events)
	}
	for slip := range posted {
		return checked, fmt.Errorf("deposit: slip %s: the ledger has its entries, and it is missing", slip)
	}
	return checked, act.EachStated(q, "deposit.undo", func(key string) error {
		if !undone[key] {
			return fmt.Errorf("deposit: a slip was undone by %s, and no event says so", key)
		}
		return nil
	})
}

func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// postedSlips are the slips that the ledger has entries of.
func postedSlips(q db.Querier) (map[string]bool, error) {
	posted := map[string]bool{}
	err := ledger.EachSource(q, func(of string) error {
		if slip, is := strings.CutPrefix(of, source("")); is {
			posted[slip] = true
		}
		return nil
	})
	return posted, err
}

func stated(q db.Querier, key, kind string, contents ...any) error {
	is, err := act.Stated(q, key, kind, contents...)
	if err == nil && !is {
		err = fmt.Errorf("nobody stated it so")
	}
	return err
}

// verify compares a slip with what it is made of, the movement of its box and its entries.
func (r Recorded) verify(q db.Querier) error {
	for _, c := range r.List {
		r.Cheques = append(r.Cheques, c.ID)
	}
	if err := r.stated(q); err != nil {
		return err
	}
	sum := r.Loose + r.Counted()
	for _, c := range r.List {
		sum += c.Amount
	}
	if sum != r.Amount {
		return fmt.Errorf("what is on it comes to %d cents, it says %d", sum, r.Amount)
	}
	m, err := cashbox.MovementByID(q, r.Movement)
	switch {
	case fault.Is(err, fault.NotFound):
		return fmt.Errorf("the movement of its box is missing")
	case err != nil:
		return err
	case r.Movement != movementOf(r.ID) || m.Kind != cashbox.Deposit || m.Box != r.Box || m.Method != r.Method || m.On != r.On || m.By != r.By || !m.At.Equal(r.At):
		return fmt.Errorf("box, method, day, person or instant are not those of the movement of its box")
	case m.Amount != r.Amount:
		return fmt.Errorf("it is of %d cents, the movement of its box of %d", r.Amount, m.Amount)
	case m.Memo != r.words():
		return fmt.Errorf("its number, its cheques or its comment are not those of the movement of its box")
	}
	return r.verifyEvents(q)
}

// stated compares the slip with what was stated, in whatever way what is empty was sent.
func (r Recorded) stated(q db.Querier) error {
	var contents []any
	for _, cheques := range [][]string{r.Cheques, {}} {
		for _, pieces := range []map[int]int{r.Pieces, {}, nil} {
			s := r.Slip
			if s.Pieces = pieces; len(r.Pieces) > 0 {
				s.Pieces = r.Pieces
			}
			if s.Cheques = cheques; len(r.Cheques) > 0 {
				s.Cheques = r.Cheques
			}
			contents = append(contents, s)
		}
	}
	return stated(q, r.ID, "deposit.slip", contents...)
}

// verifyEvents compares what became of a slip with its entries.
func (r Recorded) verifyEvents(q db.Querier) error {
	entries, err := ledger.OfSource(q, source(r.ID))
	if err != nil {
		return err
	}
	for _, e := range r.Events {
		if e.Kind == Undone {
			if err := r.undone(q, e); err != nil {
				return fmt.Errorf("its event %s (%s): %w", e.ID, e.Kind, err)
			}
			continue
		}
		at := slices.IndexFunc(entries, func(p ledger.Posted) bool { return p.ID == e.EntryID })
		if at < 0 {
			return fmt.Errorf("the entry of its event %s (%s) is not in the ledger, or is of another event too", e.ID, e.Kind)
		}
		if err := r.bornOut(q, e, entries[at]); err != nil {
			return fmt.Errorf("its event %s (%s): %w", e.ID, e.Kind, err)
		}
		entries = slices.Delete(slices.Clone(entries), at, at+1)
	}
	if len(entries) > 0 {
		return fmt.Errorf("entry n° %d was posted for it, and nothing that became of it names it", entries[0].Seq)
	}
	return nil
}

// plain tells whether an event says nothing of a cheque that came back.
func (e Event) plain() bool { return e.Cheque == "" && e.Party == "" && e.Fee == 0 }

// bornOut compares an event with its entry.
func (r Recorded) bornOut(q db.Querier, e Event, p ledger.Posted) error {
	bank := e.Amount
	if e.Kind != Credited {
		bank = -e.Amount - e.Fee
	}
	var moved money.Amount
	for _, l := range p.Lines {
		if l.Account == bankKey {
			moved += l.Amount
		}
	}
	switch {
	case p.On != e.On || p.By != e.By || !p.At.Equal(e.At):
		return fmt.Errorf("day, person or instant are not those of its entry n° %d", p.Seq)
	case moved != bank:
		return fmt.Errorf("it moves the bank by %d cents, its entry n° %d by %d", bank, p.Seq, moved)
	}
	switch e.Kind {
	case Credited:
		if p.Kind != "deposit.credit" || !e.plain() || e.Amount != r.Amount || !p.Bears(p.Kind, e.said()) {
			return fmt.Errorf("it is no longer what its entry n° %d was sealed with", p.Seq)
		}
	case Returned:
		if p.Kind != "deposit.return" || !p.Bears(p.Kind, e.said()) || !slices.ContainsFunc(r.List, func(c Cheque) bool { return c.ID == e.Cheque && c.Amount == e.Amount }) {
			return fmt.Errorf("it is no longer what its entry n° %d was sealed with", p.Seq)
		}
	case Uncredited:
		credited := slices.ContainsFunc(r.Events, func(c Event) bool { return c.Kind == Credited && c.EntryID == p.Reverses })
		if !credited || !e.plain() || e.Memo != "" {
			return fmt.Errorf("entry n° %d does not take its credit back", p.Seq)
		}
		return stated(q, e.ID, "deposit.uncredit", r.ID)
	}
	return nil
}

// undone compares a slip taken back with what was stated, and with the entry that undid the movement of its box.
func (r Recorded) undone(q db.Querier, e Event) error {
	if e.EntryID != "" || !e.plain() || e.On != r.On || e.Amount != r.Amount {
		return fmt.Errorf("its day or its amount are not those of the slip")
	}
	entries, err := ledger.OfSource(q, "movement:"+r.Movement)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(entries, func(p ledger.Posted) bool { return p.Reverses != "" && p.By == e.By && p.At.Equal(e.At) }) {
		return fmt.Errorf("no entry undid the movement of its box then, by the same person")
	}
	return stated(q, e.ID, "deposit.undo", []string{r.ID, e.Memo})
}
