package vatprep

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/browser"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// gate lets Marie into the shop with every right.
type gate struct{ company string }

func (gate) Identify(*http.Request) (web.Identity, error) {
	return web.Identity{UserID: marie, Name: "Marie Martin", SessionID: "s"}, nil
}

func (g gate) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return web.Access{CompanyID: g.company, Slug: "marche", Name: "Épicerie", Rights: right.Set{right.ReportView, right.ReportExport}}, nil
}

func (s *shop) site() *web.Site {
	s.t.Helper()
	site, err := web.New(web.Config{Gate: gate{s.company}, Clock: dbtest.Clock(s.t, s.d), Routes: New(s.d, "Encaisse essai").Routes()})
	if err != nil {
		s.t.Fatal(err)
	}
	return site
}

func TestTheReturnIsShownAndGoesOutInEveryFormat(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t), company.Mainland)
	s.close("2026-10-01", 10550, 24000, 1500)
	s.close("2026-11-02", 1055, 0, 0)
	site := s.site()
	for path, want := range map[string]string{
		"?mois=2026-10":                              "Différence 0",
		"":                                           "octobre 2026", // the last whole month
		"?par=trimestre&mois=2026-11":                "4e\u00a0trimestre 2026",
		"/ligne/08?mois=2026-10":                     "200,00\u00a0€",
		"/ligne/08/ecritures.csv?mois=2026-10":       "40,00",
		"/ligne/08/ecritures.xlsx?mois=2026-10":      "PK",
		"/ligne/08/ecritures.pdf?mois=2026-10":       "%PDF",
		"/ligne/T6?mois=2026-10":                     "n’est pas dans l’état",
		".csv?mois=2026-10":                          "08;Taux normal 20\u00a0%;200,00;40,00;200;40",
		".pdf?mois=2026-10":                          "%PDF",
		".xlsx?mois=2026-10":                         "PK",
		"/ligne/20?mois=2026-10":                     "n’est pas dans l’état",
		"/ligne/A1?mois=2026-10":                     "Épicerie",
		"/ligne/TD?mois=2026-10&page=99":             "TVA 20\u00a0%",
		"?mois=2020-01":                              "0\u00a0€",
		"/ligne/E2/ecritures.csv?mois=2026-10&par=x": "Timbres",
	} {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", "/d/marche/rapports/tva"+path, nil))
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s answers %d without %q", path, w.Code, want)
		}
	}
}

func TestTenThousandEntriesAreShownAPageAtATime(t *testing.T) {
	s := sampleStatement()
	one := s.Details[0]
	for len(s.Details) < 10_000 {
		s.Details = append(s.Details, one)
	}
	p := Page{Base: "/tva", Statement: s, Code: "08", Number: 3}
	begin := time.Now()
	table, pages := p.entries()
	if len(table.Rows) != perPage || pages.Page != 3 || pages.Last != 100 || len(table.Foot) != 0 {
		t.Errorf("%d rows, page %d of %d", len(table.Rows), pages.Page, pages.Last)
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("a page of ten thousand entries takes %s", took)
	}
	p.Number = 100
	if table, _ = p.entries(); len(table.Foot) != 1 {
		t.Error("the last page has no totals")
	}
	var sum money.Amount
	for _, d := range s.of("08") {
		sum += d.Amount
	}
	if sum == 0 {
		t.Error("nothing is behind the line")
	}
}

func TestTheReturnInARealBrowserOnThreeSizes(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t), company.Mainland)
	s.close("2026-10-01", 10550, 24000, 1500)
	s.close("2026-11-02", 1055, 0, 0)
	server := httptest.NewServer(s.site())
	defer server.Close()
	browser.On(t, server.URL).EachSize(t, func(t *testing.T, p *browser.Page) {
		p.Goto("/d/marche/rapports/tva?mois=2026-10").Sees("Différence 0").Clean("tva")
		p.Click("08").Sees("lignes d’écriture").Clean("tva-ligne")
		p.Dark().Axe()
	})
}
