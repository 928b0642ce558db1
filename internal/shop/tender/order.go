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
func Order(tx *db.Tx, ids []string) error { return kept(tx).Order(ids) }

// Move puts a method one place up (−1) or down (+1) among those in use. At either end nothing moves.
func Move(tx *db.Tx, id string, by int) error { return kept(tx).Move(id, by) }

func kept(tx *db.Tx) arrange.Kept[Method] {
	return arrange.Kept[Method]{List: func() ([]Method, error) { return List(tx) }, Place: func(id string, n int) error { return place(tx, id, n) }}
}
