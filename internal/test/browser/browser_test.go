package browser

import (
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// pages are the screens this package tries itself on, served with the program's own content policy.
var pages = map[string]string{
	"/": `<!doctype html><html lang="fr"><head><title>Essai</title><meta name="viewport" content="width=device-width">
		<link rel="icon" href="data:,"><script src="/count.js" defer></script></head><body><main><h1>Journée du 20 novembre</h1>
		<form action="/reçu"><p><label for="a">Espèces</label> <input id="a" name="a"></p>
		<p><label>Motif <select name="m"><option>Rendu de monnaie</option><option>Autre motif</option></select></label></p>
		<p><button>Valider la journée</button> <button type="button" disabled>Clôturer</button></p></form>
		<p id="total">Total : 1&#8239;292,80&nbsp;€</p><p id="echo"></p><noscript><p>Sans script</p></noscript></main></body></html>`,
	"/reçu": `<!doctype html><html lang="fr"><head><title>Reçu</title><link rel="icon" href="data:,"></head><body><main><h1>Journée validée</h1></main></body></html>`,
	"/mauvaise": `<!doctype html><html><head><link rel="icon" href="data:,"><script>alert(1)</script><script src="/broken.js"></script></head>
		<body><img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" width="3000" height="1"><input></body></html>`,
	"/count.js":  `document.getElementById("a").addEventListener("input", e => { document.getElementById("echo").textContent = "Saisi : " + e.target.value; });`,
	"/broken.js": `throw new Error("cassé");`,
}

// site serves the pages.
func site(t *testing.T) *App {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, known := pages[r.URL.Path]
		if !known {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; form-action 'self'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if strings.HasSuffix(r.URL.Path, ".js") {
			w.Header().Set("Content-Type", "text/javascript")
		}
		w.Write([]byte(text))
	}))
	t.Cleanup(server.Close)
	return On(t, server.URL)
}

func TestAPageIsDrivenByWhatIsWrittenOnIt(t *testing.T) {
	site(t).EachSize(t, func(t *testing.T, p *Page) {
		p.Goto("/").Sees("Journée du 20 novembre").Sees("Total : 1 292,80 €").SeesNot("Sans script")
		p.Press("Tab")
		if got := p.Focused(); got != "Espèces" {
			t.Errorf("the first Tab leads to %q", got)
		}
		p.Type("1 292,80 é€").Sees("Saisi : 1 292,80 é€")
		if got := p.Value("Espèces"); got != "1 292,80 é€" {
			t.Errorf("the field holds %q", got)
		}
		p.Fill("Espèces", "7").Sees("Saisi : 7").Choose("Motif", "Autre motif")
		if got := p.Text("#total"); got != "Total : 1 292,80 €" {
			t.Errorf("the total reads %q", got)
		}
		if got := p.Texts("option"); !slices.Equal(got, []string{"Rendu de monnaie", "Autre motif"}) {
			t.Errorf("the reasons are %q", got)
		}
		p.Click("Valider").Arrives("/re").Sees("Journée validée").NoConsoleErrors()
		if got := p.Path(); !strings.Contains(got, "a=7&m=Autre+motif") {
			t.Errorf("sent to %s", got)
		}
		if p.Acts != 5 {
			t.Errorf("%d acts for a Tab, two texts, a choice and a click", p.Acts)
		}
		p.Back().Sees("Journée du 20 novembre")
	})
}

func TestAFormIsSentByTheKeyboardAlone(t *testing.T) {
	p := site(t).Open(t).Goto("/").Press("Tab").Type("12").Press("Tab", "ArrowDown", "Shift+Tab", "Control+a").Type("34").Press("Enter").Arrives("/re")
	if got := p.Path(); !strings.Contains(got, "a=34&m=Autre+motif") {
		t.Errorf("sent to %s", got)
	}
}

func TestAPageWithoutScriptAndAPageWithoutNetworkAreTried(t *testing.T) {
	app := site(t)
	app.Open(t).WithoutScript().Goto("/").Sees("Sans script").Fill("Espèces", "5").SeesNot("Saisi").Click("Valider").Sees("Journée validée")
	p := app.Open(t).Goto("/").Offline(true)
	if got := p.Evaluate(`navigator.onLine`); got != "false" {
		t.Errorf("onLine = %s", got)
	}
	if got, err := ask[string](p, `fetch("/").then(() => "answered", () => "cut")`, chromedp.EvalAwaitPromise); err != nil || got != "cut" {
		t.Errorf("a request without network: %q, %v", got, err)
	}
	p.Offline(false)
	if got, err := ask[string](p, `fetch("/count.js").then(() => "answered", () => "cut")`, chromedp.EvalAwaitPromise); err != nil || got != "cut" {
		t.Errorf("the content policy lets a request out: %q, %v", got, err)
	}
	p.Reload().Sees("Journée du 20 novembre")
}

func TestAGoodPagePassesEveryCheck(t *testing.T) {
	folder := t.TempDir()
	t.Setenv(ScreenshotsVariable, folder)
	site(t).EachSize(t, func(t *testing.T, p *Page) {
		p.Goto("/").Clean("essai")
		p.Dark().Clean("essai-sombre")
		file, err := os.Open(filepath.Join(folder, "essai-"+p.size.Name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		picture, err := png.DecodeConfig(file)
		if err != nil || int64(picture.Width) != p.size.Width {
			t.Errorf("a picture of %d px in a window of %d, %v", picture.Width, p.size.Width, err)
		}
	})
}

func TestABadPageIsCaughtByEachCheck(t *testing.T) {
	p := site(t).Open(t).At(Phone).Goto("/mauvaise")
	if got := p.sideways(); !strings.Contains(got, "<img") {
		t.Errorf("the wide picture is not named: %q", got)
	}
	var ids []string
	for _, v := range p.axe() {
		ids = append(ids, v.ID)
	}
	for _, want := range []string{"html-has-lang", "document-title", "image-alt", "label"} {
		if !slices.Contains(ids, want) {
			t.Errorf("axe did not find %s among %q", want, ids)
		}
	}
	said := strings.Join(p.ConsoleErrors(), "\n")
	for _, want := range []string{"Content Security Policy", "cassé"} {
		if !strings.Contains(said, want) {
			t.Errorf("the console did not say %q:\n%s", want, said)
		}
	}
	if again := p.ConsoleErrors(); len(again) != 0 {
		t.Errorf("complaints are given twice: %q", again)
	}
	if small := p.SmallTargets(); len(small) != 1 || !strings.Contains(small[0], "<input") {
		t.Errorf("small targets: %q", small)
	}
}
