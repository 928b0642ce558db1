package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"encaisse/internal/web/static"
)

func reads(coding string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Accept-Encoding", coding) }
}

func unzip(t *testing.T, answer *httptest.ResponseRecorder) string {
	t.Helper()
	r, err := gzip.NewReader(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPagesAreCompressedForWhoReadsIt(t *testing.T) {
	h := open(t, nil)
	answer := h.ask("GET", "/d/marche/long", nil, reads("br, gzip;q=0.8"))
	size := answer.Body.Len()
	if answer.Header().Get("Content-Encoding") != "gzip" || answer.Header().Get("Content-Length") != "" || answer.Header().Get("Vary") != "Accept-Encoding" || size > 2000 {
		t.Errorf("%d bytes, headers %v", size, answer.Header())
	}
	if text := unzip(t, answer); text != strings.Repeat("<p>bonjour</p>", 1000) {
		t.Errorf("another text came out: %.100s", text)
	}
	if page := h.ask("GET", "/panne/panique", nil, reads("gzip")); page.Code != 500 || !strings.Contains(page.Body.String(), "Défaut") {
		t.Errorf("the page of a panic: %d", page.Code)
	}
}

func TestWhatGainsNothingIsNotCompressed(t *testing.T) {
	h := open(t, nil)
	for name, answer := range map[string]*httptest.ResponseRecorder{
		"refused":    h.ask("GET", "/d/marche/long", nil, reads("gzip;q=0, br")),
		"not asked":  h.get("/d/marche/long"),
		"too short":  h.ask("GET", "/healthz", nil, reads("gzip")),
		"a PDF":      h.ask("GET", "/d/marche/fichier", nil, reads("gzip")),
		"a redirect": h.ask("GET", "/d/marche/vers", nil, reads("gzip")),
		"a head":     h.ask("HEAD", "/d/marche/long", nil, reads("gzip")),
		"a picture":  h.ask("GET", static.URL("icone-192.png"), nil, reads("gzip")),
	} {
		if coding := answer.Header().Get("Content-Encoding"); coding != "" {
			t.Errorf("%s: sent as %s", name, coding)
		}
	}
}
