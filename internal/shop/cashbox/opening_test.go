package cashbox_test

import (
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/test/dbtest"
)

// eve is the day before the first one of the boxes.
const eve day.Day = "2026-11-01"

func (s *shop) open(key string, on day.Day, amounts map[string]money.Amount) (moves cashbox.Moves, err error) {
	err = s.try(func(tx *db.Tx) (err error) {
		moves, err = cashbox.SetOpening(tx, key, on, amounts, today, claire)
		return err
	})
	return moves, err
}

func (s *shop) opening(t *testing.T) (o cashbox.Opening) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		o, err = cashbox.LoadOpening(q)
		return err
	})
	return o
}

// follow switches customer credit and gift vouchers on.
func (s *shop) follow(t *testing.T, credit company.Credit) {
	t.Helper()
	s.write(t, func(tx *db.Tx) error {
		settings, err := company.Load(tx)
		if err != nil {
			return err
		}
		settings.LegalName, settings.Credit, settings.Vouchers = "Épicerie des Essais", credit, true
		return company.Change(tx, claire, settings)
	})
}

func TestOpeningBalancesArePostedInOneEntryAgainstTheOpeningAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.follow(t, company.CreditTotal)
		cash, card := cashbox.AccountKey(s.till.ID, s.cash), cashbox.AccountKey(s.other.ID, s.card)
		moves, err := s.open(id.New(), eve, map[string]money.Amount{cash: 15000, card: 2000, cashbox.CustomersAccount: 4000, cashbox.VouchersAccount: 3000})
		if err != nil {
			t.Fatal(err)
		}
		if moves[s.till.ID][s.cash] != 15000 || moves[s.other.ID][s.card] != 2000 || len(moves) != 2 {
			t.Errorf("moves %v", moves)
		}
		for account, want := range map[string]money.Amount{cash: 15000, card: 2000, cashbox.CustomersAccount: 4000, cashbox.VouchersAccount: -3000, "opening": -18000} {
			if got := s.balance(t, account); got != want {
				t.Errorf("%s stands at %d, want %d", account, got, want)
			}
		}
		o := s.opening(t)
		if len(o.Entries) != 1 || o.Entries[0].On != eve || o.Entries[0].Kind != "opening" || len(o.Entries[0].Lines) != 5 {
			t.Errorf("entries %+v", o.Entries)
		}
		if l, _ := o.Line(cashbox.VouchersAccount); l.Posted != 3000 || !l.NeverNegative {
			t.Errorf("vouchers %+v", l)
		}
	})
}

func TestASecondSavePostsTheDifferenceOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		cash, card := cashbox.AccountKey(s.till.ID, s.cash), cashbox.AccountKey(s.till.ID, s.card)
		if _, err := s.open(id.New(), eve, map[string]money.Amount{cash: 15000, card: 2000}); err != nil {
			t.Fatal(err)
		}
		moves, err := s.open(id.New(), eve, map[string]money.Amount{cash: 14000, card: 2000})
		if err != nil {
			t.Fatal(err)
		}
		if len(moves) != 1 || moves[s.till.ID][s.cash] != -1000 || s.inCash(t) != 14000 {
			t.Errorf("moves %v, in the drawer %d", moves, s.inCash(t))
		}
		o := s.opening(t)
		if len(o.Entries) != 2 || len(o.Entries[0].Lines) != 2 || o.Entries[0].Lines[0].Amount != -1000 {
			t.Errorf("the last entry is %+v", o.Entries[0])
		}
		moved := map[string]money.Amount{cash: 13000, card: 3000} // from one to the other: nothing comes from outside
		if _, err := s.open(id.New(), eve, moved); err != nil {
			t.Fatal(err)
		}
		if got := s.balance(t, "opening"); got != -16000 {
			t.Errorf("the opening account stands at %d", got)
		}
		if _, err := s.open(id.New(), eve, moved); err != nil || len(s.opening(t).Entries) != 3 {
			t.Errorf("the same again: %v, %d entries", err, len(s.opening(t).Entries))
		}
	})
}

func TestOpeningBalancesSentTwiceCountOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		key, cash := id.New(), cashbox.AccountKey(s.till.ID, s.cash)
		for n, want := range []int{1, 0} {
			moves, err := s.open(key, eve, map[string]money.Amount{cash: 15000})
			if err != nil || len(moves) != want {
				t.Errorf("sending %d: %v, %v", n+1, moves, err)
			}
		}
		if _, err := s.open(key, eve, map[string]money.Amount{cash: 15001}); !fault.Is(err, fault.Mismatch) {
			t.Errorf("another content: %v", err)
		}
		if got := s.inCash(t); got != 15000 {
			t.Errorf("in the drawer %d", got)
		}
	})
}

func TestEachCustomerHasTheirOwnOpeningWhenCreditIsFollowedByCustomer(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.follow(t, company.CreditByCustomer)
	account := party.Account(s.customer)
	if _, err := s.open(id.New(), eve, map[string]money.Amount{account: -500}); err != nil {
		t.Fatalf("a customer who paid ahead: %v", err)
	}
	if _, err := s.open(id.New(), eve, map[string]money.Amount{account: 2500}); err != nil {
		t.Fatal(err)
	}
	o := s.opening(t)
	if l, found := o.Line(account); !found || l.Posted != 2500 || l.Label != "Anne Petit" || o.Entries[0].Lines[0].Party != s.customer {
		t.Errorf("line %+v, entry %+v", l, o.Entries[0])
	}
	if _, found := o.Line(cashbox.CustomersAccount); found {
		t.Error("one amount for all is proposed too")
	}
}

func TestOpeningBalancesShowOnlyThePartsTheCompanyUses(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	o := s.opening(t)
	for _, l := range o.Lines {
		if l.Box == "" || l.Method == s.voucher || l.Method == s.out {
			t.Errorf("proposed: %+v", l)
		}
	}
	if len(o.Lines) != 4 {
		t.Errorf("%d lines, want two methods in two boxes", len(o.Lines))
	}
}

func TestWhatAnOpeningMayNotBe(t *testing.T) {
	for _, c := range []struct {
		name   string
		on     day.Day
		amount money.Amount
		field  func(account string) string
	}{
		{"tomorrow", "2026-11-21", 100, func(string) string { return "on" }},
		{"without a day", "", 100, func(string) string { return "on" }},
		{"on a locked day", yesterday, 100, func(string) string { return "on" }},
		{"before a locked day", eve, 100, func(string) string { return "on" }},
		{"less than nothing in a drawer", today, -1, cashbox.OpeningField},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, dbtest.SQLite(t))
			s.lock(t, s.till.ID, yesterday)
			account := cashbox.AccountKey(s.till.ID, s.cash)
			_, err := s.open(id.New(), c.on, map[string]money.Amount{account: c.amount})
			wantField(t, err, c.field(account))
		})
	}
}

func TestVouchersOpenedCannotGoBelowThoseAlreadyUsed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.follow(t, company.CreditOff)
		if _, err := s.open(id.New(), eve, map[string]money.Amount{cashbox.VouchersAccount: 3000}); err != nil {
			t.Fatal(err)
		}
		s.write(t, func(tx *db.Tx) error {
			_, err := ledger.Post(tx, ledger.Entry{On: "2026-11-10", Kind: "test", Source: "test:1", By: claire,
				Lines: []ledger.Line{{Account: cashbox.VouchersAccount, Amount: 2000}, {Account: cashbox.AccountKey(s.till.ID, s.cash), Amount: -2000}}})
			return err
		})
		_, err := s.open(id.New(), eve, map[string]money.Amount{cashbox.VouchersAccount: 1000})
		wantKind(t, err, fault.Invalid)
		if got := s.balance(t, cashbox.VouchersAccount); got != -1000 {
			t.Errorf("vouchers stand at %d", got)
		}
	})
}

func TestTheDayProposedIsTheEveOfTheFirstDayOrFollowsTheLockedOnes(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	proposed := func() (on day.Day) {
		s.read(t, func(q *db.Snapshot) (err error) {
			on, err = cashbox.OpeningDay(q, today)
			return err
		})
		return on
	}
	if got := proposed(); got != eve {
		t.Errorf("proposed %s, want %s", got, eve)
	}
	s.lock(t, s.other.ID, "2026-11-12")
	if got := proposed(); got != "2026-11-13" {
		t.Errorf("after a lock: %s", got)
	}
}
