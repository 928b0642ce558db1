package cashbox

import (
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// Delete puts an empty box out of use and out of sight. What happened in it stays, and it can be restored. Fault Conflict for a box that
// holds money, and for the last till in use.
func Delete(tx *db.Tx, by, boxID string) (Box, error) {
	b, err := ByID(tx, boxID)
	if err != nil || b.Deleted {
		return b, err
	}
	all, err := Everything(tx)
	if err != nil {
		return b, err
	}
	if b.Active && lastTill(b, all) {
		return b, fault.New(fault.Conflict, "Gardez au moins une caisse de boutique en service.")
	}
	if err := checkEmpty(tx, b); err != nil {
		return b, err
	}
	if err := markDeleted(tx, b.ID, tx.Now().UnixMicro(), by); err != nil {
		return b, err
	}
	return b, logBox(tx, by, b, "Caisse supprimée\u00a0: "+b.Name)
}

// Undelete gives a deleted box back, in use. Fault Conflict when another box took its name.
func Undelete(tx *db.Tx, by, boxID string) (Box, error) {
	b, err := ByID(tx, boxID)
	if err != nil || !b.Deleted {
		return b, err
	}
	all, err := Everything(tx)
	if err != nil {
		return b, err
	}
	if slices.ContainsFunc(all, func(other Box) bool { return other.ID != b.ID && other.Active && b.sameName(other) }) {
		return b, fault.New(fault.Conflict, "Une autre caisse du même endroit a pris le nom «\u00a0"+b.Name+"\u00a0». Renommez-la, puis restaurez celle-ci.")
	}
	if err := markRestored(tx, b.ID); err != nil {
		return b, err
	}
	if err := OpenAccounts(tx, b); err != nil {
		return b, err
	}
	return b, logBox(tx, by, b, "Caisse restaurée\u00a0: "+b.Name)
}
