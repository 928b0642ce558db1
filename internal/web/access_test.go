package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"encaisse/internal/base/right"
)

func TestSomebodyNotSignedInIsSentToSignInAndBack(t *testing.T) {
	h := open(t, nil)
	answer := h.ask("GET", "/d/marche/journees/2026-11?caisse=1", nil, asNobody)
	if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != "/connexion?retour=%2Fd%2Fmarche%2Fjournees%2F2026-11%3Fcaisse%3D1" {
		t.Errorf("answer %d to %q", answer.Code, answer.Header().Get("Location"))
	}
	answer = h.ask("GET", "/compte", nil, func(r *http.Request) { asNobody(r); asScript(r) })
	var said struct{ Error problem }
	if err := json.Unmarshal(answer.Body.Bytes(), &said); err != nil || answer.Code != http.StatusUnauthorized || said.Error.SignIn != "/connexion" {
		t.Errorf("a script is told %d %s (%v)", answer.Code, answer.Body, err)
	}
}

func TestWhatIsPostedAfterTheSessionEndedIsNotLost(t *testing.T) {
	h := open(t, nil)
	typed := url.Values{"montant": {"1 292,80"}, "note": {`"><script>alert(1)</script>`}, "ligne": {"a", "b"}, "mot-de-passe": {"canari-secret"}}
	answer := h.ask("POST", "/d/marche/journees/2026-11", typed, asNobody)
	if answer.Code != http.StatusUnauthorized {
		t.Fatalf("answer %d", answer.Code)
	}
	body := answer.Body.String()
	mustContain(t, body, `action="/d/marche/journees/2026-11"`, `name="montant" value="1 292,80"`, `name="ligne" value="a"`, `name="ligne" value="b"`,
		`href="/connexion" target="_blank"`, "Envoyer ma saisie", `value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"`)
	mustNotContain(t, body, "<script>alert", "canari-secret")
}

func TestAStrangerCannotUploadSixMegabytes(t *testing.T) {
	h := open(t, nil)
	body, kind := multipartBody(t, map[string]string{"memo": "timbres"}, "photo", "recu.png", make([]byte, 2<<20))
	answer := h.ask("POST", "/d/marche/recus", nil, func(r *http.Request) { asNobody(r); setBody(r, body, kind) })
	if answer.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("answer %d", answer.Code)
	}
	small, kind := multipartBody(t, map[string]string{"memo": "timbres"}, "photo", "recu.png", []byte("\x89PNG\r\n\x1a\n"))
	answer = h.ask("POST", "/d/marche/recus", nil, func(r *http.Request) { asNobody(r); setBody(r, small, kind) })
	if answer.Code != http.StatusUnauthorized {
		t.Errorf("answer %d", answer.Code)
	}
	mustContain(t, answer.Body.String(), `enctype="multipart/form-data"`, `type="file"`, `name="photo"`, `name="memo" value="timbres"`)
}

func TestAStoreThatDoesNotAnswerRefusesPagesButNotPublicOnes(t *testing.T) {
	h := open(t, func(c *Config) { c.Gate = testGate{down: true} })
	if got := h.get("/compte"); got.Code != http.StatusServiceUnavailable || got.Header().Get("Retry-After") == "" {
		t.Errorf("a page answers %d, Retry-After %q", got.Code, got.Header().Get("Retry-After"))
	}
	if got := h.get("/healthz").Code; got != http.StatusOK {
		t.Errorf("a public page answers %d", got)
	}
}

func TestAccessTellsWhatAPersonMaySee(t *testing.T) {
	all := Access{Rights: right.Set{right.DaysheetView}}
	some := Access{Locations: []string{"halles"}, Places: []Place{{ID: "box-1"}}, Features: []string{"vouchers"}}
	if !all.Sees("halles") || !some.Sees("halles") || some.Sees("gare") || (Access{Locations: []string{}}).Sees("halles") {
		t.Error("locations are not kept to")
	}
	if !all.Can(right.Member) || !all.Can(right.DaysheetView) || all.Can(right.StaffManage) {
		t.Error("rights are not kept to")
	}
	if _, found := some.Place("box-2"); found || some.Has("expenses") || !some.Has("vouchers") {
		t.Error("places or features are not kept to")
	}
}

func TestTheBusinessDayFollowsTheCompany(t *testing.T) {
	h := open(t, func(c *Config) {
		c.Routes = append(c.Routes, Route{Method: "GET", Path: "/d/{slug}/jour", Right: right.Member, Do: func(c *Ctx) error {
			return c.JSON(200, map[string]string{"day": string(c.Today()), "url": c.URL("journees", "a/b c"), "home": c.URL()})
		}})
	})
	mustContain(t, h.get("/d/marche/jour").Body.String(), `"day":"2026-11-20"`, `"url":"/d/marche/journees/a%2Fb%20c"`, `"home":"/d/marche/"`)
}

func TestOnlyOurOwnAddressesAreFollowed(t *testing.T) {
	for address, want := range map[string]string{
		"/d/marche/": "/d/marche/", "": "/", "//example.fr": "/", "https://example.fr": "/", `/\example.fr`: "/", "/a\r\nSet-Cookie: x": "/", "javascript:alert(1)": "/", "/a?b=c#d": "/a?b=c#d",
	} {
		if got := localPath(address, "/"); got != want {
			t.Errorf("localPath(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestTheFrameMarksThePresentPlace(t *testing.T) {
	h := open(t, nil)
	body := h.get("/d/marche/journees/2026-11").Body.String()
	mustContain(t, body, `<a href="/d/marche/journees" aria-current="page">`, "Journées · Épicerie du Marché · Encaisse", "Claire Canari")
	if strings.Count(body, "aria-current") != 2 { // rail and tabs
		t.Error("another place is marked too")
	}
	mustContain(t, h.get("/d/marche/").Body.String(), `<a href="/d/marche/" aria-current="page">`)
}
