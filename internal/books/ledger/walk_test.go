package ledger_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/books/ledger"
	"encaisse/internal/test/dbtest"
)

func TestWalkGivesTheEntriesOfAPeriodInTheOrderTheyWereRecorded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		days := []day.Day{"2026-01-02", "2025-12-31", "2026-01-01", "2027-01-01", "2026-12-31"}
		err := d.Write(context.Background(), company, func(tx *db.Tx) error {
			if err := ledger.Open(tx, ledger.Account{Key: "a", Code: "530", Sense: ledger.Debit}, ledger.Account{Key: "b", Code: "707", Sense: ledger.Credit}); err != nil {
				return err
			}
			for i, on := range days {
				_, err := ledger.Post(tx, ledger.Entry{On: on, Kind: "test", Source: fmt.Sprint("test:", i), By: "claire", Memo: string(on),
					Lines: []ledger.Line{{Account: "a", Amount: 100, Memo: "first"}, {Account: "b", Amount: -60, Party: "p"}, {Account: "b", Amount: -40}}})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		err = d.Read(context.Background(), company, func(q *db.Snapshot) error {
			return ledger.Walk(q, "2026-01-01", "2026-12-31", func(p ledger.Posted) error {
				text := fmt.Sprintf("%d %s", p.Seq, p.On)
				for _, l := range p.Lines {
					text += fmt.Sprintf(" %s %d %s%s", l.Account, l.Amount, l.Party, l.Memo)
				}
				got = append(got, text)
				return nil
			})
		})
		want := []string{"1 2026-01-02 a 100 first b -60 p b -40 ", "3 2026-01-01 a 100 first b -60 p b -40 ", "5 2026-12-31 a 100 first b -60 p b -40 "}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q, %v", got, err)
		}
		moved := map[string]int64{}
		err = d.Read(context.Background(), company, func(q *db.Snapshot) error {
			return ledger.Moves(q, "b", "2026-01-01", "2026-12-31", func(m ledger.Move) {
				moved[fmt.Sprint(m.Account, m.On, m.Source, m.Place, m.Reverses)] += int64(m.Amount)
			})
		})
		if want := map[string]int64{"b2026-01-01test:2": -100, "b2026-01-02test:0": -100, "b2026-12-31test:4": -100}; err != nil || !maps.Equal(moved, want) {
			t.Errorf("moves %v, %v", moved, err)
		}
		var back []string
		err = d.Read(context.Background(), company, func(q *db.Snapshot) error {
			return ledger.Backwards(q, "b", func(l ledger.StatementLine) bool {
				back = append(back, fmt.Sprint(l.Entry.On, " ", l.Amount, " ", l.After))
				return len(back) < 3
			})
		})
		if want := []string{"2027-01-01 -40 -400", "2027-01-01 -60 -360", "2026-12-31 -40 -500"}; err != nil || !slices.Equal(back, want) {
			t.Errorf("backwards: %q, %v", back, err)
		}
		err = d.Read(context.Background(), company, func(q *db.Snapshot) error {
			return ledger.Walk(q, "2024-01-01", "2024-12-31", func(p ledger.Posted) error { return fmt.Errorf("an entry: %v", p) })
		})
		if err != nil {
			t.Error(err)
		}
	})
}
