package dashboard

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// year is the number of days between a day and the same weekday of the year before.
const year = 364

// Takings are the turnover, VAT included, of each box on each day it has some.
type Takings map[day.Day]map[string]money.Amount

func (t Takings) add(on day.Day, box string, amount money.Amount) {
	if t[on] == nil {
		t[on] = map[string]money.Amount{}
	}
	t[on][box] += amount
}

// on is what all the boxes took on a day.
func (t Takings) on(d day.Day) (sum money.Amount) {
	for _, amount := range t[d] {
		sum += amount
	}
	return sum
}

// sum adds up the days from first to last.
func (t Takings) sum(first, last day.Day) (sum money.Amount) {
	for _, on := range day.Range(first, last) {
		sum += t.on(on)
	}
	return sum
}

// any tells whether some day from first to last has takings.
func (t Takings) any(first, last day.Day) bool {
	for _, on := range day.Range(first, last) {
		if len(t[on]) > 0 {
			return true
		}
	}
	return false
}

// cumulated are the running totals from first to last, shifted by some days.
func (t Takings) cumulated(first, last day.Day, shift int) []int64 {
	var values []int64
	var sum money.Amount
	for _, on := range day.Range(first, last) {
		sum += t.on(on.Add(shift))
		values = append(values, int64(sum))
	}
	return values
}

// Comparison is what was taken where there is a counterpart a year before, and what these counterparts took.
type Comparison struct {
	Now, Before money.Amount
	Days        int  // compared
	Partial     bool // some takings have no counterpart: another box, a day closed then
}

// compare adds up the takings from first to last that the same box has a counterpart of, 364 days before. What has none on either side
// is left out: a shop that opened since, a day one of them was closed.
func (t Takings) compare(first, last day.Day) Comparison {
	var c Comparison
	for _, on := range day.Range(first, last) {
		compared := false
		for box, now := range t[on] {
			before, known := t[on.Add(-year)][box]
			if !known {
				c.Partial = true
				continue
			}
			c.Now, c.Before, compared = c.Now+now, c.Before+before, true
		}
		if compared {
			c.Days++
		}
	}
	return c
}

// Change is the difference in tenths of a percent; ok is false when there is nothing to compare with.
func (c Comparison) Change() (permille int64, ok bool) {
	if c.Days == 0 || c.Before <= 0 {
		return 0, false
	}
	return money.DivRound(int64(c.Now-c.Before)*1000, int64(c.Before)), true
}

// Words writes the change: +13,1 %, −4,0 %, égal.
func (c Comparison) Words() string {
	permille, ok := c.Change()
	switch {
	case !ok:
		return ""
	case permille == 0:
		return "égal"
	}
	sign := "+"
	if permille < 0 {
		sign, permille = "−", -permille
	}
	return sign + locale.Int(permille/10) + "," + locale.Int(permille%10) + locale.NBSP + "%"
}
