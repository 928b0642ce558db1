package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/right"
	"encaisse/internal/web/ui"
)

func cookieNamed(t *testing.T, answer *httptest.ResponseRecorder, name string) *http.Cookie {
	t.Helper()
	for _, cookie := range answer.Result().Cookies() {
		if cookie.Name == name {
			return cookie
		}
	}
	t.Fatalf("no cookie %s in %v", name, answer.Header()["Set-Cookie"])
	return nil
}

func signIn(c *Ctx) error {
	c.SetSession("secret", c.Now().Add(time.Hour))
	return c.See("/compte")
}

func TestTheSessionCookieIsKeptFromScriptsAndOtherHosts(t *testing.T) {
	for secure, name := range map[bool]string{true: "__Host-encaisse", false: "encaisse"} {
		h := open(t, func(c *Config) {
			c.Secure = secure
			c.Routes = append(c.Routes, Route{Method: "POST", Path: "/connexion", Right: right.Public, Do: signIn},
				Route{Method: "POST", Path: "/deconnexion", Right: right.SignedIn, Do: func(c *Ctx) error { c.ClearSession(); return c.See("/connexion") }})
		})
		cookie := cookieNamed(t, h.ask("POST", "/connexion", nil, asNobody), name)
		if cookie.Value != "secret" || !cookie.HttpOnly || cookie.Secure != secure || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" || cookie.MaxAge != 3600 {
			t.Errorf("cookie %+v", cookie)
		}
		if gone := cookieNamed(t, h.ask("POST", "/deconnexion", nil, nil), name); gone.MaxAge >= 0 || gone.Value != "" {
			t.Errorf("signing out leaves %+v", gone)
		}
	}
}

func TestOverHTTPSACookieWithoutThePrefixIsNotBelieved(t *testing.T) {
	h := open(t, func(c *Config) { c.Secure = true })
	answer := h.ask("GET", "/compte", nil, func(r *http.Request) {
		asNobody(r)
		r.AddCookie(&http.Cookie{Name: "encaisse", Value: "claire"})
	})
	if answer.Code != http.StatusSeeOther {
		t.Errorf("a neighbour’s cookie opens the account: %d", answer.Code)
	}
}

func TestAWordIsShownOnceOnTheNextPage(t *testing.T) {
	h := open(t, nil)
	sent := cookieNamed(t, h.get("/d/marche/vers"), flashCookie)
	if !sent.HttpOnly || sent.MaxAge != 60 {
		t.Errorf("cookie %+v", sent)
	}
	next := h.ask("GET", "/d/marche/", nil, func(r *http.Request) { r.AddCookie(sent) })
	mustContain(t, next.Body.String(), "Journée clôturée", `class="alerte mot ok"`)
	if gone := cookieNamed(t, next, flashCookie); gone.MaxAge >= 0 {
		t.Errorf("the word stays: %+v", gone)
	}
}

func TestAWordMadeUpByAStrangerIsHarmless(t *testing.T) {
	h := open(t, nil)
	show := func(value string) string {
		return h.ask("GET", "/d/marche/", nil, func(r *http.Request) { r.AddCookie(&http.Cookie{Name: flashCookie, Value: value}) }).Body.String()
	}
	mustNotContain(t, show("ok.PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg"), "<script>alert")
	for _, value := range []string{"mechant.Ym9uam91cg", "ok.!!!", "ok", "ok.", "ok._w", "ok." + strings.Repeat("YWFh", 101)} {
		mustNotContain(t, show(value), "data-mot")
	}
	c := &Ctx{}
	c.Flash(ui.Warn, strings.Repeat("é", 400))
	if len([]rune(c.flash.Text)) != flashLimit {
		t.Errorf("a word of %d characters", len([]rune(c.flash.Text)))
	}
}

func TestTheChoiceOfColoursIsKept(t *testing.T) {
	h := open(t, nil)
	answer := h.ask("POST", "/apparence", url.Values{"theme": {"sombre"}, "retour": {"/d/marche/"}}, asNobody)
	cookie := cookieNamed(t, answer, themeCookie)
	if answer.Header().Get("Location") != "/d/marche/" || cookie.Value != "sombre" {
		t.Errorf("to %q with %+v", answer.Header().Get("Location"), cookie)
	}
	dark := h.ask("GET", "/d/marche/", nil, func(r *http.Request) { r.AddCookie(cookie) })
	mustContain(t, dark.Body.String(), `<html lang="fr" data-theme="sombre">`)
	if back := h.ask("POST", "/apparence", url.Values{"theme": {"rose"}, "retour": {"//example.fr"}}, asNobody); back.Header().Get("Location") != "/" || cookieNamed(t, back, themeCookie).MaxAge >= 0 {
		t.Errorf("an unknown theme leads to %v", back.Header())
	}
	if script := h.ask("POST", "/apparence", url.Values{"theme": {"clair"}}, asScript); script.Code != http.StatusNoContent {
		t.Errorf("a script receives %d", script.Code)
	}
}
