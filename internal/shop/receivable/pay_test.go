package receivable_test

import (
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/receivable"
	"encaisse/internal/test/dbtest"
)

func TestARepaymentMovesTheBoxAndTheCustomerOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.grant(t, s.anne, "2026-10-01", 5000)
		p := s.payment(receivable.Repayment, s.anne, 2000)
		for range 2 { // sent twice
			if err := s.pay(p); err != nil {
				t.Fatal(err)
			}
		}
		if owed, cash := s.balance(t, party.Account(s.anne)), s.balance(t, cashbox.AccountKey(s.till.ID, s.cash)); owed != 3000 || cash != 2000 {
			t.Errorf("owes %d and the box holds %d, want 3000 and 2000", owed, cash)
		}
		if p.Amount = 2100; !fault.Is(s.pay(p), fault.Mismatch) {
			t.Error("the same key with another amount is not refused")
		}
	})
}

func TestAPaymentThatMayNotBeIsRefusedOnItsField(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.grant(t, s.anne, "2026-10-01", 5000)
		for _, c := range []struct {
			name, field string
			change      func(*receivable.Payment)
		}{
			{"nothing", "amount", func(p *receivable.Payment) { p.Amount = 0 }},
			{"more than is owed", "amount", func(p *receivable.Payment) { p.Amount = 5001 }},
			{"tomorrow", "on", func(p *receivable.Payment) { p.On = today.Add(1) }},
			{"before the box was followed", "on", func(p *receivable.Payment) { p.On = "2026-11-01" }},
			{"an advance nobody paid", "amount", func(p *receivable.Payment) { p.Kind = receivable.Refund }},
			{"an overpayment nobody kept", "amount", func(p *receivable.Payment) { p.Kind = receivable.Overpayment }},
			{"no box", "box", func(p *receivable.Payment) { p.Box = "" }},
			{"a comment too long", "memo", func(p *receivable.Payment) { p.Memo = strings.Repeat("é", 201) }},
		} {
			t.Run(c.name, func(t *testing.T) {
				p := s.payment(receivable.Repayment, s.anne, 1000)
				c.change(&p)
				wantField(t, s.pay(p), c.field)
			})
		}
	})
}

func TestWhatIsPaidTooMuchIsKeptInAdvanceThenGivenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.grant(t, s.anne, "2026-10-01", 5000)
		p := s.payment(receivable.Repayment, s.anne, 6000)
		p.Advance = true
		back := s.payment(receivable.Refund, s.anne, 1000)
		for _, p := range []receivable.Payment{p, back} {
			if err := s.pay(p); err != nil {
				t.Fatal(err)
			}
		}
		if owed, cash := s.balance(t, party.Account(s.anne)), s.balance(t, cashbox.AccountKey(s.till.ID, s.cash)); owed != 0 || cash != 5000 {
			t.Errorf("owes %d and the box holds %d, want 0 and 5000", owed, cash)
		}
	})
}

func TestAnOverpaymentKeptIsGivenBackFromItsBox(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.post(t, "overpaid/"+s.till.ID, "overpaid", "2026-11-18", -550)
		s.post(t, cashbox.AccountKey(s.till.ID, s.cash), "box.cash", "2026-11-18", 300)
		wantField(t, s.pay(s.payment(receivable.Overpayment, "", 400)), "amount") // more than the cash there is
		if err := s.pay(s.payment(receivable.Overpayment, "", 200)); err != nil {
			t.Fatal(err)
		}
		s.read(t, func(q *db.Snapshot) error {
			o, err := receivable.LoadOverpayments(q, []string{s.till.ID}, "2026-11-01", today)
			if kept := o.Kept[s.till.ID]; kept != 350 || len(o.Lines) != 2 || o.Lines[0].Amount != -200 || o.Lines[0].Payment == "" || o.Lines[1].Amount != 550 {
				t.Errorf("kept %d, lines %+v", kept, o.Lines)
			}
			return err
		})
	})
}

func TestAnUndonePaymentStaysAndItsBalancesComeBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.grant(t, s.anne, "2026-10-01", 5000)
		p := s.payment(receivable.Repayment, s.anne, 2000)
		if err := s.pay(p); err != nil {
			t.Fatal(err)
		}
		key := id.New()
		undo := func(key, reason string) error {
			return s.try(func(tx *db.Tx) error {
				_, err := receivable.Undo(tx, key, p.ID, reason, today, claire)
				return err
			})
		}
		wantField(t, undo(key, " "), "reason")
		for range 2 { // sent twice
			if err := undo(key, "saisi deux fois"); err != nil {
				t.Fatal(err)
			}
		}
		if err := undo(id.New(), "encore"); !fault.Is(err, fault.Conflict) {
			t.Errorf("undone twice: %v", err)
		}
		s.read(t, func(q *db.Snapshot) error {
			st, err := receivable.LoadStatement(q, s.anne, "2026-09-01", today, today)
			if st.Balance != 5000 || st.Closing != 5000 || st.Paid != 0 || len(st.Lines) != 3 || !st.Lines[1].Undone || st.Ages != (receivable.Ageing{0, 5000}) {
				t.Errorf("%+v", st)
			}
			return err
		})
	})
}

func TestTheOverviewSaysWhoOwesWhatSinceWhen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.grant(t, s.anne, "2026-10-01", 5000)
		s.grant(t, s.charles, "2026-05-01", 8000)
		s.post(t, "customer/all", "customer", "2026-11-10", 700)
		if err := s.pay(s.payment(receivable.Repayment, s.charles, 1000)); err != nil {
			t.Fatal(err)
		}
		s.read(t, func(q *db.Snapshot) error {
			o, err := receivable.LoadOverview(q, receivable.Search{Sort: receivable.ByAmount}, today)
			if o.Owed != 12700 || o.Debtors != 3 || o.Ages != (receivable.Ageing{700, 5000, 0, 7000}) || o.Accounts[0].Name != "Charles Roy" || o.Accounts[0].Since != "2026-05-01" {
				t.Errorf("%+v", o)
			}
			all, err2 := ledger.Balances(q, "customer/")
			var sum money.Amount
			for _, b := range all {
				sum += b
			}
			if sum != o.Owed-o.Advance {
				t.Errorf("the accounts come to %d, the page to %d", sum, o.Owed-o.Advance)
			}
			found, err3 := receivable.LoadOverview(q, receivable.Search{Words: "ANNE"}, today)
			if len(found.Accounts) != 1 || found.Owed != 5000 {
				t.Errorf("found %+v", found)
			}
			if err == nil {
				err = err2
			}
			if err == nil {
				err = err3
			}
			return err
		})
	})
}

func TestCreditIsGrantedWithinTheLimit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.grant(t, s.anne, "2026-11-10", 6000)
		for _, c := range []struct {
			name             string
			customer         string
			granted, without money.Amount
			says             string
		}{
			{"up to the limit", s.anne, 4000, 0, ""},
			{"a cent past it", s.anne, 4001, 0, "Il reste 40,00\u00a0€ à accorder"},
			{"a correction that grants no more", s.anne, 6000, 6000, ""},
			{"a correction up to the limit", s.anne, 10000, 6000, ""},
			{"a correction past it", s.anne, 10001, 6000, "ne doit rien. Il reste 100,00\u00a0€ à accorder"},
			{"a customer without a limit", s.charles, 900000, 0, ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				s.read(t, func(q *db.Snapshot) error {
					customer, err := party.Get(q, c.customer)
					if err != nil {
						return err
					}
					said, err := receivable.Refused(q, customer, c.granted, c.without)
					if (said == "") != (c.says == "") || !strings.Contains(said, c.says) {
						t.Errorf("says %q, want %q", said, c.says)
					}
					return err
				})
			})
		}
	})
}

func TestAVersionOfASheetThatAnotherReplacedIsNotReadByTheCustomer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.grant(t, s.anne, "2026-11-10", 5000)
		s.write(t, func(tx *db.Tx) error {
			lines, err := ledger.Statement(tx, ledger.Filter{Prefix: party.Account(s.anne), First: "2026-11-01", Last: today})
			if err != nil {
				return err
			}
			_, err = ledger.Reverse(tx, lines[0].Entry.ID, "2026-11-10", today, claire, lines[0].Entry.Source, "Correction")
			return err
		})
		s.grant(t, s.anne, "2026-11-10", 4000)
		for _, c := range []struct {
			first, last string
			lines       int
			closing     money.Amount
		}{{"2026-11-01", "2026-11-20", 1, 4000}, {"2026-11-11", "2026-11-20", 0, 4000}} {
			s.read(t, func(q *db.Snapshot) error {
				st, err := receivable.LoadStatement(q, s.anne, day.Day(c.first), day.Day(c.last), today)
				if len(st.Lines) != c.lines || st.Closing != c.closing || st.Ages.Total() != 4000 {
					t.Errorf("%d lines, closing %d, ages %v", len(st.Lines), st.Closing, st.Ages)
				}
				return err
			})
		}
	})
}
