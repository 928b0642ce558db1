package cashbox_test

import (
	"math/rand/v2"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
)

func (s *shop) restore(movement string) error {
	return s.try(func(tx *db.Tx) error {
		_, err := cashbox.Restore(tx, movement, today, claire)
		return err
	})
}

// box opens a box of any kind.
func (s *shop) box(t *testing.T, b cashbox.Box) cashbox.Box {
	t.Helper()
	s.write(t, func(tx *db.Tx) error {
		id, err := cashbox.Save(tx, claire, b)
		if err == nil {
			b, err = cashbox.ByID(tx, id)
		}
		return err
	})
	return b
}

// verify walks what the room and the ledger keep.
func (s *shop) verify(t *testing.T) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) error {
		if _, err := cashbox.Verify(q); err != nil {
			return err
		}
		_, err := ledger.Verify(q)
		return err
	})
}

// statement is what moved in a box this month.
func (s *shop) statement(t *testing.T, b cashbox.Box) (found cashbox.Statement) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		found, err = cashbox.LoadStatement(q, b, "2026-11-01", today)
		return err
	})
	return found
}

// TestMovementsUndoneAndRestoredInAnyOrderLeaveTheBalanceOfThoseThatStand undoes and restores movements with fees at random. Whatever the
// order: the box holds what stands, each line keeps the balance it had when it was made, the statement adds up, and the books verify.
func TestMovementsUndoneAndRestoredInAnyOrderLeaveTheBalanceOfThoseThatStand(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		rng := rand.New(rand.NewPCG(11, 5))
		bank := s.box(t, cashbox.Box{Name: "Banque", Kind: cashbox.Other, Holds: cashbox.HoldsCashless})
		s.write(t, func(tx *db.Tx) error {
			return cashbox.SetFees(tx, claire, bank.ID, []cashbox.Condition{{Side: cashbox.Both, Rate: 210}, {Side: cashbox.Out, Fixed: 35}})
		})
		kinds := []cashbox.Kind{cashbox.Income, cashbox.Expense, cashbox.PaidIn, cashbox.Transfer}
		var ids []string
		worth, stands := map[string]money.Amount{}, map[string]bool{}
		for range 12 {
			m := s.movement(kinds[rng.IntN(len(kinds))])
			m.Box, m.Method, m.Amount = bank.ID, s.card, money.Amount(1+rng.Int64N(50_000))
			if m.Kind == cashbox.Transfer {
				m.ToBox, m.ToMethod = s.till.ID, s.card
			}
			if rng.IntN(3) == 0 {
				m.On = yesterday
			}
			before := s.balance(t, cashbox.AccountKey(bank.ID, s.card))
			if err := s.record(m); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, m.ID)
			worth[m.ID], stands[m.ID] = s.balance(t, cashbox.AccountKey(bank.ID, s.card))-before, true
		}
		after := map[string]money.Amount{}
		for _, l := range s.statement(t, bank).Lines {
			after[l.EntryID] = l.After
		}
		for range 40 {
			id := ids[rng.IntN(len(ids))]
			undo := func(id string) error { return s.reverse(id, "essai") }
			turn, wrong := undo, s.restore
			if !stands[id] {
				turn, wrong = s.restore, undo
			}
			wantKind(t, wrong(id), fault.Conflict)
			if err := turn(id); err != nil {
				t.Fatal(err)
			}
			stands[id] = !stands[id]
			var want money.Amount
			for _, id := range ids {
				if stands[id] {
					want += worth[id]
				}
			}
			if got := s.balance(t, cashbox.AccountKey(bank.ID, s.card)); got != want {
				t.Fatalf("the box holds %d, what stands comes to %d", got, want)
			}
		}
		s.wantWhole(t, bank, after, stands)
	})
}

// wantWhole checks that the statement of a box adds up, that its lines keep the balances they showed, and strikes through what was undone.
func (s *shop) wantWhole(t *testing.T, bank cashbox.Box, after map[string]money.Amount, stands map[string]bool) {
	t.Helper()
	st := s.statement(t, bank)
	found := st.Find(cashbox.Query{}, nil)
	if st.Opening+found.In-found.Out != st.Closing {
		t.Errorf("%d + %d − %d is not %d", st.Opening, found.In, found.Out, st.Closing)
	}
	for _, l := range st.Lines {
		if l.After != after[l.EntryID] {
			t.Errorf("a line that showed %d shows %d", after[l.EntryID], l.After)
		}
		if id := l.Movement.ID; l.Movement.FeeOf == "" && l.Struck == stands[id] || l.Movement.FeeOf != "" && l.Struck == stands[l.Movement.FeeOf] {
			t.Errorf("struck %v, stands %v", l.Struck, stands[id])
		}
	}
	if len(st.Lines) != len(after) {
		t.Errorf("%d lines, at first %d", len(st.Lines), len(after))
	}
	s.verify(t)
}

func TestAFeeFollowsItsPaymentAndNothingElse(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.write(t, func(tx *db.Tx) error {
		return cashbox.SetFees(tx, claire, s.till.ID, []cashbox.Condition{{Side: cashbox.In, Fixed: 100}})
	})
	m := s.movement(cashbox.Income)
	if err := s.record(m); err != nil {
		t.Fatal(err)
	}
	for _, l := range s.statement(t, s.till).Lines {
		if l.Kind == cashbox.Fee {
			wantKind(t, s.reverse(l.Movement.ID, "essai"), fault.Conflict)
		}
	}
	if got := s.inCash(t); got != 1100 {
		t.Errorf("in the drawer %d", got)
	}
}

func TestWhatWasUndoneOnALockedDayStaysSo(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	m := s.movement(cashbox.PaidIn)
	m.On = yesterday
	if err := s.record(m); err != nil {
		t.Fatal(err)
	}
	if err := s.reverse(m.ID, "essai"); err != nil {
		t.Fatal(err)
	}
	s.lock(t, s.till.ID, yesterday)
	wantKind(t, s.restore(m.ID), fault.Locked)
}
