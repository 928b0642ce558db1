package deposit_test

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
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/deposit"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
)

const today day.Day = "2026-11-20" // at dbtest.Morning

const claire = "user-claire"

// shop is a company with a till that holds 682,40 in cash, of which 150,00 of float, and 342,00 in cheques.
type shop struct {
	d             *db.DB
	company       string
	till          cashbox.Box
	cash, cheques string
	anne          string
}

func newShop(t *testing.T, d *db.DB) *shop {
	t.Helper()
	s := &shop{d: d, company: dbtest.Company(t, d)}
	s.write(t, func(tx *db.Tx) error {
		settings := company.Defaults()
		settings.LegalName = "Épicerie des Essais"
		err := company.Change(tx, claire, settings)
		keep := func(id string, e error) string { err = errors.Join(err, e); return id }
		location := keep(company.SaveLocation(tx, claire, company.Location{Name: "Rue du Marché", Zone: company.Mainland, Active: true}))
		s.cash = keep(tender.Save(tx, claire, tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true}))
		s.cheques = keep(tender.Save(tx, claire, tender.Method{Kind: tender.Cheque, Label: "Chèques", Active: true}))
		s.anne = keep(party.Add(tx, party.Party{Kind: party.Customer, Nature: party.Person, Name: "Anne Petit"}))
		var e error
		s.till, e = cashbox.Create(tx, cashbox.Box{Location: location, Name: "Caisse 1", Kind: cashbox.Till, TargetFloat: 15000, FirstDay: "2026-11-02"})
		for method, amount := range map[string]money.Amount{s.cash: 68240, s.cheques: 34200} {
			e = errors.Join(e, cashbox.Record(tx, cashbox.Movement{ID: id.New(), Box: s.till.ID, Method: method, Kind: cashbox.PaidIn, Amount: amount, On: "2026-11-18"}, today, claire))
		}
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

func (s *shop) receive(t *testing.T, on day.Day, amount money.Amount) string {
	t.Helper()
	c := deposit.Cheque{ID: id.New(), Box: s.till.ID, Method: s.cheques, On: on, Drawer: "Anne Petit", Number: "123", Party: s.anne, Amount: amount}
	for range 2 { // sent twice
		s.write(t, func(tx *db.Tx) error { return deposit.Receive(tx, c, today, claire) })
	}
	return c.ID
}

func (s *shop) slip(cheques ...string) deposit.Slip {
	return deposit.Slip{ID: id.New(), Box: s.till.ID, Method: s.cheques, On: today, Cheques: cheques}
}

func (s *shop) make(slip deposit.Slip) error {
	return s.try(func(tx *db.Tx) error { return deposit.Make(tx, slip, today, claire) })
}

func (s *shop) made(t *testing.T, slip deposit.Slip) deposit.Recorded {
	t.Helper()
	if err := s.make(slip); err != nil {
		t.Fatal(err)
	}
	return s.found(t, slip.ID)
}

func (s *shop) found(t *testing.T, slip string) (r deposit.Recorded) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		r, err = deposit.SlipByID(q, slip)
		return err
	})
	return r
}

func (s *shop) credit(slip string, on day.Day) error {
	return s.try(func(tx *db.Tx) error { return deposit.Credit(tx, id.New(), slip, on, today, claire) })
}

// inHand are the ids of the cheques in hand, in order.
func (s *shop) inHand(t *testing.T) (ids []string) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) error {
		list, err := deposit.InHand(q, s.till.ID, s.cheques)
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		return err
	})
	return ids
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

func wantKind(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("want a fault %s, got %v", kind, err)
	}
}
