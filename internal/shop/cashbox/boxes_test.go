package cashbox_test

import (
	"slices"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
)

func TestOnlyATillAtALocationHasDaySheets(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		safe := s.box(t, cashbox.Box{Name: "Coffre", Kind: cashbox.Safe, Holds: cashbox.HoldsCash})
		apart := s.box(t, cashbox.Box{Name: "Cagnotte", Kind: cashbox.Other, Holds: cashbox.HoldsCash, Virtual: true, Location: s.location})
		s.read(t, func(q *db.Snapshot) error {
			tills, err := cashbox.List(q)
			if err != nil {
				return err
			}
			if len(tills) != 2 || tills[0].ID != s.till.ID || tills[1].ID != s.other.ID {
				t.Errorf("tills %+v", tills)
			}
			_, err = cashbox.Get(q, safe.ID)
			wantKind(t, err, fault.NotFound)
			reported, err := cashbox.Reported(q)
			if slices.ContainsFunc(reported, func(b cashbox.Box) bool { return b.ID == apart.ID }) || len(reported) != 3 {
				t.Errorf("reported %+v", reported)
			}
			return err
		})
	})
}

func TestABoxIsOfASortThatExists(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	for name, c := range map[string]struct {
		box   cashbox.Box
		field string
	}{
		"a till of no location":    {cashbox.Box{Name: "x", Kind: cashbox.Till}, "kind"},
		"a kind that is none":      {cashbox.Box{Name: "x", Kind: "purse", Holds: cashbox.HoldsCash}, "kind"},
		"a box that takes nothing": {cashbox.Box{Name: "x", Kind: cashbox.Other}, "holds"},
		"an account that is none":  {cashbox.Box{Name: "x", Kind: cashbox.Other, Holds: cashbox.HoldsCash, AccountCode: "9"}, "account"},
		"without a name":           {cashbox.Box{Kind: cashbox.Other, Holds: cashbox.HoldsCash}, "name"},
	} {
		t.Run(name, func(t *testing.T) {
			wantField(t, s.try(func(tx *db.Tx) error {
				_, err := cashbox.Save(tx, claire, c.box)
				return err
			}), c.field)
		})
	}
}

func TestABoxTakesOnlyTheMoneyItIsFor(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	cash := s.box(t, cashbox.Box{Name: "Bureau", Kind: cashbox.Other, Holds: cashbox.HoldsCash})
	cashless := s.box(t, cashbox.Box{Name: "Banque", Kind: cashbox.Other, Holds: cashbox.HoldsCashless})
	for _, c := range []struct {
		box    cashbox.Box
		method string
		taken  bool
	}{{cash, s.cash, true}, {cash, s.card, false}, {cashless, s.cash, false}, {cashless, s.card, true}, {cashless, s.voucher, false}} {
		m := s.movement(cashbox.PaidIn)
		m.Box, m.Method = c.box.ID, c.method
		if err := s.record(m); (err == nil) != c.taken {
			t.Errorf("%s in %s: %v", c.method, c.box.Name, err)
		}
	}
	m := s.movement(cashbox.Transfer)
	m.ToBox, m.ToMethod = cash.ID, s.card
	wantField(t, s.record(m), "to")
}

func TestCashThatIsNotThereIsNotSpent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		safe := s.box(t, cashbox.Box{Name: "Coffre", Kind: cashbox.Safe, Holds: cashbox.HoldsCash})
		bank := s.box(t, cashbox.Box{Name: "Banque", Kind: cashbox.Other, Holds: cashbox.HoldsCashless})
		in, out, overdraft := s.movement(cashbox.PaidIn), s.movement(cashbox.Transfer), s.movement(cashbox.Expense)
		in.Box, out.Box, out.Amount = safe.ID, safe.ID, in.Amount+1
		if err := s.record(in); err != nil {
			t.Fatal(err)
		}
		wantKind(t, s.record(out), fault.Invalid)
		out.Amount = in.Amount
		if err := s.record(out); err != nil {
			t.Error(err)
		}
		overdraft.Box, overdraft.Method = bank.ID, s.card
		if err := s.record(overdraft); err != nil {
			t.Errorf("a bank may be overdrawn: %v", err)
		}
	})
}

func TestVirtualMoneyStaysApart(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	apart := s.box(t, cashbox.Box{Name: "Cagnotte", Kind: cashbox.Other, Holds: cashbox.HoldsCash, Virtual: true})
	into, deposit, taxed := s.movement(cashbox.Transfer), s.movement(cashbox.Deposit), s.movement(cashbox.Expense)
	into.ToBox, into.ToMethod = apart.ID, s.cash
	wantField(t, s.record(into), "to")
	deposit.Box = apart.ID
	wantField(t, s.record(deposit), "kind")
	taxed.Box = apart.ID
	wantField(t, s.record(taxed), "rate")
	for _, kind := range []cashbox.Kind{cashbox.Income, cashbox.PaidIn} {
		m := s.movement(kind)
		m.Box = apart.ID
		if err := s.record(m); err != nil {
			t.Fatal(err)
		}
	}
	s.verify(t)
}

func TestABoxIsDeletedOnlyEmptyAndGivenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		desk := s.box(t, cashbox.Box{Name: "Bureau", Kind: cashbox.Other, Holds: cashbox.HoldsCash})
		remove := func() error {
			return s.try(func(tx *db.Tx) error {
				_, err := cashbox.Delete(tx, claire, desk.ID)
				return err
			})
		}
		giveBack := func() error {
			return s.try(func(tx *db.Tx) error {
				_, err := cashbox.Undelete(tx, claire, desk.ID)
				return err
			})
		}
		in := s.movement(cashbox.PaidIn)
		in.Box = desk.ID
		if err := s.record(in); err != nil {
			t.Fatal(err)
		}
		wantKind(t, remove(), fault.Conflict)
		out := s.movement(cashbox.PaidOut)
		out.Box = desk.ID
		if err := s.record(out); err != nil {
			t.Fatal(err)
		}
		for range 2 { // a second time changes nothing
			if err := remove(); err != nil {
				t.Fatal(err)
			}
		}
		more := s.movement(cashbox.PaidIn)
		more.Box = desk.ID
		wantKind(t, s.record(more), fault.Conflict)
		wantKind(t, s.reverse(out.ID, "essai"), fault.Conflict) // it would bring money into a deleted box
		s.read(t, func(q *db.Snapshot) error {
			list, _, err := cashbox.Board(q, claire)
			if slices.ContainsFunc(list, func(h cashbox.Held) bool { return h.ID == desk.ID }) {
				t.Error("a deleted box is shown")
			}
			gone, failed := cashbox.Deletions(q)
			if len(gone) != 1 || gone[0].ID != desk.ID || gone[0].By != claire {
				t.Errorf("deleted %+v", gone)
			}
			if err == nil {
				err = failed
			}
			return err
		})
		twin := s.box(t, cashbox.Box{Name: "bureau", Kind: cashbox.Other, Holds: cashbox.HoldsCash})
		wantKind(t, giveBack(), fault.Conflict)
		twin.Name = "Autre bureau"
		s.write(t, func(tx *db.Tx) error {
			_, err := cashbox.Save(tx, claire, twin)
			return err
		})
		if err := giveBack(); err != nil {
			t.Fatal(err)
		}
		if err := s.record(more); err != nil {
			t.Errorf("the box given back takes no money: %v", err)
		}
		s.verify(t)
	})
}

func TestTheLastTillIsNotDeleted(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	remove := func(id string) error {
		return s.try(func(tx *db.Tx) error {
			_, err := cashbox.Delete(tx, claire, id)
			return err
		})
	}
	if err := remove(s.other.ID); err != nil {
		t.Fatal(err)
	}
	wantKind(t, remove(s.till.ID), fault.Conflict)
}

func TestEachPersonHasTheBoxesInTheirOwnOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		bank := s.box(t, cashbox.Box{Name: "Banque", Kind: cashbox.Other, Holds: cashbox.HoldsCashless})
		order := func(user string) (names []string) {
			s.read(t, func(q *db.Snapshot) error {
				list, _, err := cashbox.Board(q, user)
				for _, h := range list {
					names = append(names, h.Name)
				}
				return err
			})
			return names
		}
		want := func(user string, names ...string) {
			t.Helper()
			if got := order(user); !slices.Equal(got, names) {
				t.Errorf("%s sees %q, want %q", user, got, names)
			}
		}
		want(claire, "Banque", "Caisse 1", "Caisse 2")
		s.write(t, func(tx *db.Tx) error { return cashbox.Arrange(tx, claire, []string{s.other.ID, bank.ID, s.till.ID}) })
		want(claire, "Caisse 2", "Banque", "Caisse 1")
		want("user-paul", "Banque", "Caisse 1", "Caisse 2")
		s.write(t, func(tx *db.Tx) error { return cashbox.Shift(tx, claire, s.till.ID, -1) })
		want(claire, "Caisse 2", "Caisse 1", "Banque")
		s.box(t, cashbox.Box{Name: "Armoire", Kind: cashbox.Safe, Holds: cashbox.HoldsCash})
		want(claire, "Caisse 2", "Caisse 1", "Banque", "Armoire")
		s.write(t, func(tx *db.Tx) error { return cashbox.ArrangeByName(tx, claire) })
		want(claire, "Armoire", "Banque", "Caisse 1", "Caisse 2")
	})
}
