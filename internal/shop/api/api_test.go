package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
	"encaisse/internal/test/shoptest"
	"encaisse/internal/test/visit"
	"encaisse/internal/web"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

// program is another program that talks to a shop through a link.
type program struct {
	*shoptest.Shop
	site  *web.Site
	link  Link
	token string
}

// nobody lets no person in.
type nobody struct{}

func (nobody) Identify(*http.Request) (web.Identity, error) { return web.Identity{}, nil }
func (nobody) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return web.Access{}, nil
}

func newProgram(t *testing.T, d *db.DB, change func(*Link, *shoptest.Shop)) *program {
	t.Helper()
	p := &program{Shop: shoptest.New(t, d)}
	room := New(Config{DB: d, Clock: d})
	var err error
	if p.site, err = web.New(web.Config{Gate: nobody{}, Keyring: room, Routes: room.Routes(), Clock: dbtest.Clock(t, d)}); err != nil {
		t.Fatal(err)
	}
	p.link = Link{ID: id.New(), Name: "Caisse du bar", Rights: Grantable(), By: shoptest.Claire}
	if change != nil {
		change(&p.link, p.Shop)
	}
	p.Write(t, func(tx *db.Tx) (err error) {
		p.token, err = Make(tx, p.link, Grantable())
		return err
	})
	return p
}

// ask sends a request with the token, or another; headers by turns.
func (p *program) ask(t *testing.T, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, base+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+p.token)
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.site.ServeHTTP(w, r)
	return w
}

func is(t *testing.T, w *httptest.ResponseRecorder, status int, texts ...string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("status %d, want %d: %s", w.Code, status, w.Body)
	}
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			t.Errorf("the answer does not hold %q: %s", text, w.Body)
		}
	}
}

const dayOfTheBar = `{"id": "Z-1", "box": "caisse 1", "date": "2026-11-20", "z": "41", "sales": [{"category": "Épicerie", "amount": "105.50"}, {"category": "boissons", "amount": 12000}],
	"payments": [{"method": "Espèces", "amount": 2550}, {"method": "Carte bancaire", "amount": "200"}], "salesCount": 12 CLOSE}`

func sending(more string) string { return strings.ReplaceAll(dayOfTheBar, " CLOSE", more) }

const closing = `, "close": true, "counted": [{"method": "Espèces", "amount": 2550}]`

func TestAProgramSendsADraftThatAPersonClosesWhereItsSourceStaysKnown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newProgram(t, d, nil)
		is(t, p.ask(t, "POST", "/daysheets", sending("")), 201, `"state":"draft"`, `"source":"api"`, `"gross":22550`, `"taken":22550`, `"breakdown":0`)
		is(t, p.ask(t, "POST", "/daysheets", sending("")), 200, `"state":"draft"`)
		is(t, p.ask(t, "POST", "/daysheets", strings.Replace(sending(""), "12000", "13000", 1)), 422, "déjà servi pour un autre contenu")
		is(t, p.ask(t, "GET", "/daysheets/"+p.Till.ID+"/2026-11-20/state", ""), 200, `"state":"draft"`)

		people := visit.As(t, p.Company, daysheet.New(d, daysheet.Hooks{}).Routes())
		people.Post(t, "/journees/"+p.Till.ID+"/2026-11-20/cloturer", "cle", id.New(), "revision", "1", "z", "41", "v-"+p.Grocery, "105,50", "v-"+p.Bar, "120", "r-"+p.Cash, "25,50", "r-"+p.Card, "200",
			"c-"+p.Cash, "25,50").LeadsTo(t, "/journees/2026-11?caisse="+p.Till.ID)
		is(t, p.ask(t, "GET", "/daysheets/"+p.Till.ID+"/2026-11-20", ""), 200, `"state":"closed"`, `"source":"api"`, `"version":1`, `"counted":2550`)
		is(t, p.ask(t, "POST", "/daysheets", sending(""), "Idempotency-Key", "Z-1"), 200, `"state":"closed"`)
		is(t, p.ask(t, "POST", "/daysheets", strings.Replace(sending(""), "Z-1", "Z-2", 1)), 409, "déjà clôturée")
	})
}

func TestAProgramClosesADayOnceHoweverOftenItSends(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newProgram(t, d, nil)
		is(t, p.ask(t, "POST", "/daysheets", sending(closing)), 201, `"state":"closed"`, `"number":1`)
		for range 3 {
			is(t, p.ask(t, "POST", "/daysheets", sending(closing)), 200, `"state":"closed"`, `"number":1`)
		}
		is(t, p.ask(t, "POST", "/daysheets", strings.Replace(sending(closing), `"41"`, `"42"`, 1)), 422, "déjà servi pour un autre contenu")
		p.Read(t, func(q *db.Snapshot) error {
			page, err := daysheet.Load(q, p.Till.ID, "2026-11-20")
			if err == nil && (len(page.Versions) != 1 || page.Versions[0].Source != daysheet.ByAPI || page.Versions[0].By != p.link.ID || page.Versions[0].Gross != 22550) {
				t.Errorf("the versions are %+v", page.Versions)
			}
			return err
		})
	})
}

func TestWhatAPersonTypesIsNeverWrittenOver(t *testing.T) {
	d := dbtest.SQLite(t)
	p := newProgram(t, d, nil)
	p.Write(t, func(tx *db.Tx) error {
		_, err := daysheet.SaveDraft(tx, p.Till.ID, "2026-11-20", map[string]string{"v-" + p.Bar: "3"}, 0, shoptest.Claire)
		return err
	})
	is(t, p.ask(t, "POST", "/daysheets", sending("")), 409, "Quelqu’un saisit cette journée")
	is(t, p.ask(t, "POST", "/daysheets", sending(closing)), 409, "Quelqu’un saisit cette journée")
}

func TestALaterSendingReplacesTheDraftOfTheSameLink(t *testing.T) {
	p := newProgram(t, dbtest.SQLite(t), nil)
	is(t, p.ask(t, "POST", "/daysheets", sending("")), 201)
	is(t, p.ask(t, "POST", "/daysheets", strings.NewReplacer("Z-1", "Z-2", "12000", "12100").Replace(sending(""))), 201, `"gross":22650`, `"breakdown":-100`)
}

func TestEachFaultIsNamedByItsPlaceInFrench(t *testing.T) {
	p := newProgram(t, dbtest.SQLite(t), nil)
	for name, c := range map[string]struct{ body, pointer, says string }{
		"an unknown member":             {`{"id": "1", "box": "Caisse 1", "date": "2026-11-20", "sales": [{"category": "Épicerie", "amount": 1, "qty": 2}]}`, "/sales/0/qty", "n’existe pas"},
		"a number with a decimal point": {`{"id": "1", "box": "Caisse 1", "date": "2026-11-20", "sales": [{"category": "Épicerie", "amount": 12.5}]}`, "/sales/0/amount", "jamais un nombre à virgule"},
		"a number with an exponent":     {`{"id": "1", "box": "Caisse 1", "date": "2026-11-20", "sales": [{"category": "Épicerie", "amount": 1e3}]}`, "/sales/0/amount", "jamais un nombre à virgule"},
		"an amount with a comma":        {`{"id": "1", "box": "Caisse 1", "date": "2026-11-20", "sales": [{"category": "Épicerie", "amount": "12,50"}]}`, "/sales/0/amount", "texte en euros"},
		"a sum":                         {`{"id": "1", "box": "Caisse 1", "date": "2026-11-20", "sales": [{"category": "Épicerie", "amount": "1+2"}]}`, "/sales/0/amount", "texte en euros"},
		"a member given twice":          {`{"id": "1", "box": "Caisse 1", "box": "Caisse 2", "date": "2026-11-20"}`, "/box", "deux fois"},
		"a missing member":              {`{"id": "1", "box": "Caisse 1"}`, "/date", "manque"},
		"a day that does not exist":     {`{"id": "1", "box": "Caisse 1", "date": "2026-02-30"}`, "/date", "AAAA-MM-JJ"},
		"a category nobody knows":       {`{"id": "1", "box": "Caisse 1", "date": "2026-11-20", "sales": [{"category": "Jouets", "amount": 1}]}`, "/sales/0/category", "Aucun rayon"},
		"a category twice":              {`{"id": "1", "box": "Caisse 1", "date": "2026-11-20", "sales": [{"category": "Épicerie", "amount": 1}, {"category": "EPICERIE", "amount": 1}]}`, "/sales/1/amount", "déjà donné"},
		"a part switched off":           {`{"id": "1", "box": "Caisse 1", "date": "2026-11-20", "vouchersSold": 100}`, "/vouchersSold", "ne sont pas suivis"},
		"a note that does not exist":    {`{"id": "1", "box": "Caisse 1", "date": "2026-11-20", "pieces": [{"value": 30000, "count": 1}]}`, "/pieces/0/value", "Aucun billet"},
		"a box nobody knows":            {`{"id": "1", "box": "Caisse 9", "date": "2026-11-20"}`, "/box", "n’existe pas"},
		"no identifier":                 {`{"box": "Caisse 1", "date": "2026-11-20"}`, "/id", "identifiant"},
		"an unknown reason":             {`{"id": "1", "box": "Caisse 1", "date": "2026-11-20", "reasons": [{"method": "Espèces", "code": "magic"}]}`, "/reasons/0/code", "change, entry"},
		"drawer not counted at closing": {sending(`, "close": true`), "/counted", "Comptez les espèces"},
		"takings missing at closing":    {strings.Replace(sending(closing+`, "breakdownReason": ""`), `"200"`, `"190"`, 1), "/breakdownReason", "Il manque 10,00"},
		"no JSON":                       {`bonjour`, "", "un seul objet JSON"},
		"two values":                    {`{} {}`, "", "un seul objet JSON"},
		"a list":                        {`[]`, "", "Donnez un objet"},
	} {
		t.Run(name, func(t *testing.T) {
			w := p.ask(t, "POST", "/daysheets", c.body)
			var said web.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || w.Code != 422 || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Fatalf("%d %s: %s", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
			if len(said.Errors) != 1 || said.Errors[0].Pointer != c.pointer || !strings.Contains(said.Errors[0].Detail, c.says) {
				t.Errorf("the refusal is %+v", said)
			}
		})
	}
	p.Read(t, func(q *db.Snapshot) error {
		page, err := daysheet.Load(q, p.Till.ID, "2026-11-20")
		if page.Draft != nil || page.Current() != nil {
			t.Error("something was kept of what was refused")
		}
		return err
	})
}

func TestALinkDoesAndSeesOnlyWhatItWasGiven(t *testing.T) {
	p := newProgram(t, dbtest.SQLite(t), func(l *Link, s *shoptest.Shop) {
		l.Rights, l.Boxes = right.Set{right.DaysheetView, right.DaysheetEnter}, []string{s.Second.ID}
	})
	is(t, p.ask(t, "POST", "/daysheets", sending("")), 422, "n’y a pas accès")
	is(t, p.ask(t, "GET", "/daysheets/"+p.Till.ID+"/2026-11-20", ""), 404)
	second := strings.Replace(sending(""), "caisse 1", p.Second.ID, 1)
	is(t, p.ask(t, "POST", "/daysheets", strings.Replace(second, `"salesCount"`, `"close": true, "salesCount"`, 1)), 403, "ne peut pas clôturer")
	is(t, p.ask(t, "POST", "/daysheets", second), 201)
	if w := p.ask(t, "GET", "/references", ""); strings.Contains(w.Body.String(), p.Till.ID) || !strings.Contains(w.Body.String(), p.Second.ID) {
		t.Errorf("the references are %s", w.Body)
	}
}

func TestAWrongOrRevokedTokenOpensNothingAndTriesAreCounted(t *testing.T) {
	p := newProgram(t, dbtest.SQLite(t), nil)
	is(t, p.ask(t, "GET", "/references", ""), 200, "Épicerie", "Carte bancaire")
	is(t, p.ask(t, "GET", "/references", "", "Authorization", ""), 401, "Authorization: Bearer")
	is(t, p.ask(t, "GET", "/references", "", "Authorization", "Bearer "+newToken(p.Company)), 401, "n’ouvre rien")
	is(t, p.ask(t, "GET", "/references", "", "Authorization", "Bearer "+newToken(id.New())), 401, "n’ouvre rien")
	p.Write(t, func(tx *db.Tx) error { return Revoke(tx, p.link.ID, shoptest.Claire) })
	is(t, p.ask(t, "GET", "/references", ""), 401, "révoquée")
	for range wrongOnce {
		p.ask(t, "GET", "/references", "", "Authorization", "Bearer faux")
	}
	w := p.ask(t, "GET", "/references", "", "Authorization", "Bearer faux")
	is(t, w, 429)
	if w.Header().Get("Retry-After") == "" {
		t.Error("the program is not told how long to wait")
	}
}

func TestALinkThatAsksTooOftenWaits(t *testing.T) {
	p := newProgram(t, dbtest.SQLite(t), nil)
	refused := 0
	for range asksAtOnce + 5 {
		if p.ask(t, "GET", "/references", "").Code == 429 {
			refused++
		}
	}
	if refused != 5 {
		t.Errorf("%d requests were refused", refused)
	}
}

func TestTheLastUseOfALinkIsShown(t *testing.T) {
	p := newProgram(t, dbtest.SQLite(t), nil)
	p.ask(t, "GET", "/references", "")
	p.Read(t, func(q *db.Snapshot) error {
		l, err := Get(q, p.link.ID)
		if err == nil && (l.UsedAt.IsZero() || l.UsedFrom != "192.0.2.1") {
			t.Errorf("used at %v from %q", l.UsedAt, l.UsedFrom)
		}
		return err
	})
}

func TestAnAddressThatDoesNotExistIsRefusedInJSON(t *testing.T) {
	p := newProgram(t, dbtest.SQLite(t), nil)
	w := p.ask(t, "GET", "/nothing", "")
	is(t, w, 404)
	if w.Header().Get("Content-Type") != "application/problem+json" {
		t.Error(w.Header())
	}
}

func TestALinkIsMadeShownOnceAndRevokedThroughItsPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := shoptest.New(t, d)
		room := New(Config{DB: d, Clock: d, Names: Names})
		v := visit.As(t, s.Company, room.Routes())
		v.Access.Places = []web.Place{{ID: s.Till.ID, Name: "Caisse 1", LocationName: "Les Halles"}}
		v.Get(t, "/reglages/liaisons").Is(t, 200, "Aucune liaison pour l’instant")
		v.Get(t, "/reglages/liaisons/nouvelle").Is(t, 200, "Les Halles, Caisse 1", "Clôturer une journée")
		key := id.New()
		form := []string{"cle", key, "nom", "Caisse <du> bar", "droits", "daysheet.enter", "portee", "choix", "caisses", s.Till.ID}
		v.Post(t, "/reglages/liaisons/nouvelle", form...).Is(t, 200, "enc_", "ne sera plus montré")
		v.Post(t, "/reglages/liaisons/nouvelle", form...).Is(t, 409, "déjà créée")
		v.Get(t, "/reglages/liaisons").Is(t, 200, "Caisse &lt;du&gt; bar", "Jamais utilisée", "Révoquer")
		v.Post(t, "/reglages/liaisons/nouvelle", "cle", id.New(), "nom", "", "portee", "choix").Is(t, 422, "Donnez un nom", "Cochez au moins un droit", "Cochez au moins une caisse")
		v.Post(t, "/reglages/liaisons/nouvelle", "cle", id.New(), "nom", "X", "droits", "staff.manage").Is(t, 422, "des droits que vous avez")
		v.Post(t, "/reglages/liaisons/nouvelle", "cle", id.New(), "nom", "X", "droits", "daysheet.enter", "portee", "choix", "caisses", s.Second.ID).Is(t, 422, "parmi les caisses proposées")
		v.Post(t, "/reglages/liaisons/"+key+"/revoquer").LeadsTo(t, "/reglages/liaisons")
		v.Get(t, "/reglages/liaisons").Is(t, 200, "Liaisons révoquées")
	})
}
