package journal

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// gate lets one person in, with the rights and locations the test gives.
type gate struct {
	company   string
	rights    right.Set
	locations []string
}

func (gate) Identify(*http.Request) (web.Identity, error) {
	return web.Identity{UserID: marie, Name: "Marie Lefèvre", Email: "marie@halles.fr", SessionID: "s"}, nil
}

func (g gate) Enter(context.Context, web.Identity, string) (web.Access, error) {
	place, err := time.LoadLocation("Europe/Paris")
	return web.Access{CompanyID: g.company, Slug: "halles", Name: "Épicerie des Halles", Rights: g.rights, Locations: g.locations, Zone: place}, err
}

// visit opens a site over the room for somebody.
func (s *shop) visit(t *testing.T, g gate) *httptest.Server {
	t.Helper()
	g.company = s.company
	site, err := web.New(web.Config{Gate: g, Routes: New(s.d, "Encaisse 0.1.0").Routes(), Clock: dbtest.Clock(t, s.d), Nav: func(c *web.Ctx) []ui.NavItem {
		return []ui.NavItem{{Label: "Rapports", Icon: "rapports", URL: c.URL("rapports"), Tab: true}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	return server
}

func get(t *testing.T, server *httptest.Server, path string) (*http.Response, string) {
	t.Helper()
	answer, err := server.Client().Get(server.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

var reader = right.Set{right.ReportView, right.ReportExport}

func TestEveryReportOpensOnScreenAndAsFiles(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.fourDays(t)
		server := s.visit(t, gate{rights: reader})
		for path, want := range map[string][2]string{
			"/d/halles/rapports":                                                  {"text/html", "Septembre 2026"},
			"/d/halles/rapports/journal":                                          {"text/html", "24\u00a0lignes, novembre 2026"},
			"/d/halles/rapports/journal?du=2026-11-18&au=2026-11-18":              {"text/html", "9\u00a0lignes, le 18\u00a0novembre 2026"},
			"/d/halles/rapports/journal?du=18/11/2026":                            {"text/html", "du 18 au 30\u00a0novembre 2026"},
			"/d/halles/rapports/journal?mois=2026-10":                             {"text/html", "Aucune écriture"},
			"/d/halles/rapports/journal?jour=2026-11-17":                          {"text/html", "le 17\u00a0novembre 2026"},
			"/d/halles/rapports/journal?q=timbres":                                {"text/html", "1\u00a0ligne, novembre 2026"},
			"/d/halles/rapports/journal?q=rien":                                   {"text/html", "Aucune écriture de la période ne contient"},
			"/d/halles/rapports/journal?caisse=" + s.second.ID:                    {"text/html", "Caisse 2, Carte"},
			"/d/halles/rapports/journal.pdf":                                      {"application/pdf", "%PDF-"},
			"/d/halles/rapports/journal.xlsx":                                     {mediaXLSX, "PK"},
			"/d/halles/rapports/journal.csv":                                      {"text/csv", "Recettes : Espèces · Journée du 17/11/2026"},
			"/d/halles/rapports/mois/2026-11":                                     {"text/html", "Encaissements par moyen de paiement"},
			"/d/halles/rapports/mois/2026-11?caisse=" + s.till.ID:                 {"text/html", "/d/halles/journees/" + s.till.ID + "/2026-11-17"},
			"/d/halles/rapports/mois/2026-10":                                     {"text/html", "Aucune journée dans ce mois."},
			"/d/halles/rapports/mois/2026-11/synthese.pdf":                        {"application/pdf", "%PDF-"},
			"/d/halles/rapports/mois/2026-11/synthese.xlsx":                       {mediaXLSX, "PK"},
			"/d/halles/rapports/mois/2026-11/synthese.csv?caisse=" + s.station.ID: {"text/csv", "19/11/2026;10,55;10,00;0,55"},
		} {
			answer, body := get(t, server, path)
			if answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), want[0]) || !strings.Contains(strings.ReplaceAll(body, "\u00a0:", " :"), want[1]) {
				t.Errorf("%s answers %d %s; looked for %q", path, answer.StatusCode, answer.Header.Get("Content-Type"), want[1])
			}
		}
	})
}

func TestWhoMayOnlyLookGetsNoFile(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	server := s.visit(t, gate{rights: right.Set{right.ReportView}})
	for _, path := range []string{"/journal.pdf", "/journal.xlsx", "/journal.csv", "/mois/2026-11/synthese.pdf", "/mois/2026-11/synthese.xlsx", "/mois/2026-11/synthese.csv"} {
		if answer, _ := get(t, server, "/d/halles/rapports"+path); answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s answers %d", path, answer.StatusCode)
		}
	}
	for _, path := range []string{"/journal", "/mois/2026-11"} {
		if _, body := get(t, server, "/d/halles/rapports"+path); strings.Contains(body, ".xlsx") || strings.Contains(body, ".pdf") {
			t.Errorf("%s offers a file", path)
		}
	}
}

func TestAReaderOfOneLocationSeesNothingOfTheOthers(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.fourDays(t)
	server := s.visit(t, gate{rights: reader, locations: []string{s.gare}})
	for _, path := range []string{"/journal", "/journal.csv", "/mois/2026-11", "/mois/2026-11/synthese.csv"} {
		if answer, body := get(t, server, "/d/halles/rapports"+path); answer.StatusCode != http.StatusOK || strings.Contains(body, "Caisse 1") || strings.Contains(body, "1\u00a0235,80") || strings.Contains(body, "1235,80") {
			t.Errorf("%s answers %d and shows another location", path, answer.StatusCode)
		}
	}
	for _, path := range []string{"/journal?caisse=" + s.till.ID, "/journal.pdf?caisse=" + s.till.ID, "/mois/2026-11?caisse=" + s.till.ID} {
		if answer, _ := get(t, server, "/d/halles/rapports"+path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, answer.StatusCode)
		}
	}
}

func TestAWrongPeriodKeepsTheFormAndSaysWhatToDo(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	server := s.visit(t, gate{rights: reader})
	for path, want := range map[string]string{
		"/journal?du=2026-11-20&au=2026-11-19": "La période finit avant de commencer.", "/journal?du=hier": "Cette date n’existe pas.",
	} {
		if answer, body := get(t, server, "/d/halles/rapports"+path); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, want) || !strings.Contains(body, `name="du"`) {
			t.Errorf("%s answers %d without %q", path, answer.StatusCode, want)
		}
	}
	for _, path := range []string{"/mois/2026-13", "/mois/x", "/mois/2026-11?caisse=x", "/journal?moyen=x"} {
		if answer, _ := get(t, server, "/d/halles/rapports"+path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, answer.StatusCode)
		}
	}
}

func TestALongJournalIsShownByHundredLinesWithTheBalanceCarried(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.at(t, "2026-11-20 09:00")
	s.write(t, func(tx *db.Tx) error {
		for range 250 {
			if err := cashbox.Record(tx, cashbox.Movement{ID: id.New(), Box: s.till.ID, Method: s.cash, Kind: cashbox.PaidIn, Amount: 100, On: "2026-11-20"}, "2026-11-20", marie); err != nil {
				return err
			}
		}
		return nil
	})
	server := s.visit(t, gate{rights: reader})
	for page, c := range map[string]struct {
		lines         int
		carried, last money.Amount
	}{"1": {100, 0, 24900}, "2": {100, 24900, 34900}, "3": {51, 34900, 40000}, "99": {51, 34900, 40000}} {
		_, body := get(t, server, "/d/halles/rapports/journal?page="+page)
		if n := strings.Count(body, "/d/halles/journees/"+s.till.ID); n != c.lines {
			t.Errorf("page %s shows %d lines, want %d", page, n, c.lines)
		}
		for _, balance := range []money.Amount{c.carried, c.last} {
			if !strings.Contains(body, locale.Euro(balance)) {
				t.Errorf("page %s does not show the balance %s", page, locale.Euro(balance))
			}
		}
		if strings.Contains(body, "Totaux") != (page == "3" || page == "99") {
			t.Errorf("page %s: totals stand on the last page only", page)
		}
	}
}

func TestAWorkbookHasTheLinesThenTheBalances(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.fourDays(t)
	_, body := get(t, s.visit(t, gate{rights: reader}), "/d/halles/rapports/journal.xlsx?q=timbres")
	files, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := files.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer lines.Close()
	text, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Recherche", "timbres", "<f>SUBTOTAL(109,"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the sheet of the lines has no %q", want)
		}
	}
	if _, err := files.Open("xl/worksheets/sheet2.xml"); err != nil {
		t.Error("there is no sheet of the balances")
	}
}

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }
