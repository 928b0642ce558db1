package figures

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// Year is the number of days between a day and the same weekday of the year before.
const Year = 364

// Takings are the turnover, VAT included, of each box on each day it has some.
type Takings map[day.Day]map[string]money.Amount

// Add counts an amount on a day of a box.
func (t Takings) Add(on day.Day, box string, amount money.Amount) {
	if t[on] == nil {
		t[on] = map[string]money.Amount{}
	}
	t[on][box] += amount
}

// On is what all the boxes took on a day.
func (t Takings) On(d day.Day) (sum money.Amount) {
	for _, amount := range t[d] {
		sum += amount
	}
	return sum
}

// Sum adds up the days from first to last.
func (t Takings) Sum(first, last day.Day) (sum money.Amount) {
	for _, on := range day.Range(first, last) {
		sum += t.On(on)
	}
	return sum
}

// Any tells whether some day from first to last has takings.
func (t Takings) Any(first, last day.Day) bool {
	for _, on := range day.Range(first, last) {
		if len(t[on]) > 0 {
			return true
		}
	}
	return false
}

// Cumulated are the running totals from first to last, shifted by some days.
func (t Takings) Cumulated(first, last day.Day, shift int) []int64 {
	var values []int64
	var sum money.Amount
	for _, on := range day.Range(first, last) {
		sum += t.On(on.Add(shift))
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

// Compare adds up the takings from first to last that the same box has a counterpart of, 364 days before. What has none on either side
// is left out: a shop that opened since, a day one of them was closed.
func (t Takings) Compare(first, last day.Day) Comparison {
	var c Comparison
	for _, on := range day.Range(first, last) {
		compared := false
		for box, now := range t[on] {
			before, known := t[on.Add(-Year)][box]
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

// Words writes the change: +13,1 %, −4,0 %, égal; "" when there is nothing to compare with.
func (c Comparison) Words() string {
	permille, ok := c.Change()
	if !ok {
		return ""
	}
	return ChangeWords(permille)
}

// ChangeWords writes a change in tenths of a percent.
func ChangeWords(permille int64) string {
	if permille == 0 {
		return "égal"
	}
	sign := "+"
	if permille < 0 {
		sign, permille = "−", -permille
	}
	return sign + locale.Int(permille/10) + "," + locale.Int(permille%10) + locale.NBSP + "%"
}

// only is what some boxes took on a day, and whether any of them has a sheet that sold.
func (t Takings) only(d day.Day, boxes map[string]bool) (sum money.Amount, sold bool) {
	for box, amount := range t[d] {
		if boxes[box] {
			sum, sold = sum+amount, true
		}
	}
	return sum, sold
}
