package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"encaisse/internal/base/right"
)

func TestTheAccessLogSaysWhatHappenedAndNothingAboutPeople(t *testing.T) {
	var seen []Observation
	h := open(t, func(c *Config) { c.Observe = func(o Observation) { seen = append(seen, o) } })
	h.ask("POST", "/d/marche/journees/2026-11?canari=1", url.Values{"montant": {"canari"}}, func(r *http.Request) {
		r.RemoteAddr = "203.0.113.9:4711"
		r.Header.Set("User-Agent", "canari")
	})
	h.get("/connexion?retour=/canari")
	h.get("/panne/defaut")
	h.get("/panne/panique")
	h.get("/canari")
	text := h.log.String()
	mustNotContain(t, text, "canari", "Canari", "203.0.113.9", "claire")
	mustContain(t, text, `"route":"POST /d/{slug}/journees/{mois}"`, `"status":200`, `"company":"company-1"`, `"took":`, `"msg":"panic"`, `"route":"none","status":404`)
	if len(seen) != 5 || seen[0].Route != "POST /d/{slug}/journees/{mois}" || seen[0].Status != 200 || seen[0].Bytes == 0 {
		t.Errorf("observed %+v", seen)
	}
	before := h.log.Len()
	h.get("/healthz")
	if h.log.Len() != before {
		t.Error("a quiet route is in the access log")
	}
}

func TestAFailureIsAPageWithAReferenceThatTheLogRepeats(t *testing.T) {
	h := open(t, nil)
	for _, target := range []string{"/panne/defaut", "/panne/panique"} {
		answer := h.get(target)
		reference := answer.Header().Get("X-Request-Id")
		mustContain(t, answer.Body.String(), "Défaut du programme", reference)
		mustNotContain(t, answer.Body.String(), "secret detail", "boom", "goroutine")
		mustContain(t, h.log.String(), `"request":"`+reference+`"`)
		if answer.Code != 500 || reference == "" {
			t.Errorf("%s: %d %q", target, answer.Code, reference)
		}
	}
	mustContain(t, h.log.String(), "secret detail", "boom")
}

func TestAScriptReceivesFaultsAsJSON(t *testing.T) {
	h := open(t, nil)
	answer := h.ask("GET", "/panne/saisie", nil, asScript)
	var said struct{ Error problem }
	if err := json.Unmarshal(answer.Body.Bytes(), &said); err != nil {
		t.Fatal(err)
	}
	if answer.Code != 422 || said.Error.Kind != "invalid" || said.Error.Message != "Corrigez." || said.Error.Fields["montant"] == "" || said.Error.Reference == "" {
		t.Errorf("said %+v", said)
	}
	if answer = h.ask("GET", "/panne/defaut", nil, asScript); strings.Contains(answer.Body.String(), "secret detail") {
		t.Error("the detail of a defect is told")
	}
	mustContain(t, h.get("/panne/saisie").Body.String(), "Ce montant ne se lit pas.", "Saisie à corriger")
}

func TestHalfAnAnswerIsCutRatherThanEnded(t *testing.T) {
	for name, do := range map[string]func(*Ctx) error{
		"by a panic": func(c *Ctx) error {
			c.W.Header().Set("Content-Length", "1000")
			_, _ = c.W.Write([]byte("half"))
			panic("boom")
		},
		"by an error": func(c *Ctx) error {
			c.W.Header().Set("Content-Length", "1000")
			_, _ = c.W.Write([]byte("half"))
			return http.ErrBodyNotAllowed
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, func(c *Config) {
				c.Routes = append(c.Routes, Route{Method: "GET", Path: "/moitie", Right: right.Public, Do: do})
			})
			defer func() {
				if got := recover(); got != http.ErrAbortHandler {
					t.Errorf("the handler ended with %v, not by a cut", got)
				}
			}()
			h.site.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/moitie", nil))
		})
	}
}

func TestWhoMustWaitIsToldHowLong(t *testing.T) {
	answer := open(t, nil).get("/panne/trop")
	if answer.Code != 429 || answer.Header().Get("Retry-After") != "90" {
		t.Errorf("answer %d, Retry-After %q", answer.Code, answer.Header().Get("Retry-After"))
	}
	mustContain(t, answer.Body.String(), "90\u00a0secondes")
}
