// Package shoptest makes a small shop with a cash box, for the tests of rooms that fill its day sheets from elsewhere.
package shoptest

import (
	"context"
	"errors"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
)

// Claire signs what the shop is made of.
const Claire = "01900000-0000-7000-8000-00000000c1a1"

// Shop is a shop with two tills, on Saturday 21 November 2026 in the morning. Its sheets begin on 1 January 2010.
type Shop struct {
	DB           *db.DB
	Company      string
	Location     string
	Till, Second cashbox.Box
	Grocery, Bar string // categories « Épicerie » at 5,5 % and « Boissons » at 20 %
	Cash, Card   string // methods « Espèces » and « Carte bancaire »
}

// New makes the shop. change adapts its settings.
func New(t testing.TB, d *db.DB, change ...func(*company.Settings)) *Shop {
	t.Helper()
	dbtest.SetClock(t, d, "2026-11-21 08:55")
	s := &Shop{DB: d, Company: dbtest.Company(t, d)}
	s.Write(t, func(tx *db.Tx) error {
		var failed error
		keep := func(id string, err error) string { failed = errors.Join(failed, err); return id }
		settings := company.Defaults()
		settings.LegalName = "Épicerie des Essais"
		for _, c := range change {
			c(&settings)
		}
		failed = errors.Join(failed, company.Change(tx, Claire, settings))
		s.Location = keep(company.SaveLocation(tx, Claire, company.Location{Name: "Les Halles", Zone: company.Mainland, Active: true}))
		failed = errors.Join(failed, company.SetWeek(tx, Claire, s.Location, "", company.EveryDay))
		category := func(label string, rate vat.Rate) string {
			return keep(catalog.Save(tx, Claire, catalog.SalesCategory{Label: label, Rate: rate, Kind: catalog.Goods, Active: true}))
		}
		method := func(kind tender.Kind, label string) string {
			return keep(tender.Save(tx, Claire, tender.Method{Kind: kind, Label: label, Active: true, Prefilled: kind != tender.Cash}))
		}
		s.Grocery, s.Bar = category("Épicerie", 550), category("Boissons", 2000)
		s.Cash, s.Card = method(tender.Cash, "Espèces"), method(tender.Card, "Carte bancaire")
		for name, box := range map[string]*cashbox.Box{"Caisse 1": &s.Till, "Caisse 2": &s.Second} {
			made, err := cashbox.Create(tx, cashbox.Box{Location: s.Location, Name: name, FirstDay: "2010-01-01"})
			*box, failed = made, errors.Join(failed, err)
		}
		return failed
	})
	return s
}

// Write runs an act of the company, which must succeed.
func (s *Shop) Write(t testing.TB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := s.DB.Write(context.Background(), s.Company, fn); err != nil {
		t.Fatal(err)
	}
}

// Read reads the company, which must succeed.
func (s *Shop) Read(t testing.TB, fn func(q *db.Snapshot) error) {
	t.Helper()
	if err := s.DB.Read(context.Background(), s.Company, fn); err != nil {
		t.Fatal(err)
	}
}
