package cashbox_test

import (
	"slices"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
)

func TestTheListOfABoxGivesItsMovementsTheLastFirstWithWhatTheyCameTo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		keep := func(kind cashbox.Kind, amount money.Amount, on day.Day, with func(m *cashbox.Movement)) string {
			m := s.movement(kind)
			m.Amount, m.On = amount, on
			if with != nil {
				with(&m)
			}
			if err := s.record(m); err != nil {
				t.Fatal(err)
			}
			return m.ID
		}
		expense := keep(cashbox.Expense, 1, "2026-11-18", nil)
		in := keep(cashbox.PaidIn, 20, "2026-11-17", nil)
		out := keep(cashbox.PaidOut, 300, today, nil)
		within := keep(cashbox.Transfer, 4000, yesterday, func(m *cashbox.Movement) { m.ToBox = s.till.ID })
		received := keep(cashbox.Transfer, 50_000, yesterday, func(m *cashbox.Movement) { m.Box, m.ToBox = s.other.ID, s.till.ID })
		undone := keep(cashbox.PaidIn, 600_000, today, nil)
		keep(cashbox.PaidIn, 7_000_000, "2026-11-10", nil) // before
		keep(cashbox.PaidIn, 80_000_000, today, func(m *cashbox.Movement) { m.Box = s.other.ID })
		if err := s.reverse(undone, "erreur"); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name string
			f    cashbox.Filter
			want []string
			sums cashbox.Sums
		}{
			{"all", cashbox.Filter{}, []string{undone, out, received, within, expense, in}, cashbox.Sums{Count: 6, In: 50_020, Out: 301}},
			{"of a kind", cashbox.Filter{Kind: cashbox.PaidIn}, []string{undone, in}, cashbox.Sums{Count: 2, In: 20}},
			{"of a day", cashbox.Filter{First: yesterday, Last: yesterday}, []string{received, within}, cashbox.Sums{Count: 2, In: 50_000}},
			{"the oldest first", cashbox.Filter{Sort: cashbox.OldestFirst}, []string{in, expense, within, received, out, undone}, cashbox.Sums{Count: 6, In: 50_020, Out: 301}},
			{"the largest first", cashbox.Filter{Sort: cashbox.ByAmount, Limit: 3}, []string{undone, received, within}, cashbox.Sums{Count: 6, In: 50_020, Out: 301}},
			{"the second page of two", cashbox.Filter{Limit: 2, Offset: 2}, []string{received, within}, cashbox.Sums{Count: 6, In: 50_020, Out: 301}},
		} {
			f := c.f
			f.Box = s.till.ID
			if f.First == "" {
				f.First, f.Last = "2026-11-15", today
			}
			if f.Limit == 0 {
				f.Limit = 10
			}
			s.read(t, func(q *db.Snapshot) error {
				list, err := cashbox.Find(q, f)
				if err != nil {
					return err
				}
				var ids []string
				for _, r := range list {
					ids = append(ids, r.ID)
					if r.Reversed != (r.ID == undone) {
						t.Errorf("%s: reversed is %v in %+v", c.name, r.Reversed, r)
					}
				}
				if !slices.Equal(ids, c.want) {
					t.Errorf("%s: found %q, want %q", c.name, ids, c.want)
				}
				sums, err := cashbox.Sum(q, f)
				if sums != c.sums {
					t.Errorf("%s: %+v, want %+v", c.name, sums, c.sums)
				}
				return err
			})
		}
	})
}
