package ui

import (
	"strconv"
	"strings"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// Lines is a chart of one to four series over the same labels.
type Lines struct {
	Title   string
	Summary string // what one should see, in a sentence: it is the chart for who does not see it
	Axis    string // what the labels are: Jour, Mois
	Labels  []string
	Series  []Series
	Count   bool // values are numbers of things, not cents
}

// Series is a line of a chart. It may be shorter than the labels: the days to come.
type Series struct {
	Name   string
	Values []int64
	Dashed bool
	Area   bool // filled down to the axis
}

// The frame of a chart, in its own units.
const (
	plotLeft, plotRight = 64, 552
	plotTop, plotBottom = 14, 214
)

// tick is a label of an axis and where it stands.
type tick struct{ at, text, label string }

// bounds are round values around all the series; zero is always among them.
func (c Lines) bounds() (low, high, step int64) {
	for _, series := range c.Series {
		for _, v := range series.Values {
			low, high = min(low, v), max(high, v)
		}
	}
	step = roundStep((high - low + 3) / 4)
	low = floorTo(low, step)
	high = max(low+step, -floorTo(-high, step))
	return low, high, step
}

// roundStep is the smallest of 1, 2, 5, 10, 20, 50… that reaches n.
func roundStep(n int64) int64 {
	for unit := int64(1); ; unit *= 10 {
		for _, digit := range []int64{1, 2, 5} {
			if step := digit * unit; step >= n {
				return step
			}
		}
	}
}

// floorTo is the greatest multiple of step that is not above n.
func floorTo(n, step int64) int64 {
	q := n / step
	if n%step != 0 && n < 0 {
		q--
	}
	return q * step
}

// x is where the i-th label stands, in tenths.
func (c Lines) x(i int) int64 {
	if len(c.Labels) < 2 {
		return (plotLeft + plotRight) * 5
	}
	return plotLeft*10 + int64(i)*(plotRight-plotLeft)*10/int64(len(c.Labels)-1)
}

// y is where a value stands, in tenths.
func (c Lines) y(v int64) int64 {
	low, high, _ := c.bounds()
	return plotBottom*10 - money.DivRound((v-low)*(plotBottom-plotTop)*10, high-low)
}

func (c Lines) ticks() []tick {
	low, high, step := c.bounds()
	var ticks []tick
	for v := low; v <= high; v += step {
		y := c.y(v)
		ticks = append(ticks, tick{at: tenths(y), text: tenths(y + 40), label: c.short(v, high >= 1_000_000 && step%100_000 == 0)})
	}
	return ticks
}

// marks are the labels written under the axis: all of them when there is room, else about eight.
func (c Lines) marks() []tick {
	every := max(1, (len(c.Labels)+7)/8)
	var marks []tick
	for i, label := range c.Labels {
		if i%every == 0 {
			marks = append(marks, tick{at: tenths(c.x(i)), label: label})
		}
	}
	return marks
}

func (c Lines) points(s Series) string {
	var b strings.Builder
	for i, v := range s.Values {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(tenths(c.x(i)) + "," + tenths(c.y(v)))
	}
	return b.String()
}

func (c Lines) area(s Series) string {
	if len(s.Values) == 0 {
		return ""
	}
	base := tenths(c.y(0))
	return tenths(c.x(0)) + "," + base + " " + c.points(s) + " " + tenths(c.x(len(s.Values)-1)) + "," + base
}

// last is where the first series ends, "" when it has no value.
func (c Lines) last() (x, y string) {
	if len(c.Series) == 0 || len(c.Series[0].Values) == 0 {
		return "", ""
	}
	values := c.Series[0].Values
	return tenths(c.x(len(values) - 1)), tenths(c.y(values[len(values)-1]))
}

// figure writes a value in the table.
func (c Lines) figure(s Series, i int) string {
	switch {
	case i >= len(s.Values):
		return ""
	case c.Count:
		return locale.Int(s.Values[i])
	}
	return locale.Euro(money.Amount(s.Values[i]))
}

// short writes a value on the axis: 1 450 €, or 21 k€ when the whole axis is in thousands.
func (c Lines) short(v int64, thousands bool) string {
	switch {
	case v == 0:
		return "0"
	case c.Count:
		return locale.Int(v)
	case thousands:
		return locale.Int(v/100_000) + "\u00a0k€"
	case v%100 == 0:
		return locale.Int(v/100) + "\u00a0€"
	}
	return locale.Euro(money.Amount(v))
}

// spark places values in a box of 100 by 24.
func spark(values []int64) string {
	if len(values) == 0 {
		return ""
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	span := max(1, high-low)
	var b strings.Builder
	for i, v := range values {
		x := int64(1000)
		if len(values) > 1 {
			x = int64(i) * 1000 / int64(len(values)-1)
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(tenths(x) + "," + tenths(220-(v-low)*200/span))
	}
	return b.String()
}

// seriesClass is the colour of the n-th series.
func seriesClass(n int) string { return "serie-" + strconv.Itoa(n%6+1) }

// tenths writes a length kept in tenths: 2054 → 205.4.
func tenths(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	if n%10 == 0 {
		return sign + strconv.FormatInt(n/10, 10)
	}
	return sign + strconv.FormatInt(n/10, 10) + "." + strconv.FormatInt(n%10, 10)
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
