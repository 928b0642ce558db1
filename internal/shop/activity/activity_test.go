package activity

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/books/act"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
	"encaisse/internal/test/visit"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

func TestTheWordsOfALineComeFromItsRoute(t *testing.T) {
	for path, want := range map[string]string{
		"journees/{box}/{jour}/cloturer": "Journée\u00a0: clôture", "reglages/caisses/{caisse}/supprimer": "Caisse\u00a0: suppression", "clients/{tiers}/modifier": "Client\u00a0: modification",
		"reglages/equipe/roles/{role}": "Rôle\u00a0: modification", "reglages/imports/{import}/lancer": "Import\u00a0: lancement", "caisses/{box}/operations/{id}/annuler": "Opération de caisse\u00a0: annulation",
	} {
		if _, label, said, known := Words(path, false); label != want || !said || !known {
			t.Errorf("%s: %q", path, label)
		}
	}
	if kind, label, _, _ := Words("rapports/journal", true); kind != "exports" || label != "Rapport\u00a0: impression ou export" {
		t.Errorf("%s %s", kind, label)
	}
	if _, _, said, _ := Words("journees/{box}/{jour}/brouillon", false); said {
		t.Error("a draft that keeps itself leaves a line")
	}
	if _, _, _, known := Words("inconnu/x", false); known {
		t.Error("a part without a name is known")
	}
}

func TestALineLeadsToThePageItIsAbout(t *testing.T) {
	for _, c := range [][3]string{
		{"journees/{box}/{jour}/cloturer", "journees/b1/2026-11-20/cloturer", "journees/b1/2026-11-20"}, {"caisses/{box}/operations/{id}/annuler", "caisses/b1/operations/m1/annuler", "caisses/b1/operations/m1"},
		{"reglages/caisses/{caisse}/supprimer", "reglages/caisses/b1/supprimer", "reglages/caisses"}, {"mise-en-route/1", "mise-en-route/1", ""}, {"a/{b}", "a", ""},
	} {
		if got := Subject(c[0], c[1]); got != c[2] {
			t.Errorf("%s: %q", c[1], got)
		}
	}
}

var nextPage = regexp.MustCompile(`rel="next" href="/d/essais/reglages/activite\?avant=([^"]+)"`)

func TestTheLogIsSearchedPagedAndExported(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dbtest.SetClock(t, d, "2026-11-21 08:55")
		company := dbtest.Company(t, d)
		names := func(db.Querier) (map[string]string, error) {
			return map[string]string{"u1": "Samira Benali", "u2": "Paul Le Goff"}, nil
		}
		err := d.Write(context.Background(), company, func(tx *db.Tx) error {
			for n := range 60 {
				by, label := "u1", "Journée\u00a0: clôture"
				if n == 0 {
					by, label = "u2", "Caisse\u00a0: suppression"
				}
				if err := act.Note(tx, act.Line{ID: id.New(), By: by, Kind: "journees", Label: label, Subject: "reglages/caisses", From: "192.0.2.1"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		v := visit.As(t, company, New(d, names, "Encaisse 0.1").Routes())
		v.Get(t, "/reglages/activite").Is(t, 200, "Les plus récentes d’abord", "Samira Benali")
		next := nextPage.FindStringSubmatch(v.Get(t, "/reglages/activite").Body)
		if next == nil {
			t.Fatal("sixty lines are one page")
		}
		second := v.Get(t, "/reglages/activite?avant="+next[1]).Is(t, 200, "Caisse\u00a0: suppression", `href="/d/essais/reglages/caisses"`, "Les plus récentes</a>")
		if nextPage.MatchString(second.Body) || strings.Count(second.Body, "Samira Benali</td>") != 9 {
			t.Errorf("the second page holds %d lines of Samira", strings.Count(second.Body, "Samira Benali</td>"))
		}
		v.Get(t, "/reglages/activite?avant=hier").Is(t, 200, "Les plus récentes d’abord")
		v.Get(t, "/reglages/activite?q=SUPPRESSION&personne=u2&sorte=journees&du=2026-11-21&au=2026-11-21").Is(t, 200, "1\u00a0ligne", "Paul Le Goff", "192.0.2.1")
		v.Get(t, "/reglages/activite?au=2026-11-20").Is(t, 200, "Aucune ligne ne correspond")
		if csv := v.Get(t, "/reglages/activite/export?format=csv&personne=u2"); csv.Status != 200 || strings.Count(csv.Body, "\r\n") != 2 || !strings.Contains(csv.Body, "Paul Le Goff;Journées;Caisse\u00a0: suppression;192.0.2.1;reglages/caisses") {
			t.Errorf("%d %q", csv.Status, csv.Body)
		}
		if book := v.Get(t, "/reglages/activite/export?format=xlsx"); book.Status != 200 || !strings.HasPrefix(book.Body, "PK") {
			t.Errorf("%d", book.Status)
		}
		if paper := v.Get(t, "/reglages/activite/export?format=pdf&personne=u2&du=2026-11-01"); paper.Status != 200 || !strings.HasPrefix(paper.Body, "%PDF") {
			t.Errorf("%d", paper.Status)
		}
		v.Get(t, "/reglages/activite/export?format=exe").Is(t, 404)
		visit.As(t, company, New(d, names, "Encaisse 0.1").Routes(), right.SettingsEdit).Get(t, "/reglages/activite").Is(t, 403)
	})
}
