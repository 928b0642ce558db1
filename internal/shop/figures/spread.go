package figures

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
)

// patternDays is how many days before a month tell how a shop’s week goes: thirteen weeks.
const patternDays = 91

// Pattern is what a shop takes on each weekday, on average, in cents. A weekday without sales is absent.
type Pattern map[time.Weekday]money.Amount

// patternOf averages the takings of some boxes over days.
func patternOf(t Takings, boxes map[string]bool, first, last day.Day) Pattern {
	sums, days := map[time.Weekday]money.Amount{}, map[time.Weekday]int64{}
	for _, on := range day.Range(first, last) {
		if sum, sold := t.only(on, boxes); sold && sum > 0 {
			sums[on.Weekday()] += sum
			days[on.Weekday()]++
		}
	}
	p := Pattern{}
	for weekday, sum := range sums {
		p[weekday] = money.Amount(money.DivRound(int64(sum), days[weekday]))
	}
	return p
}

// mean is the weight of an open weekday nothing is known of: the average of the others, or 1 when no weekday is known.
func (p Pattern) mean() money.Amount {
	var sum money.Amount
	for _, weight := range p {
		sum += weight
	}
	if len(p) == 0 {
		return 1
	}
	return max(1, sum/money.Amount(len(p)))
}

// Spread shares the budget of a month over its open days, in proportion to what the shop usually takes on each weekday. The parts add up to
// the whole exactly. A month with no open day is shared over all its days alike.
func Spread(amount money.Amount, month day.Month, calendar company.Calendar, p Pattern) map[day.Day]money.Amount {
	days := month.Days()
	weights, open := make([]money.Amount, len(days)), false
	for i, on := range days {
		if state, _ := calendar.State(on); state != company.Open {
			continue
		}
		open = true
		if weights[i] = p[on.Weekday()]; weights[i] == 0 {
			weights[i] = p.mean()
		}
	}
	if !open {
		for i := range weights {
			weights[i] = 1
		}
	}
	spread := make(map[day.Day]money.Amount, len(days))
	for i, part := range money.Split(amount, weights) {
		spread[days[i]] = part
	}
	return spread
}
