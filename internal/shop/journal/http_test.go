package journal

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
	"encaisse/internal/test/visit"
)

// visit opens the room to somebody with some rights, who sees every location or those given.
func (s *shop) visit(t *testing.T, rights right.Set, locations ...string) *visit.Visitor {
	t.Helper()
	v := visit.As(t, s.company, New(s.d, "Encaisse 0.1.0").Routes(), rights...)
	v.Access.Locations = locations
	return v
}

var reader = right.Set{right.ReportView, right.ReportExport}

func TestEveryReportOpensOnScreenAndAsFiles(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.fourDays(t)
		visitor := s.visit(t, reader)
		for path, want := range map[string][2]string{
			"/rapports":         {"text/html", "Septembre 2026"},
			"/rapports/journal": {"text/html", "24\u00a0lignes, novembre 2026"},
			"/rapports/journal?du=2026-11-18&au=2026-11-18":              {"text/html", "9\u00a0lignes, le 18\u00a0novembre 2026"},
			"/rapports/journal?du=18/11/2026":                            {"text/html", "du 18 au 30\u00a0novembre 2026"},
			"/rapports/journal?mois=2026-10":                             {"text/html", "Aucune écriture"},
			"/rapports/journal?jour=2026-11-17":                          {"text/html", "le 17\u00a0novembre 2026"},
			"/rapports/journal?q=timbres":                                {"text/html", "1\u00a0ligne, novembre 2026"},
			"/rapports/journal?q=rien":                                   {"text/html", "Aucune écriture de la période ne contient"},
			"/rapports/journal?caisse=" + s.second.ID:                    {"text/html", "Caisse 2, Carte"},
			"/rapports/journal.pdf":                                      {"application/pdf", "%PDF-"},
			"/rapports/journal.xlsx":                                     {mediaXLSX, "PK"},
			"/rapports/journal.csv":                                      {"text/csv", "Recettes : Espèces · Journée du 17/11/2026"},
			"/rapports/mois/2026-11":                                     {"text/html", "Encaissements par moyen de paiement"},
			"/rapports/mois/2026-11?caisse=" + s.till.ID:                 {"text/html", visit.Prefix + "/journees/" + s.till.ID + "/2026-11-17"},
			"/rapports/mois/2026-10":                                     {"text/html", "Aucune journée dans ce mois."},
			"/rapports/mois/2026-11/synthese.pdf":                        {"application/pdf", "%PDF-"},
			"/rapports/mois/2026-11/synthese.xlsx":                       {mediaXLSX, "PK"},
			"/rapports/mois/2026-11/synthese.csv?caisse=" + s.station.ID: {"text/csv", "19/11/2026;10,55;10,00;0,55"},
		} {
			answer := visitor.Get(t, path)
			if answer.Status != http.StatusOK || !strings.HasPrefix(answer.Type, want[0]) || !strings.Contains(strings.ReplaceAll(answer.Body, "\u00a0:", " :"), want[1]) {
				t.Errorf("%s answers %d %s; looked for %q", path, answer.Status, answer.Type, want[1])
			}
		}
	})
}

func TestWhoMayOnlyLookGetsNoFile(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	visitor := s.visit(t, right.Set{right.ReportView})
	for _, path := range []string{"/journal.pdf", "/journal.xlsx", "/journal.csv", "/mois/2026-11/synthese.pdf", "/mois/2026-11/synthese.xlsx", "/mois/2026-11/synthese.csv"} {
		if answer := visitor.Get(t, "/rapports"+path); answer.Status != http.StatusForbidden {
			t.Errorf("%s answers %d", path, answer.Status)
		}
	}
	for _, path := range []string{"/journal", "/mois/2026-11"} {
		if body := visitor.Get(t, "/rapports"+path).Body; strings.Contains(body, ".xlsx") || strings.Contains(body, ".pdf") {
			t.Errorf("%s offers a file", path)
		}
	}
}

func TestAReaderOfOneLocationSeesNothingOfTheOthers(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.fourDays(t)
	visitor := s.visit(t, reader, s.gare)
	for _, path := range []string{"/journal", "/journal.csv", "/mois/2026-11", "/mois/2026-11/synthese.csv"} {
		if answer := visitor.Get(t, "/rapports"+path); answer.Status != http.StatusOK || strings.Contains(answer.Body, "Caisse 1") || strings.Contains(answer.Body, "1\u00a0235,80") || strings.Contains(answer.Body, "1235,80") {
			t.Errorf("%s answers %d and shows another location", path, answer.Status)
		}
	}
	for _, path := range []string{"/journal?caisse=" + s.till.ID, "/journal.pdf?caisse=" + s.till.ID, "/mois/2026-11?caisse=" + s.till.ID} {
		if answer := visitor.Get(t, "/rapports"+path); answer.Status != http.StatusNotFound {
			t.Errorf("%s answers %d", path, answer.Status)
		}
	}
}

func TestAWrongPeriodKeepsTheFormAndSaysWhatToDo(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	visitor := s.visit(t, reader)
	for path, want := range map[string]string{
		"/journal?du=2026-11-20&au=2026-11-19": "La période finit avant de commencer.", "/journal?du=hier": "Cette date n’existe pas.",
	} {
		if answer := visitor.Get(t, "/rapports"+path); answer.Status != http.StatusUnprocessableEntity || !strings.Contains(answer.Body, want) || !strings.Contains(answer.Body, `name="du"`) {
			t.Errorf("%s answers %d without %q", path, answer.Status, want)
		}
	}
	for _, path := range []string{"/mois/2026-13", "/mois/x", "/mois/2026-11?caisse=x", "/journal?moyen=x"} {
		if answer := visitor.Get(t, "/rapports"+path); answer.Status != http.StatusNotFound {
			t.Errorf("%s answers %d", path, answer.Status)
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
	visitor := s.visit(t, reader)
	for page, c := range map[string]struct {
		lines         int
		carried, last money.Amount
	}{"1": {100, 0, 24900}, "2": {100, 24900, 34900}, "3": {51, 34900, 40000}, "99": {51, 34900, 40000}} {
		body := visitor.Get(t, "/rapports/journal?page="+page).Body
		if n := strings.Count(body, visit.Prefix+"/journees/"+s.till.ID); n != c.lines {
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
	body := s.visit(t, reader).Get(t, "/rapports/journal.xlsx?q=timbres").Body
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
