package cashbox

import (
	"slices"

	"encaisse/internal/base/arrange"
	"encaisse/internal/base/db"
)

// Key implements arrange.Line.
func (b Box) Key() string { return b.ID }

// InUse implements arrange.Line.
func (b Box) InUse() bool { return b.Active }

// Order puts the tills of a location in the order of ids, as they were dragged. Those not named keep their order after them.
func Order(tx *db.Tx, location string, ids []string) error { return kept(tx, location).Order(ids) }

// Move puts a till one place up (−1) or down (+1) among those of its location in use. At either end nothing moves.
func Move(tx *db.Tx, id string, by int) error {
	moved, err := Get(tx, id)
	if err != nil {
		return err
	}
	return kept(tx, moved.Location).Move(id, by)
}

// kept are the tills of a location.
func kept(tx *db.Tx, location string) arrange.Kept[Box] {
	return arrange.Kept[Box]{List: func() ([]Box, error) {
		all, err := List(tx)
		return slices.DeleteFunc(all, func(b Box) bool { return b.Location != location }), err
	}, Place: func(id string, n int) error { return placeBox(tx, id, n) }}
}
