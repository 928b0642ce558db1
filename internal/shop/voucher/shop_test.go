package voucher_test

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
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
	"encaisse/internal/shop/voucher"
	"encaisse/internal/test/dbtest"
)

const today day.Day = "2026-11-20" // at dbtest.Morning

const claire = "user-claire"

// shop is a company with a till that takes cash and vouchers.
type shop struct {
	d                    *db.DB
	company              string
	till                 cashbox.Box
	cash, vouchers, care string
}

func newShop(t *testing.T, d *db.DB) *shop {
	t.Helper()
	s := &shop{d: d, company: dbtest.Company(t, d)}
	s.write(t, func(tx *db.Tx) error {
		settings := company.Defaults()
		settings.LegalName, settings.Vouchers = "Épicerie des Essais", true
		err := company.Change(tx, claire, settings)
		keep := func(id string, e error) string { err = errors.Join(err, e); return id }
		location := keep(company.SaveLocation(tx, claire, company.Location{Name: "Rue du Marché", Zone: company.Mainland, Active: true}))
		s.cash = keep(tender.Save(tx, claire, tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true}))
		s.vouchers = keep(tender.Save(tx, claire, tender.Method{Kind: tender.Voucher, Label: "Bons cadeaux", Active: true}))
		s.care = keep(catalog.Save(tx, claire, catalog.SalesCategory{Label: "Soins", Rate: 2000, Kind: catalog.Service, Active: true}))
		var e error
		s.till, e = cashbox.Create(tx, cashbox.Box{Location: location, Name: "Caisse 1", Kind: cashbox.Till, FirstDay: "2026-11-02"})
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

func (s *shop) voucher(amount money.Amount) voucher.Voucher {
	return voucher.Voucher{ID: id.New(), Purpose: voucher.Multi, Amount: amount, Box: s.till.ID, On: today, ValidUntil: "2027-11-20"}
}

func (s *shop) issue(v voucher.Voucher) error {
	return s.try(func(tx *db.Tx) error { return voucher.Issue(tx, v, today, claire) })
}

func (s *shop) sold(t *testing.T, v voucher.Voucher) voucher.Recorded {
	t.Helper()
	if err := s.issue(v); err != nil {
		t.Fatal(err)
	}
	return s.found(t, v.ID)
}

func (s *shop) found(t *testing.T, id string) (v voucher.Recorded) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		v, err = voucher.ByID(q, id)
		return err
	})
	return v
}

func (s *shop) usage(v string, amount money.Amount) voucher.Usage {
	return voucher.Usage{ID: id.New(), Voucher: v, Amount: amount, Box: s.till.ID, On: today}
}

func (s *shop) use(u voucher.Usage) error {
	return s.try(func(tx *db.Tx) error { return voucher.Use(tx, u, today, claire) })
}

func (s *shop) balance(t *testing.T, account string) (b money.Amount) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		b, err = ledger.Balance(q, account)
		return err
	})
	return b
}

func (s *shop) standing(t *testing.T) (st voucher.Standing) {
	t.Helper()
	s.read(t, func(q *db.Snapshot) (err error) {
		st, err = voucher.LoadStanding(q)
		return err
	})
	if !st.Agrees() {
		t.Errorf("the vouchers and their account differ: %+v", st)
	}
	return st
}

// close closes the day of the till: sales of care, vouchers sold and used as the sheet counts them, the rest in cash.
func (s *shop) close(sales, sold, used string, cash string) error {
	return s.try(func(tx *db.Tx) error {
		_, err := daysheet.Close(tx, daysheet.Request{Key: id.New(), Box: s.till.ID, On: today, By: claire, Fields: map[string]string{
			daysheet.FieldSale + s.care: sales, daysheet.FieldVouchers: sold, daysheet.FieldTaken + s.vouchers: used, daysheet.FieldTaken + s.cash: cash, daysheet.FieldCounted + s.cash: cash}})
		return err
	})
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
