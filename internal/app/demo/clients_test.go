package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/intake"
	"encaisse/internal/shop/question"
	"encaisse/internal/shop/staff"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/proof"
)

// portfolioOf builds a demonstration with its firm and gives what every company of it comes to, and how they stand.
func portfolioOf(t *testing.T, d *db.DB, seed int64, clients int) (balances string, missing, gaps, done, open int, ids []string) {
	t.Helper()
	key, err := seal.NewMasterKey([]byte("the master key of a test store !"))
	if err != nil {
		t.Fatal(err)
	}
	room, err := staff.New(staff.Config{DB: d, Vault: key})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Build(context.Background(), Config{DB: d, Clock: dbtest.Clock(t, d), Staff: room, Seed: seed, Shops: 2, Clients: clients, Now: noon, Today: friday, First: friday.Add(-30)}); err != nil {
		t.Fatal(err)
	}
	err = d.Read(context.Background(), "", func(q *db.Snapshot) error {
		if ids, err = company.AllIDs(q); err != nil {
			return err
		}
		counts, err := question.Counts(q)
		for _, c := range counts {
			open += c.Open()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, companyID := range ids {
		err := d.Read(context.Background(), companyID, func(q *db.Snapshot) error {
			ref, err := company.Find(q)
			if err != nil {
				return err
			}
			accounts, err := ledger.Accounts(q, "")
			var sum money.Amount
			for _, a := range accounts {
				sum += a.Balance.Abs()
			}
			balances += fmt.Sprintln(ref.Name, len(accounts), sum)
			if ref.Name == shopName {
				imports, _, err2 := intake.List(q, 10, 0)
				states := map[intake.State]int{}
				for _, i := range imports {
					states[i.State]++
				}
				if states[intake.Done] != 1 || states[intake.Undone] != 1 {
					t.Errorf("the imports of the shop stand %v", states)
				}
				return errors.Join(err, err2)
			}
			if err != nil {
				return err
			}
			todos, err := daysheet.Todos(q)
			for _, todo := range todos {
				missing += len(todo.Missing)
				gaps += len(todo.Gaps)
				if todo.LastSheet == friday.Add(-1) {
					done++
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return balances, missing, gaps, done, open, ids
}

func TestTheFirmOfADemonstrationLooksAfterCompaniesInEveryState(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		_, missing, gaps, done, open, ids := portfolioOf(t, d, 1, MaxClients)
		if len(ids) != MaxClients+1 || missing < 15 || gaps != 2 || done < 6 || open != 2 {
			t.Errorf("%d companies, %d days missing, %d gaps, %d up to date, %d questions", len(ids), missing, gaps, done, open)
		}
		for _, companyID := range ids[:2] {
			proof.Holds(t, d, companyID)
		}
	})
}

func TestTheCompaniesOfAFirmFollowTheSeed(t *testing.T) {
	first, _, _, _, _, _ := portfolioOf(t, dbtest.SQLite(t), 4, 3)
	again, _, _, _, _, _ := portfolioOf(t, dbtest.SQLite(t), 4, 3)
	other, _, _, _, _, _ := portfolioOf(t, dbtest.SQLite(t), 5, 3)
	if sorted(first) != sorted(again) || sorted(first) == sorted(other) {
		t.Errorf("the same seed gave\n%s then\n%s", first, again)
	}
}

// sorted puts lines in order: companies are listed by identifiers drawn anew.
func sorted(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
