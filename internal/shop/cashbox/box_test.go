package cashbox_test

import (
	"slices"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
)

func (s *shop) save(b cashbox.Box) error {
	return s.try(func(tx *db.Tx) error {
		_, err := cashbox.Save(tx, claire, b)
		return err
	})
}

// names are the boxes of the company, in order.
func (s *shop) names(t *testing.T) (names []string) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) error {
		boxes, err := cashbox.List(q)
		for _, b := range boxes {
			names = append(names, b.Name)
		}
		return err
	})
	return names
}

func TestABoxOpensOneAccountForEachMethodThatKeepsMoney(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.read(t, func(q *db.Snapshot) error {
			accounts, err := ledger.Accounts(q, cashbox.Prefix(s.till.ID))
			if len(accounts) != 3 {
				t.Errorf("%d accounts: %+v", len(accounts), accounts)
			}
			for _, a := range accounts {
				if a.Key == cashbox.AccountKey(s.till.ID, s.cash) && (a.Code != "530" || a.Label != "Caisse, Caisse 1" || a.Sense != ledger.Debit) {
					t.Errorf("the cash account is %+v", a)
				}
			}
			return err
		})
	})
}

func TestARenamedBoxRenamesItsAccounts(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	b := s.till
	b.Name = " Terrasse "
	if err := s.save(b); err != nil {
		t.Fatal(err)
	}
	s.read(t, func(q *db.Snapshot) error {
		accounts, err := ledger.Accounts(q, cashbox.AccountKey(b.ID, s.cash))
		if len(accounts) != 1 || accounts[0].Label != "Caisse, Terrasse" {
			t.Errorf("accounts %+v", accounts)
		}
		return err
	})
}

func TestABoxKeepsItsSettingsAndEachChangeLeavesAnEvent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		var before int
		count := func(n *int) {
			if err := dbtest.Raw(t, d).QueryRow(`SELECT COUNT(*) FROM seal_event`).Scan(n); err != nil {
				t.Fatal(err)
			}
		}
		count(&before)
		want := s.till
		want.Name, want.MinCash, want.MaxCash, want.TargetFloat, want.BlindCount, want.FirstDay = "Terrasse", 5000, 50000, 15000, true, "2026-11-01"
		for range 2 { // the second changes nothing
			if err := s.save(want); err != nil {
				t.Fatal(err)
			}
		}
		s.read(t, func(q *db.Snapshot) error {
			got, err := cashbox.Get(q, want.ID)
			if got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
			return err
		})
		var after int
		count(&after)
		if after != before+1 {
			t.Errorf("%d events, want 1", after-before)
		}
	})
}

func TestWhatABoxMayNotBe(t *testing.T) {
	for _, c := range []struct {
		name  string
		with  func(s *shop, b *cashbox.Box)
		field string
	}{
		{"without a name", func(s *shop, b *cashbox.Box) { b.Name = "  " }, "name"},
		{"named as another of its location", func(s *shop, b *cashbox.Box) { b.Name = "CAISSE 2" }, "name"},
		{"with a negative threshold", func(s *shop, b *cashbox.Box) { b.MinCash = -1 }, "min"},
		{"with a minimum above its maximum", func(s *shop, b *cashbox.Box) { b.MinCash, b.MaxCash = 200, 100 }, "max"},
		{"with a float of ten millions", func(s *shop, b *cashbox.Box) { b.TargetFloat = 1_000_000_000 }, "float"},
		{"from a day that is not one", func(s *shop, b *cashbox.Box) { b.FirstDay = "2026-02-30" }, "first_day"},
		{"begun after a closed day", func(s *shop, b *cashbox.Box) { b.FirstDay = today }, "first_day"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, dbtest.SQLite(t))
			s.close(t, s.till.ID, yesterday)
			b := s.till
			c.with(s, &b)
			wantField(t, s.save(b), c.field)
		})
	}
}

func TestABoxOfAnotherCompanyOrLocationIsNotFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ours, theirs := newShop(t, d), newShop(t, d)
		wantKind(t, ours.save(theirs.till), fault.NotFound)
		wantKind(t, ours.save(cashbox.Box{Location: theirs.location, Name: "Chez eux"}), fault.NotFound)
		wantKind(t, ours.save(cashbox.Box{Location: id.New(), Name: "Nulle part"}), fault.NotFound)
	})
}

func TestABoxGoesOutOfUseOnlyWhenNothingIsLeftInIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		in := s.movement(cashbox.PaidIn)
		in.Method = s.card
		if err := s.record(in); err != nil {
			t.Fatal(err)
		}
		b := s.till
		b.Active = false
		wantKind(t, s.save(b), fault.Conflict)
		if err := s.reverse(in.ID, "erreur"); err != nil {
			t.Fatal(err)
		}
		if err := s.save(b); err != nil {
			t.Fatal(err)
		}
		last := s.other
		last.Active = false
		wantKind(t, s.save(last), fault.Conflict)
		b.Active = true
		if err := s.save(b); err != nil {
			t.Errorf("back in use: %v", err)
		}
	})
}

func TestBoxesStandInTheOrderTheyWereDraggedTo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		var third, elsewhere string
		s.write(t, func(tx *db.Tx) (err error) {
			if third, err = cashbox.Save(tx, claire, cashbox.Box{Location: s.location, Name: "Caisse 3"}); err != nil {
				return err
			}
			other, err := company.SaveLocation(tx, claire, company.Location{Name: "Gare", Zone: company.Mainland, Active: true})
			if err != nil {
				return err
			}
			elsewhere, err = cashbox.Save(tx, claire, cashbox.Box{Location: other, Name: "Gare"})
			return err
		})
		for _, c := range []struct {
			what string
			do   func(tx *db.Tx) error
			want []string
		}{
			{"as made", func(tx *db.Tx) error { return nil }, []string{"Caisse 1", "Caisse 2", "Caisse 3", "Gare"}},
			{"the third dragged first", func(tx *db.Tx) error { return cashbox.Order(tx, s.location, []string{third, s.till.ID}) }, []string{"Caisse 3", "Caisse 1", "Caisse 2", "Gare"}},
			{"the third down", func(tx *db.Tx) error { return cashbox.Move(tx, third, 1) }, []string{"Caisse 1", "Caisse 3", "Caisse 2", "Gare"}},
			{"the last stays last", func(tx *db.Tx) error { return cashbox.Move(tx, s.other.ID, 1) }, []string{"Caisse 1", "Caisse 3", "Caisse 2", "Gare"}},
			{"the last up", func(tx *db.Tx) error { return cashbox.Move(tx, s.other.ID, -1) }, []string{"Caisse 1", "Caisse 2", "Caisse 3", "Gare"}},
			{"one of another location alone", func(tx *db.Tx) error { return cashbox.Move(tx, elsewhere, -1) }, []string{"Caisse 1", "Caisse 2", "Caisse 3", "Gare"}},
			{"one of another location named in ours", func(tx *db.Tx) error { return cashbox.Order(tx, s.location, []string{elsewhere, s.other.ID}) }, []string{"Caisse 2", "Caisse 1", "Caisse 3", "Gare"}},
		} {
			s.write(t, c.do)
			if got := s.names(t); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", c.what, got, c.want)
			}
		}
	})
}
