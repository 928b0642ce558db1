package cashbox

import (
	"slices"

	"encaisse/internal/base/db"
)

// Order puts the boxes of a location in the order of ids, as they were dragged. Those not named keep their order after them.
func Order(tx *db.Tx, location string, ids []string) error {
	boxes, err := inLocation(tx, location)
	if err != nil {
		return err
	}
	rank := func(b Box) int {
		if at := slices.Index(ids, b.ID); at >= 0 {
			return at
		}
		return len(ids)
	}
	slices.SortStableFunc(boxes, func(a, b Box) int { return rank(a) - rank(b) })
	return number(tx, boxes)
}

// Move puts a box one place up (−1) or down (+1) among those of its location in use. At either end nothing moves.
func Move(tx *db.Tx, id string, by int) error {
	moved, err := Get(tx, id)
	if err != nil {
		return err
	}
	boxes, err := inLocation(tx, moved.Location)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(boxes, func(b Box) bool { return b.ID == id })
	to := at + by
	for to >= 0 && to < len(boxes) && !boxes[to].Active {
		to += by
	}
	if to < 0 || to >= len(boxes) {
		return nil
	}
	boxes[at], boxes[to] = boxes[to], boxes[at]
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
