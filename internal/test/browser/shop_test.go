package browser

import (
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"encaisse/internal/test/need"
	"encaisse/internal/test/program"
)

// The people of the demonstration, by the beginning of their address.
const (
	owner   = "helene" // administrator
	manager = "karim"
	cashier = "lucie" // of the shop on the square only
	reader  = "paul"
)

// The tills of the demonstration.
const (
	firstTill  = "Épicerie du Marché · Caisse 1"
	secondTill = "Épicerie du Marché · Caisse 2"
	station    = "Épicerie de la Gare · Caisse Gare" // its last open day was not entered
)

// demonstration is two months of the demonstration, built once for the package: every journey has its own copy.
var demonstration struct {
	once         sync.Once
	folder, said string
}

// TestMain takes the demonstration away at the end.
func TestMain(m *testing.M) {
	code := m.Run()
	if demonstration.folder != "" {
		os.RemoveAll(demonstration.folder)
	}
	os.Exit(code)
}

// shop is the demonstration, served to one journey.
type shop struct {
	*App
	base      string // /d/epicerie-du-marche
	passwords map[string]string
	addresses map[string]string
}

var signIns = regexp.MustCompile(`(?m)^ +((\w+)\.\S+@\S+) +(\S+)`)

// openShop serves a copy of the demonstration.
func openShop(t *testing.T) *shop {
	t.Helper()
	need.Chromium(t)
	d := &demonstration
	d.once.Do(func() {
		folder, err := os.MkdirTemp("", "encaisse-demo-")
		if err != nil {
			return
		}
		d.folder = folder
		d.said = program.Run(t, "demo", "--days", "60", "--data", folder)
	})
	if d.said == "" {
		t.Fatal("the demonstration was not built")
	}
	data := t.TempDir()
	for _, name := range []string{"encaisse.db", "master.key"} {
		content, err := os.ReadFile(filepath.Join(d.folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(data, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := &shop{App: serve(t, data, d.said, []string{"--metrics", ""}), base: "/d/epicerie-du-marche", passwords: map[string]string{}, addresses: map[string]string{}}
	s.learn(d.said)
	return s
}

// learn reads who signs in and how, in what the demonstration said.
func (s *shop) learn(said string) {
	for _, m := range signIns.FindAllStringSubmatch(said, -1) {
		s.addresses[m[2]], s.passwords[m[2]] = m[1], m[3]
	}
}

// enter opens a window on the home page of somebody, signed in.
func (s *shop) enter(t *testing.T, who string, size Size) *Page {
	t.Helper()
	p := s.Open(t).At(size).Goto("/connexion")
	s.signIn(p, who)
	return p.Arrives(s.base + "/").Sees("Bonjour")
}

// signIn fills in the page to sign in.
func (s *shop) signIn(p *Page, who string) {
	p.t.Helper()
	p.Fill("Adresse électronique", s.addresses[who]).Fill("Mot de passe", s.passwords[who]).Press("Enter")
}

// each runs a journey in the three sizes, each on its own copy of the demonstration.
func each(t *testing.T, who string, journey func(t *testing.T, s *shop, p *Page)) {
	t.Helper()
	for _, size := range Sizes {
		t.Run(size.Name, func(t *testing.T) {
			t.Parallel()
			s := openShop(t)
			journey(t, s, s.enter(t, who, size))
		})
	}
}

// till is the id of a till, as the page of the days shows it.
func (s *shop) till(p *Page, name string) string {
	p.t.Helper()
	p.Goto(s.base + "/journees")
	link := p.Evaluate(`[...document.querySelectorAll("nav.segment a")].find(a => ` + finder + `.plain(a.innerText) === ` + quoted(name) + `)?.href`)
	_, id, found := strings.Cut(link, "caisse=")
	if !found {
		p.t.Fatalf("no till %q: %s", name, link)
	}
	return id
}

// look clears the page of every fault a machine finds: accessibility, sideways scroll, complaints of the browser, spaces that break. The window is made as
// tall as the page meanwhile: a bar that sticks to its bottom covers nothing then, as nothing stays covered for who scrolls.
func look(p *Page, name string) *Page {
	p.t.Helper()
	size := p.size
	height, err := ask[int64](p, `document.documentElement.scrollHeight`)
	if err != nil {
		p.t.Fatal(err)
	}
	p.At(Size{size.Name, size.Width, max(height, size.Height)})
	p.Clean(name)
	for _, text := range brokenSpaces(p) {
		p.t.Errorf("%s: a space that breaks stands in %q", p.Path(), text)
	}
	return p.At(size)
}

// brokenSpaces gives the texts of the page where a line may break before a double sign, within guillemets, before a unit or within a number.
func brokenSpaces(p *Page) []string {
	p.t.Helper()
	found, err := ask[[]string](p, `(() => {
		const wrong = /[^\s] [:;?!€%»]|« |\d \d{3}(?!\d)/;
		const texts = [];
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) if (!walk.currentNode.parentElement.closest("script, style, noscript")) texts.push(walk.currentNode.data);
		for (const e of document.querySelectorAll("[title], [aria-label], [placeholder], [alt]")) texts.push(...["title", "aria-label", "placeholder", "alt"].map(n => e.getAttribute(n) ?? ""));
		return [...new Set(texts.filter(text => wrong.test(text)).map(text => text.trim()))];
	})()`)
	if err != nil {
		p.t.Fatal(err)
	}
	return found
}

// lookInTheDark is look in dark colours.
func lookInTheDark(p *Page, name string) *Page {
	p.t.Helper()
	look(p.Dark(), name+"-sombre")
	return p.prefer("prefers-color-scheme", "light")
}

// lookWithoutScript is look for a page whose scripts did not run: they are allowed for the time of the look, which does not wake them up.
func lookWithoutScript(p *Page, name string) *Page {
	p.t.Helper()
	p.do("script on", call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false}))
	return look(p, name).WithoutScript()
}

// refused waits for the complaint of the browser about an answer with a status of refusal, and takes it away: the journey wanted it.
func refused(p *Page, status int) *Page {
	p.t.Helper()
	return told(p, "status of "+itoa(status))
}

// told waits for a complaint of the browser that holds some words, and takes away all that do.
func told(p *Page, words string) *Page {
	p.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if forgive(p, words) {
			return p
		}
	}
	p.t.Errorf("%s: the browser does not complain of %q", p.Path(), words)
	return p
}

// forgive takes away the complaints of the browser that hold some words, and tells whether there was one.
func forgive(p *Page, words string) bool {
	p.console.mu.Lock()
	defer p.console.mu.Unlock()
	before := len(p.console.said)
	p.console.said = slices.DeleteFunc(p.console.said, func(said string) bool { return strings.Contains(said, words) })
	return len(p.console.said) < before
}

// download gives the content of an address of the program, asked by the page itself.
func download(p *Page, address string) []byte {
	p.t.Helper()
	text, err := ask[string](p, `fetch(`+quoted(address)+`).then(async (r) => {
		if (!r.ok) throw new Error(r.status + " " + r.url);
		return btoa([...new Uint8Array(await r.arrayBuffer())].map((b) => String.fromCharCode(b)).join(""));
	})`, chromedp.EvalAwaitPromise)
	if err != nil {
		p.t.Fatalf("download %s: %v", address, err)
	}
	content, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		p.t.Fatal(err)
	}
	return content
}

// printed is the text of a PDF, its spaces made simple.
func printed(p *Page, address string) string {
	p.t.Helper()
	tool := need.Tool(p.t, "pdftotext")
	c := exec.Command(tool, "-layout", "-", "-")
	c.Stdin = strings.NewReader(string(download(p, address)))
	text, err := c.Output()
	if err != nil {
		p.t.Fatalf("pdftotext %s: %v", address, err)
	}
	return simple(string(text))
}

// simple turns every kind of space into one simple space.
func simple(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return r == ' ' || r == '\n' || r == '\f' || r == '\t' || r == '\u00a0' || r == '\u202f'
	}), " ")
}

// proves runs « encaisse verify » on the data of the shop.
func (s *shop) proves(t *testing.T) {
	t.Helper()
	if said := program.Run(t, "verify", "--data", s.Server.Data); !strings.Contains(said, "Everything holds.") {
		t.Errorf("verify says:\n%s", said)
	}
}

// euros writes cents as the screens do, with simple spaces: 1 292,80 €.
func euros(cents int) string {
	sign := ""
	if cents < 0 {
		sign, cents = "−", -cents
	}
	whole := fmt.Sprint(cents / 100)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + " " + whole[i:]
	}
	return fmt.Sprintf("%s%s,%02d €", sign, whole, cents%100)
}

// typed writes cents as a hurried person does: 1292,8.
func typed(cents int) string {
	return strings.TrimSuffix(fmt.Sprintf("%d,%02d", cents/100, cents%100), ",00")
}
