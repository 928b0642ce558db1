package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"encaisse/internal/web/static"
)

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	h := open(t, func(c *Config) { c.Secure = true })
	requests := []struct {
		method, target string
		change         func(*http.Request)
		status         int
	}{
		{"GET", "/d/marche/", nil, 200},
		{"HEAD", "/d/marche/", nil, 200},
		{"GET", "/connexion", asNobody, 200},
		{"GET", "/healthz", asNobody, 200},
		{"GET", "/d/marche/fichier", nil, 200},
		{"GET", "/d/marche/vers", nil, 303},
		{"GET", "/compte", asNobody, 303},
		{"POST", "/compte", asNobody, 401},
		{"GET", "/d/marche/equipe", nil, 403},
		{"GET", "/rien", nil, 404},
		{"GET", "/d/marche", nil, 307},
		{"GET", "/connexion/", nil, 301},
		{"POST", "/d/marche/equipe", nil, 405},
		{"POST", "/compte", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"POST", "/compte", func(r *http.Request) { setBody(r, strings.NewReader(strings.Repeat("a", 2<<20)), "") }, 413},
		{"GET", "/panne/saisie", nil, 422},
		{"GET", "/panne/cle", nil, 422},
		{"GET", "/panne/conflit", nil, 409},
		{"GET", "/panne/verrou", nil, 423},
		{"GET", "/panne/trop", nil, 429},
		{"GET", "/panne/defaut", nil, 500},
		{"GET", "/panne/panique", nil, 500},
		{"GET", "/panne/base", nil, 503},
		{"GET", "/panne/disque", nil, 507},
		{"GET", static.URL("encaisse.css"), asNobody, 200},
		{"GET", "/static/js/base.js", asNobody, 200},
		{"GET", "/static/rien", asNobody, 404},
		{"GET", "/favicon.ico", asNobody, 200},
		{"POST", "/apparence", asNobody, 303},
	}
	for _, q := range requests {
		answer := h.ask(q.method, q.target, nil, q.change)
		if answer.Code != q.status {
			t.Errorf("%s %s answers %d, want %d", q.method, q.target, answer.Code, q.status)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy":    "default-src 'none'; script-src 'self'; style-src 'self';",
			"X-Content-Type-Options":     "nosniff",
			"Referrer-Policy":            "same-origin",
			"Cross-Origin-Opener-Policy": "same-origin",
			"Permissions-Policy":         "geolocation=()",
			"Strict-Transport-Security":  "max-age=31536000",
			"X-Request-Id":               "",
		} {
			if got := answer.Header().Get(name); got == "" || !strings.Contains(got, want) {
				t.Errorf("%s %s (%d): %s is %q", q.method, q.target, answer.Code, name, got)
			}
		}
		if stored := answer.Header().Get("Cache-Control"); stored != "no-store" && (!strings.HasPrefix(stored, "public") || q.status != 200) {
			t.Errorf("%s %s may be kept: %q", q.method, q.target, stored)
		}
	}
	if plain := open(t, nil).get("/d/marche/").Header().Get("Strict-Transport-Security"); plain != "" {
		t.Error("HSTS is sent without HTTPS")
	}
}

func TestAPostFromAnotherSiteIsRefused(t *testing.T) {
	h := open(t, nil)
	for name, c := range map[string]struct {
		change func(*http.Request)
		status int
	}{
		"same origin":             {func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") }, 200},
		"typed in the bar":        {func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "none") }, 200},
		"a program, no browser":   {nil, 200},
		"another site":            {func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		"a neighbour host":        {func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, 403},
		"an old browser, foreign": {func(r *http.Request) { r.Header.Set("Origin", "https://example.fr") }, 403},
		"an old browser, ours":    {func(r *http.Request) { r.Header.Set("Origin", "http://"+r.Host) }, 200},
		"an opaque origin":        {func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
	} {
		if got := h.ask("POST", "/compte", url.Values{"a": {"b"}}, c.change).Code; got != c.status {
			t.Errorf("%s: %d, want %d", name, got, c.status)
		}
	}
	if got := h.ask("GET", "/compte", nil, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }).Code; got != 200 {
		t.Errorf("a link from elsewhere answers %d", got)
	}
}

func TestAReceiptLookedAtCannotRunAnything(t *testing.T) {
	h := open(t, nil)
	shown := h.get("/d/marche/recu")
	mustContain(t, shown.Header().Get("Content-Security-Policy"), "sandbox", "default-src 'none'")
	mustContain(t, shown.Header().Get("Content-Disposition"), "inline")
	sent := h.get("/d/marche/fichier")
	if got := sent.Header().Get("Content-Disposition"); got != "attachment; filename*=utf-8''%C3%A9tat%20d%E2%80%99ao%C3%BBt.pdf" {
		t.Errorf("the name of the file is %q", got)
	}
}
