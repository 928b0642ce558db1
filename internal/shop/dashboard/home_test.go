package dashboard_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/dashboard"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/figures"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

const (
	today  day.Day = "2026-11-20" // at dbtest.Morning
	claire string  = "user-claire"
)

// shop is a company with a till in each of two shops, which sells at two rates and takes cash. It is its own gate.
type shop struct {
	t                *testing.T
	d                *db.DB
	company          string
	market, station  string // locations
	tills            [2]cashbox.Box
	food, wine, cash string
	rights           right.Set
	sees             []string
	site             *web.Site
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
		s.market = keep(company.SaveLocation(tx, claire, company.Location{Name: "Marché", Zone: company.Mainland, Active: true}))
		s.station = keep(company.SaveLocation(tx, claire, company.Location{Name: "Gare", Zone: company.Mainland, Active: true}))
		s.cash = keep(tender.Save(tx, claire, tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true}))
		s.food = keep(catalog.Save(tx, claire, catalog.SalesCategory{Label: "Épicerie", Rate: 550, Kind: catalog.Goods, Active: true}))
		s.wine = keep(catalog.Save(tx, claire, catalog.SalesCategory{Label: "Vins", Rate: 2000, Kind: catalog.Goods, Active: true}))
		for i, location := range []string{s.market, s.station} {
			var err error
			s.tills[i], err = cashbox.Create(tx, cashbox.Box{Location: location, Name: "Caisse " + string(rune('A'+i)), FirstDay: "2025-11-01"})
			failed = errors.Join(failed, err)
		}
		return failed
	})
	var err error
	if s.site, err = web.New(web.Config{Gate: s, Routes: dashboard.New(d).Routes(), Clock: dbtest.Clock(t, d)}); err != nil {
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

// sold closes a day of a till: food and wine, all in cash, counted right.
func (s *shop) sold(till int, on day.Day, food, wine money.Amount) {
	s.t.Helper()
	s.write(func(tx *db.Tx) error {
		p, err := daysheet.Load(tx, s.tills[till].ID, on)
		if err != nil {
			return err
		}
		_, err = daysheet.Close(tx, daysheet.Request{Key: id.New(), Box: s.tills[till].ID, On: on, By: claire, Fields: map[string]string{
			daysheet.FieldSale + s.food: locale.Input(food), daysheet.FieldSale + s.wine: locale.Input(wine),
			daysheet.FieldTaken + s.cash: locale.Input(food + wine), daysheet.FieldCounted + s.cash: locale.Input(p.Posted[s.cash] + food + wine),
		}})
		return err
	})
}

func (s *shop) read(fn func(q *db.Snapshot) error) {
	s.t.Helper()
	if err := s.d.Read(context.Background(), s.company, fn); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) load(sees func(string) bool) (h dashboard.Home) {
	s.t.Helper()
	err := s.d.Read(context.Background(), s.company, func(q *db.Snapshot) (err error) {
		h, err = dashboard.Load(q, claire, sees)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return h
}

func (s *shop) Identify(*http.Request) (web.Identity, error) {
	return web.Identity{UserID: claire, Name: "Claire Dubois", SessionID: "s"}, nil
}

func (s *shop) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return web.Access{CompanyID: s.company, Slug: "marche", Name: "Épicerie", Rights: s.rights, Locations: s.sees}, nil
}

func (s *shop) ask(method, path string) (int, string) {
	s.t.Helper()
	w := httptest.NewRecorder()
	s.site.ServeHTTP(w, httptest.NewRequest(method, "/d/marche"+path, nil))
	return w.Code, w.Body.String()
}

func everywhere(string) bool { return true }

func TestTheHomePageReadsTurnoverFromTheLedgerBoxByBoxVATIncluded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		other := newShop(t, d)
		other.sold(0, "2026-11-19", 99999, 0)
		s.sold(0, "2025-11-19", 100, 900) // same weekday as 18 November 2026
		s.sold(0, "2026-11-18", 1055, 1200)
		s.sold(1, "2026-11-18", 500, 0)
		s.sold(0, "2026-11-19", 2110, 2400)
		h := s.load(everywhere)
		if h.Today != today || h.Last != "2026-11-19" || h.Entered != 1 || !h.Began() || len(h.Drawers) != 2 {
			t.Errorf("today %s, last %s, %d entered, %d drawers", h.Today, h.Last, h.Entered, len(h.Drawers))
		}
		a, b := s.tills[0].ID, s.tills[1].ID
		for on, want := range map[day.Day]map[string]money.Amount{"2025-11-19": {a: 1000}, "2026-11-18": {a: 2255, b: 500}, "2026-11-19": {a: 4510}} {
			for box, amount := range want {
				if got := h.Takings[on][box]; got != amount || len(h.Takings[on]) != len(want) {
					t.Errorf("on %s: %d in %v, want %d", on, got, h.Takings[on], amount)
				}
			}
		}
		if h.Drawers[0].Cash != 7765 || h.Drawers[1].Cash != 500 || h.Drawers[0].Name != "Caisse A" || h.Drawers[0].LocationName != "Marché" {
			t.Errorf("drawers %+v", h.Drawers)
		}
		if got := h.Drawers[1].Todo.Missing; len(got) == 0 || got[len(got)-1] != "2026-11-19" {
			t.Errorf("missing %v", got)
		}
	})
}

func TestWhoIsKeptToALocationReadsItsBoxesOnly(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.sold(0, "2026-11-18", 1000, 0)
	s.sold(1, "2026-11-17", 500, 0)
	h := s.load(func(location string) bool { return location == s.station })
	if len(h.Drawers) != 1 || h.Drawers[0].ID != s.tills[1].ID || h.Last != "2026-11-17" || len(h.Takings["2026-11-18"]) != 0 || h.Takings["2026-11-17"][s.tills[1].ID] != 500 {
		t.Errorf("read %+v", h)
	}
	s.sees = []string{s.station}
	_, body := s.ask("GET", "/")
	if strings.Contains(body, "Caisse A") || !strings.Contains(body, "Caisse B") {
		t.Error("the page shows another box")
	}
}

func TestTheHomePageAnswersFirstThenSaysWhatIsToDo(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.sold(0, "2025-11-20", 1000, 0)
	s.sold(0, "2026-11-19", 1131, 0)
	status, body := s.ask("GET", "/")
	if status != http.StatusOK {
		t.Fatal(status)
	}
	at := -1
	for _, want := range []string{"Bonjour Claire", "Vendredi 20\u00a0novembre 2026", "Chiffre d’affaires du jeudi 19\u00a0novembre", "11,31", "+13,1\u00a0%", "sur le jeudi 20\u00a0novembre 2025", "10,00\u00a0€", "1\u00a0caisse saisie sur 2", "1\u00a0jour comparé",
		"À faire", "journées à saisir", "/journees/" + s.tills[0].ID + "/", "Règlements du jeudi 19\u00a0novembre", "Dans les tiroirs", "Novembre 2026, cumul", "Ventes par rayon", "Arranger cette page"} {
		next := strings.Index(body, want)
		if next < at {
			t.Errorf("%q is missing or not in its place", want)
		}
		at = max(at, next)
	}
}

func TestEachPartOfTheHomePageNeedsItsRight(t *testing.T) {
	for _, c := range []struct {
		rights   right.Set
		sees, no []string
	}{
		{right.Set{}, []string{"Choisissez une page"}, []string{"À faire", "tiroirs", "Chiffre d’affaires"}},
		{right.Set{right.DaysheetView}, []string{"À faire"}, []string{"tiroirs", "Chiffre d’affaires", "à saisir"}},
		{right.Set{right.DaysheetView, right.DaysheetEnter}, []string{"à saisir"}, []string{"tiroirs", "Chiffre d’affaires"}},
		{right.Set{right.ReportView}, []string{"Chiffre d’affaires"}, []string{"tiroirs"}},
		{right.Set{right.BalanceView}, []string{"Dans les tiroirs", "10,00\u00a0€"}, []string{"Chiffre d’affaires"}},
	} {
		s := newShop(t, dbtest.SQLite(t))
		s.sold(0, "2026-11-19", 1000, 0)
		s.rights = c.rights
		_, body := s.ask("GET", "/")
		for _, want := range c.sees {
			if !strings.Contains(body, want) {
				t.Errorf("%v does not see %q", c.rights, want)
			}
		}
		for _, not := range c.no {
			if strings.Contains(body, not) {
				t.Errorf("%v sees %q", c.rights, not)
			}
		}
	}
}

func TestACompanyWithoutAnyDayIsToldToBeginWithYesterday(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	_, body := s.ask("GET", "/")
	for _, want := range []string{"Commencez par hier", "/journees/" + s.tills[0].ID + "/2026-11-19", "Saisir la journée"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, not := range []string{"Chiffre d’affaires", "tiroirs", "0,0\u00a0%", "NaN"} {
		if strings.Contains(body, not) {
			t.Errorf("the page says %q", not)
		}
	}
}

func TestWithoutAYearBeforeNoPercentageIsShown(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.sold(0, "2026-11-19", 1000, 0)
	_, body := s.ask("GET", "/")
	if strings.Contains(body, ">0\u00a0%") || strings.Contains(body, ",0\u00a0%") || strings.Contains(body, "budget") || !strings.Contains(body, "La comparaison viendra") || !strings.Contains(body, "Pas de jour comparable") {
		t.Error("a made-up comparison")
	}
}

func TestASendingThatFailedIsStartedAgainOrDroppedByItsCompanyOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, other := newShop(t, d), newShop(t, d)
		add := func(of *shop) (key string) {
			of.write(func(tx *db.Tx) (err error) {
				key, err = job.Add(tx, "mail", "secret content")
				return err
			})
			return key
		}
		first, second := add(s), add(s)
		runner := &job.Runner{DB: d, Log: slog.New(slog.DiscardHandler), Handlers: map[string]job.Handler{
			"mail": func(context.Context, job.Job) error { return job.Final(errors.New("550 no such user")) }}}
		if err := runner.Work(t.Context()); err != nil {
			t.Fatal(err)
		}
		status, body := s.ask("GET", "/reglages/envois")
		if status != http.StatusOK || strings.Count(body, "Réessayer") != 2 || !strings.Contains(body, "550 no such user") || strings.Contains(body, "secret") {
			t.Errorf("status %d, page %s", status, body)
		}
		if h := s.load(everywhere); h.Failed != 2 {
			t.Errorf("%d failed", h.Failed)
		}
		if _, body = other.ask("GET", "/reglages/envois"); strings.Contains(body, "550") || other.load(everywhere).Failed != 0 {
			t.Error("another company sees it")
		}
		if status, _ = other.ask("POST", "/reglages/envois/"+first+"/reessayer"); status != http.StatusConflict {
			t.Errorf("another company starts it again: %d", status)
		}
		for path, want := range map[string]int{first + "/reessayer": http.StatusSeeOther, second + "/abandonner": http.StatusSeeOther} {
			if status, _ = s.ask("POST", "/reglages/envois/"+path); status != want {
				t.Errorf("%s: %d", path, status)
			}
		}
		_, body = s.ask("GET", "/reglages/envois")
		if strings.Contains(body, "Réessayer") || !strings.Contains(body, "attente") {
			t.Error("the page still shows it failed")
		}
		if status, _ = s.ask("POST", "/reglages/envois/"+first+"/reessayer"); status != http.StatusConflict {
			t.Errorf("started again twice: %d", status)
		}
	})
}

func TestEachPersonArrangesTheirOwnHomePage(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.sold(0, "2026-11-19", 1055, 1200)
		_, body := s.ask("GET", "/")
		if !strings.Contains(body, "Règlements du jeudi") || strings.Index(body, "Novembre 2026, cumul") < strings.Index(body, "À faire") {
			t.Fatal("the usual page is not as expected")
		}
		for _, path := range []string{"/accueil/reglements/masquer", "/accueil/mois/masquer"} {
			if status, _ := s.ask("POST", path); status != http.StatusSeeOther {
				t.Fatalf("%s: %d", path, status)
			}
		}
		_, body = s.ask("GET", "/")
		if strings.Contains(body, "Règlements du jeudi") || strings.Contains(body, "Novembre 2026, du 1er") || !strings.Contains(body, "Ventes par rayon") {
			t.Error("what was hidden is still shown, or something else is hidden")
		}
		s.write(func(tx *db.Tx) error { return dashboard.Move(tx, claire, "cumul", -1) })
		_, body = s.ask("GET", "/")
		if strings.Index(body, "Novembre 2026, cumul") > strings.Index(body, "À faire") {
			t.Error("what was moved up stays below")
		}
		_, body = s.ask("GET", "/accueil")
		if !strings.Contains(body, "Cartes masquées") || !strings.Contains(body, "/accueil/reglements/afficher") || !strings.Contains(body, "/accueil/cumul/masquer") {
			t.Error("the page that arranges does not show it")
		}
		other := s.load(everywhere)
		s.read(func(q *db.Snapshot) error {
			theirs, err := dashboard.Cards(q, "user-karim")
			if err == nil && (theirs[0].ID != "jour" || !theirs[3].Shown || other.Cards[3].Shown) {
				t.Errorf("another person’s cards changed: %+v", theirs)
			}
			return err
		})
		if status, _ := s.ask("POST", "/accueil/inconnue/masquer"); status != http.StatusNotFound {
			t.Errorf("a card that does not exist: %d", status)
		}
		s.ask("POST", "/accueil/retablir")
		if _, body = s.ask("GET", "/"); !strings.Contains(body, "Règlements du jeudi") {
			t.Error("the usual page does not come back")
		}
	})
}

func TestTheBudgetOfTheDayIsShownWhereThereIsOne(t *testing.T) {
	s := newShop(t, dbtest.SQLite(t))
	s.sold(0, "2026-11-19", 1055, 1200)
	// November 2026 has 24 open days (Sundays and Armistice Day are closed): 240,00 € are 10,00 € a day without history, and 22,55 € are 226 %.
	amount := money.Amount(24000)
	s.write(func(tx *db.Tx) error {
		return figures.SaveGoals(tx, claire, map[figures.Slot]*money.Amount{{Location: s.market, Month: "2026-11"}: &amount})
	})
	_, body := s.ask("GET", "/")
	for _, want := range []string{"Budget du jour", "226\u00a0% de 10,00\u00a0€", "sur le budget"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}
