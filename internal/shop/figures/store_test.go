package figures

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

const today day.Day = "2026-11-20" // at dbtest.Morning

// shop is a company with a till in each of two shops, which sells at two rates, in cash or by card. It is its own gate.
type shop struct {
	t                      *testing.T
	d                      *db.DB
	company                string
	market, station        string // locations
	tills                  [2]cashbox.Box
	food, wine, cash, card string
	rights                 right.Set
	sees                   []string
	site                   *web.Site
}

func newShop(t *testing.T, d *db.DB) *shop {
	t.Helper()
	s := &shop{t: t, d: d, company: dbtest.Company(t, d)}
	for _, l := range right.All() {
		s.rights = append(s.rights, l.Right)
	}
	s.write(func(tx *db.Tx) error {
		var failed error
		keep := func(id string, err error) string { failed = errors.Join(failed, err); return id }
		s.market = keep(company.SaveLocation(tx, "claire", company.Location{Name: "Marché", Zone: company.Mainland, Active: true}))
		s.station = keep(company.SaveLocation(tx, "claire", company.Location{Name: "Gare", Zone: company.Mainland, Active: true}))
		s.cash = keep(tender.Save(tx, "claire", tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true}))
		s.card = keep(tender.Save(tx, "claire", tender.Method{Kind: tender.Card, Label: "Carte", Active: true}))
		s.food = keep(catalog.Save(tx, "claire", catalog.SalesCategory{Label: "Épicerie", Rate: 550, Kind: catalog.Goods, Active: true}))
		s.wine = keep(catalog.Save(tx, "claire", catalog.SalesCategory{Label: "Vins", Rate: 2000, Kind: catalog.Goods, Active: true}))
		for i, location := range []string{s.market, s.station} {
			var err error
			s.tills[i], err = cashbox.Create(tx, cashbox.Box{Location: location, Name: "Caisse " + string(rune('A'+i)), FirstDay: "2025-01-01"})
			failed = errors.Join(failed, err)
		}
		return failed
	})
	var err error
	if s.site, err = web.New(web.Config{Gate: s, Clock: dbtest.Clock(t, d), Routes: New(d, Hooks{Software: "Encaisse essai", Names: func(db.Querier) (map[string]string, error) {
		return map[string]string{"claire": "Claire Dubois", "karim": "Karim Benali"}, nil
	}}).Routes()}); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *shop) write(fn func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.d.Write(context.Background(), s.company, fn); err != nil {
		s.t.Fatal(err)
	}
}

// sold closes a day of a till: food and wine, the wine by card, with a difference in the drawer.
func (s *shop) sold(till int, on day.Day, by string, food, wine, difference money.Amount, sales int) {
	s.t.Helper()
	s.write(func(tx *db.Tx) error {
		p, err := daysheet.Load(tx, s.tills[till].ID, on)
		if err != nil {
			return err
		}
		counted := ""
		if sales > 0 {
			counted = locale.Int(int64(sales))
		}
		_, err = daysheet.Close(tx, daysheet.Request{Key: id.New(), Box: s.tills[till].ID, On: on, By: by, Fields: map[string]string{
			daysheet.FieldSale + s.food: locale.Input(food), daysheet.FieldSale + s.wine: locale.Input(wine), "ventes": counted,
			daysheet.FieldTaken + s.cash: locale.Input(food), daysheet.FieldTaken + s.card: locale.Input(wine),
			daysheet.FieldCounted + s.cash: locale.Input(p.Posted[s.cash] + food + difference),
			daysheet.FieldCounted + s.card: locale.Input(p.Posted[s.card] + wine),
		}})
		return err
	})
}

func (s *shop) Identify(*http.Request) (web.Identity, error) {
	return web.Identity{UserID: "claire", Name: "Claire Dubois", SessionID: "s"}, nil
}

func (s *shop) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return web.Access{CompanyID: s.company, Slug: "marche", Name: "Épicerie", Rights: s.rights, Locations: s.sees}, nil
}

func (s *shop) ask(method, path, mediaType string, body io.Reader) (int, string) {
	s.t.Helper()
	w, r := httptest.NewRecorder(), httptest.NewRequest(method, "/d/marche"+path, body)
	if mediaType != "" {
		r.Header.Set("Content-Type", mediaType)
	}
	s.site.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func (s *shop) report(query Query) (r Report) {
	s.t.Helper()
	err := s.d.Read(context.Background(), s.company, func(q *db.Snapshot) (err error) {
		r, err = LoadReport(q, query, today, func(string) bool { return true }, map[string]string{"claire": "Claire Dubois", "karim": "Karim Benali"})
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// lived is a few days of two years: 17 November 2026 is a Tuesday, and so is 18 November 2025.
func (s *shop) lived() {
	s.sold(0, "2025-11-18", "claire", 10550, 12000, 0, 10)
	s.sold(0, "2025-11-19", "claire", 10550, 0, 0, 5)
	s.sold(0, "2026-10-30", "claire", 21100, 0, 0, 7)
	s.sold(0, "2026-11-17", "karim", 21100, 12000, -300, 20)
	s.sold(0, "2026-11-19", "claire", 5275, 0, 150, 4)
	s.sold(1, "2026-11-17", "karim", 1055, 0, -200, 0)
}

func TestTheReportIsWhatTheSheetsSold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		newShop(t, d).sold(0, "2026-11-17", "claire", 999, 0, 0, 1) // another company
		s.lived()
		r := s.report(Query{Step: ByDay, Month: "2026-11"})
		// TTC 331,00 + 52,75 + 10,55; HT of food /1,055, of wine /1,2.
		if r.Total.Gross != 39430 || r.Total.Net != 20000+10000+5000+1000 || r.Until != "2026-11-19" {
			t.Errorf("turnover %d, before VAT %d, until %s", r.Total.Gross, r.Total.Net, r.Until)
		}
		// Only the till of the market on the 17th has a counterpart: 331,00 against 225,50, + 46,8 %.
		if c := r.Total.Compared; c.Now != 33100 || c.Before != 22550 || c.Days != 1 || !c.Partial || c.Words() != "+46,8\u00a0%" {
			t.Errorf("compared %+v %s", c, c.Words())
		}
		if c := r.Total.Counts; c.Sales != 24 || c.Basket() != 1599 { // (331,00 + 52,75) / 24 = 15,9896
			t.Errorf("counts %+v, basket %d", c, c.Basket())
		}
		if now, before := r.CountsCompared(r.First, r.Last); now.Sales != 20 || before.Sales != 10 {
			t.Errorf("compared sales %d and %d", now.Sales, before.Sales)
		}
		if len(r.Natures) != 2 || r.Natures[0].ID != s.food || r.Natures[0].Net != 26000 || r.Natures[1].Net != 10000 || r.Natures[0].Before != 20000 {
			t.Errorf("natures %+v", r.Natures)
		}
		if len(r.Methods) != 2 || r.Methods[0].Taken != 27430 || r.Methods[1].Taken != 12000 || r.Methods[0].Before != 21100 {
			t.Errorf("methods %+v", r.Methods)
		}
		if len(r.OverShop) != 2 || r.OverShop[0] != (OverShort{"Caisse A", 2, 150, 300}) || r.OverShop[1] != (OverShort{"Caisse B", 1, 0, 200}) {
			t.Errorf("over-shorts by box %+v", r.OverShop)
		}
		if len(r.OverBy) != 2 || r.OverBy[1] != (OverShort{"Karim Benali", 2, 0, 500}) || r.OverBy[0] != (OverShort{"Claire Dubois", 1, 150, 0}) {
			t.Errorf("over-shorts by person %+v", r.OverBy)
		}
		one := s.report(Query{Step: ByDay, Month: "2026-11", Location: s.station})
		if one.Total.Gross != 1055 || one.Total.Counts.Sales != 0 || one.ScopeName() != "Gare" {
			t.Errorf("one shop: %+v", one.Total)
		}
	})
}

func TestMonthsAndYearsAddTheSameDaysUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.lived()
		months := s.report(Query{Step: ByMonth, Month: "2026-01"})
		if len(months.Lines) != 12 || months.Lines[9].Gross != 21100 || months.Lines[10].Gross != 39430 || months.Lines[0].Entered || months.Total.Gross != 60530 {
			t.Errorf("months %+v", months.Lines)
		}
		years := s.report(Query{Step: ByYear})
		if n := len(years.Lines); n != 2 || years.Lines[1].Label != "2026" || years.Lines[1].Gross != 60530 || years.Lines[0].Gross != 33100 || years.Lines[0].Compared.Days != 0 {
			t.Errorf("%d years %+v", n, years.Lines)
		}
		s.write(func(tx *db.Tx) error {
			settings, err := company.Load(tx)
			settings.LegalName, settings.YearStart = "Épicerie", 7
			return errors.Join(err, company.Change(tx, "claire", settings))
		})
		fiscal := s.report(Query{Step: ByYear, Fiscal: true})
		if n := len(fiscal.Lines); n != 2 || fiscal.Lines[1].Label != "2026-2027" || fiscal.Lines[1].First != "2026-07-01" || fiscal.Lines[0].Gross != 33100 {
			t.Errorf("%d financial years %+v", n, fiscal.Lines)
		}
	})
}

func TestABudgetIsTypedImportedAndEmptied(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.lived()
		const path = "/rapports/budget?debut=2026-01"
		november := Slot{s.market, "2026-11"}
		post := func(amount string) (int, string) {
			form := url.Values{november.Field(): {amount}}
			return s.ask("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
		}
		if status, body := post("douze"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "douze") || !strings.Contains(body, "ne se lit pas") {
			t.Errorf("an amount that does not read: %d", status)
		}
		if status, body := post("1000"); status != http.StatusSeeOther {
			t.Fatalf("typed: %d %s", status, body)
		}
		if target := s.report(Query{Step: ByDay, Month: "2026-11"}).Total.Target; target.Whole != 100_000 || target.Met != 38375 {
			t.Errorf("target %+v", target)
		}
		var file bytes.Buffer
		writer := multipart.NewWriter(&file)
		part, err := writer.CreateFormFile("fichier", "budget.csv")
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, "Mois;Établissement;Budget\n11/2026;Gare;200\n11/2026;Marché;1500,50\n")
		writer.Close()
		if status, body := s.ask("POST", "/rapports/budget/importer", writer.FormDataContentType(), &file); status != http.StatusSeeOther {
			t.Fatalf("imported: %d %s", status, body)
		}
		if target := s.report(Query{Step: ByMonth, Month: "2026-01"}).Total.Target; target.Whole != 170_050 {
			t.Errorf("after the import %+v", target)
		}
		_, body := s.ask("GET", "/rapports/budget.csv?debut=2026-01", "", nil)
		reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\uFEFF")))
		reader.Comma = ';'
		records, err := reader.ReadAll()
		if err != nil || len(records) != 3 || records[1][0] != "11/2026" || records[1][2] != "1500,50" {
			t.Errorf("exported %v %v", records, err)
		}
		post("")
		if target := s.report(Query{Step: ByDay, Month: "2026-11", Location: s.market}).Total.Target; target.Known {
			t.Errorf("an emptied budget stays: %+v", target)
		}
	})
}

func TestTheReportGoesOutInEveryFormat(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.lived()
	for path, want := range map[string]string{
		"/rapports/chiffre-affaires?mois=2026-11":                   "+46,8\u00a0%",
		"/rapports/chiffre-affaires?par=mois":                       "Octobre 2026",
		"/rapports/chiffre-affaires?par=annee":                      "2025",
		"/rapports/chiffre-affaires?mois=2024-01":                   "Aucune journée dans cette période",
		"/rapports/chiffre-affaires.csv?mois=2026-11":               "Mardi 17;341,55",
		"/rapports/chiffre-affaires.csv?mois=2026-11&liste=natures": "Épicerie;260,00",
		"/rapports/chiffre-affaires.csv?mois=2026-11&liste=moyens":  "Carte;120,00",
		"/rapports/chiffre-affaires.csv?mois=2026-11&liste=ecarts":  "Personne;Karim Benali;2;;5,00;-5,00",
		"/rapports/chiffre-affaires.pdf?mois=2026-11":               "%PDF",
		"/rapports/chiffre-affaires.xlsx?par=mois":                  "PK",
		"/rapports/budget": "Enregistrer le budget",
		"/rapports/chiffre-affaires?mois=2026-11&etablissement=inconnu": "n’existe pas",
	} {
		if _, body := s.ask("GET", path, "", nil); !strings.Contains(body, want) {
			t.Errorf("%s does not hold %q", path, want)
		}
	}
	s.sees = []string{s.station}
	if _, body := s.ask("GET", "/rapports/chiffre-affaires?mois=2026-11", "", nil); strings.Contains(body, "Caisse A") || !strings.Contains(body, "10,55") {
		t.Error("who is kept to a shop reads another")
	}
	if status, _ := s.ask("GET", "/rapports/chiffre-affaires?mois=2026-11&etablissement="+s.market, "", nil); status != http.StatusNotFound {
		t.Errorf("another shop by its id: %d", status)
	}
}

func TestTheMonthIsToldToThePageOfTheMonth(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.lived()
	card := func(month day.Month, box string) string {
		var b strings.Builder
		err := s.d.Read(context.Background(), s.company, func(q *db.Snapshot) error {
			c, err := MonthCard(q, month, box, func(string) bool { return true })
			if err != nil || c == nil {
				return err
			}
			return c.Render(context.Background(), &b)
		})
		if err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if got := card("2026-11", ""); !strings.Contains(got, "+46,8\u00a0%") || !strings.Contains(got, "225,50") || strings.Contains(got, "udget") {
		t.Errorf("the card says %s", got)
	}
	if got := card("2025-11", ""); got != "" {
		t.Errorf("a month without a year before nor a budget says %s", got)
	}
	if got := card("2026-11", s.tills[1].ID); got != "" {
		t.Errorf("a till without a year before says %s", got)
	}
}
