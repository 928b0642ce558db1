package browser

import (
	_ "embed"
	"time"

	"github.com/chromedp/chromedp"
)

// finder is the page-side half of this package: how a name written on the screen leads to its element.
//
//go:embed find.js
var finder string

// spot is where an element is on the screen, in CSS pixels.
type spot struct {
	Found  bool
	X, Y   float64
	Reason string
}

// Click clicks the button, link, box or label that shows a text, or the element of a CSS selector written « css:… ». On a phone it taps.
func (p *Page) Click(name string) *Page {
	p.t.Helper()
	p.Acts++
	where := p.spot("click "+name, "clickable", name)
	if p.size.Width < 600 {
		p.act("tap "+name, chromedp.TapXY(where.X, where.Y))
	} else {
		p.act("click "+name, chromedp.MouseClickXY(where.X, where.Y))
	}
	return p
}

// Focus puts the focus on the field of a label, or on the element of a selector « css:… », without a click. It is not counted
// as an act: a journey by keyboard gets there with Press("Tab").
func (p *Page) Focus(name string) *Page {
	p.t.Helper()
	p.until("focus "+name, finder+`.focus(`+quoted(name)+`)`)
	return p
}

// Focused is the accessible name of what has the focus, "" when nothing has.
func (p *Page) Focused() string {
	p.t.Helper()
	return p.text(finder + `.focused()`)
}

// Fill replaces the content of the field of a label by a text, with the keyboard.
func (p *Page) Fill(name, text string) *Page {
	p.t.Helper()
	p.Focus(name)
	p.do("select all", chromedp.Evaluate[chromedp.Void](`document.activeElement.select?.()`))
	if text == "" {
		return p.Press("Delete")
	}
	return p.Type(text)
}

// Choose picks the option of a list by its text.
func (p *Page) Choose(name, option string) *Page {
	p.t.Helper()
	p.Acts++
	p.until("choose "+option+" in "+name, finder+`.choose(`+quoted(name)+`, `+quoted(option)+`)`)
	p.settle()
	return p
}

// Upload gives files to a file field, and waits for the pictures the page shows of them, which move what stands below.
func (p *Page) Upload(selector string, files ...string) *Page {
	p.t.Helper()
	p.do("upload", chromedp.SetUploadFiles(chromedp.CSS(selector), files))
	p.until("see what was chosen", `(field => {
		const pictures = [...field.files].filter(file => file.type.startsWith("image/"));
		const shown = [...field.closest(".champ")?.querySelectorAll(".apercu") ?? []];
		return !("pret" in document.documentElement.dataset) || !("fichier" in field.dataset) || shown.length === pictures.length && shown.every(image => image.complete && image.naturalWidth > 0);
	})(document.querySelector(`+quoted(selector)+`))`)
	return p
}

// Value is the content of the field of a label.
func (p *Page) Value(name string) string {
	p.t.Helper()
	p.until("field "+name, finder+`.field(`+quoted(name)+`) !== null`)
	return p.text(finder + `.field(` + quoted(name) + `).value`)
}

// Text is the visible text of the first element of a CSS selector, with simple spaces.
func (p *Page) Text(selector string) string {
	p.t.Helper()
	p.until("text of "+selector, `document.querySelector(`+quoted(selector)+`) !== null`)
	return p.text(finder + `.plain(document.querySelector(` + quoted(selector) + `).innerText)`)
}

// Texts are the visible texts of every element of a CSS selector.
func (p *Page) Texts(selector string) []string {
	p.t.Helper()
	texts, err := ask[[]string](p, `[...document.querySelectorAll(`+quoted(selector)+`)].map(e => `+finder+`.plain(e.innerText))`)
	if err != nil {
		p.t.Fatal(err)
	}
	return texts
}

// Sees waits until the page shows a text. Spaces of every width count as one.
func (p *Page) Sees(text string) *Page {
	p.t.Helper()
	p.until("see « "+text+" »", finder+`.shows(`+quoted(text)+`)`)
	return p
}

// SeesNot waits until the page no longer shows a text.
func (p *Page) SeesNot(text string) *Page {
	p.t.Helper()
	p.until("see no « "+text+" »", `!`+finder+`.shows(`+quoted(text)+`)`)
	return p
}

// Evaluate gives the value of a JavaScript expression, as text.
func (p *Page) Evaluate(expression string) string {
	p.t.Helper()
	return p.text(`String(` + expression + `)`)
}

// text asks the page for a text.
func (p *Page) text(expression string) string {
	p.t.Helper()
	text, err := ask[string](p, expression)
	if err != nil {
		p.t.Fatalf("%s: %v", expression[max(0, len(expression)-120):], err)
	}
	return text
}

// spot waits until an element can be reached by a finger and says where it is.
func (p *Page) spot(step, kind, name string) spot {
	p.t.Helper()
	var where spot
	var failed error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if !p.loading.over() {
			continue
		}
		where, failed = ask[spot](p, whole+` ? `+finder+`.spot(`+quoted(kind)+`, `+quoted(name)+`) : {Reason: "the page is not whole"}`)
		if failed == nil && where.Found {
			return where
		}
	}
	p.t.Fatalf("%s: not within %s: %s %v\n%s", step, patience, where.Reason, failed, p.text(`document.body.innerText`))
	return where
}
