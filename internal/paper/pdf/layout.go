package pdf

import (
	"slices"

	"encaisse/internal/paper/table"
)

// sizes are the letters tried for the rows of a table, the largest that lets every column stand.
var sizes = []float64{8.6, 8.2, 7.8, 7.4, 7, 6.6, 6.2, 5.8, 5.4}

// Columns of money breathe (easy, in millimetres) as long as the words keep half of the width.
const (
	easy      = 18.5
	wordShare = 0.5
)

// layout chooses the letters and the widths of the columns: labels on two lines if they can, letters as large as they can. It gives
// up when even the smallest letters are too wide.
func (g *grid) layout() bool {
	for _, size := range sizes {
		g.size = size
		if g.share(g.natural(twoLines)) || g.share(g.natural(longestPiece)) {
			g.breathe()
			g.cutHead()
			return true
		}
	}
	return false
}

// breathe widens the narrow columns of money where words can spare the room.
func (g *grid) breathe() {
	wanted := slices.Clone(g.w)
	left, words := g.c.inner(), 0
	for i, column := range g.t.Columns {
		switch column.Kind {
		case table.Words:
			wanted[i] = leastWord + 2*g.padX()
			words++
			continue
		case table.Money:
			wanted[i] = max(wanted[i], easy)
		}
		left -= wanted[i]
	}
	if words > 0 && left >= wordShare*g.c.inner() {
		g.share(wanted)
	}
}

// natural is the width each column of figures needs for its widest value and its label; for columns of words it is the least they
// accept. label gives the width of a label from those of its pieces.
func (g *grid) natural(label func(widths []float64) float64) []float64 {
	head := g.headLetters()
	widths := make([]float64, len(g.t.Columns))
	for i, column := range g.t.Columns {
		var parts []float64
		for piece := range pieces(clean(column.Label)) {
			parts = append(parts, g.c.measure(head, piece))
		}
		if column.Kind == table.Words {
			widths[i] = max(leastWord, longestPiece(parts))
		} else {
			widths[i] = max(label(parts), g.widest(i))
		}
		widths[i] += 2 * g.padX()
	}
	return widths
}

// widest is the width of the widest value of a column of figures, the sums it carries forward included.
func (g *grid) widest(column int) float64 {
	plain, heavy := "", ""
	for _, rows := range [][]table.Row{g.t.Rows, g.t.Totals} {
		for _, r := range rows {
			s := r.Cell(column).String()
			switch {
			case r.Cell(column).Kind() != g.t.Columns[column].Kind:
			case r.Counts() && len(s) >= len(plain):
				plain = s
			case !r.Counts() && len(s) >= len(heavy):
				heavy = s
			}
		}
	}
	if g.t.Columns[column].Carry == table.Sum {
		if s := g.t.Columns[column].Of(g.t.Sum(column)).String(); len(s) > len(heavy) {
			heavy = s
		}
	}
	return max(g.c.measure(g.line(), plain), g.c.measure(letters{semiBold, g.size, ink}, heavy))
}

// longestPiece is the width of a label on as many lines as it has pieces.
func longestPiece(widths []float64) float64 { return slices.Max(widths) }

// twoLines is the least width that lets a label stand on two lines.
func twoLines(widths []float64) float64 {
	var whole, before float64
	for _, w := range widths {
		whole += w
	}
	least := whole
	for _, w := range widths {
		before += w
		least = min(least, max(before, whole-before))
	}
	return least
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
