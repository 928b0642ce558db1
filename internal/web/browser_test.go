package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/base/vat"
	"encaisse/internal/test/browser"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// shop is a site in a real server and a real browser, where everybody is Claire; it remembers what is posted to /envoi.
type shop struct {
	*browser.App
	mu     sync.Mutex
	posted []url.Values
}

func (s *shop) received() []url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]url.Values(nil), s.posted...)
}

func openShop(t *testing.T, script string, routes ...Route) *shop {
	t.Helper()
	s := &shop{}
	h := open(t, func(c *Config) {
		c.Modules = append(c.Modules, fstest.MapFS{"essai.js": {Data: []byte(script)}})
		c.Routes = append(routes,
			Route{Method: "GET", Path: "/connexion", Right: right.Public, Do: func(c *Ctx) error { c.SetSession("claire", c.Now().AddDate(10, 0, 0)); return c.See("/guide") }},
			Route{Method: "GET", Path: "/guide", Right: right.SignedIn, Do: func(c *Ctx) error { return c.Render(200, ui.StyleGuide(c.Frame("Composants"))) }},
			Route{Method: "POST", Path: "/envoi", Right: right.SignedIn, Do: func(c *Ctx) error {
				s.mu.Lock()
				s.posted = append(s.posted, c.Form().Values)
				s.mu.Unlock()
				if wantsJSON(c.R) {
					c.W.WriteHeader(204)
					return nil
				}
				c.Flash(ui.OK, "C’est enregistré")
				return c.See("/fait")
			}}, form("/fait", "<p>Terminé</p>"))
	})
	server := httptest.NewServer(h.site)
	t.Cleanup(server.Close)
	s.App = browser.On(t, server.URL)
	return s
}

// form is a route with a page around some HTML.
func form(path, html string) Route {
	return Route{Method: "GET", Path: path, Right: right.SignedIn, Do: func(c *Ctx) error {
		frame := c.Frame("Essai")
		frame.Scripts = []string{"essai"}
		return c.Render(200, within(ui.Shell(frame), templ.Raw(html)))
	}}
}

func within(shell, content templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error { return shell.Render(templ.WithChildren(ctx, content), w) })
}

func TestTheStyleGuideIsCleanAtEverySizeLightDarkAndPrinted(t *testing.T) {
	s := openShop(t, "")
	s.EachSize(t, func(t *testing.T, p *browser.Page) {
		p.Goto("/connexion").Sees("Boutons").Clean("composants")
		if small := p.SmallTargets(); len(small) > 0 {
			t.Errorf("too small to touch: %v", small)
		}
		p.Dark().Clean("composants-sombre")
		p.Print().NoSidewaysScroll()
	})
}

func TestAmountsAreReadAndWrittenInTheBrowserAsOnTheServer(t *testing.T) {
	texts := []string{
		"", "  ", "1 292,80 €", "1\u202f292,80", "1292.8", "100+50-3,2", "−12,10", "-5", "0", "1.292,80", "1,292.80", "12,5", ",5", "5,", "3*2,50", "2,5×4+1", "100-3*2,10", "+7", "1x2",
		"abc", "12,5,3", "1,234", "1.5*2.5", "--3", "5+", "99999999999999", "1,2.3,4", "12 euros", "+", "-", ",", ".", "*", "2*", "*2", "1.2345,6", "12.34.567", "1.234.567,89", "0*9", "10000000000", "10000000000,01",
		"100000*100000", "100000*100001", "1’292,80", "1'000", "–4", "5e3", "0x10", "٣", "1\n2", "00012,3", "2*3*4", "1+2*3-4*0,5",
	}
	amounts := []money.Amount{0, 5, -5, 99, 100, 12345, -1210, 129280, 123456789, -123456789, money.Max, -money.Max}
	counts := []string{"", "0", "47", "1 000", "999999", "1000000", "-3", "4,5", "abc"}
	grosses, rates := []money.Amount{0, 1, -1, 1999, -1999, 61240, 18450, money.Max, -money.Max}, []vat.Rate{0, 210, 550, 850, 1000, 2000}
	type result struct {
		Amounts [][3]any
		Counts  [][3]any
		Written [][4]string
		Taxes   [][]int64
		Average []int64
	}
	want := result{}
	for _, text := range texts {
		amount, given, err := locale.ParseAmount(text)
		want.Amounts = append(want.Amounts, [3]any{int64(amount), given, said(err)})
	}
	for _, text := range counts {
		count, given, err := locale.ParseCount(text)
		want.Counts = append(want.Counts, [3]any{count, given, said(err)})
	}
	for _, a := range amounts {
		want.Written = append(want.Written, [4]string{locale.Euro(a), locale.SignedEuro(a), locale.Input(a), locale.Int(int64(a))})
		want.Average = append(want.Average, money.DivRound(int64(a), 7))
	}
	for _, gross := range grosses {
		var taxes []int64
		for _, rate := range rates {
			_, tax := vat.FromGross(gross, rate)
			taxes = append(taxes, int64(tax))
		}
		want.Taxes = append(want.Taxes, taxes)
	}
	script := fmt.Sprintf(`import * as m from './money.js';
const [texts, counts, amounts, grosses, rates] = %s;
document.getElementById('dit').textContent = JSON.stringify({
  Amounts: texts.map(m.parseAmount).map((r) => [r.amount, r.given, r.error]),
  Counts: counts.map(m.parseCount).map((r) => [r.count, r.given, r.error]),
  Written: amounts.map((a) => [m.formatEuro(a), m.formatSigned(a), m.formatInput(a), m.formatInt(a)]),
  Taxes: grosses.map((g) => rates.map((r) => m.taxIncluded(g, r))),
  Average: amounts.map((a) => m.divideRound(a, 7)),
});`, encoded(t, []any{texts, counts, amounts, grosses, rates}))
	s := openShop(t, script, form("/montants", `<pre id="dit"></pre>`))
	p := s.Open(t).Goto("/connexion").Goto("/montants").Sees("Amounts")
	var got result
	if err := json.Unmarshal([]byte(p.Evaluate(`document.getElementById('dit').textContent`)), &got); err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if g, w := encoded(t, got.Amounts[i]), encoded(t, want.Amounts[i]); g != w {
			t.Errorf("%q is read %s in the browser and %s on the server", text, g, w)
		}
	}
	if g, w := encoded(t, got), encoded(t, want); g != w {
		t.Errorf("in the browser\n%s\non the server\n%s", g, w)
	}
	p.NoConsoleErrors()
}

func said(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func encoded(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const typing = `<form id="f" method="post" action="/envoi" data-entree data-garde class="pile">
<div class="champ"><label for="a">Espèces</label><span class="euro"><input class="saisie" id="a" name="a" data-montant></span></div>
<div class="champ"><label for="b">Carte</label><span class="euro"><input class="saisie" id="b" name="b" data-montant></span></div>
<div class="champ"><label for="n">Ventes</label><input class="saisie" id="n" name="n" data-nombre></div>
<div class="champ"><label for="p">Mot de passe</label><input class="saisie" id="p" name="p" type="password"></div>
<button class="btn">Brouillon</button> <button class="btn principal">Clôturer</button></form>`

func TestEnterLeadsFromFieldToFieldAndNeverSendsBySurprise(t *testing.T) {
	s := openShop(t, "", form("/saisie", typing))
	p := s.Open(t).Goto("/connexion").Goto("/saisie")
	p.Focus("Espèces").Type("100+50-3,2").Press("Enter")
	if got := p.Focused(); got != "Carte" || p.Value("Espèces") != "146,80" {
		t.Errorf("Enter leads to %q, the amount reads %q", got, p.Value("Espèces"))
	}
	p.Type("abc").Press("Enter").Sees("Ce montant ne se lit pas")
	if got := p.Evaluate(`document.getElementById('b').getAttribute('aria-invalid') + document.getElementById('b').getAttribute('aria-describedby')`); got != "trueb-err" {
		t.Errorf("the wrong field says %q", got)
	}
	p.Press("Shift+Tab").Type("842,10").SeesNot("Ce montant ne se lit pas") // before one leaves it: nothing moves under the finger
	p.Press("Enter")
	p.Type("47").Press("Enter", "Enter")
	if got := p.Focused(); got != "Clôturer" {
		t.Errorf("after the last field Enter stands on %q", got)
	}
	if len(s.received()) != 0 {
		t.Error("the form was sent")
	}
	p.Press("Enter").Sees("C’est enregistré")
	if sent := s.received(); len(sent) != 1 || sent[0].Get("b") != "842,10" || sent[0].Get("n") != "47" {
		t.Errorf("sent %v", sent)
	}
	p.NoConsoleErrors()
}

func TestWhatIsTypedIsFoundAgainAndForgottenOnceSent(t *testing.T) {
	s := openShop(t, "", form("/saisie", typing))
	p := s.Open(t).Goto("/connexion").Goto("/saisie")
	p.Fill("Espèces", "318,60").Fill("Mot de passe", "secret")
	p.Reload().Sees("Ce que vous aviez tapé est revenu")
	if p.Value("Espèces") != "318,60" || p.Value("Mot de passe") != "" {
		t.Errorf("found again: %q and %q", p.Value("Espèces"), p.Value("Mot de passe"))
	}
	p.Goto("/guide").Goto("/saisie").Sees("Ce que vous aviez tapé est revenu").Click("Repartir de zéro").SeesNot("revenu")
	if p.Value("Espèces") != "" {
		t.Errorf("from zero: %q", p.Value("Espèces"))
	}
	p.Fill("Espèces", "7").Click("Clôturer").Sees("C’est enregistré").Goto("/guide").Goto("/saisie").SeesNot("revenu") // a page loaded whole has forgotten what was sent
	if p.Value("Espèces") != "" {
		t.Errorf("once sent, %q is still there", p.Value("Espèces"))
	}
}

func TestWhatIsRefusedIsNotForgotten(t *testing.T) {
	down := Route{Method: "POST", Path: "/refus", Right: right.SignedIn, Do: refusing(fault.New(fault.Unavailable, "La base ne répond pas."))}
	s := openShop(t, "", form("/saisie", strings.Replace(typing, "/envoi", "/refus", 1)), down)
	p := s.Open(t).Goto("/connexion").Goto("/saisie").Fill("Espèces", "318,60").Click("Clôturer").Sees("La base ne répond pas").Goto("/saisie").Sees("Ce que vous aviez tapé est revenu")
	if p.Value("Espèces") != "318,60" {
		t.Errorf("after a refusal: %q", p.Value("Espèces"))
	}
}

func TestALargePhotoIsMadeLighterBeforeItIsSent(t *testing.T) {
	photo := filepath.Join(t.TempDir(), "reçu.png")
	file, err := os.Create(photo)
	if err != nil {
		t.Fatal(err)
	}
	noise := image.NewRGBA(image.Rect(0, 0, 2400, 600))
	seed := uint32(1)
	for i := range noise.Pix {
		seed = seed*1664525 + 1013904223
		noise.Pix[i] = byte(seed >> 24)
	}
	if err := errors.Join(png.Encode(file, noise), file.Close()); err != nil {
		t.Fatal(err)
	}
	s := openShop(t, "", form("/photo", `<form method="post"><div class="champ"><label for="f">Photo</label><input type="file" id="f" name="f" data-fichier></div></form>`))
	p := s.Open(t).Goto("/connexion").Goto("/photo").Upload("#f", photo)
	for range 50 {
		if p.Evaluate(`document.querySelectorAll('.apercu').length`) == "1" {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	sent := p.Evaluate(`(f => f.name + ' ' + f.type + ' ' + (f.size < 1500000))(document.getElementById('f').files[0])`)
	if sent != "reçu.jpg image/jpeg true" {
		t.Errorf("sent as %s", sent)
	}
	p.NoConsoleErrors()
}

func TestAListIsPutInOrderByTheKeyboard(t *testing.T) {
	list := `<form method="post" action="/envoi" data-ordre><ol>` + strings.Join([]string{item("a", "Épicerie"), item("b", "Traiteur"), item("c", "Vins")}, "") + `</ol><p role="status" data-ordre-etat></p></form>`
	s := openShop(t, "", form("/ordre", list))
	p := s.Open(t).Goto("/connexion").Goto("/ordre").Click("Descendre Épicerie").Sees("Ordre enregistré")
	if sent := s.received(); len(sent) != 1 || strings.Join(sent[0]["ordre"], "") != "bac" {
		t.Errorf("sent %v", sent)
	}
	if got := p.Focused(); got != "Descendre Épicerie" {
		t.Errorf("the focus is on %q", got)
	}
	p.Press("Enter").Sees("Ordre enregistré")
	if got := p.Focused(); got != "Monter Épicerie" {
		t.Errorf("at the end the focus is on %q", got)
	}
	bare := s.Open(t).WithoutScript().Goto("/connexion").Goto("/ordre").Click("Monter Vins").Sees("C’est enregistré")
	if sent := s.received(); sent[len(sent)-1].Get("monter") != "c" {
		t.Errorf("without a script %v is sent", sent[len(sent)-1])
	}
	bare.NoConsoleErrors()
}

func item(id, label string) string {
	return `<li data-element><input type="hidden" name="ordre" value="` + id + `"><b>` + label + `</b><button name="monter" value="` + id + `" aria-label="Monter ` + label +
		`">haut</button><button name="descendre" value="` + id + `" aria-label="Descendre ` + label + `">bas</button></li>`
}

func TestDialogsMenusAndColoursWorkWithAndWithoutAScript(t *testing.T) {
	s := openShop(t, "")
	p := s.Open(t).Goto("/connexion").Click("Compter billets et pièces").Sees("Total compté").Press("Escape").SeesNot("Total compté")
	p.Click("Menu de Claire Canari").Sees("Se déconnecter").Press("Escape").SeesNot("Se déconnecter")
	p.Click("Menu de Claire Canari").Click("Sombre")
	if got := p.Evaluate(`document.documentElement.dataset.theme`); got != "sombre" {
		t.Errorf("the page is %q", got)
	}
	p.NoConsoleErrors()
	bare := s.Open(t).WithoutScript().Goto("/connexion").SeesNot("Total compté").Click("Compter billets et pièces").Sees("Total compté").Click("Fermer").SeesNot("Total compté")
	bare.Click("Menu de Claire Canari").Click("Sombre")
	if got := bare.Arrives("/guide").Text("html[data-theme=sombre] h1"); got != "Composants" {
		t.Errorf("without a script the dark page shows %q", got)
	}
}
