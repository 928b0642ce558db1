package pdf

import (
	"strings"

	"encaisse/internal/paper/table"
)

// sizes are the letters tried for the rows of a table, the largest that lets every column stand.
var sizes = []float64{8.6, 8.2, 7.8, 7.4, 7, 6.6, 6.2, 5.8, 5.4}

// layout chooses the letters and the widths of the columns. It gives up when even the smallest letters are too wide.
func (g *grid) layout() bool {
	for _, size := range sizes {
		g.size = size
		if g.share(g.natural()) {
			g.cutHead()
			return true
		}
	}
	return false
}

// natural is the width each column of figures needs for its widest value and the longest word of its label; for columns of
// words it is the least they accept.
func (g *grid) natural() []float64 {
	plain, heavy, head := g.line(), letters{semiBold, g.size, ink}, g.headLetters()
	widths := make([]float64, len(g.t.Columns))
	for i, column := range g.t.Columns {
		for piece := range pieces(clean(column.Label)) {
			widths[i] = max(widths[i], g.c.measure(head, strings.TrimRight(piece, " ")))
		}
		if column.Kind == table.Words {
			widths[i] = max(widths[i], leastWord)
			continue
		}
		longest := map[letters]string{plain: "", heavy: ""}
		for _, rows := range [][]table.Row{g.t.Rows, g.t.Totals} {
			for _, r := range rows {
				l := plain
				if !r.Counts() {
					l = heavy
				}
				if s := r.Cell(i).String(); r.Cell(i).Kind() == column.Kind && len(s) >= len(longest[l]) {
					longest[l] = s
				}
			}
		}
		if column.Carry == table.Sum {
			if s := column.Of(g.t.Sum(i)).String(); len(s) > len(longest[heavy]) {
				longest[heavy] = s
			}
		}
		for l, s := range longest {
			widths[i] = max(widths[i], g.c.measure(l, s))
		}
	}
	for i := range widths {
		widths[i] += 2 * g.padX()
	}
	return widths
}

// share gives what is left of the width to the columns of words by weight, or to all columns evenly when there are none. It
// tells whether the columns fit.
func (g *grid) share(widths []float64) bool {
	left, weights := g.c.inner(), 0
	for i, w := range widths {
		left -= w
		if g.t.Columns[i].Kind == table.Words {
			weights += weight(g.t.Columns[i])
		}
	}
	if left < 0 {
		return false
	}
	g.x, g.w = make([]float64, len(widths)), widths
	if weights > 0 {
		g.shareWords(left, weights)
	}
	x := marginX
	for i := range g.w {
		if weights == 0 {
			g.w[i] += left / float64(len(g.w))
		}
		g.x[i] = x
		x += g.w[i]
	}
	return true
}

// shareWords divides the room of the columns of words by their weights, none below its least width.
func (g *grid) shareWords(left float64, weights int) {
	room := left
	for i, column := range g.t.Columns {
		if column.Kind == table.Words {
			room += g.w[i]
		}
	}
	settled := map[int]bool{}
	for again := true; again; {
		again = false
		for i, column := range g.t.Columns {
			if column.Kind == table.Words && !settled[i] && room*float64(weight(column))/float64(weights) < g.w[i] {
				settled[i], again = true, true
				room -= g.w[i]
				weights -= weight(column)
			}
		}
	}
	for i, column := range g.t.Columns {
		if column.Kind == table.Words && !settled[i] {
			g.w[i] = room * float64(weight(column)) / float64(weights)
		}
	}
}

// weight is the share of a column of words.
func weight(c table.Column) int { return max(c.Weight, 1) }

// cutHead cuts the labels of the columns in lines.
func (g *grid) cutHead() {
	g.head = make([][]string, len(g.t.Columns))
	for i, column := range g.t.Columns {
		g.head[i] = g.c.wrap(g.headLetters(), column.Label, g.w[i]-2*g.padX()+0.01, 4)
	}
}
