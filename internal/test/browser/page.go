package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Page is a window of the browser. Its steps give the page back, so that a journey reads as one line a screen.
type Page struct {
	Acts    int // clicks, keys pressed and texts typed since the window was opened or Acts was set to zero
	t       testing.TB
	tab     context.Context
	address string
	size    Size
	mute    bool // no script
	console *console
	loading *loading
}

// do runs browser actions within the patience of a step.
func (p *Page) do(step string, actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("%s: %v", step, err)
	}
}

// ask evaluates a JavaScript expression in the page.
func ask[T any](p *Page, expression string, options ...chromedp.EvaluateOption) (T, error) {
	ctx, cancel := context.WithTimeout(p.tab, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, options...))
}

// whole says that the page has come to its end: what a page still arriving does not show may be on its way.
const whole = `document.readyState === "complete"`

// until asks a question of a whole page again and again until the answer is yes. A page that changes under the question is asked again.
func (p *Page) until(step, question string) {
	p.t.Helper()
	var last error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if !p.loading.over() {
			continue
		}
		yes, err := ask[bool](p, whole+` && !!(`+question+`)`)
		if err == nil && yes {
			return
		}
		last = err
	}
	shown, _ := ask[string](p, `location.href + "\n" + document.body.innerText`) // for the message only
	p.t.Fatalf("%s: not within %s (%v). The page shows:\n%s", step, patience, last, shown)
}

// call runs a protocol command.
func call[P, R any](command cdp.Command[P, R], parameters P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, command, parameters)
		return err
	})
}

// At gives the window a size.
func (p *Page) At(size Size) *Page {
	p.t.Helper()
	p.size = size
	if size.Width < 600 {
		p.do("size", chromedp.EmulateViewport(size.Width, size.Height, chromedp.EmulatePortrait, chromedp.EmulateMobile, chromedp.EmulateTouch))
	} else {
		p.do("size", chromedp.EmulateViewport(size.Width, size.Height))
	}
	return p
}

// Dark makes the system prefer dark colours.
func (p *Page) Dark() *Page {
	p.t.Helper()
	return p.prefer("prefers-color-scheme", "dark")
}

// Print shows the page as it is printed.
func (p *Page) Print() *Page {
	p.t.Helper()
	p.do("print", call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	return p
}

// prefer sets a media feature.
func (p *Page) prefer(name, value string) *Page {
	p.t.Helper()
	features := []*emulation.MediaFeature{{Name: name, Value: value}}
	p.do(name, call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}))
	return p
}

// WithoutScript turns JavaScript off for the pages that follow.
func (p *Page) WithoutScript() *Page {
	p.t.Helper()
	p.mute = true
	p.do("script off", call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	return p
}

// Offline cuts the network of the window, or gives it back.
func (p *Page) Offline(cut bool) *Page {
	p.t.Helper()
	conditions := &network.Conditions{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1}
	p.do("network",
		call(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{conditions}}),
		call(network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1}))
	return p
}

// Goto opens a path of the program, or a full address.
func (p *Page) Goto(path string) *Page {
	p.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = p.address + path
	}
	p.leave("go to "+path, chromedp.Navigate(path), !strings.Contains(path, "#"))
	return p
}

// leave does what leads to another document, and waits for it whole: chromedp may take the end of the page before for it.
func (p *Page) leave(what string, act chromedp.Action[chromedp.Void], another bool) {
	p.t.Helper()
	if another {
		p.do(what, chromedp.Evaluate[chromedp.Void](`window.leftBehind = true`))
	}
	p.do(what, act)
	if another {
		p.until(what, `!window.leftBehind`)
	}
}

// Reload loads the page again.
func (p *Page) Reload() *Page {
	p.t.Helper()
	p.leave("reload", chromedp.Reload(), true)
	return p
}

// Back goes to the page before, which the browser may have kept as it was.
func (p *Page) Back() *Page {
	p.t.Helper()
	p.leave("back", chromedp.Evaluate[chromedp.Void](`history.back()`), true)
	return p
}

// Path is where the page is, without the address of the program.
func (p *Page) Path() string {
	p.t.Helper()
	path, err := ask[string](p, `location.pathname + location.search`)
	if err != nil {
		p.t.Fatal(err)
	}
	return path
}

// Arrives waits until the page's path begins with one.
func (p *Page) Arrives(path string) *Page {
	p.t.Helper()
	p.until("arrive at "+path, `location.pathname.startsWith(`+quoted(path)+`)`)
	return p
}

// Type types a text on the keyboard where the focus is.
func (p *Page) Type(text string) *Page {
	p.t.Helper()
	p.Acts++
	p.do("type "+text, chromedp.KeyEvent(text))
	return p
}

// keys are the names of keys that are not a character.
var keys = map[string]string{
	"Tab": kb.Tab, "Enter": kb.Enter, "Escape": kb.Escape, "Backspace": kb.Backspace, "Delete": kb.Delete, "Space": " ",
	"ArrowDown": kb.ArrowDown, "ArrowUp": kb.ArrowUp, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight,
	"Home": kb.Home, "End": kb.End, "PageUp": kb.PageUp, "PageDown": kb.PageDown, "Insert": kb.Insert,
	"F1": kb.F1, "F2": kb.F2, "F3": kb.F3, "F4": kb.F4, "F5": kb.F5, "F6": kb.F6, "F8": kb.F8, "F9": kb.F9, "F10": kb.F10,
}

var modifiers = map[string]kb.Modifier{
	"Control": kb.ModifierCtrl, "Shift": kb.ModifierShift, "Alt": kb.ModifierAlt, "Meta": kb.ModifierMeta,
}

// Press presses keys one after the other: "Tab", "Enter", "a", "Control+Enter", "Shift+Tab".
func (p *Page) Press(names ...string) *Page {
	p.t.Helper()
	for _, name := range names {
		parts := strings.Split(name, "+")
		var held []chromedp.Modifier
		for _, part := range parts[:len(parts)-1] {
			modifier, known := modifiers[part]
			if !known {
				p.t.Fatalf("press %s: no modifier %s", name, part)
			}
			held = append(held, modifier)
		}
		last := parts[len(parts)-1]
		key, known := keys[last]
		if !known {
			if utf8.RuneCountInString(last) != 1 {
				p.t.Fatalf("press %s: no key %s", name, last)
			}
			key = last
		}
		p.Acts++
		p.act("press "+name, chromedp.KeyEvent(key, chromedp.KeyModifiers(held...)))
	}
	return p
}

// quoted is a text as JavaScript.
func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(fmt.Sprintf("browser: %q: %v", text, err))
	}
	return string(b)
}
