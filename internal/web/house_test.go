package web

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// house is a site with made-up people: the session « claire » is that of a cashier of the company « marche ».
type house struct {
	t     *testing.T
	site  *Site
	log   *bytes.Buffer
	clock *clock.Fake
}

type testGate struct{ down bool }

func (g testGate) Identify(r *http.Request) (Identity, error) {
	if g.down {
		return Identity{}, fault.New(fault.Unavailable, "La base ne répond pas.")
	}
	if SessionToken(r) == "claire" {
		return Identity{UserID: "user-1", Name: "Claire Canari", Email: "claire.canari@example.fr", SessionID: "s-1"}, nil
	}
	return Identity{}, nil
}

func (testGate) Enter(_ context.Context, _ Identity, slug string) (Access, error) {
	if slug != "marche" {
		return Access{}, notFound()
	}
	paris, err := time.LoadLocation("Europe/Paris")
	return Access{
		CompanyID: "company-1", Slug: slug, Name: "Épicerie du Marché", Rights: right.Set{right.DaysheetView}, Locations: []string{"halles"},
		Places: []Place{{ID: "box-1", Name: "Caisse 1", LocationID: "halles"}}, Features: []string{"vouchers"}, Zone: paris, Cutoff: 4,
	}, err
}

// page answers with a plain page.
func page(text string) func(*Ctx) error {
	return func(c *Ctx) error { return c.Render(http.StatusOK, templ.Raw(text)) }
}

// refusing answers with a fault.
func refusing(err error) func(*Ctx) error { return func(*Ctx) error { return err } }

func testRoutes() []Route {
	return []Route{
		{Method: "GET", Path: "/connexion", Right: right.Public, Do: framed("Connexion")},
		{Method: "GET", Path: "/healthz", Right: right.Public, Quiet: true, Do: page("ok")},
		{Method: "GET", Path: "/compte", Right: right.SignedIn, Do: framed("Compte")},
		{Method: "POST", Path: "/compte", Right: right.SignedIn, Do: echo},
		{Method: "GET", Path: "/d/{slug}/", Right: right.Member, Do: framed("Accueil")},
		{Method: "GET", Path: "/d/{slug}/journees/{mois}", Right: right.DaysheetView, Do: framed("Journées")},
		{Method: "POST", Path: "/d/{slug}/journees/{mois}", Right: right.DaysheetView, Do: echo},
		{Method: "POST", Path: "/d/{slug}/recus", Right: right.DaysheetView, Upload: true, Do: keepFile},
		{Method: "GET", Path: "/d/{slug}/equipe", Right: right.StaffManage, Do: page("équipe")},
		{Method: "GET", Path: "/d/{slug}/long", Right: right.Member, Do: page(strings.Repeat("<p>bonjour</p>", 1000))},
		{Method: "GET", Path: "/d/{slug}/fichier", Right: right.Member, Do: func(c *Ctx) error { return c.Send("état d’août.pdf", "application/pdf", []byte("%PDF")) }},
		{Method: "GET", Path: "/d/{slug}/recu", Right: right.Member, Do: func(c *Ctx) error { return c.Show("reçu.svg", "image/svg+xml", []byte("<svg onload=alert(1)>")) }},
		{Method: "GET", Path: "/d/{slug}/vers", Right: right.Member, Do: func(c *Ctx) error { c.Flash(ui.OK, "Journée clôturée"); return c.See(c.URL()) }},
		{Method: "GET", Path: "/panne/defaut", Right: right.Public, Do: refusing(errors.New("secret detail"))},
		{Method: "GET", Path: "/panne/panique", Right: right.Public, Do: func(*Ctx) error { panic("boom") }},
		{Method: "GET", Path: "/panne/verrou", Right: right.Public, Do: refusing(fault.New(fault.Locked, "Cette journée est verrouillée."))},
		{Method: "GET", Path: "/panne/conflit", Right: right.Public, Do: refusing(fault.New(fault.Conflict, "Cette journée a été modifiée."))},
		{Method: "GET", Path: "/panne/cle", Right: right.Public, Do: refusing(fault.New(fault.Mismatch, "Cet envoi a déjà servi."))},
		{Method: "GET", Path: "/panne/disque", Right: right.Public, Do: refusing(fault.New(fault.StorageFull, "Le disque est plein."))},
		{Method: "GET", Path: "/panne/base", Right: right.Public, Do: refusing(fault.New(fault.Unavailable, "La base ne répond pas."))},
		{Method: "GET", Path: "/panne/trop", Right: right.Public, Do: refusing(Later(90 * time.Second))},
		{Method: "GET", Path: "/panne/saisie", Right: right.Public, Do: refusing(fault.New(fault.Invalid, "Corrigez.").Field("montant", "Ce montant ne se lit pas."))},
	}
}

func framed(title string) func(*Ctx) error {
	return func(c *Ctx) error {
		return c.Render(http.StatusOK, ui.ErrorPage(ui.Failure{Frame: c.Frame(title), Message: title}))
	}
}

func echo(c *Ctx) error { return c.JSON(http.StatusOK, c.Form().Values) }

func keepFile(c *Ctx) error {
	file, err := c.Upload("photo", 5<<20)
	if err != nil {
		return err
	}
	if file == nil {
		return c.JSON(http.StatusOK, nil)
	}
	return c.JSON(http.StatusOK, map[string]any{"name": file.Name, "type": file.Type, "size": len(file.Body), "memo": c.Form().Get("memo")})
}

// open makes a house; change adapts its configuration.
func open(t *testing.T, change func(*Config)) *house {
	t.Helper()
	h := &house{t: t, log: &bytes.Buffer{}, clock: clock.At(time.Date(2026, 11, 21, 2, 30, 0, 0, time.UTC))}
	config := Config{Gate: testGate{}, Routes: testRoutes(), Log: slog.New(slog.NewJSONHandler(h.log, nil)), Clock: h.clock}
	config.Nav = func(c *Ctx) []ui.NavItem {
		if c.Company() == "" {
			return nil
		}
		return []ui.NavItem{{Label: "Accueil", Icon: "accueil", URL: c.URL()}, {Label: "Journées", Icon: "journees", URL: c.URL("journees")}}
	}
	if change != nil {
		change(&config)
	}
	site, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	h.site = site
	return h
}

// ask sends a request as Claire; change adapts it.
func (h *house) ask(method, target string, body url.Values, change func(*http.Request)) *httptest.ResponseRecorder {
	h.t.Helper()
	var r *http.Request
	if body != nil {
		r = httptest.NewRequest(method, target, strings.NewReader(body.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	} else {
		r = httptest.NewRequest(method, target, nil)
	}
	r.AddCookie(&http.Cookie{Name: h.site.cookieName(sessionCookie), Value: "claire"})
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	return w
}

func (h *house) get(target string) *httptest.ResponseRecorder {
	h.t.Helper()
	return h.ask("GET", target, nil, nil)
}

// asNobody takes the session away.
func asNobody(r *http.Request) { r.Header.Del("Cookie") }

func asScript(r *http.Request) { r.Header.Set("Accept", "application/json") }

func mustContain(t *testing.T, text string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("%q is missing in:\n%.2000s", w, text)
		}
	}
}

func mustNotContain(t *testing.T, text string, refused ...string) {
	t.Helper()
	for _, w := range refused {
		if strings.Contains(text, w) {
			t.Errorf("%q must not be in:\n%.2000s", w, text)
		}
	}
}
