package tender

import (
	"slices"

	"encaisse/internal/base/db"
)

// Order puts the methods in the order of ids, as they were dragged. Those not named keep their order after them.
func Order(tx *db.Tx, ids []string) error {
	all, err := List(tx)
	if err != nil {
		return err
	}
	rank := func(m Method) int {
		if at := slices.Index(ids, m.ID); at >= 0 {
			return at
		}
		return len(ids)
	}
	slices.SortStableFunc(all, func(a, b Method) int { return rank(a) - rank(b) })
	return number(tx, all)
}

// Move puts a method one place up (−1) or down (+1) among those in use. At either end nothing moves.
func Move(tx *db.Tx, id string, by int) error {
	all, err := List(tx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(m Method) bool { return m.ID == id })
	to := at + by
	for to >= 0 && to < len(all) && !all[to].Active {
		to += by
	}
	if at < 0 || to < 0 || to >= len(all) {
		return nil
	}
	all[at], all[to] = all[to], all[at]
	return number(tx, all)
}

func number(tx *db.Tx, all []Method) error {
	for i, m := range all {
		if err := place(tx, m.ID, i+1); err != nil {
			return err
		}
	}
	return nil
}
