package catalog

import (
	"encaisse/internal/base/arrange"
	"encaisse/internal/base/db"
)

// Key implements arrange.Line.
func (c SalesCategory) Key() string { return c.ID }

// InUse implements arrange.Line.
func (c SalesCategory) InUse() bool { return c.Active }

// Order puts the categories in the order of ids, as they were dragged. Those not named keep their order after them.
func Order(tx *db.Tx, ids []string) error {
	all, err := List(tx)
	if err != nil {
		return err
	}
	arrange.Dragged(all, ids)
	return number(tx, all)
}

// Move puts a category one line up (−1) or down (+1) among those in use. At either end nothing moves.
func Move(tx *db.Tx, id string, by int) error {
	all, err := List(tx)
	if err != nil || !arrange.Moved(all, id, by) {
		return err
	}
	return number(tx, all)
}

func number(tx *db.Tx, all []SalesCategory) error {
	for i, c := range all {
		if err := place(tx, c.ID, i+1); err != nil {
			return err
		}
	}
	return nil
}
