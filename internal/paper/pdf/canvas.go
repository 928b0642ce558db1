package pdf

import (
	"iter"
	"strings"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
)

// All lengths are millimetres, sizes of letters points.
const (
	marginX   = 15.0 // left and right
	marginTop = 13.0
	footY     = 17.0 // from the bottom edge to the line above the foot
	mm        = 25.4 / 72
)

// colour is red, green, blue from 0 to 255.
type colour [3]int

var (
	ink    = colour{20, 34, 30}
	soft   = colour{69, 83, 78}
	faint  = colour{95, 107, 102}
	rule   = colour{214, 214, 207}
	strong = colour{133, 141, 134}
	brand  = colour{13, 91, 77}
	tint   = colour{242, 243, 239}
	white  = colour{255, 255, 255}
)

// letters is how a text is written.
type letters struct {
	face face
	size float64
	col  colour
}

// height is the distance between two lines of a text.
func (l letters) height() float64 { return l.size * 1.32 * mm }

// ascent is the distance from the top of a line to its baseline.
func (l letters) ascent() float64 { return l.size * 1.01 * mm }

// canvas is the document being drawn: the file, and how far down the page it is.
type canvas struct {
	f             *fpdf.Fpdf
	d             *Document
	width, height float64 // of the page
	y             float64 // top of what comes next
	err           error   // the first thing that could not be drawn
}

// newCanvas opens a file with its fonts and its metadata, and no page.
func newCanvas(d *Document) *canvas {
	orientation := "P"
	if d.Landscape {
		orientation = "L"
	}
	f := fpdf.New(orientation, "mm", "A4", "")
	f.SetMargins(marginX, marginTop, marginX)
	f.SetAutoPageBreak(false, 0)
	f.SetCatalogSort(true)
	f.SetCompression(true)
	local := d.GeneratedAt.In(d.Place)
	f.SetCreationDate(local)
	f.SetModificationDate(local)
	f.SetTitle(clean(joined(" · ", d.Title, d.Subtitle)), true)
	f.SetSubject(clean(d.Period), true)
	f.SetAuthor(clean(d.Issuer.Name), true)
	f.SetCreator(clean(d.Software), true)
	f.SetProducer(clean(d.Software), true)
	f.SetLang("fr-FR")
	addFonts(f)
	c := &canvas{f: f, d: d}
	c.width, c.height = f.GetPageSize()
	return c
}

// inner is the width between the margins.
func (c *canvas) inner() float64 { return c.width - 2*marginX }

// bottom is where the body of a page ends.
func (c *canvas) bottom() float64 {
	return c.height - footY - 3 - float64(len(c.notes()))*noteLetters.height()
}

// addPage begins a page and draws its head.
func (c *canvas) addPage() {
	c.f.AddPage()
	c.y = marginTop
	if c.f.PageNo() == 1 {
		c.head()
	} else {
		c.runningHead()
	}
}

// ensure begins a page when less than a height is left on this one.
func (c *canvas) ensure(height float64) bool {
	if c.y+height <= c.bottom() {
		return false
	}
	c.addPage()
	return true
}

// use makes letters current.
func (c *canvas) use(l letters) {
	c.f.SetFont(string(l.face), "", l.size)
	c.f.SetTextColor(l.col[0], l.col[1], l.col[2])
}

// measure is the width of a clean text in letters.
func (c *canvas) measure(l letters, s string) float64 {
	widths, total := rulers()[l.face], 0.0
	for _, r := range s {
		total += widths[r]
	}
	return total * l.size
}

// text writes a line from x, the top of the line at y.
func (c *canvas) text(l letters, x, y float64, s string) {
	if s == "" {
		return
	}
	c.use(l)
	c.f.Text(x, y+l.ascent(), s)
}

// textRight writes a line that ends at x.
func (c *canvas) textRight(l letters, x, y float64, s string) {
	c.text(l, x-c.measure(l, s), y, s)
}

// line draws a horizontal line of a thickness.
func (c *canvas) line(x1, x2, y, thickness float64, col colour) {
	c.f.SetDrawColor(col[0], col[1], col[2])
	c.f.SetLineWidth(thickness)
	c.f.Line(x1, y, x2, y)
}

// fill paints a rectangle.
func (c *canvas) fill(x, y, w, h float64, col colour) {
	c.f.SetFillColor(col[0], col[1], col[2])
	c.f.Rect(x, y, w, h, "F")
}

// box draws the outline of a rectangle.
func (c *canvas) box(x, y, w, h, thickness float64, col colour) {
	c.f.SetDrawColor(col[0], col[1], col[2])
	c.f.SetLineWidth(thickness)
	c.f.Rect(x, y, w, h, "D")
}

// bookmark adds a line to the outline of the file, for the place where the next block stands.
func (c *canvas) bookmark(level int, s string) {
	c.use(letters{regular, 8, ink})
	c.f.Bookmark(clean(s), level, c.y)
}

// wrap cuts a text into lines no wider than a width, at spaces that may break, inside a word only when it is alone too wide. There is
// always one line; past most lines the rest is replaced by an ellipsis.
func (c *canvas) wrap(l letters, s string, width float64, most int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(clean(s), "\n") {
		lines = append(lines, c.wrapLine(l, paragraph, width)...)
	}
	if len(lines) > most {
		lines = lines[:most]
		last := []rune(lines[most-1])
		for len(last) > 0 && c.measure(l, string(last)+"…") > width {
			last = last[:len(last)-1]
		}
		lines[most-1] = strings.TrimRight(string(last), " ") + "…"
	}
	return lines
}

// wrapLine wraps a text without line breaks.
func (c *canvas) wrapLine(l letters, s string, width float64) []string {
	if c.measure(l, s) <= width {
		return []string{s}
	}
	var lines []string
	line := ""
	for piece := range pieces(s) {
		if c.measure(l, line+strings.TrimRight(piece, " ")) <= width {
			line += piece
			continue
		}
		if line != "" {
			lines = append(lines, strings.TrimRight(line, " "))
		}
		for c.measure(l, strings.TrimRight(piece, " ")) > width {
			n := c.fits(l, piece, width)
			lines = append(lines, piece[:n])
			piece = piece[n:]
		}
		line = piece
	}
	return append(lines, strings.TrimRight(line, " "))
}

// pieces are the parts of a text between which a line may end: words with the spaces after them, and the parts of a compound
// word with their hyphens (titres-, restaurant), where the hyphen stands between letters.
func pieces(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start, before := 0, rune(0)
		for i, r := range s {
			hyphen := i > start && s[i-1] == '-' && unicode.IsLetter(r) && unicode.IsLetter(before)
			if space := i > start && s[i-1] == ' ' && r != ' '; space || hyphen {
				if !yield(s[start:i]) {
					return
				}
				start = i
			}
			if r != '-' {
				before = r
			}
		}
		yield(s[start:])
	}
}

// fits is the number of bytes at the start of a word that fit in a width: one character at least.
func (c *canvas) fits(l letters, word string, width float64) int {
	n := 0
	for i, r := range word {
		end := i + len(string(r))
		if n > 0 && c.measure(l, word[:end]) > width {
			break
		}
		n = end
	}
	return n
}

// joined joins the parts that are not empty.
func joined(separator string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, separator)
}
