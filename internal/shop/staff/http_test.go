package staff

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/right"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// browser is somebody at the pages of the room.
type browser struct {
	t    testing.TB
	site *httptest.Server
	http *http.Client
}

// reply is what a page answered, redirections followed.
type reply struct {
	status     int
	path, body string
	header     http.Header
}

// newSite serves the room on a store, with a page of the company that anybody in it may see.
func newSite(t testing.TB, r *Room, others ...web.Route) *httptest.Server {
	t.Helper()
	home := web.Route{Method: "GET", Path: "/d/{slug}/", Right: right.Member, Do: func(c *web.Ctx) error {
		return c.JSON(http.StatusOK, map[string]any{"name": c.Access.Name, "rights": c.Rights})
	}}
	site, err := web.New(web.Config{Gate: Gate{r}, Routes: append(append(r.Routes(), home), others...), Clock: dbtest.Clock(t, r.db)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	return server
}

func newBrowser(t testing.TB, site *httptest.Server) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, site, &http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

func (b *browser) do(request *http.Request, err error) reply {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	answer, err := b.http.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Request.URL.RequestURI(), string(body), answer.Header}
}

func (b *browser) get(path string) reply {
	b.t.Helper()
	return b.do(http.NewRequest("GET", b.site.URL+path, nil))
}

func (b *browser) post(path string, fields ...string) reply {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	request, err := http.NewRequest("POST", b.site.URL+path, strings.NewReader(form.Encode()))
	if err == nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return b.do(request, err)
}

func (b *browser) signIn(u User) reply {
	b.t.Helper()
	return b.post("/connexion", "email", u.Email, "mot-de-passe", goodPassword)
}

func (r reply) must(t testing.TB, status int, path string, texts ...string) {
	t.Helper()
	if r.status != status || r.path != path {
		t.Fatalf("answered %d at %s, want %d at %s\n%.600s", r.status, r.path, status, path, r.body)
	}
	for _, text := range texts {
		if !strings.Contains(r.body, text) {
			t.Errorf("%s does not say %q", r.path, text)
		}
	}
}

func TestSigningInLeadsWhereOneWasGoing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		site := newSite(t, room)
		newBrowser(t, site).get("/connexion").must(t, 200, "/connexion", "lien d’installation")
		u := newPerson(t, room, "marie")
		ref, _ := newCompany(t, d, u)
		b := newBrowser(t, site)
		back := "/connexion?retour=%2Fd%2F" + ref.Slug + "%2Freglages%2Fequipe"
		b.get("/d/"+ref.Slug+"/reglages/equipe").must(t, 200, back, "Mot de passe oublié")
		wrong := b.post("/connexion", "email", u.Email, "mot-de-passe", "wrong", "retour", "/d/"+ref.Slug+"/reglages/equipe")
		wrong.must(t, 422, "/connexion", "ne convient pas", `value="marie@exemple.fr"`, `name="retour"`)
		if strings.Contains(wrong.body, "wrong") {
			t.Error("the page repeats the password")
		}
		b.post("/connexion", "email", u.Email, "mot-de-passe", goodPassword, "retour", "/d/"+ref.Slug+"/reglages/equipe").must(t, 200, "/d/"+ref.Slug+"/reglages/equipe", "marie@exemple.fr", "Administrateur")
		b.get("/connexion").must(t, 200, "/d/"+ref.Slug+"/")
		out := b.post("/deconnexion")
		out.must(t, 200, "/connexion", "déconnecté")
		b.get("/compte").must(t, 200, "/connexion?retour=%2Fcompte")
		b.post("/connexion", "email", u.Email, "mot-de-passe", goodPassword, "retour", "https://elsewhere.test/").must(t, 200, "/d/"+ref.Slug+"/")
	})
}

func TestTooManyTriesAreAnsweredWithTheTimeToWait(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		b := newBrowser(t, newSite(t, room))
		for range triesPerAccount {
			b.post("/connexion", "email", u.Email, "mot-de-passe", "wrong").must(t, 422, "/connexion")
		}
		late := b.signIn(u)
		late.must(t, 429, "/connexion", "Attendez 60\u00a0secondes")
		if late.header.Get("Retry-After") != "60" {
			t.Errorf("Retry-After is %q", late.header.Get("Retry-After"))
		}
	})
}

func TestTheCodeIsAskedAfterThePasswordAndTheCookieChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		ref, _ := newCompany(t, d, u)
		b := newBrowser(t, newSite(t, room))
		b.signIn(u)
		b.post("/compte/double-verification/commencer").must(t, 200, "/compte/double-verification", "<svg class=\"code-qr\"")
		pending, err := room.PendingGenerator(t.Context(), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		b.post("/compte/double-verification/confirmer", "code", "000000").must(t, 422, "/compte/double-verification/confirmer", "ne sert qu’une fois", grouped(pending.Secret))
		shown := b.post("/compte/double-verification/confirmer", "code", codeNow(t, pending.Secret, d.Now()))
		shown.must(t, 200, "/compte/double-verification/confirmer", "Codes de secours")
		if n := len(regexp.MustCompile(`<li>[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}</li>`).FindAllString(shown.body, -1)); n != recoveryCodes {
			t.Errorf("%d codes of last resort are shown", n)
		}
		b.post("/deconnexion")
		b.signIn(u).must(t, 200, "/connexion/code", "application de codes")
		b.get("/compte").must(t, 200, "/connexion?retour=%2Fcompte")
		b.post("/connexion/code", "code", "000000").must(t, 422, "/connexion/code", "ne sert qu’une fois")
		dbtest.Clock(t, d).Advance(time.Minute)
		b.post("/connexion/code", "code", codeNow(t, pending.Secret, d.Now())).must(t, 200, "/d/"+ref.Slug+"/")
		b.post("/deconnexion")
		b.signIn(u)
		dbtest.Clock(t, d).Advance(11 * time.Minute)
		b.get("/connexion/code").must(t, 200, "/connexion", "Le temps pour donner le code est passé")
	})
}

func TestActsOnAccessAskForThePasswordAgainAndKeepTheForm(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		ref, _ := newCompany(t, d, u)
		b := newBrowser(t, newSite(t, room))
		b.signIn(u)
		dbtest.Clock(t, d).Advance(11 * time.Minute)
		invite := "/d/" + ref.Slug + "/reglages/equipe/inviter"
		fields := []string{"email", "paul@exemple.fr", "role", Cashier, "portee", "toutes"}
		b.post(invite, fields...).must(t, 403, invite, "Confirmez que c’est bien vous", `name="email" value="paul@exemple.fr"`, `name="role" value="caissier"`)
		b.post(invite, append(fields, currentPassword, "wrong")...).must(t, 422, invite, "pas votre mot de passe", `name="email" value="paul@exemple.fr"`)
		b.post(invite, append(fields, currentPassword, goodPassword)...).must(t, 200, invite, "https://caisse.test/invitation/")
		b.post("/compte/mot-de-passe", currentPassword, goodPassword, "mot-de-passe", "court").must(t, 422, "/compte/mot-de-passe", "12\u00a0caractères")
		b.post(invite, "email", "paule@exemple.fr", "role", Cashier).must(t, 200, invite, "https://caisse.test/invitation/")
		b.get("/d/"+ref.Slug+"/reglages/equipe").must(t, 200, "/d/"+ref.Slug+"/reglages/equipe", "paul@exemple.fr", "paule@exemple.fr")
	})
}

func TestAnInvitedPersonEntersWithTheirRoleAndNothingMore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		site := newSite(t, room)
		boss := newPerson(t, room, "boss")
		ref, shops := newCompany(t, d, boss)
		team := "/d/" + ref.Slug + "/reglages/equipe"
		admin, guest := newBrowser(t, site), newBrowser(t, site)
		admin.signIn(boss)
		admin.post(team+"/inviter", "email", "paul@exemple.fr", "role", Cashier, "portee", "choix").must(t, 422, team+"/inviter", "Cochez au moins une boutique")
		shown := admin.post(team+"/inviter", "email", "paul@exemple.fr", "role", Cashier, "portee", "choix", "boutiques", shops[1].ID)
		path := regexp.MustCompile(`/invitation/[A-Za-z0-9_-]+`).FindString(shown.body)
		guest.get(path).must(t, 200, path, "Épicerie du Port", "Caissier", "Halle")
		guest.post(path, "nom", "", "mot-de-passe", goodPassword).must(t, 422, path, "Écrivez votre nom")
		guest.post(path, "nom", "Paul Martin", "mot-de-passe", "motdepasse123").must(t, 422, path, "se devine trop vite", `value="Paul Martin"`)
		guest.post(path, "nom", "Paul Martin", "mot-de-passe", goodPassword).must(t, 200, "/d/"+ref.Slug+"/", "daysheet.enter")
		guest.get(team).must(t, 403, team)
		guest.get(path).must(t, 404, path, "a déjà servi")
		other, _ := newCompany(t, d, boss)
		guest.get("/d/"+other.Slug+"/").must(t, 404, "/d/"+other.Slug+"/")

		u, _, err := userByMail(room, "paul@exemple.fr")
		if err != nil {
			t.Fatal(err)
		}
		admin.post(team+"/membres/"+u.ID+"/sessions").must(t, 200, team, "déconnectée de tous ses appareils")
		guest.get("/compte").must(t, 200, "/connexion?retour=%2Fcompte")
		admin.post(team+"/membres/"+boss.ID+"/retirer").must(t, 200, team, "Il faut au moins un administrateur")
		admin.post(team+"/roles/nouveau", "nom", "Vendeur").must(t, 422, team+"/roles/nouveau", "Cochez au moins un droit", `value="Vendeur"`)
		admin.post(team+"/roles/nouveau", "nom", "Vendeur", "droits", "daysheet.view").must(t, 200, team, "Vendeur")
	})
}

func userByMail(r *Room, email string) (u User, known bool, err error) {
	users, err := r.Users(context.Background())
	for _, candidate := range users {
		if candidate.Email == email {
			return candidate, true, err
		}
	}
	return u, false, err
}

func TestPagesOfPeopleStandWithoutScriptAndInlineStyle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		ref, _ := newCompany(t, d, u)
		newCompany(t, d, u)
		b := newBrowser(t, newSite(t, room))
		team := "/d/" + ref.Slug + "/reglages/equipe"
		outside := []string{"/connexion", "/mot-de-passe"}
		inside := []string{"/dossiers", "/dossiers?q=port&page=9", "/compte", "/compte/double-verification", team, team + "/inviter", team + "/cabinet", team + "/membres/" + u.ID, team + "/roles/nouveau", team + "/roles/gerant"}
		look := func(path string) {
			page := b.get(path)
			page.must(t, 200, path, "<h1>", "<main")
			for _, found := range regexp.MustCompile(`(?i)<script(?: [^>]*)?>[^<]|\sstyle="|\son[a-z]+="`).FindAllString(page.body, -1) {
				t.Errorf("%s holds %q, which the policy refuses", path, found)
			}
		}
		for _, path := range outside {
			look(path)
		}
		b.signIn(u)
		for _, path := range inside {
			look(path)
		}
	})
}

func TestEverySampleIsAWholePage(t *testing.T) {
	names := map[string]bool{}
	for _, sample := range Samples() {
		var page strings.Builder
		if err := sample.Page.Render(t.Context(), &page); err != nil {
			t.Errorf("%s: %v", sample.Name, err)
		}
		if !strings.Contains(page.String(), "<h1>") || !strings.HasSuffix(strings.TrimSpace(page.String()), "</html>") || names[sample.Name] {
			t.Errorf("%s is no whole page, or is named twice", sample.Name)
		}
		names[sample.Name] = true
	}
}
