package cashbox_test

import (
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
)

func (s *shop) reverse(movement, reason string) error {
	return s.try(func(tx *db.Tx) error {
		_, err := cashbox.Reverse(tx, movement, reason, today, claire)
		return err
	})
}

func TestAReversalPutsEveryBalanceBackAndLeavesBothEntries(t *testing.T) {
	for _, kind := range cashbox.Kinds() {
		t.Run(kind.Label(), func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				s := newShop(t, d)
				m := s.movement(kind)
				m.On = yesterday
				if err := s.record(m); err != nil {
					t.Fatal(err)
				}
				if err := s.reverse(m.ID, "saisie deux fois"); err != nil {
					t.Fatal(err)
				}
				var posted []ledger.Posted
				s.read(t, func(q *db.Snapshot) (err error) {
					posted, err = ledger.OfSource(q, "movement:"+m.ID)
					return err
				})
				if len(posted) != 2 || posted[1].Reverses != posted[0].ID || posted[1].On != yesterday || !posted[1].BackDated {
					t.Fatalf("posted %+v", posted)
				}
				for _, l := range posted[0].Lines {
					if got := s.balance(t, l.Account); got != 0 {
						t.Errorf("%s stands at %d", l.Account, got)
					}
				}
				if r := s.found(t, m.ID); !r.Reversed || r.Reason != "saisie deux fois" || r.Amount != m.Amount {
					t.Errorf("recorded %+v", r)
				}
			})
		})
	}
}

func TestAMovementIsReversedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		m := s.movement(cashbox.PaidIn)
		if err := s.record(m); err != nil {
			t.Fatal(err)
		}
		if err := s.reverse(m.ID, "erreur"); err != nil {
			t.Fatal(err)
		}
		wantKind(t, s.reverse(m.ID, "erreur"), fault.Conflict)
		if got := s.inCash(t); got != 0 {
			t.Errorf("in the drawer %d", got)
		}
	})
}

func TestAReversalSaysWhy(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	m := s.movement(cashbox.PaidIn)
	if err := s.record(m); err != nil {
		t.Fatal(err)
	}
	wantField(t, s.reverse(m.ID, "   "), "reason")
	if s.found(t, m.ID).Reversed {
		t.Error("reversed without a reason")
	}
}

func TestAMovementOfALockedDayIsNotReversed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		own, toOther := s.movement(cashbox.PaidIn), s.movement(cashbox.Transfer)
		own.On, toOther.Box, toOther.ToBox, toOther.On = yesterday, s.other.ID, s.till.ID, yesterday
		for _, m := range []cashbox.Movement{own, toOther} {
			if err := s.record(m); err != nil {
				t.Fatal(err)
			}
		}
		s.lock(t, s.till.ID, yesterday)
		wantKind(t, s.reverse(own.ID, "erreur"), fault.Locked)
		wantKind(t, s.reverse(toOther.ID, "erreur"), fault.Locked)
	})
}

func TestAReversedMovementCountsForNothingInItsBox(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	transfer := s.movement(cashbox.Transfer)
	if err := s.record(transfer); err != nil {
		t.Fatal(err)
	}
	r := s.found(t, transfer.ID)
	if out, in := r.Signed(s.till.ID, s.cash), r.Signed(s.other.ID, s.card); out != -1200 || in != 1200 || r.Signed(s.other.ID, s.cash) != 0 {
		t.Errorf("out %d, in %d", out, in)
	}
	if err := s.reverse(transfer.ID, "erreur"); err != nil {
		t.Fatal(err)
	}
	r = s.found(t, transfer.ID)
	if out, in := r.Signed(s.till.ID, s.cash), r.Signed(s.other.ID, s.card); out != 0 || in != 0 {
		t.Errorf("once reversed: out %d, in %d", out, in)
	}
}
