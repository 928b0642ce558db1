package company_test

import (
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/books/chart"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/visit"
)

func TestTheSettingsOfACompanyAreChangedThroughItsPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := found(t, d, "Halles")
		v := visit.As(t, ref.ID, company.New(d).Routes())
		v.Get(t, "/reglages").Is(t, 200, "Société et boutiques", "Plan comptable")
		identity := []string{"legal_name", "Halles SARL", "siren", "732 829 320", "vat_regime", "quarterly", "year_start", "7", "cutoff", "5", "time_zone", "Europe/Paris"}
		v.Post(t, "/reglages/societe", identity...).LeadsTo(t, "/reglages/societe")
		v.Post(t, "/reglages/seuils", "max_cash", "300+200,50", "tolerance", "2", "lock_days", "10", "expenses", "oui", "credit", "total").LeadsTo(t, "/reglages/seuils")
		read(t, d, ref, func(q *db.Snapshot) error {
			s, err := company.Load(q)
			if s.SIREN != "732829320" || s.VATNumber != "FR44732829320" || s.Cutoff != 5 || s.YearStart != 7 || s.VATRegime != company.Quarterly {
				t.Errorf("identity: %+v", s)
			}
			if s.MaxCash != 50050 || s.LockDays != 10 || s.Options != (company.Options{Expenses: true, Credit: company.CreditTotal}) {
				t.Errorf("thresholds and options: %+v %+v", s.Thresholds, s.Options)
			}
			return err
		})
	})
}

func TestARefusedFormComesBackAsItWasTyped(t *testing.T) {
	d := dbtest.SQLite(t)
	ref := found(t, d, "Halles")
	v := visit.As(t, ref.ID, company.New(d).Routes())
	v.Post(t, "/reglages/societe", "legal_name", `"Halles" & fils`, "siren", "12", "vat_regime", "monthly", "year_start", "1", "cutoff", "0", "time_zone", "Europe/Paris").
		Is(t, 422, `value="12"`, "Ce numéro SIREN est inexact", "&#34;Halles&#34; &amp; fils", "Un champ à corriger")
	v.Post(t, "/reglages/seuils", "max_cash", "1,234", "credit", "off").Is(t, 422, `value="1,234"`, "deux chiffres après la virgule")
	v.Post(t, "/reglages/societe/boutiques/nouvelle", "name", "", "zone", "metropole").Is(t, 422, "Donnez un nom à la boutique")
	v.Post(t, "/reglages/comptes", "code-box-cash", "caisse", "label-box-cash", "Caisse").Is(t, 422, `value="caisse"`, "2 à 12 caractères")
}

func TestTheChartIsMappedLineByLine(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := found(t, d, "Halles")
		v := visit.As(t, ref.ID, company.New(d).Routes())
		v.Post(t, "/reglages/comptes", "code-box-cash", "5301", "label-box-cash", "Caisse du magasin", "code-sale", "707", "label-sale", "Ventes de marchandises").LeadsTo(t, "/reglages/comptes")
		read(t, d, ref, func(q *db.Snapshot) error {
			plan, err := chart.Load(q)
			for _, a := range plan.Accounts() {
				if a.Own != (a.Role == "box.cash") {
					t.Errorf("%s is mapped to %s %s", a.Role, a.Code, a.Label)
				}
			}
			return err
		})
		if said := events(t, d, ref); len(said) != 1 || !strings.Contains(said[0], "box.cash 5301") {
			t.Errorf("events are %q", said)
		}
		v.Get(t, "/reglages/comptes").Is(t, 200, "Caisse du magasin")
	})
}

func TestTheCalendarIsChangedThroughItsPage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := found(t, d, "Halles")
		var shop string
		read(t, d, ref, func(q *db.Snapshot) error {
			all, err := company.Locations(q)
			shop = all[0].ID
			return err
		})
		v := visit.As(t, ref.ID, company.New(d).Routes())
		base, back := "/reglages/calendrier/"+shop, "/reglages/calendrier?boutique="+shop+"&annee=2027"
		v.Post(t, base+"/semaine", "annee", "2027", "jour-2", "oui", "jour-3", "oui", "from", "2027-01-01").LeadsTo(t, back)
		v.Post(t, base+"/semaine", "annee", "2027").Is(t, 422, "Cochez au moins un jour")
		v.Post(t, base+"/feries", "annee", "2027", "open", "armistice-1918").LeadsTo(t, back)
		exception := id.New()
		v.Post(t, base+"/exceptions", "annee", "2027", "id", exception, "state", "closed", "first", "2027-08-02", "last", "15/08/2027", "label", "Travaux").LeadsTo(t, back)
		v.Post(t, base+"/exceptions", "annee", "2027", "id", id.New(), "state", "closed", "first", "").Is(t, 422, "Donnez le premier jour")
		v.Get(t, "/reglages/calendrier?annee=2027").Is(t, 200, "Travaux", "Du 02/08/2027 au 15/08/2027", `value="armistice-1918" checked`)
		v.Post(t, base+"/exceptions/"+exception+"/retirer", "annee", "2027").LeadsTo(t, back)
		if page := v.Get(t, "/reglages/calendrier?annee=2027"); strings.Contains(page.Body, "Travaux") {
			t.Error("an exception taken back is still shown")
		}
	})
}

func TestSomebodyKeptToAShopDoesNotTouchTheCalendarOfAnother(t *testing.T) {
	d := dbtest.SQLite(t)
	ref := found(t, d, "Halles")
	var first, second string
	err := write(t, d, ref, func(tx *db.Tx) (err error) {
		second, err = company.SaveLocation(tx, "u1", company.Location{Name: "Metz", Zone: company.AlsaceMoselle, Active: true})
		if err != nil {
			return err
		}
		all, err := company.Locations(tx)
		first = all[0].ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	v := visit.As(t, ref.ID, company.New(d).Routes(), right.CalendarEdit)
	v.Access.Locations = []string{second}
	v.Get(t, "/reglages/calendrier?boutique="+first).Is(t, 200, "Vendredi saint") // the only one they may see
	v.Post(t, "/reglages/calendrier/"+first+"/feries", "open", "noel").Is(t, 404)
	v.Post(t, "/reglages/calendrier/"+second+"/feries", "open", "noel").Is(t, 303)
	if page := v.Get(t, "/reglages"); page.Status != 200 || strings.Contains(page.Body, "Plan comptable") || !strings.Contains(page.Body, "Calendrier") {
		t.Errorf("the settings show more than what may be changed")
	}
	v.Get(t, "/reglages/societe").Is(t, 403)
}

func TestALogoIsShownAsThePictureItIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := found(t, d, "Halles")
		v := visit.As(t, ref.ID, company.New(d).Routes())
		v.Get(t, "/reglages/societe/logo").Is(t, 404)
		png := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89")
		v.Upload(t, "/reglages/societe/logo", "logo", "logo.png", png).LeadsTo(t, "/reglages/societe")
		if got := v.Get(t, "/reglages/societe/logo"); got.Type != "image/png" || got.Body != string(png) {
			t.Errorf("the logo comes as %s", got.Type)
		}
		v.Upload(t, "/reglages/societe/logo", "logo", "logo.png", []byte("<svg onload=alert(1)>")).Is(t, 422, "Choisissez une image PNG, JPEG ou WebP")
		v.Upload(t, "/reglages/societe/logo", "autre", "x.png", png).Is(t, 422, "Choisissez d’abord une image")
		v.Post(t, "/reglages/societe/logo/retirer").LeadsTo(t, "/reglages/societe")
		v.Get(t, "/reglages/societe/logo").Is(t, 404)
	})
}

func TestAShopIsAddedAndChangedThroughItsPages(t *testing.T) {
	d := dbtest.SQLite(t)
	ref := found(t, d, "Halles")
	v := visit.As(t, ref.ID, company.New(d).Routes())
	v.Post(t, "/reglages/societe/boutiques/nouvelle", "name", "Halles de Metz", "zone", "alsace-moselle", "postcode", "57000").LeadsTo(t, "/reglages/societe")
	v.Get(t, "/reglages/societe").Is(t, 200, "Halles de Metz")
	var shop company.Location
	read(t, d, ref, func(q *db.Snapshot) error {
		all, err := company.Locations(q)
		shop = all[len(all)-1]
		return err
	})
	if !shop.Active || shop.Zone != company.AlsaceMoselle {
		t.Errorf("the new shop is %+v", shop)
	}
	v.Get(t, "/reglages/societe/boutiques/"+shop.ID).Is(t, 200, `value="57000"`, "Boutique en service")
	v.Post(t, "/reglages/societe/boutiques/"+shop.ID, "name", "Metz", "zone", "alsace-moselle").LeadsTo(t, "/reglages/societe") // no longer in use
	v.Get(t, "/reglages/societe").Is(t, 200, "Hors service")
	v.Get(t, "/reglages/societe/boutiques/"+id.New()).Is(t, 404)
}
