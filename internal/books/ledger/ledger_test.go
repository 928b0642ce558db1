package ledger_test

import (
	"context"
	"fmt"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
	"encaisse/internal/books/seal"
	"encaisse/internal/test/dbtest"

	"pgregory.net/rapid"
)

const today = day.Day("2026-11-20")

// newCompany makes a company with a cash account, a bank account and an account that may not go below zero.
func newCompany(t *testing.T, d *db.DB) string {
	t.Helper()
	company := dbtest.Company(t, d)
	write(t, d, company, func(tx *db.Tx) error {
		return ledger.Open(tx,
			ledger.Account{Key: "box/1/cash", Code: "530", Label: "Caisse", Sense: ledger.Debit},
			ledger.Account{Key: "transit/bank", Code: "58", Label: "Virements internes", Sense: ledger.Debit},
			ledger.Account{Key: "sale/1/bread", Code: "707", Label: "Ventes", Sense: ledger.Credit},
			ledger.Account{Key: "voucher/gift", Code: "4197", Label: "Bons cadeaux", Sense: ledger.Credit, NeverNegative: true})
	})
	return company
}

func write(t *testing.T, d *db.DB, company string, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), company, fn); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, d *db.DB, company string, fn func(*db.Snapshot) error) {
	t.Helper()
	if err := d.Read(context.Background(), company, fn); err != nil {
		t.Fatal(err)
	}
}

func entry(on day.Day, debit, credit string, amount money.Amount) ledger.Entry {
	return ledger.Entry{On: on, Kind: "test", Source: "test:1", By: "somebody", Today: today,
		Lines: []ledger.Line{{Account: debit, Amount: amount}, {Account: credit, Amount: -amount}}}
}

func wantBalance(t *testing.T, q db.Querier, account string, on day.Day, want money.Amount) {
	t.Helper()
	got, err := ledger.BalanceOn(q, account, on)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("%s at the end of %s stands at %d, want %d", account, on, got, want)
	}
}

func TestAPostingMovesPresentAndEndOfDayBalancesBackDatedOrNot(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newCompany(t, d)
		var late ledger.Posted
		write(t, d, company, func(tx *db.Tx) error {
			for _, e := range []ledger.Entry{entry("2026-11-18", "box/1/cash", "sale/1/bread", 10000), entry("2026-11-20", "box/1/cash", "sale/1/bread", 5000)} {
				if _, err := ledger.Post(tx, e); err != nil {
					return err
				}
			}
			var err error
			late, err = ledger.Post(tx, entry("2026-11-19", "transit/bank", "box/1/cash", 3000))
			return err
		})
		if !late.BackDated || late.Lines[1].BalanceAfter != 12000 || late.Seq != 3 {
			t.Errorf("back-dated entry: %+v", late)
		}
		read(t, d, company, func(q *db.Snapshot) error {
			wantBalance(t, q, "box/1/cash", "2026-11-17", 0)
			wantBalance(t, q, "box/1/cash", "2026-11-18", 10000)
			wantBalance(t, q, "box/1/cash", "2026-11-19", 7000)
			wantBalance(t, q, "box/1/cash", "2026-12-31", 12000)
			totals, err := ledger.DayTotals(q, "box/1/", "2026-11-01", "2026-11-30")
			if err != nil || len(totals) != 3 || totals[1].Credit != 3000 || totals[1].Balance != 7000 {
				t.Errorf("day totals: %+v %v", totals, err)
			}
			counts, err := ledger.Verify(q)
			if counts.Entries != 3 || counts.Lines != 6 {
				t.Errorf("verify walked through %+v", counts)
			}
			return err
		})
	})
}

func TestAnAccountThatMayNotGoBelowZeroRefusesInsideTheTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newCompany(t, d)
		write(t, d, company, func(tx *db.Tx) error {
			_, err := ledger.Post(tx, entry("2026-11-19", "box/1/cash", "voucher/gift", 5000))
			return err
		})
		for _, e := range []ledger.Entry{
			entry("2026-11-20", "voucher/gift", "box/1/cash", 5001), // more than what is outstanding
			entry("2026-11-18", "voucher/gift", "box/1/cash", 1000), // before it was sold
		} {
			err := d.Write(context.Background(), company, func(tx *db.Tx) error { _, err := ledger.Post(tx, e); return err })
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("spending %d on %s: %v", e.Lines[0].Amount, e.On, err)
			}
		}
		read(t, d, company, func(q *db.Snapshot) error {
			wantBalance(t, q, "voucher/gift", today, -5000)
			_, err := ledger.Verify(q)
			return err
		})
	})
}

func TestAnEntryIsReversedOnceAndItsReversalCanBeReversed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newCompany(t, d)
		write(t, d, company, func(tx *db.Tx) error {
			first, err := ledger.Post(tx, entry(today, "box/1/cash", "sale/1/bread", 700))
			if err != nil {
				return err
			}
			undone, err := ledger.Reverse(tx, first.ID, today, today, "somebody", "test:1", "erreur")
			if err != nil || undone.Reverses != first.ID || undone.Lines[0].Amount != -700 {
				t.Errorf("reversal: %+v %v", undone, err)
			}
			if _, err := ledger.Reverse(tx, first.ID, today, today, "somebody", "test:1", "encore"); !fault.Is(err, fault.Conflict) {
				t.Errorf("second reversal: %v", err)
			}
			_, err = ledger.Reverse(tx, undone.ID, today, today, "somebody", "test:1", "rétabli")
			return err
		})
		read(t, d, company, func(q *db.Snapshot) error {
			wantBalance(t, q, "box/1/cash", today, 700)
			lines, err := ledger.Statement(q, ledger.Filter{Prefix: "box/1/", First: today, Last: today})
			if err != nil || len(lines) != 3 || lines[0].ReversedBy == "" || lines[2].After != 700 {
				t.Errorf("statement: %+v %v", lines, err)
			}
			return err
		})
	})
}

func TestALockedDayAndEveryDayBeforeItRefuseEntries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newCompany(t, d)
		write(t, d, company, func(tx *db.Tx) error {
			if err := period.Close(tx, "1", "2026-11-18", "somebody"); err != nil {
				return err
			}
			if n, err := period.LockUntil(tx, "1", "2026-11-18", "somebody"); n != 1 {
				t.Errorf("locked %d days: %v", n, err)
			}
			return period.OpenYear(tx, "2025-01-01", "2025-12-31", "somebody")
		})
		write(t, d, company, func(tx *db.Tx) error { return period.CloseYear(tx, "2025-01-01", "somebody") })
		for on, want := range map[day.Day]fault.Kind{"2026-11-17": fault.Locked, "2026-11-18": fault.Locked, "2026-11-19": "", "2025-06-01": fault.Locked} {
			e := entry(on, "box/1/cash", "sale/1/bread", 100)
			e.Place = "1"
			err := d.Write(context.Background(), company, func(tx *db.Tx) error { _, err := ledger.Post(tx, e); return err })
			if fault.KindOf(err) != want {
				t.Errorf("posting on %s: %v, want %q", on, err, want)
			}
		}
	})
}

func TestAnEntryOutOfBalanceIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newCompany(t, d)
		bad := entry(today, "box/1/cash", "sale/1/bread", 100)
		bad.Lines[1].Amount = -99
		if err := d.Write(context.Background(), company, func(tx *db.Tx) error { _, err := ledger.Post(tx, bad); return err }); err == nil {
			t.Error("an entry out of balance was posted")
		}
		unknown := entry(today, "box/1/cash", "nowhere", 100)
		if err := d.Write(context.Background(), company, func(tx *db.Tx) error { _, err := ledger.Post(tx, unknown); return err }); err == nil {
			t.Error("an unknown account was posted to")
		}
		read(t, d, company, func(q *db.Snapshot) error {
			counts, err := ledger.Verify(q)
			if counts.Entries != 0 {
				t.Errorf("%d entries were left behind", counts.Entries)
			}
			return err
		})
	})
}

func TestBalancesAreTheSumOfTheLinesWhateverTheOrderOfDates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		rapid.Check(t, func(r *rapid.T) {
			company := newCompany(t, d)
			sum := map[string]money.Amount{}
			write(t, d, company, func(tx *db.Tx) error {
				for i := range rapid.IntRange(1, 8).Draw(r, "entries") {
					on := today.Add(-rapid.IntRange(0, 5).Draw(r, fmt.Sprint("day", i)))
					amount := money.Amount(rapid.Int64Range(1, 100000).Draw(r, fmt.Sprint("amount", i)))
					from := rapid.SampledFrom([]string{"sale/1/bread", "transit/bank"}).Draw(r, fmt.Sprint("from", i))
					if _, err := ledger.Post(tx, entry(on, "box/1/cash", from, amount)); err != nil {
						return err
					}
					sum["box/1/cash"] += amount
					sum[from] -= amount
				}
				return nil
			})
			read(t, d, company, func(q *db.Snapshot) error {
				balances, err := ledger.Balances(q, "")
				for key, want := range sum {
					if balances[key] != want {
						r.Fatalf("%s stands at %d, want %d", key, balances[key], want)
					}
				}
				if _, err := ledger.Verify(q); err != nil {
					r.Fatal(err)
				}
				return err
			})
		})
	})
}

func TestEachEntryIsSealedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newCompany(t, d)
		var posted ledger.Posted
		write(t, d, company, func(tx *db.Tx) (err error) {
			posted, err = ledger.Post(tx, entry(today, "box/1/cash", "sale/1/bread", 100))
			return err
		})
		read(t, d, company, func(q *db.Snapshot) error {
			record, err := seal.OfSource(q, "entry", posted.ID)
			if err != nil || record.Seq != 1 {
				t.Errorf("record of the entry: %+v %v", record, err)
			}
			return err
		})
	})
}
