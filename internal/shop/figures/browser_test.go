package figures

import (
	"net/http/httptest"
	"testing"

	"encaisse/internal/test/browser"
	"encaisse/internal/test/dbtest"
)

func TestTheFiguresAndTheBudgetInARealBrowserOnThreeSizes(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.lived()
	server := httptest.NewServer(s.site)
	defer server.Close()
	browser.On(t, server.URL).EachSize(t, func(t *testing.T, p *browser.Page) {
		p.Goto("/d/marche/rapports/budget?debut=2026-01").Sees("Novembre 2026").Clean("budget")
		p.Fill("Novembre 2026, Marché", "1000,50")
		p.Click("Enregistrer le budget").Sees("Budget enregistré")
		p.Goto("/d/marche/rapports/chiffre-affaires?mois=2026-11").Sees("1 000,50").Clean("chiffre-affaires")
		p.Dark().Axe()
		p.Goto("/d/marche/rapports/chiffre-affaires?par=mois").Sees("Octobre 2026").Clean("chiffre-affaires-mois")
	})
}
