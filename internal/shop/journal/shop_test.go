package journal

import (
	"context"
	"errors"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
)

const marie = "user-marie"

// shop is an épicerie with two tills in one location and one in another, and four days of November.
type shop struct {
	d                              *db.DB
	company, halles, gare          string // locations
	till, second, station          cashbox.Box
	grocery, deli, wine            string // categories
	cash, card, cheque, gift, owed string // methods
	stationer                      string // supplier
}

// newShop opens the shop, empty but for 150,00 € in the first till.
func newShop(t *testing.T, d *db.DB) *shop {
	t.Helper()
	s := &shop{d: d}
	s.at(t, "2026-11-16 08:00")
	s.company = dbtest.Company(t, d)
	s.write(t, func(tx *db.Tx) error {
		var failed error
		keep := func(id string, err error) string { failed = errors.Join(failed, err); return id }
		box := func(location, name string) cashbox.Box {
			b, err := cashbox.Create(tx, cashbox.Box{Location: location, Name: name, FirstDay: "2026-11-16"})
			failed = errors.Join(failed, err)
			return b
		}
		method := func(kind tender.Kind, label string) string {
			return keep(tender.Save(tx, marie, tender.Method{Kind: kind, Label: label, Active: true}))
		}
		category := func(label string, rate int64) string {
			return keep(catalog.Save(tx, marie, catalog.SalesCategory{Label: label, Rate: vat.Rate(rate), Kind: catalog.Goods, Active: true}))
		}
		settings := company.Defaults()
		settings.LegalName, settings.TradeName, settings.LegalForm, settings.Capital = "Halles Gourmandes", "Épicerie des Halles", "SARL", "10\u00a0000\u00a0€"
		settings.SIREN, settings.NAF, settings.RCS = "732829320", "47.11C", "RCS Lyon 732\u00a0829\u00a0320"
		settings.Street, settings.Postcode, settings.City = "12 rue du Marché", "69002", "Lyon"
		settings.Options = company.Options{Expenses: true, Transfers: true, Credit: company.CreditTotal, Vouchers: true, Overpayments: true, Customers: true}
		failed = errors.Join(failed, company.Change(tx, marie, settings))
		s.halles = keep(company.SaveLocation(tx, marie, company.Location{Name: "Boutique des Halles", SIRET: "73282932000074", Zone: company.Mainland, Active: true}))
		s.gare = keep(company.SaveLocation(tx, marie, company.Location{Name: "Boutique de la Gare", Zone: company.Mainland, Active: true}))
		s.grocery, s.deli, s.wine = category("Épicerie", 550), category("Traiteur", 1000), category("Vins", 2000)
		s.cash, s.card, s.cheque = method(tender.Cash, "Espèces"), method(tender.Card, "Carte"), method(tender.Cheque, "Chèque")
		s.gift, s.owed = method(tender.Voucher, "Bon cadeau"), method(tender.OnAccount, "Crédit client")
		s.till, s.second, s.station = box(s.halles, "Caisse 1"), box(s.halles, "Caisse 2"), box(s.gare, "Caisse de la Gare")
		s.stationer = keep(party.Add(tx, party.Party{Kind: party.Supplier, Nature: party.Company, Name: "Papeterie de l’Œuvre"}))
		if failed != nil {
			return failed
		}
		_, err := cashbox.SetOpening(tx, id.New(), "2026-11-16", map[string]money.Amount{cashbox.AccountKey(s.till.ID, s.cash): 15000}, "2026-11-16", marie)
		return err
	})
	return s
}

// at sets the clock to an hour in Paris.
func (s *shop) at(t *testing.T, local string) {
	t.Helper()
	dbtest.SetClock(t, s.d, local)
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

// move records a movement of cash in the first till.
func (s *shop) move(t *testing.T, kind cashbox.Kind, amount money.Amount, on, today day.Day, change func(*cashbox.Movement)) string {
	t.Helper()
	m := cashbox.Movement{ID: id.New(), Box: s.till.ID, Method: s.cash, Kind: kind, Amount: amount, On: on}
	if change != nil {
		change(&m)
	}
	s.write(t, func(tx *db.Tx) error { return cashbox.Record(tx, m, today, marie) })
	return m.ID
}

// typed is what is typed of a day, by the short names of its fields.
type typed map[string]string

// close closes a day of a till.
func (s *shop) close(t *testing.T, box cashbox.Box, on day.Day, fields typed) {
	t.Helper()
	s.write(t, func(tx *db.Tx) error {
		_, err := daysheet.Close(tx, daysheet.Request{Key: id.New(), Box: box.ID, On: on, Fields: s.fields(fields), By: marie})
		return err
	})
}

// fields gives what is typed its full names.
func (s *shop) fields(short typed) map[string]string {
	names := map[string]string{
		"grocery": daysheet.FieldSale + s.grocery, "deli": daysheet.FieldSale + s.deli, "wine": daysheet.FieldSale + s.wine,
		"cash": daysheet.FieldTaken + s.cash, "card": daysheet.FieldTaken + s.card, "cheque": daysheet.FieldTaken + s.cheque,
		"gift": daysheet.FieldTaken + s.gift, "owed": daysheet.FieldTaken + s.owed,
		"counted": daysheet.FieldCounted + s.cash, "reason": daysheet.FieldReason + s.cash,
	}
	fields := map[string]string{}
	for name, value := range short {
		if full, known := names[name]; known {
			name = full
		}
		fields[name] = value
	}
	return fields
}

// fourDays is the life of the shop from Tuesday 17 to Friday 20 November: an expense with VAT, a gift voucher sold then used,
// credit granted then repaid, an over-short each way, what left for the bank, a movement undone, one back-dated, a day corrected.
func (s *shop) fourDays(t *testing.T) {
	t.Helper()
	s.at(t, "2026-11-17 11:00")
	s.move(t, cashbox.Expense, 1240, "2026-11-17", "2026-11-17", func(m *cashbox.Movement) {
		m.Role, m.Rate, m.Party, m.Memo = "expense.office", 2000, s.stationer, "rouleaux de caisse"
	})
	s.at(t, "2026-11-17 19:30")
	s.close(t, s.till, "2026-11-17", typed{"z": "1481", "grocery": "612,40", "deli": "184,50", "wine": "438,90", "bons": "50", "ventes": "47", "clients": "45",
		"cash": "318,60", "card": "917,20", "cheque": "30", "owed": "20", "counted": "452,60", "remise": "250"})
	s.at(t, "2026-11-18 10:00")
	s.move(t, cashbox.PaidIn, 10000, "2026-11-18", "2026-11-18", func(m *cashbox.Movement) { m.Memo = "monnaie" })
	wrong := s.move(t, cashbox.PaidOut, 9900, "2026-11-18", "2026-11-18", nil)
	s.write(t, func(tx *db.Tx) error {
		_, err := cashbox.Reverse(tx, wrong, "montant erroné", "2026-11-18", marie)
		return err
	})
	s.move(t, cashbox.PaidOut, 5000, "2026-11-18", "2026-11-18", nil)
	s.at(t, "2026-11-19 08:30")
	s.move(t, cashbox.Expense, 800, "2026-11-18", "2026-11-19", func(m *cashbox.Movement) { m.Role, m.Memo = "expense.post", "timbres" })
	s.close(t, s.till, "2026-11-18", typed{"grocery": "400", "credits": "20", "ventes": "21", "cash": "190", "card": "200", "gift": "30", "counted": "437,00"})
	s.close(t, s.second, "2026-11-18", typed{"wine": "99,90", "card": "99,90", "counted": "0"})
	s.move(t, cashbox.Deposit, 3000, "2026-11-19", "2026-11-19", func(m *cashbox.Movement) { m.Method = s.cheque })
	s.at(t, "2026-11-20 09:00")
	s.close(t, s.till, "2026-11-19", typed{"deli": "250,50", "trop": "0,50", "ventes": "12", "cash": "101", "card": "150", "counted": "538"})
	s.close(t, s.station, "2026-11-19", typed{"grocery": "10,55", "cash": "10,55", "counted": "10,55"})
	s.write(t, func(tx *db.Tx) error {
		_, err := daysheet.Correct(tx, daysheet.Request{Key: id.New(), Box: s.till.ID, On: "2026-11-19", By: marie, Reason: "Carte et espèces inversées",
			Fields: s.fields(typed{"deli": "250,50", "trop": "0,50", "ventes": "12", "cash": "150", "card": "101", "counted": "587"})})
		return err
	})
}

// anywhere sees every location.
func anywhere(string) bool { return true }
