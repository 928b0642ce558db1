package figures

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/daysheet"
)

// Budget is what is aimed at in the months of a period, shop by shop.
type Budget struct {
	goals  map[day.Month]map[string]money.Amount
	spread map[day.Month]map[string]map[day.Day]money.Amount // of the months that had to be cut
}

// loadBudget reads the budgets of the months of a period. The month in progress is spread over its days, and so is the only month of a
// report by day.
func loadBudget(q db.Querier, scope Scope, f Figures) (Budget, error) {
	b := Budget{goals: map[day.Month]map[string]money.Amount{}, spread: map[day.Month]map[string]map[day.Day]money.Amount{}}
	if len(scope.Tills) == 0 {
		return b, nil
	}
	goals, err := Goals(q, f.First.Month(), f.Last.Month())
	if err != nil {
		return b, err
	}
	for _, g := range goals {
		if len(scope.ids(g.Location)) == 0 || !scope.whole(g.Location) {
			continue
		}
		if b.goals[g.Month] == nil {
			b.goals[g.Month] = map[string]money.Amount{}
		}
		b.goals[g.Month][g.Location] = g.Amount
	}
	cut := map[day.Month]bool{}
	if f.First.Month() == f.Last.Month() {
		cut[f.First.Month()] = true
	}
	for _, l := range scope.Locations {
		if until := f.untilOf(f.ids(l.ID)); until != "" {
			cut[until.Month()] = true
		}
	}
	for month := range cut {
		if err := b.cut(q, f, month); err != nil {
			return b, err
		}
	}
	return b, nil
}

// whole tells whether the figures are about all the tills of a shop: a budget is that of the shop, not of one till.
func (s Scope) whole(location string) bool {
	for _, l := range s.Locations {
		if l.ID == location {
			return !s.narrowed
		}
	}
	return false
}

// cut spreads the budgets of a month over its days.
func (b *Budget) cut(q db.Querier, f Figures, month day.Month) error {
	if len(b.goals[month]) == 0 {
		return nil
	}
	first, last := month.First().Add(-patternDays), month.First().Add(-1)
	counts, err := daysheet.Counts(q, first, last)
	if err != nil {
		return err
	}
	history := Takings{}
	for _, c := range counts {
		history.Add(c.On, c.Box, c.Gross)
	}
	b.spread[month] = map[string]map[day.Day]money.Amount{}
	for location, amount := range b.goals[month] {
		pattern := patternOf(history, f.ids(location), first, last)
		b.spread[month][location] = Spread(amount, month, f.Calendars[location], pattern)
	}
	return nil
}

// Target is what was aimed at over some days, and what the shops that had an aim took.
type Target struct {
	Known       bool // some shop has a budget for some of the days
	Whole       money.Amount
	Due, Met    money.Amount // up to the last day each shop entered: aimed at, and taken by the shops that have a budget
	Months      int          // that have a budget
	MonthsWhole int          // of the period
}

// Target adds up the budget from first to last.
func (f Figures) Target(first, last day.Day) Target {
	var t Target
	for month := first.Month(); month <= last.Month(); month = month.Add(1) {
		t.MonthsWhole++
		if len(f.Budget.goals[month]) > 0 {
			t.Known = true
			t.Months++
		}
		from, to := max(first, month.First()), min(last, month.Last())
		for location := range f.Budget.goals[month] {
			t.Whole += f.Budget.between(month, location, from, to)
			boxes := f.ids(location)
			until := min(last, f.untilOf(boxes))
			if until == "" || from > until {
				continue
			}
			t.Due += f.Budget.between(month, location, from, min(to, until))
			for _, on := range day.Range(from, min(to, until)) {
				sum, _ := f.Gross.only(on, boxes)
				t.Met += sum
			}
		}
	}
	return t
}

// untilOf is the last day some boxes have a sheet, "" when they have none in the period.
func (f Figures) untilOf(boxes map[string]bool) day.Day {
	for on := f.Until; on != "" && on >= f.First; on = on.Add(-1) {
		if _, sold := f.Gross.only(on, boxes); sold {
			return on
		}
	}
	return ""
}

// between is the budget of a shop over days of a month: the whole month as it was typed, or the days it was spread over.
func (b Budget) between(month day.Month, location string, first, last day.Day) (sum money.Amount) {
	if first == month.First() && last == month.Last() {
		return b.goals[month][location]
	}
	for _, on := range day.Range(first, last) {
		sum += b.spread[month][location][on]
	}
	return sum
}

// Percent is what was taken in hundredths of what was due, rounded; ok is false when there was nothing to aim at.
func (t Target) Percent() (percent int64, ok bool) {
	if !t.Known || t.Due <= 0 {
		return 0, false
	}
	return money.DivRound(int64(t.Met)*100, int64(t.Due)), true
}

// Change is the difference with the budget in tenths of a percent; ok is false when there was nothing to aim at.
func (t Target) Change() (permille int64, ok bool) {
	if !t.Known || t.Due <= 0 {
		return 0, false
	}
	return money.DivRound(int64(t.Met-t.Due)*1000, int64(t.Due)), true
}

// Words writes the difference with the budget: −1,8 %; "" when there is none to compare with.
func (t Target) Words() string {
	permille, ok := t.Change()
	if !ok {
		return ""
	}
	return ChangeWords(permille)
}
