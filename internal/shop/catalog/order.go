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
func Order(tx *db.Tx, ids []string) error { return kept(tx).Order(ids) }

// Move puts a category one line up (−1) or down (+1) among those in use. At either end nothing moves.
func Move(tx *db.Tx, id string, by int) error { return kept(tx).Move(id, by) }

func kept(tx *db.Tx) arrange.Kept[SalesCategory] {
	return arrange.Kept[SalesCategory]{List: func() ([]SalesCategory, error) { return List(tx) }, Place: func(id string, n int) error { return place(tx, id, n) }}
}
