package accounting

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
)

const marie = "user-marie"

// shop is a shop with one till, from Thursday 29 October 2026 on, looked at on Thursday 5 November.
type shop struct {
	d                *db.DB
	company          string
	till             cashbox.Box
	grocery          string
	cash, card, owed string
	customer         string
	virtual          cashbox.Box
}

func newShop(t *testing.T, d *db.DB) *shop {
	t.Helper()
	dbtest.SetClock(t, d, "2026-11-05 09:00")
	s := &shop{d: d, company: dbtest.Company(t, d)}
	s.write(t, func(tx *db.Tx) error {
		var failed error
		keep := func(id string, err error) string { failed = errors.Join(failed, err); return id }
		settings := company.Defaults()
		settings.LegalName, settings.SIREN = "Halles Gourmandes", "732829320"
		settings.Credit = company.CreditByCustomer
		failed = errors.Join(failed, company.Change(tx, marie, settings))
		location := keep(company.SaveLocation(tx, marie, company.Location{Name: "Halles", Zone: company.Mainland, Active: true}))
		s.grocery = keep(catalog.Save(tx, marie, catalog.SalesCategory{Label: "Épicerie", Rate: 2000, Kind: catalog.Goods, Active: true}))
		s.cash = keep(tender.Save(tx, marie, tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true}))
		s.card = keep(tender.Save(tx, marie, tender.Method{Kind: tender.Card, Label: "Carte", Active: true}))
		s.owed = keep(tender.Save(tx, marie, tender.Method{Kind: tender.OnAccount, Label: "En compte", Active: true}))
		s.customer = keep(party.Add(tx, party.Party{Kind: party.Customer, Nature: party.Person, Name: "Zoé Łukasz", AccountCode: "411ZOE"}))
		var err error
		s.till, err = cashbox.Create(tx, cashbox.Box{Location: location, Name: "Caisse 1", FirstDay: "2026-10-29"})
		failed = errors.Join(failed, err)
		if s.virtual, err = cashbox.Create(tx, cashbox.Box{Name: "Essais", Kind: cashbox.Other, Holds: cashbox.HoldsCash, Virtual: true, FirstDay: "2026-10-29"}); err != nil {
			return err
		}
		return failed
	})
	return s
}

func (s *shop) write(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := s.d.Write(context.Background(), s.company, fn); err != nil {
		t.Fatal(err)
	}
}

func (s *shop) read(t *testing.T, fn func(q *db.Snapshot) error) {
	t.Helper()
	if err := s.d.Read(context.Background(), s.company, fn); err != nil {
		t.Fatal(err)
	}
}

// close closes a day: sales of an amount, some paid by card, some owed by the customer, the rest in cash.
func (s *shop) close(t *testing.T, on day.Day, sales, card, owed, cash, counted string) {
	t.Helper()
	s.write(t, func(tx *db.Tx) error {
		_, err := daysheet.Close(tx, daysheet.Request{Key: id.New(), Box: s.till.ID, On: on, Fields: s.fields(sales, card, owed, cash, counted), By: marie})
		return err
	})
}

func (s *shop) fields(sales, card, owed, cash, counted string) map[string]string {
	return map[string]string{daysheet.FieldSale + s.grocery: sales, daysheet.FieldTaken + s.card: card, daysheet.FieldGrantedTo + s.customer: owed,
		daysheet.FieldTaken + s.owed: owed, daysheet.FieldTaken + s.cash: cash, daysheet.FieldCounted + s.cash: counted}
}

// threeDays closes the three days of October, the second corrected, with an expense on the last and something in the virtual box.
func (s *shop) threeDays(t *testing.T) {
	t.Helper()
	s.close(t, "2026-10-29", "120,00", "50,00", "10,00", "60,00", "60,00")
	s.close(t, "2026-10-30", "60,00", "60,00", "", "", "60,00")
	s.write(t, func(tx *db.Tx) error {
		_, err := daysheet.Correct(tx, daysheet.Request{Key: id.New(), Box: s.till.ID, On: "2026-10-30", Fields: s.fields("72,00", "72,00", "", "", "60,00"), By: marie, Reason: "Ticket oublié"})
		return err
	})
	s.move(t, s.till.ID, cashbox.Expense, 500, "2026-10-31")
	s.close(t, "2026-10-31", "24,00", "", "", "24,00", "79,00")
	s.move(t, s.virtual.ID, cashbox.PaidIn, 99900, "2026-10-31")
}

func (s *shop) move(t *testing.T, box string, kind cashbox.Kind, amount money.Amount, on day.Day) {
	t.Helper()
	m := cashbox.Movement{ID: id.New(), Box: box, Method: s.cash, Kind: kind, Amount: amount, On: on, Memo: "Essai"}
	if kind == cashbox.Expense {
		m.Role = "expense.office"
	}
	s.write(t, func(tx *db.Tx) error { return cashbox.Record(tx, m, "2026-11-05", marie) })
}

// give gives the file of October.
func (s *shop) give(afresh bool) (e Export, err error) {
	err = s.d.Write(context.Background(), s.company, func(tx *db.Tx) error {
		e, err = Give(tx, Request{Period: october, By: marie, Afresh: afresh})
		return err
	})
	return e, err
}

var october = Period{"2026-10-01", "2026-10-31"}

// yearFile is the FEC of a year.
func (s *shop) yearFile(t *testing.T, called string) (name, text string) {
	t.Helper()
	var out bytes.Buffer
	s.read(t, func(q *db.Snapshot) (err error) {
		name, err = writeYear(q, &out, called)
		return err
	})
	return name, out.String()
}

// faultOf is the fault an error is, nil when it is none.
func faultOf(err error) *fault.Fault {
	f, _ := errors.AsType[*fault.Fault](err)
	return f
}
