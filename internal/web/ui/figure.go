package ui

import (
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// Figure is one number that matters, with its name and what it compares to.
type Figure struct {
	Label string
	Value string // written: 1 184,30
	Unit  string // small, after it: €
	Hero  bool   // the answer of the page: large, on dark
}

// MoneyFigure is a figure of an amount.
func MoneyFigure(label string, a money.Amount) Figure {
	return Figure{Label: label, Value: locale.Amount(a), Unit: "€"}
}

// Level is where a value stands between zero and a full scale, with marks (thresholds, budget). All in one unit.
type Level struct {
	Label string // says it in words, for the ears
	Value int64
	Full  int64
	Marks []int64
	Tone  Tone // Neutral is the colour of the brand
}

// share is a part of a whole in thousandths, within 0 to 1000.
func share(part, whole int64) int64 {
	if whole <= 0 || part <= 0 {
		return 0
	}
	return min(1000, money.DivRound(min(part, whole)*1000, whole))
}

// Slice is a part of a whole: a payment method, a category.
type Slice struct {
	Label  string
	Amount money.Amount
}

// sliced is a slice placed on its bar.
type sliced struct {
	Slice
	class   string // its colour
	at      int64  // thousandths
	width   int64
	percent string
}

// placeSlices places the parts one after another. Parts of zero or less take no place on the bar and stay in the list.
func placeSlices(parts []Slice) []sliced {
	weights := make([]money.Amount, len(parts))
	var whole money.Amount
	for i, part := range parts {
		weights[i] = max(0, part.Amount)
		whole += weights[i]
	}
	placed := make([]sliced, len(parts))
	widths, percents := make([]money.Amount, len(parts)), make([]money.Amount, len(parts))
	if whole > 0 {
		widths, percents = money.Split(1000, weights), money.Split(100, weights)
	}
	at := int64(0)
	for i, part := range parts {
		placed[i] = sliced{Slice: part, class: seriesClass(i), at: at, width: int64(widths[i]), percent: locale.Int(int64(percents[i])) + "\u00a0%"}
		at += int64(widths[i])
	}
	return placed
}

// Bar is a line of a chart of horizontal bars.
type Bar struct {
	Label  string
	Amount money.Amount
	URL    string
}

// longest is the full length of a chart of bars.
func longest(bars []Bar) int64 {
	var most money.Amount
	for _, bar := range bars {
		most = max(most, bar.Amount.Abs())
	}
	return int64(most)
}
