package web

import (
	"strings"
	"testing"

	"encaisse/internal/base/right"
)

func TestAWrongListOfRoutesStopsTheProgramAtStart(t *testing.T) {
	good := Route{Method: "GET", Path: "/d/{slug}/journees", Right: right.DaysheetView, Do: page("")}
	for name, c := range map[string]struct {
		routes []Route
		want   string
	}{
		"listed twice":                 {[]Route{good, good}, "listed twice"},
		"without a right":              {[]Route{{Method: "GET", Path: "/d/{slug}/x", Do: page("")}}, "names no right"},
		"with an unknown right":        {[]Route{{Method: "GET", Path: "/d/{slug}/x", Right: "box.burn", Do: page("")}}, "does not exist"},
		"company page for the public":  {[]Route{{Method: "GET", Path: "/d/{slug}/x", Right: right.Public, Do: page("")}}, "needs a right in that company"},
		"company page for all members": {[]Route{{Method: "GET", Path: "/d/{slug}/x", Right: right.SignedIn, Do: page("")}}, "needs a right in that company"},
		"company right outside":        {[]Route{{Method: "GET", Path: "/x", Right: right.DaysheetView, Do: page("")}}, "does not begin with /d/{slug}/"},
		"without an answer":            {[]Route{{Method: "GET", Path: "/x", Right: right.Public}}, "nothing answers"},
		"another method":               {[]Route{{Method: "PUT", Path: "/x", Right: right.Public, Do: page("")}}, "neither GET nor POST"},
		"a relative path":              {[]Route{{Method: "GET", Path: "x", Right: right.Public, Do: page("")}}, "does not begin with /"},
		"an upload by GET":             {[]Route{{Method: "GET", Path: "/x", Right: right.Public, Upload: true, Do: page("")}}, "only POST"},
		"our own static files":         {[]Route{{Method: "GET", Path: "/static/x", Right: right.Public, Do: page("")}}, "files of the look"},
		"the window's own act":         {[]Route{{Method: "POST", Path: "/apparence", Right: right.Public, Do: page("")}}, "listed twice"},
		"two patterns that clash": {[]Route{
			{Method: "GET", Path: "/a/{x}/b", Right: right.Public, Do: page("")}, {Method: "GET", Path: "/a/c/{y}", Right: right.Public, Do: page("")},
		}, "matches"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(Config{Gate: testGate{}, Routes: c.routes})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one that says %q", err, c.want)
			}
		})
	}
	if _, err := New(Config{Gate: testGate{}, Routes: []Route{good}}); err != nil {
		t.Errorf("a right list is refused: %v", err)
	}
	if _, err := New(Config{Routes: []Route{good}}); err == nil {
		t.Error("a site without a gate starts")
	}
}

func TestAnAddressLeadsToItsPageOnly(t *testing.T) {
	h := open(t, nil)
	for target, want := range map[string]int{
		"/d/marche/":                    200,
		"/d/marche/journees/2026-11":    200,
		"/d/marche/rien":                404,
		"/d/marche/journees/2026-11/x":  404,
		"/d/autre/":                     404,
		"/d/marche/equipe":              403,
		"/rien":                         404,
		"/static/0000/encaisse.css":     404,
		"/static/js/rien.js":            404,
		"/d/marche":                     307,
		"/d/marche/journees/2026-11/":   301,
		"/d/marche/../marche/":          307,
		"//example.fr/d/marche/journee": 404,
	} {
		if got := h.get(target).Code; got != want {
			t.Errorf("GET %s answers %d, want %d", target, got, want)
		}
	}
	if got := h.get("/d/marche").Header().Get("Location"); got != "/d/marche/" {
		t.Errorf("the company without its final / leads to %q", got)
	}
	answer := h.ask("POST", "/d/marche/equipe", nil, nil)
	if answer.Code != 405 || !strings.Contains(answer.Header().Get("Allow"), "GET") {
		t.Errorf("a method that is not taken answers %d, Allow %q", answer.Code, answer.Header().Get("Allow"))
	}
}
