package vatprep

import (
	"context"
	"errors"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
)

const marie = "user-marie"

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

func anywhere(string) bool { return true }

// shop sells at two rates and untaxed, in one till, and takes cash.
type shop struct {
	t                      *testing.T
	d                      *db.DB
	company, place         string
	till                   cashbox.Box
	food, wine, post, cash string
}

func newShop(t *testing.T, d *db.DB, zone company.Zone) *shop {
	t.Helper()
	s := &shop{t: t, d: d}
	dbtest.SetClock(t, d, "2026-10-01 08:00")
	s.company = dbtest.Company(t, d)
	s.write(func(tx *db.Tx) error {
		var failed error
		keep := func(id string, err error) string { failed = errors.Join(failed, err); return id }
		s.place = keep(company.SaveLocation(tx, marie, company.Location{Name: "Marché", Zone: zone, Active: true}))
		s.cash = keep(tender.Save(tx, marie, tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true}))
		s.food = keep(catalog.Save(tx, marie, catalog.SalesCategory{Label: "Épicerie", Rate: 550, Kind: catalog.Goods, Active: true}))
		s.wine = keep(catalog.Save(tx, marie, catalog.SalesCategory{Label: "Vins", Rate: 2000, Kind: catalog.Goods, Active: true}))
		s.post = keep(catalog.Save(tx, marie, catalog.SalesCategory{Label: "Timbres", Kind: catalog.Goods, Active: true}))
		var err error
		s.till, err = cashbox.Create(tx, cashbox.Box{Location: s.place, Name: "Caisse 1", FirstDay: "2026-10-01"})
		return errors.Join(failed, err)
	})
	return s
}

func (s *shop) write(fn func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.d.Write(context.Background(), s.company, fn); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) request(q db.Querier, on day.Day, food, wine, post money.Amount) daysheet.Request {
	p, err := daysheet.Load(q, s.till.ID, on)
	if err != nil {
		s.t.Fatal(err)
	}
	balance := p.Posted[s.cash]
	sum := food + wine + post
	return daysheet.Request{Key: id.New(), Box: s.till.ID, On: on, By: marie, Fields: map[string]string{
		daysheet.FieldSale + s.food: locale.Input(food), daysheet.FieldSale + s.wine: locale.Input(wine), daysheet.FieldSale + s.post: locale.Input(post),
		daysheet.FieldTaken + s.cash: locale.Input(sum), daysheet.FieldCounted + s.cash: locale.Input(balance + sum),
	}}
}

func (s *shop) close(on day.Day, food, wine, post money.Amount) {
	s.t.Helper()
	dbtest.SetClock(s.t, s.d, string(on)+" 20:00")
	s.write(func(tx *db.Tx) error {
		_, err := daysheet.Close(tx, s.request(tx, on, food, wine, post))
		return err
	})
}

func (s *shop) load(first, last day.Day) (statement Statement) {
	s.t.Helper()
	err := s.d.Read(context.Background(), s.company, func(q *db.Snapshot) (err error) {
		statement, err = Load(q, first, last, anywhere)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return statement
}

// row finds what a statement says of a rate.
func row(list []Row, rate vat.Rate) (base, tax money.Amount, code string) {
	for _, r := range list {
		if r.Rate == rate {
			base, tax, code = base+r.Base, tax+r.Tax, r.Code
		}
	}
	return base, tax, code
}

func TestTheReturnIsWhatTheSheetsSold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d, company.Mainland)
		// 105,50 at 5,5 % is 100,00 and 5,50; 240,00 at 20 % is 200,00 and 40,00.
		s.close("2026-10-01", 10550, 24000, 1500)
		// 10,00 at 5,5 %: 1000×100/105,5 = 947,87 → 9,48 and 0,52; 5,00 at 20 %: 416,67 → 4,17 and 0,83.
		s.close("2026-10-02", 1000, 500, 0)
		// 12,00 with 20 % of VAT is 10,00 and 2,00 to deduct.
		s.write(func(tx *db.Tx) error {
			return cashbox.Record(tx, cashbox.Movement{ID: id.New(), Box: s.till.ID, Method: s.cash, Kind: cashbox.Expense, Amount: 1200, On: "2026-10-02", Role: "expense.office", Rate: 2000, Memo: "papier"}, "2026-10-02", marie)
		})
		s.close("2026-11-02", 99999, 0, 0) // another month
		got := s.load("2026-10-01", "2026-10-31")
		for _, want := range []struct {
			rate      vat.Rate
			base, tax money.Amount
			code      string
		}{{2000, 20417, 4083, "08"}, {550, 10948, 602, "09"}, {0, 1500, 0, "E2"}} {
			if base, tax, code := row(got.Rows, want.rate); base != want.base || tax != want.tax || code != want.code {
				t.Errorf("rate %d: base %d, tax %d on line %s; want %d, %d on %s", want.rate, base, tax, code, want.base, want.tax, want.code)
			}
		}
		if _, tax, code := row(got.Inputs, 2000); tax != 200 || code != "20" {
			t.Errorf("to deduct %d on line %s, want 2,00 € on 20", tax, code)
		}
		for _, c := range got.Controls {
			if c.Difference() != 0 || c.Balances == 0 {
				t.Errorf("control %s: %d in the lines, %d in the balances", c.Label, c.Lines, c.Balances)
			}
		}
		// Whole euros: 204 and 41, 109 and 6, gross 47, to deduct 2, due 45. A1 is 313,65 € → 314.
		written := map[string]Euros{}
		for _, l := range got.Form() {
			written[l.Code] = l.Euros
		}
		for code, want := range map[string]Euros{"A1": {314, 0}, "E2": {15, 0}, "08": {204, 41}, "09": {109, 6}, "16": {0, 47}, "20": {0, 2}, "23": {0, 2}, "TD": {0, 45}} {
			if written[code] != want {
				t.Errorf("line %s says %+v, want %+v", code, written[code], want)
			}
		}
	})
}

func TestEveryLineOpensTheEntriesItIsMadeOf(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d, company.Mainland)
		s.close("2026-10-01", 10550, 24000, 1500)
		s.close("2026-10-02", 1000, 500, 0)
		got := s.load("2026-10-01", "2026-10-31")
		for _, l := range got.Form() {
			var base, tax money.Amount
			for _, detail := range got.of(l.Code) {
				if detail.Part == Base {
					base += detail.Amount
				} else {
					tax += detail.Amount
				}
			}
			if l.HasBase && base != l.Base || l.HasTax && tax != l.Tax {
				t.Errorf("line %s says %d and %d, its entries %d and %d", l.Code, l.Base, l.Tax, base, tax)
			}
		}
	})
}

func TestARateThatChangedIsDeclaredAtTheRateOfItsTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d, company.Mainland)
		s.close("2026-10-01", 10550, 0, 0)
		s.write(func(tx *db.Tx) error {
			_, err := catalog.Save(tx, marie, catalog.SalesCategory{ID: s.food, Label: "Épicerie", Rate: 1000, Kind: catalog.Goods, Active: true})
			return err
		})
		s.close("2026-10-02", 11000, 0, 0)
		got := s.load("2026-10-01", "2026-10-31")
		if base, tax, code := row(got.Rows, 550); base != 10000 || tax != 550 || code != "09" {
			t.Errorf("before the change: %d, %d on %s", base, tax, code)
		}
		if base, tax, code := row(got.Rows, 1000); base != 10000 || tax != 1000 || code != "9B" {
			t.Errorf("after the change: %d, %d on %s", base, tax, code)
		}
	})
}

func TestACorrectionOfALockedDayCountsOnTheDayItIsMade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d, company.Mainland)
		s.till.FirstDay, s.till.Active = "2026-10-30", true
		s.write(func(tx *db.Tx) error { return cashbox.Change(tx, s.till) })
		s.close("2026-10-30", 10550, 0, 0)
		dbtest.SetClock(t, d, "2026-11-12 09:00")
		s.write(func(tx *db.Tx) error {
			if err := daysheet.Lock(tx, s.till.ID, "2026-10-30", marie); err != nil {
				return err
			}
			r := s.request(tx, "2026-10-30", 0, 10550, 0) // it was wine: 105,50 at 20 % is 87,92 and 17,58
			r.Reason = "Rayon inversé"
			_, err := daysheet.Correct(tx, r)
			return err
		})
		if base, tax, _ := row(s.load("2026-10-01", "2026-10-31").Rows, 550); base != 10000 || tax != 550 {
			t.Errorf("October, already declared, becomes %d and %d", base, tax)
		}
		november := s.load("2026-11-01", "2026-11-30")
		if base, tax, code := row(november.Rows, 550); base != -10000 || tax != -550 || code != "09" {
			t.Errorf("November says %d and %d on %s, want the 100,00 and 5,50 taken back", base, tax, code)
		}
		if base, tax, code := row(november.Rows, 2000); base != 8792 || tax != 1758 || code != "08" || !november.reconciled() {
			t.Errorf("November says %d and %d on %s, want 87,92 and 17,58 on 08", base, tax, code)
		}
		if quarterly := s.load("2026-10-01", "2026-12-31"); !quarterly.reconciled() {
			t.Errorf("the quarter does not agree with the ledger: %+v", quarterly.Controls)
		}
	})
}

func TestTheLineOfTheFormDependsOnTheIslandAndTheDay(t *testing.T) {
	for _, c := range []struct {
		zone vat.Zone
		rate vat.Rate
		on   day.Day
		want string
	}{
		{vat.Mainland, 2000, "2026-11-01", "08"}, {vat.Corsica, 2000, "2026-11-01", "08"}, {vat.Mainland, 1000, "2026-11-01", "9B"}, {vat.Corsica, 1000, "2026-11-01", "T3"},
		{vat.Corsica, 1300, "2026-11-01", "TC"}, {vat.Corsica, 210, "2026-11-01", "T4"}, {vat.Mainland, 210, "2026-11-01", "T6"}, {vat.Corsica, 90, "2026-11-01", "T5"},
		{vat.Antilles, 850, "2026-11-01", "10"}, {vat.Antilles, 210, "2026-11-01", "11"}, {vat.Antilles, 175, "2026-11-01", "T1"}, {vat.Antilles, 105, "2026-11-01", "T2"},
		{vat.Mainland, 1960, "2026-11-01", "13"}, {vat.Mainland, 2000, "2019-11-01", "13"}, {vat.Mainland, 0, "2026-11-01", "E2"},
	} {
		if got := BoxOf(c.zone, c.rate, c.on).Code; got != c.want {
			t.Errorf("%d in %s on %s goes to %s, want %s", c.rate, c.zone, c.on, got, c.want)
		}
	}
}

func TestPeriodsAreSaidInFrench(t *testing.T) {
	for _, c := range []struct{ first, last, want string }{
		{"2026-11-01", "2026-11-30", "novembre 2026"}, {"2026-01-01", "2026-03-31", "1er\u00a0trimestre 2026"}, {"2026-10-01", "2026-12-31", "4e\u00a0trimestre 2026"},
	} {
		if got := (Statement{First: day.Day(c.first), Last: day.Day(c.last)}).Period(); got != c.want {
			t.Errorf("%s to %s is called %q", c.first, c.last, got)
		}
	}
	for month, want := range map[day.Month]day.Month{"2026-01": "2026-01", "2026-03": "2026-01", "2026-11": "2026-10", "2026-12": "2026-10"} {
		if got := quarter(month); got != want {
			t.Errorf("%s is in the quarter of %s, want %s", month, got, want)
		}
	}
}

func TestTheFileSaysWhatItDoesNotKnow(t *testing.T) {
	paper := sampleStatement().Paper()
	if len(paper.Tables) != 4 || !strings.Contains(paper.Notes[0], "caisses") || paper.Figures[1][1] != "différence 0" {
		t.Errorf("%d lists, notes %q, figures %v", len(paper.Tables), paper.Notes, paper.Figures)
	}
}
