package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func get(t *testing.T, s *Server, url string, change func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("GET", url, nil)
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	if !s.Serve(w, r, r.URL.Path) {
		w.Code = http.StatusNotFound
	}
	return w
}

func server(t *testing.T) *Server {
	t.Helper()
	s, err := NewServer()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnAddressCarriesTheHashOfWhatItServes(t *testing.T) {
	s := server(t)
	for name, asset := range built().byName {
		if strings.HasSuffix(name, ".js") {
			continue
		}
		sum := sha256.Sum256(asset.Body)
		if want := "/static/" + hex.EncodeToString(sum[:8]) + "/" + name; asset.URL != want || URL(name) != want {
			t.Errorf("%s is at %s, want %s", name, asset.URL, want)
		}
		answer := get(t, s, asset.URL, nil)
		if answer.Code != 200 || answer.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || !bytes.Equal(answer.Body.Bytes(), asset.Body) {
			t.Errorf("%s: %d, %q", name, answer.Code, answer.Header().Get("Cache-Control"))
		}
	}
	if get(t, s, "/static/0123456789abcdef/encaisse.css", nil).Code != 404 {
		t.Error("a hash of another time serves today’s file")
	}
}

func TestAScriptKeepsItsAddressAndIsCheckedEachTime(t *testing.T) {
	s := server(t)
	first := get(t, s, ScriptURL("money"), nil)
	if first.Code != 200 || first.Header().Get("Cache-Control") != "public, no-cache" || first.Header().Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Fatalf("%d %v", first.Code, first.Header())
	}
	again := get(t, s, ScriptURL("money"), func(r *http.Request) { r.Header.Set("If-None-Match", first.Header().Get("ETag")) })
	if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("unchanged, it answers %d with %d bytes", again.Code, again.Body.Len())
	}
}

func TestTextIsCompressedOnceForWhoReadsIt(t *testing.T) {
	s := server(t)
	for _, coding := range []string{"gzip", "br, gzip;q=0.5", "*"} {
		answer := get(t, s, URL("encaisse.css"), func(r *http.Request) { r.Header.Set("Accept-Encoding", coding) })
		if answer.Header().Get("Content-Encoding") != "gzip" || answer.Header().Get("Vary") != "Accept-Encoding" || answer.Body.Len() > 20<<10 {
			t.Errorf("%s: %v, %d bytes", coding, answer.Header(), answer.Body.Len())
		}
		r, err := gzip.NewReader(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(r); err != nil || !bytes.Equal(text, built().byName["encaisse.css"].Body) {
			t.Errorf("%s: another text came out (%v)", coding, err)
		}
	}
	for _, coding := range []string{"", "identity", "gzip;q=0", "gzip; q=0.0"} {
		if answer := get(t, s, URL("encaisse.css"), func(r *http.Request) { r.Header.Set("Accept-Encoding", coding) }); answer.Header().Get("Content-Encoding") != "" {
			t.Errorf("%q receives gzip", coding)
		}
	}
	part := get(t, s, URL("encaisse.css"), func(r *http.Request) { r.Header.Set("Accept-Encoding", "gzip"); r.Header.Set("Range", "bytes=0-9") })
	if part.Code != http.StatusPartialContent || part.Header().Get("Content-Encoding") != "" || part.Body.Len() != 10 {
		t.Errorf("a part: %d %v", part.Code, part.Header())
	}
	if font := get(t, s, URL("inter-latin-wght-normal.woff2"), func(r *http.Request) { r.Header.Set("Accept-Encoding", "gzip") }); font.Header().Get("Content-Encoding") != "" {
		t.Error("a font is compressed twice")
	}
}

func TestRoomsBringScriptsUnderTheirOwnNames(t *testing.T) {
	room := fstest.MapFS{"journee.js": {Data: []byte("import './money.js';")}, "notes.txt": {Data: []byte("x")}}
	s, err := NewServer(room)
	if err != nil {
		t.Fatal(err)
	}
	if got := get(t, s, "/static/js/journee.js", nil); got.Code != 200 || got.Body.String() != "import './money.js';" {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if get(t, s, "/static/js/notes.txt", nil).Code != 404 {
		t.Error("a file that is no script is served")
	}
	for name, other := range map[string]fstest.MapFS{"of ours": {"base.js": {}}, "of another room": {"journee.js": {}}} {
		if _, err := NewServer(room, other); err == nil {
			t.Errorf("a script with the name of one %s is accepted", name)
		}
	}
}

func TestTheLookReachesItsFontAndTheManifestItsIcons(t *testing.T) {
	css := string(built().byName["encaisse.css"].Body)
	if !strings.Contains(css, `url("`+URL("inter-latin-wght-normal.woff2")+`")`) {
		t.Error("the style sheet does not lead to the font")
	}
	var manifest struct {
		Name  string
		Icons []struct{ Src string }
	}
	if err := json.Unmarshal(built().byName["encaisse.webmanifest"].Body, &manifest); err != nil || manifest.Name != "Encaisse" {
		t.Fatalf("manifest %+v, %v", manifest, err)
	}
	for _, icon := range manifest.Icons {
		if get(t, server(t), icon.Src, nil).Code != 200 {
			t.Errorf("no icon at %s", icon.Src)
		}
	}
	if answer := get(t, server(t), "/favicon.ico", nil); answer.Code != 200 || answer.Header().Get("Content-Type") != "image/png" {
		t.Errorf("favicon: %d %v", answer.Code, answer.Header())
	}
	defer func() {
		if recover() == nil {
			t.Error("a name that does not exist has an address")
		}
	}()
	URL("rien.css")
}

var declaration = regexp.MustCompile(`--[a-z0-9-]+: [^;]+;`)

func TestTheDarkColoursAreTheSameChosenByTheSystemOrByAPerson(t *testing.T) {
	css := string(read("css/jetons.css"))
	system := declaration.FindAllString(between(t, css, ":root:not([data-theme=clair]) {", "}"), -1)
	person := declaration.FindAllString(between(t, css, ":root[data-theme=sombre] {", "}"), -1)
	if len(system) < 30 || strings.Join(system, "\n") != strings.Join(person, "\n") {
		t.Errorf("by the system:\n%s\nby a person:\n%s", strings.Join(system, "\n"), strings.Join(person, "\n"))
	}
}

func TestEveryColourUsedIsDefined(t *testing.T) {
	css := string(built().byName["encaisse.css"].Body)
	defined := map[string]bool{}
	for _, d := range declaration.FindAllString(css, -1) {
		defined[strings.SplitN(d, ":", 2)[0]] = true
	}
	for _, use := range regexp.MustCompile(`var\((--[a-z0-9-]+)\)`).FindAllStringSubmatch(css, -1) {
		if !defined[use[1]] {
			t.Errorf("%s is used and not defined", use[1])
		}
	}
	if strings.Count(css, "{") != strings.Count(css, "}") {
		t.Error("a brace is missing in the style sheets")
	}
}

func TestNothingIsLoadedFromElsewhere(t *testing.T) {
	for name, asset := range built().byName {
		if !strings.HasSuffix(name, ".css") && !strings.HasSuffix(name, ".js") {
			continue
		}
		if found := regexp.MustCompile(`https?://`).Find(asset.Body); found != nil {
			t.Errorf("%s names another host", name)
		}
	}
}

func between(t *testing.T, text, from, to string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, from)
	if !found {
		t.Fatalf("no %q", from)
	}
	inside, _, _ := strings.Cut(rest, to)
	return inside
}
