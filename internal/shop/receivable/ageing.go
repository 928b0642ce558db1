package receivable

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
)

// Buckets is how many ages a debt is sorted by.
const Buckets = 4

// BucketLabels name them, the youngest first.
func BucketLabels() [Buckets]string {
	return [Buckets]string{"0 à 30 jours", "31 à 60 jours", "61 à 90 jours", "Plus de 90 jours"}
}

// Ageing is what is owed by the age of the debts.
type Ageing [Buckets]money.Amount

// Total is what is owed in all.
func (a Ageing) Total() money.Amount { return money.Sum(a[:]...) }

// add sums ages.
func (a Ageing) add(other Ageing) Ageing {
	for i := range a {
		a[i] += other[i]
	}
	return a
}

// Move is what changed on an account on a day: + owed, − paid.
type Move struct {
	On     day.Day
	Amount money.Amount
}

// Age sorts what is left unpaid of an account by its age, and gives the day of the oldest unpaid debt, "" when nothing is owed. Moves come
// in the order of their days; a payment pays the oldest debt first, and what it leaves over pays the next ones.
func Age(moves []Move, today day.Day) (ages Ageing, since day.Day) {
	var open []Move
	var ahead money.Amount // paid in advance
	for _, m := range moves {
		if m.Amount > 0 {
			paid := min(ahead, m.Amount)
			ahead -= paid
			if m.Amount -= paid; m.Amount > 0 {
				open = append(open, m)
			}
			continue
		}
		paid := -m.Amount
		for len(open) > 0 && paid > 0 {
			part := min(paid, open[0].Amount)
			paid -= part
			if open[0].Amount -= part; open[0].Amount == 0 {
				open = open[1:]
			}
		}
		ahead += paid
	}
	for _, m := range open {
		ages[bucketOf(today.Since(m.On))] += m.Amount
	}
	if len(open) > 0 {
		since = open[0].On
	}
	return ages, since
}

// bucketOf is the bucket of an age in days.
func bucketOf(days int) int {
	switch {
	case days <= 30:
		return 0
	case days <= 60:
		return 1
	case days <= 90:
		return 2
	}
	return 3
}
