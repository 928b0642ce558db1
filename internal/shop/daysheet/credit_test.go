package daysheet_test

import (
	"context"
	"errors"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
)

func TestCreditIsGrantedToCustomersOfTheCompanyOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		owner := dbtest.Company(t, d)
		write := func(fn func(tx *db.Tx) error) error { return d.Write(context.Background(), owner, fn) }
		var box cashbox.Box
		var category, onAccount, customer, supplier string
		err := write(func(tx *db.Tx) (err error) {
			settings := company.Defaults()
			settings.LegalName, settings.Credit = "Essais", company.CreditByCustomer
			location, e1 := company.SaveLocation(tx, "claire", company.Location{Name: "Boutique", Zone: company.Mainland, Active: true})
			var e2, e3, e4, e5, e6 error
			category, e2 = catalog.Save(tx, "claire", catalog.SalesCategory{Label: "Épicerie", Rate: 550, Kind: catalog.Goods, Active: true})
			onAccount, e3 = tender.Save(tx, "claire", tender.Method{Label: "Crédit client", Kind: tender.OnAccount, Active: true})
			customer, e4 = party.Add(tx, party.Party{Kind: party.Customer, Nature: party.Person, Name: "Anne Petit"})
			supplier, e5 = party.Add(tx, party.Party{Kind: party.Supplier, Nature: party.Company, Name: "Moulin Vert"})
			box, e6 = cashbox.Create(tx, cashbox.Box{Location: location, Name: "Caisse 1", FirstDay: "2026-11-02"})
			return errors.Join(company.Change(tx, "claire", settings), e1, e2, e3, e4, e5, e6)
		})
		if err != nil {
			t.Fatal(err)
		}
		for who, c := range map[string]struct {
			party   string
			allowed bool
		}{"a supplier": {supplier, false}, "nobody": {id.New(), false}, "a customer": {customer, true}} {
			field := daysheet.FieldGrantedTo + c.party
			r := daysheet.Request{Key: id.New(), Box: box.ID, On: "2026-11-20", By: "claire",
				Fields: map[string]string{daysheet.FieldSale + category: "10", daysheet.FieldTaken + onAccount: "10", field: "10"}}
			err := write(func(tx *db.Tx) error {
				if _, err := daysheet.Close(tx, r); err != nil {
					return err
				}
				owes, err := ledger.Balance(tx, daysheet.CustomerAccount(c.party))
				if err == nil && owes != money.Amount(1000) {
					t.Errorf("%s owes %d", who, owes)
				}
				return errors.Join(err, errUndo)
			})
			f, refused := errors.AsType[*fault.Fault](err)
			if c.allowed != errors.Is(err, errUndo) || !c.allowed && (!refused || f.Fields[field] == "") {
				t.Errorf("credit granted to %s: %v", who, err)
			}
		}
	})
}

// errUndo undoes an act that was accepted.
var errUndo = errors.New("undone")
