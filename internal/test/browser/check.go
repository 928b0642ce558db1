package browser

import (
	_ "embed"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// axe is axe-core 4.14.1 (MPL-2.0), the accessibility checker: for tests only, see docs/decisions/0010-axe-core.md.
//
//go:embed testdata/axe/axe.min.js
var axe string

// ScreenshotsVariable names the folder where Screenshot writes; without it, Screenshot does nothing.
const ScreenshotsVariable = "ENCAISSE_SCREENSHOTS"

// violation is what axe-core finds wrong.
type violation struct {
	ID, Impact, Help string
	Targets          []string
}

// Axe fails the test on anything axe-core finds against WCAG 2.2 AA or good practice in the page as it is now.
func (p *Page) Axe() *Page {
	p.t.Helper()
	for _, v := range p.axe() {
		p.t.Errorf("axe at %s, %d px: %s (%s): %s\n    %s", p.Path(), p.size.Width, v.ID, v.Impact, v.Help, strings.Join(v.Targets, "\n    "))
	}
	return p
}

// axe runs axe-core in the page.
func (p *Page) axe() []violation {
	p.t.Helper()
	loaded, err := ask[bool](p, `typeof axe === "object"`)
	if err == nil && !loaded {
		_, err = ask[bool](p, axe+`;true`)
	}
	if err != nil {
		p.t.Fatalf("axe: %v", err)
	}
	found, err := ask[[]violation](p, `axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
		resultTypes: ["violations"],
	}).then(r => r.violations.map(v => ({ID: v.id, Impact: v.impact ?? "", Help: v.help, Targets: v.nodes.map(n => n.target.join(" ") + "  " + n.html.slice(0, 160))})))`,
		chromedp.EvalAwaitPromise)
	if err != nil {
		p.t.Fatalf("axe: %v", err)
	}
	return found
}

// NoSidewaysScroll fails the test when the page is wider than the window, and names what sticks out.
func (p *Page) NoSidewaysScroll() *Page {
	p.t.Helper()
	if wide := p.sideways(); wide != "" {
		p.t.Errorf("%s scrolls sideways at %d px: %s", p.Path(), p.size.Width, wide)
	}
	return p
}

// sideways names what makes the page wider than the window, "" when nothing does.
func (p *Page) sideways() string {
	p.t.Helper()
	return p.text(`(() => {
		const root = document.scrollingElement;
		if (root.scrollWidth <= root.clientWidth) return "";
		const out = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1);
		return root.scrollWidth + " > " + root.clientWidth + ": " + out.slice(0, 5).map(e => e.outerHTML.slice(0, 100)).join(" | ");
	})()`)
}

// SmallTargets names the controls smaller than a finger: 24 × 24 px, WCAG 2.2 AA, links inside a text excepted.
func (p *Page) SmallTargets() []string {
	p.t.Helper()
	small, err := ask[[]string](p, `[...document.querySelectorAll("button, a[href], input:not([type=hidden]), select, summary")]
		.filter(e => e.checkVisibility() && getComputedStyle(e).display !== "inline")
		.map(e => [e, [e, ...(e.labels ?? [])].map(part => part.getBoundingClientRect()).sort((a, b) => b.height - a.height)[0]])
		.filter(([e, r]) => r.width > 0 && (r.width < 24 || r.height < 24))
		.map(([e, r]) => Math.round(r.width) + " × " + Math.round(r.height) + ": " + e.outerHTML.slice(0, 120))`)
	if err != nil {
		p.t.Fatal(err)
	}
	return small
}

// console keeps the complaints of the browser.
type console struct {
	mu   sync.Mutex
	said []string
}

// listen records the errors and warnings of a window: scripts that fail, resources that are refused, policies that are broken.
func (c *console) listen(messages iter.Seq2[chromedp.ConsoleMessage, error]) {
	for m, err := range messages {
		if err != nil {
			return // the window is closed
		}
		if m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleException || m.Type == chromedp.ConsoleWarning {
			c.mu.Lock()
			c.said = append(c.said, fmt.Sprintf("%s: %s (%s:%d)", m.Type, m.Text, m.URL, m.Line+1))
			c.mu.Unlock()
		}
	}
}

// ConsoleErrors gives the complaints of the browser since it was last asked.
func (p *Page) ConsoleErrors() []string {
	p.console.mu.Lock()
	defer p.console.mu.Unlock()
	said := p.console.said
	p.console.said = nil
	return said
}

// NoConsoleErrors fails the test on any complaint of the browser since it was last asked.
func (p *Page) NoConsoleErrors() *Page {
	p.t.Helper()
	for _, said := range p.ConsoleErrors() {
		p.t.Errorf("%s: the browser complains: %s", p.Path(), said)
	}
	return p
}

// Clean is the four checks every page passes: accessible, no wider than the window, nothing in the console, a picture taken.
func (p *Page) Clean(name string) *Page {
	p.t.Helper()
	return p.Axe().NoSidewaysScroll().NoConsoleErrors().Screenshot(name)
}

// Screenshot writes the whole page to <name>-<width>.png in the folder of ENCAISSE_SCREENSHOTS, when there is one.
func (p *Page) Screenshot(name string) *Page {
	p.t.Helper()
	if folder := os.Getenv(ScreenshotsVariable); folder != "" {
		p.picture(filepath.Join(folder, fmt.Sprintf("%s-%s.png", name, p.size.Name)))
	}
	return p
}

// picture writes the whole page to a file.
func (p *Page) picture(path string) {
	p.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	picture, err := chromedp.Run(p.tab, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatalf("picture %s: %v", path, err)
	}
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// keepIfFailed keeps the last screen of a test that failed.
func (p *Page) keepIfFailed() {
	if !p.t.Failed() {
		return
	}
	name := strings.NewReplacer("/", "_", " ", "_").Replace(p.t.Name())
	path := filepath.Join(os.TempDir(), "encaisse-failures", name+".png")
	picture, err := chromedp.Run(p.tab, chromedp.CaptureScreenshot())
	if err == nil && os.MkdirAll(filepath.Dir(path), 0o755) == nil && os.WriteFile(path, picture, 0o644) == nil {
		p.t.Logf("the last screen is in %s", path)
	}
}
