package cashbox_test

import (
	"context"
	"errors"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
)

// today is the business day at dbtest.Morning.
const (
	today     day.Day = "2026-11-20"
	yesterday day.Day = "2026-11-19"
	claire            = "user-claire"
)

// shop is a company with two tills in one location, two ways to pay that keep money, one that does not, and a supplier.
type shop struct {
	d                        *db.DB
	company, location        string
	till, other              cashbox.Box
	cash, card, voucher, out string // methods; out is no longer used
	baker                    string // supplier
	customer                 string
}

func newShop(t *testing.T, d *db.DB) *shop {
	t.Helper()
	s := &shop{d: d, company: dbtest.Company(t, d)}
	s.write(t, func(tx *db.Tx) error {
		var err error
		keep := func(id string, e error) string { err = errors.Join(err, e); return id }
		box := func(name string) cashbox.Box {
			b, e := cashbox.Create(tx, cashbox.Box{Location: s.location, Name: name, FirstDay: "2026-11-02"})
			err = errors.Join(err, e)
			return b
		}
		method := func(kind tender.Kind, label string) string {
			return keep(tender.Save(tx, claire, tender.Method{Kind: kind, Label: label, Active: true}))
		}
		s.location = keep(company.SaveLocation(tx, claire, company.Location{Name: "Rue du Marché", Zone: company.Mainland, Active: true}))
		s.cash, s.card, s.voucher, s.out = method(tender.Cash, "Espèces"), method(tender.Card, "Carte"), method(tender.Voucher, "Bon cadeau"), method(tender.Cheque, "Chèque")
		err = errors.Join(err, tender.SetActive(tx, claire, s.out, false))
		s.till, s.other = box("Caisse 1"), box("Caisse 2")
		s.baker = keep(party.Add(tx, party.Party{Kind: party.Supplier, Nature: party.Company, Name: "Boulangerie Martin"}))
		s.customer = keep(party.Add(tx, party.Party{Kind: party.Customer, Nature: party.Person, Name: "Anne Petit"}))
		return err
	})
	return s
}

func (s *shop) write(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := s.d.Write(context.Background(), s.company, fn); err != nil {
		t.Fatal(err)
	}
}

// try is a write whose fault is what the test looks at.
func (s *shop) try(fn func(tx *db.Tx) error) error {
	return s.d.Write(context.Background(), s.company, fn)
}

func (s *shop) read(t *testing.T, fn func(q *db.Snapshot) error) {
	t.Helper()
	if err := s.d.Read(context.Background(), s.company, fn); err != nil {
		t.Fatal(err)
	}
}

func (s *shop) record(m cashbox.Movement) error {
	return s.try(func(tx *db.Tx) error { return cashbox.Record(tx, m, today, claire) })
}

// movement is a correct one of a kind: 12,00 € in cash, today.
func (s *shop) movement(kind cashbox.Kind) cashbox.Movement {
	m := cashbox.Movement{ID: id.New(), Box: s.till.ID, Method: s.cash, Kind: kind, Amount: 1200, On: today, Memo: "essai"}
	switch kind {
	case cashbox.Expense:
		m.Role, m.Rate, m.Party = "expense.post", 2000, s.baker
	case cashbox.Income:
		m.Role = "income.other"
	case cashbox.Transfer:
		m.ToBox, m.ToMethod = s.other.ID, s.card
	}
	return m
}

func (s *shop) found(t *testing.T, movement string) (r cashbox.Recorded) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		r, err = cashbox.MovementByID(q, movement)
		return err
	})
	return r
}

func (s *shop) balance(t *testing.T, account string) (b money.Amount) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		b, err = ledger.Balance(q, account)
		return err
	})
	return b
}

func (s *shop) inCash(t *testing.T) money.Amount {
	t.Helper()
	return s.balance(t, cashbox.AccountKey(s.till.ID, s.cash))
}

// lock closes and locks a day of a box.
func (s *shop) lock(t *testing.T, box string, on day.Day) {
	t.Helper()
	s.close(t, box, on)
	s.write(t, func(tx *db.Tx) error {
		_, err := period.LockUntil(tx, box, on, claire)
		return err
	})
}

func (s *shop) close(t *testing.T, box string, on day.Day) {
	t.Helper()
	s.write(t, func(tx *db.Tx) error { return period.Close(tx, box, on, claire) })
}

// wantField checks that a fault is Invalid and says what is wrong with one field and only it.
func wantField(t *testing.T, err error, field string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[field] == "" {
		t.Errorf("want a fault of the field %q alone, got %v", field, err)
	}
}

func wantKind(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("want a fault %s, got %v", kind, err)
	}
}
