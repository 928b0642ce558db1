package receivable

import (
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/act"
	"encaisse/internal/books/ledger"
)

// Undo reverses the entry of a payment on its own day, which must not be locked. The payment stays, struck through. The same key counts
// once. A reason is asked for.
func Undo(tx *db.Tx, key, payment, reason string, today day.Day, by string) (p Recorded, err error) {
	if p, err = PaymentByID(tx, payment); err != nil {
		return p, err
	}
	if reason = strings.TrimSpace(reason); reason == "" || utf8.RuneCountInString(reason) > 200 {
		return p, refuse("reason", "Dites en quelques mots, 200 caractères au plus, pourquoi le règlement est annulé.")
	}
	return p, act.Once(tx, key, "receivable.undo", []string{payment, reason}, func() error {
		if p.Undone {
			return fault.New(fault.Conflict, "Ce règlement est déjà annulé.")
		}
		posted, err := ledger.Reverse(tx, p.EntryID, p.On, today, by, paymentSource+p.ID, undoMemo(reason))
		if err != nil {
			return err
		}
		return insertUndo(tx, p.ID, reason, posted.ID, by)
	})
}

// undoMemo is what the journal shows of a payment undone.
func undoMemo(reason string) string { return "Annulation\u00a0: " + reason }
