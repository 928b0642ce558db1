package cashbox

import (
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/ledger"
)

// Reverse undoes a movement: its entry is reversed on the movement’s own day, which must not be locked, and the movement stays on
// screen, struck through. A reason is asked for.
func Reverse(tx *db.Tx, movement, reason string, today day.Day, by string) (Recorded, error) {
	r, err := MovementByID(tx, movement)
	if err != nil {
		return r, err
	}
	if r.Reversed {
		return r, fault.New(fault.Conflict, "Cette opération est déjà annulée.")
	}
	if reason = strings.TrimSpace(reason); reason == "" || utf8.RuneCountInString(reason) > 200 {
		return r, fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("reason", "Dites en quelques mots, 200 caractères au plus, pourquoi l’opération est annulée.")
	}
	if err := r.checkOtherBox(tx); err != nil {
		return r, err
	}
	posted, err := ledger.Reverse(tx, r.EntryID, r.On, today, by, "movement:"+r.ID, "Annulation\u00a0: "+reason)
	if err != nil {
		return r, err
	}
	r.Reversed, r.Reason = true, reason
	return r, insertChange(tx, r.ID, "reversed", reason, posted.ID, by)
}
