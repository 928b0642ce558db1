package receivable

import (
	"slices"

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
func Age(moves []Move, today day.Day) (Ageing, day.Day) {
	var d debt
	for _, m := range moves {
		d.left += m.Amount
	}
	for _, m := range slices.Backward(moves) {
		if !d.take(m, today) {
			break
		}
	}
	return d.ages, d.since
}

// debt is what is owed, being found among the moves that made it: payments pay the oldest debts, so what is left is the last ones.
type debt struct {
	left  money.Amount // not found yet; 0 or less: nothing is owed
	ages  Ageing
	since day.Day // of the oldest found
}

// take takes the move before those taken, and tells whether some of the debt is still to find.
func (d *debt) take(m Move, today day.Day) bool {
	if m.Amount > 0 && d.left > 0 {
		part := min(d.left, m.Amount)
		d.left -= part
		d.ages[bucketOf(today.Since(m.On))] += part
		d.since = m.On
	}
	return d.left > 0
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
