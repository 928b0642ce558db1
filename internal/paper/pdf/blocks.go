package pdf

import (
	"encaisse/internal/base/locale"
	"encaisse/internal/paper/table"
)

// facts are labels and values, in columns.
type facts struct {
	items   [][2]string
	columns int
}

// Figures are a few amounts brought forward, in one strip: four read well.
type Figures struct{ Items [][2]string }

// Proof shows that the figures come from sealed records: a sentence, and the extract of their chains.
type Proof struct {
	Title string
	Text  string
	Table table.Table
}

// Visa leaves room to sign, one frame for each label.
type Visa struct{ Labels []string }

var (
	bodyLetters = letters{regular, 9, soft}
	factLabel   = letters{regular, 8, faint}
	factValue   = letters{semiBold, 8.4, ink}
	figureLabel = letters{regular, 7.6, faint}
	figureValue = letters{semiBold, 13, ink}
)

func (f facts) draw(c *canvas) {
	width := c.inner() / float64(f.columns)
	for start := 0; start < len(f.items); start += f.columns {
		row := f.items[start:min(start+f.columns, len(f.items))]
		cut, most := make([][]string, len(row)), 1
		for i, item := range row {
			room := width - c.measure(factLabel, clean(item[0])+locale.NBSP+":") - 5
			cut[i] = c.wrap(factValue, item[1], max(room, width/3), maxLines)
			most = max(most, len(cut[i]))
		}
		c.ensure(float64(most) * factLabel.height())
		for i, item := range row {
			label, x := clean(item[0])+locale.NBSP+":", marginX+float64(i)*width
			c.text(factLabel, x, c.y, label)
			x += c.measure(factLabel, label) + 1.4
			for n, line := range cut[i] {
				c.text(factValue, x, c.y+float64(n)*factLabel.height(), line)
			}
		}
		c.y += float64(most)*factLabel.height() + 0.5
	}
	c.y += 3.5
}

const figureHeight = 16.0

func (f Figures) lead(*canvas) float64 { return figureHeight + 4 }

func (f Figures) draw(c *canvas) {
	if len(f.Items) == 0 {
		return
	}
	c.ensure(f.lead(c))
	width := c.inner() / float64(len(f.Items))
	c.box(marginX, c.y, c.inner(), figureHeight, 0.2, rule)
	for i, item := range f.Items {
		x := marginX + float64(i)*width
		if i > 0 {
			c.f.Line(x, c.y+3, x, c.y+figureHeight-3)
		}
		c.text(figureLabel, x+3.5, c.y+3, c.wrap(figureLabel, item[0], width-5, 1)[0])
		c.text(figureValue, x+3.5, c.y+7.2, c.wrap(figureValue, item[1], width-4, 1)[0])
	}
	c.y += figureHeight + 5
}

// lead keeps the whole proof on a page when it can stand on one.
func (p Proof) lead(c *canvas) float64 {
	lines := len(c.wrap(bodyLetters, p.Text, c.inner()-5, 50))
	whole := 12 + float64(lines)*bodyLetters.height() + float64(len(p.Table.Rows)+len(p.Table.Totals)+2)*5.5
	return min(whole, c.bottom()-40)
}

func (p Proof) draw(c *canvas) {
	lines := c.wrap(bodyLetters, p.Text, c.inner()-5, 50)
	height := tableTitle.height() + 0.8 + float64(len(lines))*bodyLetters.height()
	c.bookmark(0, p.Title)
	c.fill(marginX, c.y, 1.1, height, brand)
	c.text(tableTitle, marginX+4, c.y, clean(p.Title))
	c.y += tableTitle.height() + 0.8
	for _, line := range lines {
		c.text(bodyLetters, marginX+4, c.y, line)
		c.y += bodyLetters.height()
	}
	c.y += 3
	Table{Table: p.Table}.draw(c)
}

const visaHeight = 30.0

func (v Visa) lead(*canvas) float64 { return visaHeight + 2 }

func (v Visa) draw(c *canvas) {
	if len(v.Labels) == 0 {
		return
	}
	c.ensure(v.lead(c))
	const gap = 5.0
	width := (c.inner() - gap*float64(len(v.Labels)-1)) / float64(len(v.Labels))
	for i, label := range v.Labels {
		x := marginX + float64(i)*(width+gap)
		c.box(x, c.y, width, visaHeight, 0.2, strong)
		for n, line := range c.wrap(factLabel, label, width-6, 3) {
			c.text(factLabel, x+3, c.y+2.4+float64(n)*factLabel.height(), line)
		}
	}
	c.y += visaHeight + 4
}
