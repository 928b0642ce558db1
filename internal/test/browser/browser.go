// Package browser drives the real program in a real browser, the way a person does: a window of some size, keys, clicks on
// what is written on the screen. A journey reads:
//
//	app := browser.Start(t)                    // a new, empty program; browser.StartDemo(t) has the demo company
//	page := app.Open(t).At(browser.Phone)
//	page.Goto("/connexion")
//	page.Focus("Adresse e-mail").Type("marie@example.fr").Press("Tab").Type("…").Press("Enter")
//	page.Sees("À faire")
//	page.Axe().NoSidewaysScroll().NoConsoleErrors().Screenshot("accueil")
//
// Every step waits until it can be done and fails the test after ten seconds, with a picture of the screen.
package browser

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"encaisse/internal/test/need"
	"encaisse/internal/test/program"
)

// patience is how long a step may wait for the page.
const patience = 10 * time.Second

// Size is a window in CSS pixels. Below 600 wide it behaves as a phone, with touch.
type Size struct {
	Name          string
	Width, Height int64
}

// The three sizes every page is looked at in.
var (
	Phone  = Size{"390", 390, 844}
	Tablet = Size{"1024", 1024, 768}
	Desk   = Size{"1280", 1280, 800}
	Sizes  = []Size{Phone, Tablet, Desk}
)

// Features are features of Chromium switched on, by name, in the browsers started afterwards.
var Features []string

// App is a program under test with a browser of its own.
type App struct {
	Address string          // http://127.0.0.1:54321
	Server  *program.Server // nil when the address was given
	Said    string          // what the demo command printed: its sign-ins
	browser context.Context
}

// Start builds the program, serves a new data folder with « encaisse serve » and the arguments given, and starts a browser.
func Start(t testing.TB, arguments ...string) *App {
	t.Helper()
	need.Chromium(t)
	return serve(t, t.TempDir(), "", arguments)
}

// StartDemo is Start on the demo company, made by « encaisse demo » with the arguments given.
func StartDemo(t testing.TB, arguments ...string) *App {
	t.Helper()
	need.Chromium(t)
	data := t.TempDir()
	said := program.Run(t, append([]string{"demo", "--data", data}, arguments...)...)
	return serve(t, data, said, nil)
}

// On starts a browser for a server that runs already.
func On(t testing.TB, address string) *App {
	t.Helper()
	return &App{Address: address, browser: launch(t)}
}

// serve starts the program on a data folder, and a browser.
func serve(t testing.TB, data, said string, arguments []string) *App {
	t.Helper()
	server := program.Serve(t, data, arguments...)
	app := On(t, server.Address)
	app.Server, app.Said = server, said
	return app
}

// launch starts a browser until the end of the test. It fetches nothing of its own.
func launch(t testing.TB) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(need.Chromium(t)),
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("lang", "fr-FR"),
		chromedp.Flag("accept-lang", "fr-FR,fr"),
	)
	if len(Features) > 0 {
		options = append(options, chromedp.Flag("enable-blink-features", strings.Join(Features, ",")))
	}
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to sandbox root
	}
	processes, endProcesses := chromedp.NewExecAllocator(context.Background(), options...)
	browser, endBrowser := chromedp.NewContext(processes)
	t.Cleanup(func() {
		endBrowser()
		endProcesses()
	})
	if err := chromedp.Do(browser); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return browser
}

// Open opens a window with no cookie and no memory, 1280 × 800.
func (a *App) Open(t testing.TB) *Page {
	t.Helper()
	tab, closeTab := chromedp.NewContext(a.browser, chromedp.WithNewBrowserContext())
	p := &Page{t: t, tab: tab, address: a.Address, console: &console{}, loading: newLoading()}
	t.Cleanup(func() {
		p.keepIfFailed()
		closeTab()
	})
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(tab, p.loading.hear); err != nil {
		t.Fatal(err)
	}
	go p.console.listen(chromedp.Console(tab))
	return p.At(Desk)
}

// EachSize runs a sub-test in each of the three window sizes, with a new window.
func (a *App) EachSize(t *testing.T, journey func(t *testing.T, p *Page)) {
	t.Helper()
	for _, size := range Sizes {
		t.Run(size.Name, func(t *testing.T) { journey(t, a.Open(t).At(size)) })
	}
}
