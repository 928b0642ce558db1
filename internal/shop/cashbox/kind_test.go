package cashbox_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
)

func TestEveryKindHasItsWordsItsDrawingAndItsGroup(t *testing.T) {
	sprite, err := os.ReadFile("../../web/static/img/icones.svg")
	if err != nil {
		t.Fatal(err)
	}
	groups := []cashbox.Kind{cashbox.PaidIn, cashbox.PaidOut, cashbox.Expense, cashbox.Deposit, cashbox.Transfer}
	seen := map[string]cashbox.Kind{}
	for _, k := range cashbox.AllKinds() {
		if other, twice := seen[k.Label()]; k.Label() == "" || twice {
			t.Errorf("%s is called %q, as %q", k, k.Label(), other)
		}
		seen[k.Label()] = k
		if !strings.Contains(string(sprite), `id="i-`+k.Icon()+`"`) {
			t.Errorf("%s has no drawing %q", k, k.Icon())
		}
		if !slices.Contains(groups, k.Group()) {
			t.Errorf("%s counts with %q", k, k.Group())
		}
	}
	if len(seen) != 16 {
		t.Errorf("%d kinds", len(seen))
	}
}

// TestAMovementFromBeforeKeepsItsKind reads movements as they were written before types stood beside kinds.
func TestAMovementFromBeforeKeepsItsKind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		for _, k := range []cashbox.Kind{cashbox.PaidIn, cashbox.PaidOut, cashbox.Expense, cashbox.Deposit, cashbox.Transfer} {
			movement := id.New()
			s.write(t, func(tx *db.Tx) error {
				_, err := tx.Exec(`INSERT INTO cash_movement (company_id, id, box_id, method_id, kind, amount, on_day, party_id, role, vat_rate, to_box, to_method, memo, attachment_id, entry_id, by_user, at, back_dated)
					VALUES ($1, $2, $3, $4, $5, 100, '2026-11-20', '', '', 0, '', '', '', '', '', $6, $7, $8)`, tx.Company(), movement, s.till.ID, s.cash, string(k), claire, tx.Now().UnixMicro(), false)
				return err
			})
			if got := s.found(t, movement); got.Kind != k || got.Item != "" || got.FeeOf != "" {
				t.Errorf("%s reads as %+v", k, got)
			}
			s.read(t, func(q *db.Snapshot) error {
				found, err := cashbox.Find(q, cashbox.Filter{Box: s.till.ID, First: "2026-11-01", Last: today, Kind: k, Limit: 10})
				if err == nil && len(found) != 1 {
					err = fmt.Errorf("%d found as %s", len(found), k)
				}
				return err
			})
		}
	})
}

// TestMovementsWithTypesStayAppendOnly checks that columns added to a table that only grows leave it so.
func TestMovementsWithTypesStayAppendOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		m := s.movement(cashbox.Income)
		if err := s.record(m); err != nil {
			t.Fatal(err)
		}
		for _, sql := range []string{`UPDATE cash_movement SET type = 'expense' WHERE company_id = $1 AND id = $2`, `DELETE FROM cash_movement WHERE company_id = $1 AND id = $2`} {
			if err := s.try(func(tx *db.Tx) error {
				_, err := tx.Exec(sql, tx.Company(), m.ID)
				return err
			}); err == nil {
				t.Errorf("%s is done", sql)
			}
		}
	})
}
