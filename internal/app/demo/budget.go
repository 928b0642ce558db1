package demo

import (
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/figures"
)

// goals types the budget of the present year: what the same month of the year before took, and seven percent more, in round hundreds of euros.
// Months without a year before have none.
func (b *builder) goals(tx *db.Tx) error {
	plan, err := figures.LoadPlan(tx, string(b.Today[:4])+"-01", func(string) bool { return true })
	if err != nil {
		return err
	}
	goals := map[figures.Slot]*money.Amount{}
	for slot, before := range plan.Before {
		goal := money.Amount(money.DivRound(int64(before)*107, 100*10_000)) * 10_000
		goals[slot] = &goal
	}
	return figures.SaveGoals(tx, b.people[0].id, goals)
}
