package receivable_test

import (
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/receivable"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/visit"
)

func TestACustomerPaysAndThePaymentIsUndoneThroughThePages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		v := visit.As(t, s.company, receivable.New(d, cashbox.Hooks{Software: "Encaisse 1.0"}).Routes())
		v.Get(t, "/clients/credits").Is(t, 200, "Aucun client ne doit d’argent")
		s.grant(t, s.anne, "2026-10-01", 12000)
		v.Get(t, "/clients/credits").Is(t, 200, "Anne Petit", "120,00\u00a0€", "Plafond dépassé", "1\u00a0compte")
		account, form := "/clients/"+s.anne+"/compte", "/clients/"+s.anne+"/reglement"
		v.Get(t, form).Is(t, 200, "Doit 120,00\u00a0€", `value="120,00"`)
		key := id.New()
		v.Post(t, form, "id", key, "amount", "130", "on", "2026-11-20", "box", s.till.ID, "method", s.cash).Is(t, 422, "dépasse ce qui est dû", `value="130"`)
		for range 2 { // sent twice
			v.Post(t, form, "id", key, "amount", "30", "on", "2026-11-20", "box", s.till.ID, "method", s.cash).LeadsTo(t, account)
		}
		v.Get(t, account).Is(t, 200, "90,00\u00a0€", "Crédit réglé", "31 à 60 jours")
		undo := "/clients/reglements/" + key + "/annuler"
		v.Get(t, undo).Is(t, 200, "30,00\u00a0€")
		v.Post(t, undo, "id", id.New(), "reason", "").Is(t, 422, "Dites en quelques mots")
		v.Post(t, undo, "id", id.New(), "reason", "erreur").LeadsTo(t, account)
		v.Get(t, account).Is(t, 200, "annulée", "120,00\u00a0€")
		v.Get(t, undo).Is(t, 200, "déjà annulé")
		v.Get(t, "/clients/ensemble/compte").Is(t, 200, "Clients non détaillés")
		v.Get(t, "/clients/"+id.New()+"/compte").Is(t, 404)
	})
}

func TestAccountsAreGivenAsFiles(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	s.grant(t, s.anne, "2026-10-01", 12000)
	v := visit.As(t, s.company, receivable.New(d, cashbox.Hooks{Software: "Encaisse 1.0"}).Routes())
	for _, path := range []string{"/clients/credits/export?", "/clients/" + s.anne + "/compte/export?"} {
		if csv := v.Get(t, path+"format=csv"); csv.Status != 200 || !strings.Contains(csv.Body, "120,00") {
			t.Errorf("%s: %d %q", path, csv.Status, csv.Body)
		}
		if book := v.Get(t, path+"format=xlsx"); !strings.HasPrefix(book.Body, "PK") {
			t.Errorf("%s: the workbook is %d, %.20q", path, book.Status, book.Body)
		}
		if pdf := v.Get(t, path+"format=pdf"); !strings.HasPrefix(pdf.Body, "%PDF") {
			t.Errorf("%s: the PDF is %d, %.20q", path, pdf.Status, pdf.Body)
		}
		v.Get(t, path+"format=exe").Is(t, 404)
	}
}

func TestWhoMayNotSeeBalancesGetsNoFileOfThem(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	v := visit.As(t, s.company, receivable.New(d, cashbox.Hooks{Software: "Encaisse 1.0"}).Routes(), right.ReportExport)
	v.Get(t, "/clients/credits/export?format=csv").Is(t, 403)
	v.Get(t, "/clients/ensemble/compte/export?format=csv").Is(t, 403)
}
