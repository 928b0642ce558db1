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
func Order(tx *db.Tx, location string, ids []string) error {
	boxes, err := inLocation(tx, location)
	if err != nil {
		return err
	}
	arrange.Dragged(boxes, ids)
	return number(tx, boxes)
}

// Move puts a till one place up (−1) or down (+1) among those of its location in use. At either end nothing moves.
func Move(tx *db.Tx, id string, by int) error {
	moved, err := Get(tx, id)
	if err != nil {
		return err
	}
	boxes, err := inLocation(tx, moved.Location)
	if err != nil || !arrange.Moved(boxes, id, by) {
		return err
	}
	return number(tx, boxes)
}

func inLocation(tx *db.Tx, location string) ([]Box, error) {
	all, err := List(tx)
	return slices.DeleteFunc(all, func(b Box) bool { return b.Location != location }), err
}

func number(tx *db.Tx, boxes []Box) error {
	for i, b := range boxes {
		if err := placeBox(tx, b.ID, i+1); err != nil {
			return err
		}
	}
	return nil
}
