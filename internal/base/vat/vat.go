// Package vat computes value-added tax the same way for a ticket, a day sheet, an invoice and a statement, so that their
// figures can never disagree. Rounding is half away from zero, once per rate, on the total of that rate.
package vat

import (
	"maps"
	"slices"

	"encaisse/internal/base/money"
)

// Rate is a VAT rate in hundredths of a percent: 550 is 5,5 %.
type Rate int64

const whole = 10_000 // 100 % in the unit of Rate

// FromGross splits an amount that includes VAT (TTC): net = round(gross × 100 / (100 + rate)), tax = gross − net.
func FromGross(gross money.Amount, rate Rate) (net, tax money.Amount) {
	net = money.Amount(money.DivRound(int64(gross)*whole, whole+int64(rate)))
	return net, gross - net
}

// Part is one amount including VAT, at a rate.
type Part struct {
	Rate  Rate
	Gross money.Amount
}

// Shared is a Part with its net and tax.
type Shared struct {
	Part
	Net, Tax money.Amount
}

// Total is what all the parts of one rate come to.
type Total struct {
	Rate            Rate
	Gross, Net, Tax money.Amount
}

// Split computes VAT once per rate on the sum of the parts of that rate, then shares the tax over these parts in proportion
// to their amounts, so that the parts add up to the totals. Totals come by ascending rate; parts keep their order.
func Split(parts []Part) (shared []Shared, totals []Total) {
	byRate := map[Rate][]int{}
	for i, p := range parts {
		byRate[p.Rate] = append(byRate[p.Rate], i)
	}
	shared = make([]Shared, len(parts))
	for _, rate := range sortedRates(byRate) {
		total := Total{Rate: rate}
		weights := make([]money.Amount, 0, len(byRate[rate]))
		for _, i := range byRate[rate] {
			total.Gross += parts[i].Gross
			weights = append(weights, parts[i].Gross.Abs())
		}
		total.Net, total.Tax = FromGross(total.Gross, rate)
		taxes := shareTax(total.Tax, parts, byRate[rate], weights)
		for n, i := range byRate[rate] {
			shared[i] = Shared{Part: parts[i], Net: parts[i].Gross - taxes[n], Tax: taxes[n]}
		}
		totals = append(totals, total)
	}
	return shared, totals
}

// shareTax shares the tax of one rate. Where every part has the same sign the largest remainder decides; where signs differ
// each part takes its own tax and the largest part takes the cents of difference.
func shareTax(tax money.Amount, parts []Part, of []int, weights []money.Amount) []money.Amount {
	positive, negative := false, false
	for _, i := range of {
		positive = positive || parts[i].Gross > 0
		negative = negative || parts[i].Gross < 0
	}
	if !(positive && negative) {
		return money.Split(tax, weights)
	}
	taxes := make([]money.Amount, len(of))
	largest, left := 0, tax
	for n, i := range of {
		_, taxes[n] = FromGross(parts[i].Gross, parts[i].Rate)
		left -= taxes[n]
		if weights[n] > weights[largest] {
			largest = n
		}
	}
	taxes[largest] += left
	return taxes
}

func sortedRates(by map[Rate][]int) []Rate { return slices.Sorted(maps.Keys(by)) }
