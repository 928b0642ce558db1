package ui

import (
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// Columns is a chart of upright bars, one for each label, each with a mark of what it compares to and a line of what was aimed at. A value
// that is not known is nil: nothing is drawn, and its cell in the table is empty.
type Columns struct {
	Title   string
	Summary string // what one should see, in a sentence: it is the chart for who does not see it
	Axis    string // what the labels are: Jour, Mois
	Labels  []string
	Names   [3]string // of the bars, of the marks, of the line; "" leaves the series out
	Bars    []*int64  // cents
	Marks   []*int64
	Line    []*int64
}

// Known is a value of a chart.
func Known(a money.Amount) *int64 { n := int64(a); return &n }

// scale is the frame of the chart, shared with the charts of lines.
func (c Columns) scale() Lines {
	l := Lines{Labels: c.Labels}
	for _, list := range [][]*int64{c.Bars, c.Marks, c.Line} {
		s := Series{}
		for _, v := range list {
			if v != nil {
				s.Values = append(s.Values, *v)
			}
		}
		l.Series = append(l.Series, s)
	}
	return l
}

// column is where one label stands.
type column struct {
	barX, barY, barWidth, barHeight string // "" when there is no bar
	below                           bool   // less than zero
	markX1, markX2, markY           string
	label, labelX                   string
}

// columns places the bars and their marks.
func (c Columns) columns() []column {
	scale := c.scale()
	list := make([]column, len(c.Labels))
	every := max(1, (len(c.Labels)+9)/10)
	for i, label := range c.Labels {
		left, width := c.slot(i)
		col := &list[i]
		if i%every == 0 {
			col.label, col.labelX = label, tenths(left+width/2)
		}
		if v := at(c.Bars, i); v != nil {
			top, bottom := scale.y(max(0, *v)), scale.y(min(0, *v))
			col.barX, col.barY, col.barWidth, col.barHeight, col.below = tenths(left+width/6), tenths(top), tenths(width*2/3), tenths(max(5, bottom-top)), *v < 0
		}
		if v := at(c.Marks, i); v != nil {
			col.markX1, col.markX2, col.markY = tenths(left+width/12), tenths(left+width*11/12), tenths(scale.y(*v))
		}
	}
	return list
}

// slot is the room of a label, in tenths.
func (c Columns) slot(i int) (left, width int64) {
	n := int64(max(1, len(c.Labels)))
	left = plotLeft*10 + int64(i)*(plotRight-plotLeft)*10/n
	return left, (plotRight - plotLeft) * 10 / n
}

// aim is the line of what was aimed at, in one piece for each run of known values.
func (c Columns) aim() []string {
	scale := c.scale()
	var runs []string
	run := ""
	for i := range c.Labels {
		v := at(c.Line, i)
		if v == nil {
			if run != "" {
				runs, run = append(runs, run), ""
			}
			continue
		}
		left, width := c.slot(i)
		y := tenths(scale.y(*v))
		run += " " + tenths(left) + "," + y + " " + tenths(left+width) + "," + y
	}
	if run != "" {
		runs = append(runs, run)
	}
	return runs
}

func at(list []*int64, i int) *int64 {
	if i >= len(list) {
		return nil
	}
	return list[i]
}

// series are the named series of the chart, with the mark of each in the legend.
func (c Columns) series() []columnSeries {
	var list []columnSeries
	for i, values := range [][]*int64{c.Bars, c.Marks, c.Line} {
		if c.Names[i] != "" {
			list = append(list, columnSeries{c.Names[i], [...]string{"serie-1", "repere", "objectif-l"}[i], values})
		}
	}
	return list
}

type columnSeries struct {
	name, class string
	values      []*int64
}

// figure writes a value in the table.
func (s columnSeries) figure(i int) string {
	v := at(s.values, i)
	if v == nil {
		return ""
	}
	return locale.Euro(money.Amount(*v))
}
