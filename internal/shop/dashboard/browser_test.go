package dashboard_test

import (
	"net/http/httptest"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/test/browser"
	"encaisse/internal/test/dbtest"
)

func TestTheHomePageInARealBrowserOnThreeSizes(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	for _, on := range []day.Day{"2025-11-17", "2025-11-19", "2025-11-28"} {
		s.sold(0, on, 90000, 12345)
	}
	for _, on := range []day.Day{"2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"} {
		s.sold(0, on, 95000, 23456)
	}
	limits := s.tills[0]
	limits.MinCash, limits.MaxCash = 5000, 50000
	s.write(func(tx *db.Tx) error { return cashbox.Change(tx, limits) })
	beginning := newShop(t, s.d)
	server, empty := httptest.NewServer(s.site), httptest.NewServer(beginning.site)
	defer server.Close()
	defer empty.Close()
	browser.On(t, server.URL).EachSize(t, func(t *testing.T, p *browser.Page) {
		p.Goto("/d/marche/").Sees("Trop d’espèces, Caisse A").Clean("accueil")
		p.Goto("/d/marche/accueil").Sees("Masquer").Clean("accueil-arranger")
		p.Goto("/d/marche/reglages/envois").Clean("envois")
		p.Goto(empty.URL + "/d/marche/").Sees("Commencez par hier").Clean("accueil-debut")
		p.Dark().Axe()
		p.Goto("/d/marche/").Axe()
	})
}
