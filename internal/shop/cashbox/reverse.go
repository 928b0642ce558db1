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
// screen, struck through. Its fees are undone with it. A reason is asked for.
func Reverse(tx *db.Tx, movement, reason string, today day.Day, by string) (Recorded, error) {
	r, err := MovementByID(tx, movement)
	if err != nil {
		return r, err
	}
	if err := r.standsAlone(); err != nil {
		return r, err
	}
	if r.Reversed {
		return r, fault.New(fault.Conflict, "Cette opération est déjà annulée.")
	}
	if reason = strings.TrimSpace(reason); reason == "" || utf8.RuneCountInString(reason) > 200 {
		return r, fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("reason", "Dites en quelques mots, 200 caractères au plus, pourquoi l’opération est annulée.")
	}
	return r, r.turn(tx, "reversed", reason, today, by)
}

// Restore gives back an undone movement, with its fees: the entry that undid it is reversed in its turn, on the movement’s own day.
func Restore(tx *db.Tx, movement string, today day.Day, by string) (Recorded, error) {
	r, err := MovementByID(tx, movement)
	if err != nil {
		return r, err
	}
	if err := r.standsAlone(); err != nil {
		return r, err
	}
	if !r.Reversed {
		return r, fault.New(fault.Conflict, "Cette opération n’est pas annulée.")
	}
	return r, r.turn(tx, "restored", "", today, by)
}

// standsAlone refuses to touch a fee apart from its payment.
func (r Recorded) standsAlone() error {
	if r.FeeOf != "" {
		return fault.New(fault.Conflict, "Ces frais suivent leur paiement\u00a0: annulez ou restaurez le paiement.")
	}
	return nil
}

// checkBoxes refuses to move money in a box that is out of use: it was empty when it was put away.
func (m Movement) checkBoxes(tx *db.Tx) error {
	for box := range m.Moves() {
		if b, err := ByID(tx, box); err != nil {
			return err
		} else if !b.Active {
			return fault.New(fault.Conflict, "La caisse «\u00a0"+b.Name+"\u00a0» est hors service. Remettez-la en service pour annuler ou restaurer cette opération.")
		}
	}
	return nil
}

// turn undoes or restores a movement and its fees, and keeps what was done to each.
func (r *Recorded) turn(tx *db.Tx, state, reason string, today day.Day, by string) error {
	if err := r.checkBoxes(tx); err != nil {
		return err
	}
	if err := r.checkOtherBox(tx); err != nil {
		return err
	}
	fees, err := feesTaken(tx, r.ID)
	if err != nil {
		return err
	}
	if err := r.turnOne(tx, state, reason, today, by); err != nil {
		return err
	}
	for _, f := range fees {
		if err := f.turnOne(tx, state, reason, today, by); err != nil {
			return err
		}
	}
	return nil
}

func (r *Recorded) turnOne(tx *db.Tx, state, reason string, today day.Day, by string) error {
	changes, err := changesOf(tx, r.ID)
	if err != nil {
		return err
	}
	last := r.EntryID
	if len(changes) > 0 {
		last = changes[len(changes)-1].entry
	}
	posted, err := ledger.Reverse(tx, last, r.On, today, by, movementSource+r.ID, changeMemo(state, reason))
	if err != nil {
		return err
	}
	r.Reversed, r.Reason = state == "reversed", reason
	return insertChange(tx, r.ID, state, reason, posted.ID, by)
}

// changeMemo is what the journal shows of a movement undone or restored.
func changeMemo(state, reason string) string {
	if state == "restored" {
		return "Opération restaurée"
	}
	return "Annulation\u00a0: " + reason
}
