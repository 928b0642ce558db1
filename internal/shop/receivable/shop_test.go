package receivable_test

import (
	"context"
	"errors"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/receivable"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
)

const today day.Day = "2026-11-20" // at dbtest.Morning

const claire = "user-claire"

// shop is a company with a till, two ways to pay, and a customer with a limit.
type shop struct {
	d             *db.DB
	company       string
	till          cashbox.Box
	cash, card    string
	anne, charles string
}

func newShop(t *testing.T, d *db.DB) *shop {
	t.Helper()
	s := &shop{d: d, company: dbtest.Company(t, d)}
	s.write(t, func(tx *db.Tx) error {
		settings := company.Defaults()
		settings.LegalName, settings.Credit, settings.Overpayments = "Épicerie des Essais", company.CreditByCustomer, true
		err := company.Change(tx, claire, settings)
		keep := func(id string, e error) string { err = errors.Join(err, e); return id }
		location := keep(company.SaveLocation(tx, claire, company.Location{Name: "Rue du Marché", Zone: company.Mainland, Active: true}))
		s.cash = keep(tender.Save(tx, claire, tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true}))
		s.card = keep(tender.Save(tx, claire, tender.Method{Kind: tender.Card, Label: "Carte", Active: true}))
		s.anne = keep(party.Add(tx, party.Party{Kind: party.Customer, Nature: party.Person, Name: "Anne Petit", Limited: true, CreditLimit: 10000}))
		s.charles = keep(party.Add(tx, party.Party{Kind: party.Customer, Nature: party.Person, Name: "Charles Roy"}))
		var e error
		s.till, e = cashbox.Create(tx, cashbox.Box{Location: location, Name: "Caisse 1", FirstDay: "2026-11-02"})
		return errors.Join(err, e)
	})
	return s
}

func (s *shop) write(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := s.try(fn); err != nil {
		t.Fatal(err)
	}
}

func (s *shop) try(fn func(tx *db.Tx) error) error {
	return s.d.Write(context.Background(), s.company, fn)
}

func (s *shop) read(t *testing.T, fn func(q *db.Snapshot) error) {
	t.Helper()
	if err := s.d.Read(context.Background(), s.company, fn); err != nil {
		t.Fatal(err)
	}
}

// grant makes a customer owe an amount since a day, as a day sheet does.
func (s *shop) grant(t *testing.T, customer string, on day.Day, amount money.Amount) {
	t.Helper()
	s.post(t, party.Account(customer), "customer", on, amount)
}

func (s *shop) post(t *testing.T, account, role string, on day.Day, amount money.Amount) {
	t.Helper()
	s.write(t, func(tx *db.Tx) error {
		plan, err := chart.Load(tx)
		if err != nil {
			return err
		}
		code, label := plan.Account(role)
		against, name := plan.Account("opening")
		_, err = ledger.Post(tx, ledger.Entry{On: on, Kind: "daysheet", Source: "daysheet:" + id.New(), By: claire, Memo: "Journée",
			Accounts: []ledger.Account{{Key: account, Code: code, Label: label, Sense: ledger.Debit}, {Key: "opening", Code: against, Label: name, Sense: ledger.Credit}},
			Lines:    []ledger.Line{{Account: account, Amount: amount, Memo: "Crédit accordé"}, {Account: "opening", Amount: -amount}}})
		return err
	})
}

func (s *shop) pay(p receivable.Payment) error {
	return s.try(func(tx *db.Tx) error { return receivable.Pay(tx, p, today, claire) })
}

func (s *shop) payment(kind receivable.Kind, customer string, amount money.Amount) receivable.Payment {
	return receivable.Payment{ID: id.New(), Kind: kind, Customer: customer, Box: s.till.ID, Method: s.cash, Amount: amount, On: today}
}

func (s *shop) balance(t *testing.T, account string) (b money.Amount) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		b, err = ledger.Balance(q, account)
		return err
	})
	return b
}

func wantField(t *testing.T, err error, field string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[field] == "" {
		t.Errorf("want a fault of the field %q alone, got %v", field, err)
	}
}
