package pdf

import (
	"encaisse/internal/base/fault"
	"encaisse/internal/paper/table"
)

// Table prints a list of figures. Its header comes back on each page; where a column carries forward, the foot of a page says
// « À reporter » and the head of the next « Report ». Columns of figures are as wide as their widest value, columns of words share the rest.
type Table struct {
	table.Table
	Level int // level of its title in the outline: 1 under a heading, 0 when there are no headings
}

const (
	maxLines  = 8    // of one cell
	leastWord = 17.0 // the narrowest column of words
)

var tableTitle = letters{semiBold, 11, ink}

// grid is a table being drawn.
type grid struct {
	c       *canvas
	t       table.Table
	size    float64   // of the letters of the rows
	x, w    []float64 // of each column
	head    [][]string
	sums    []int64 // what each column carries so far
	carried bool    // a row that carries was drawn
}

// lead keeps the title, the header and two rows together.
func (t Table) lead(c *canvas) float64 {
	height := 18.0
	if t.Title != "" {
		height += 8
	}
	return height + float64((len(t.Info)+1)/2)*4
}

// draw prints the table, over as many pages as it needs.
func (t Table) draw(c *canvas) {
	g := &grid{c: c, t: t.Table, sums: make([]int64, len(t.Columns))}
	t.drawTitle(c)
	if !g.layout() {
		c.fail(fault.Newf(fault.Internal, "the columns of table %q do not fit the page", t.Title))
		return
	}
	g.drawHead()
	rows := t.Rows
	if len(rows) == 0 && t.Empty != "" {
		rows = []table.Row{{Style: table.Balance, Cells: []table.Cell{table.Text(t.Empty)}}}
	}
	for i, r := range rows {
		g.place(r, follow(rows, i), i+1 == len(rows) && len(t.Totals) == 0)
	}
	for i, r := range t.Totals {
		g.place(r, nil, i+1 == len(t.Totals))
	}
	c.line(g.x[0], g.x[0]+c.inner(), c.y, 0.3, strong)
	c.y += 6
}

// follow is the row that must stand on the same page: the one after a group's heading.
func follow(rows []table.Row, i int) *table.Row {
	if rows[i].Style == table.Group && i+1 < len(rows) {
		return &rows[i+1]
	}
	return nil
}

// drawTitle writes the title, what the table covers, and the unit of its amounts.
func (t Table) drawTitle(c *canvas) {
	if t.Title == "" && len(t.Info) == 0 {
		return
	}
	if t.Title != "" {
		c.bookmark(t.Level, t.Title)
	}
	c.text(tableTitle, marginX, c.y, clean(t.Title))
	for _, column := range t.Columns {
		if column.Kind == table.Money && c.d.Unit != "" {
			c.textRight(runLetters, c.width-marginX, c.y+1.4, clean(c.d.Unit))
			break
		}
	}
	c.y += tableTitle.height() + 1
	if len(t.Info) > 0 {
		facts{items: t.Info, columns: 2}.draw(c)
		c.y -= 2
	}
}

// place draws a row, on a new page when it does not fit on this one with what must follow it: the carried sums, unless it is
// the last row of the table, or its companion.
func (g *grid) place(r table.Row, companion *table.Row, last bool) {
	lines := g.cut(r)
	need := g.rowHeight(r, lines)
	if companion != nil {
		need += g.rowHeight(*companion, g.cut(*companion))
	}
	if g.carries() && !last {
		need += g.line().height() + 2*g.padY()
	}
	if g.c.y+need > g.c.bottom() {
		g.breakPage()
	}
	g.drawRow(r, lines)
	if r.Counts() || r.Style == table.Balance {
		g.count(r)
	}
}

// count adds a row to what is carried forward. A balance changes the running balance, not the sums.
func (g *grid) count(r table.Row) {
	for i, column := range g.t.Columns {
		cell := r.Cell(i)
		if cell.IsEmpty() {
			continue
		}
		switch {
		case column.Carry == table.Sum && r.Counts():
			g.sums[i] += cell.Int()
			g.carried = true
		case column.Carry == table.Last:
			g.sums[i] = cell.Int()
			g.carried = true
		}
	}
}

// carries tells whether any column carries forward.
func (g *grid) carries() bool {
	for _, column := range g.t.Columns {
		if column.Carry != table.Nothing {
			return true
		}
	}
	return false
}

// breakPage ends the page with the sums to carry, and begins the next with them under the header.
func (g *grid) breakPage() {
	g.drawCarried("À reporter")
	g.c.addPage()
	if g.t.Title != "" {
		g.c.text(runStrong, marginX, g.c.y, clean(g.t.Title)+" (suite)")
		g.c.y += runStrong.height() + 1
	}
	g.drawHead()
	g.drawCarried("Report")
}

// drawCarried writes the carried sums, once there are some.
func (g *grid) drawCarried(label string) {
	if !g.carried {
		return
	}
	r := table.Row{Style: table.Subtotal, Cells: make([]table.Cell, len(g.t.Columns))}
	first := -1
	for i, column := range g.t.Columns {
		if column.Carry != table.Nothing {
			r.Cells[i] = column.Of(g.sums[i])
			if first < 0 {
				first = i
			}
		}
	}
	l := letters{semiBold, g.size, soft}
	height := l.height() + 2*g.padY()
	g.c.fill(g.x[0], g.c.y, g.c.inner(), height, tint)
	if first > 0 {
		g.c.textRight(l, g.x[first]-g.padX(), g.c.y+g.padY(), label)
	}
	for i := range r.Cells {
		g.write(l, i, g.c.y+g.padY(), r.Cells[i].String())
	}
	g.c.y += height
	g.c.line(g.x[0], g.x[0]+g.c.inner(), g.c.y, 0.2, strong)
}

// drawHead writes the labels of the columns, on as many lines as the longest needs, above a line.
func (g *grid) drawHead() {
	l := g.headLetters()
	most := 1
	for _, lines := range g.head {
		most = max(most, len(lines))
	}
	g.c.line(g.x[0], g.x[0]+g.c.inner(), g.c.y, 0.2, strong)
	top := g.c.y + 1.1
	for i, lines := range g.head {
		y := top + float64(most-len(lines))*l.height()
		for _, line := range lines {
			g.write(l, i, y, line)
			y += l.height()
		}
	}
	g.c.y = top + float64(most)*l.height() + 1.1
	g.c.line(g.x[0], g.x[0]+g.c.inner(), g.c.y, 0.45, brand)
	g.c.y += 0.3
}

// write writes a line of a cell on the side its column stands.
func (g *grid) write(l letters, column int, y float64, s string) {
	if onRight(g.t.Columns[column].Kind) {
		g.c.textRight(l, g.x[column]+g.w[column]-g.padX(), y, s)
		return
	}
	g.c.text(l, g.x[column]+g.padX(), y, s)
}

// onRight tells whether values of a kind stand on the right.
func onRight(k table.Kind) bool { return k == table.Money || k == table.Number }

// cut is the text of each cell of a row, in lines. In rows that are not facts, words run over the empty cells on their right.
func (g *grid) cut(r table.Row) [][]string {
	l := g.letters(r.Style)
	cut := make([][]string, len(g.t.Columns))
	for i := range cut {
		cell := r.Cell(i)
		if cell.IsEmpty() {
			continue
		}
		if cell.Kind() != table.Words {
			cut[i] = []string{clean(cell.String())} // its column is as wide as it
			continue
		}
		width := g.w[i]
		for j := i + 1; !r.Counts() && j < len(cut) && r.Cell(j).IsEmpty(); j++ {
			width += g.w[j]
		}
		cut[i] = g.c.wrap(l, cell.String(), width-2*g.padX(), maxLines)
	}
	return cut
}

// rowHeight is the height of a row already cut in lines.
func (g *grid) rowHeight(r table.Row, lines [][]string) float64 {
	most := 1
	for _, cell := range lines {
		most = max(most, len(cell))
	}
	height := float64(most)*g.letters(r.Style).height() + 2*g.padY()
	if r.Style == table.Group {
		height += 1.6
	}
	return height
}

// drawRow writes a row already cut in lines.
func (g *grid) drawRow(r table.Row, lines [][]string) {
	c, l := g.c, g.letters(r.Style)
	height := g.rowHeight(r, lines)
	x1, x2 := g.x[0], g.x[0]+c.inner()
	top := c.y + g.padY()
	switch r.Style {
	case table.Total:
		c.fill(x1, c.y, c.inner(), height, tint)
		c.line(x1, x2, c.y, 0.3, ink)
	case table.Subtotal:
		c.line(x1, x2, c.y, 0.2, strong)
	case table.Group:
		top += 1.6
	}
	for i, cell := range lines {
		y := top
		for _, line := range cell {
			g.write(l, i, y, line)
			if r.Style == table.Struck {
				g.strike(l, i, y, line)
			}
			y += l.height()
		}
	}
	c.y += height
	if r.Style != table.Total {
		c.line(x1, x2, c.y, 0.1, rule)
	}
}

// strike draws a line through a text already written.
func (g *grid) strike(l letters, column int, y float64, s string) {
	width := g.c.measure(l, s)
	x := g.x[column] + g.padX()
	if onRight(g.t.Columns[column].Kind) {
		x = g.x[column] + g.w[column] - g.padX() - width
	}
	g.c.line(x, x+width, y+l.ascent()-l.size*0.26*mm, 0.2, faint)
}

// padX is the room inside a cell, on its left and on its right.
func (g *grid) padX() float64 { return g.size * 0.2 }

// padY is the room above and below the text of a row.
func (g *grid) padY() float64 { return g.size * 0.11 }

// headLetters are those of the labels of the columns.
func (g *grid) headLetters() letters { return letters{semiBold, g.size * 0.9, brand} }

// line is the letters of a plain row.
func (g *grid) line() letters { return letters{regular, g.size, ink} }

// letters are those of a row of a style.
func (g *grid) letters(s table.Style) letters {
	switch s {
	case table.Group:
		return letters{semiBold, g.size, brand}
	case table.Total, table.Subtotal, table.Balance:
		return letters{semiBold, g.size, ink}
	case table.Struck:
		return letters{regular, g.size, faint}
	default:
		return g.line()
	}
}

// fail keeps the first fault of the drawing.
func (c *canvas) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}
