package tender

import (
	"encaisse/internal/base/arrange"
	"encaisse/internal/base/db"
)

// Key implements arrange.Line.
func (m Method) Key() string { return m.ID }

// InUse implements arrange.Line.
func (m Method) InUse() bool { return m.Active }

// Order puts the methods in the order of ids, as they were dragged. Those not named keep their order after them.
func Order(tx *db.Tx, ids []string) error {
	all, err := List(tx)
	if err != nil {
		return err
	}
	arrange.Dragged(all, ids)
	return number(tx, all)
}

// Move puts a method one place up (−1) or down (+1) among those in use. At either end nothing moves.
func Move(tx *db.Tx, id string, by int) error {
	all, err := List(tx)
	if err != nil || !arrange.Moved(all, id, by) {
		return err
	}
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
