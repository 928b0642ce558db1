package ledger_test

import (
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/test/dbtest"
)

func TestDaySumsPutTogetherTheAccountsOfOnePlace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		err := d.Write(t.Context(), company, func(tx *db.Tx) error {
			for _, key := range []string{"sale/b1/x", "sale/b1/y", "sale/b2/x", "sales/b1/x", "till"} {
				if err := ledger.Open(tx, ledger.Account{Key: key, Code: "7", Label: key, Sense: ledger.Credit}); err != nil {
					return err
				}
			}
			for _, e := range []ledger.Entry{
				{On: "2026-11-01", Lines: []ledger.Line{{Account: "till", Amount: 600}, {Account: "sale/b1/x", Amount: -100}, {Account: "sale/b1/y", Amount: -200}, {Account: "sale/b2/x", Amount: -300}}},
				{On: "2026-11-01", Lines: []ledger.Line{{Account: "till", Amount: -10}, {Account: "sale/b1/x", Amount: 10}}},
				{On: "2026-11-02", Lines: []ledger.Line{{Account: "till", Amount: 5}, {Account: "sales/b1/x", Amount: -5}}},
				{On: "2026-11-03", Lines: []ledger.Line{{Account: "till", Amount: 7}, {Account: "sale/b1/x", Amount: -7}}},
				{On: "2026-11-04", Lines: []ledger.Line{{Account: "till", Amount: 9}, {Account: "sale/b1/x", Amount: -9}}},
			} {
				e.Kind, e.Source, e.By = "test", "test:1", "u1"
				if _, err := ledger.Post(tx, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]money.Amount{}
		err = d.Read(t.Context(), company, func(q *db.Snapshot) error {
			sums, err := ledger.DaySums(q, "sale/", 2, "2026-11-01", "2026-11-03")
			for _, s := range sums {
				got[s.Part+" "+string(s.On)] = s.Net
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]money.Amount{"b1 2026-11-01": -290, "b2 2026-11-01": -300, "b1 2026-11-03": -7}
		if len(got) != len(want) {
			t.Errorf("got %v, want %v", got, want)
		}
		for key, sum := range want {
			if got[key] != sum {
				t.Errorf("%s: %d, want %d", key, got[key], sum)
			}
		}
	})
}
