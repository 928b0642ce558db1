package receivable

import (
	"database/sql"
	"time"

	"encaisse/internal/base/db"
)

// kept is a payment with how it was undone.
type kept struct {
	Recorded
	undoEntry, undoBy string
	undoAt            int64
}

func allPayments(q db.Querier) ([]kept, error) {
	return db.List(q, func(r *sql.Rows) (p kept, err error) {
		var at int64
		err = r.Scan(&p.ID, &p.Kind, &p.Customer, &p.Box, &p.Method, &p.Amount, &p.On, &p.Memo, &p.EntryID, &p.By, &at, &p.Reason, &p.Undone, &p.undoEntry, &p.undoBy, &p.undoAt)
		p.At = time.UnixMicro(at).UTC()
		return p, err
	}, `SELECT `+paymentColumns+`, COALESCE(u.entry_id, ''), COALESCE(u.by_user, ''), COALESCE(u.at, 0)`+paymentFrom+` ORDER BY p.id`, q.Company())
}

// strayUndo is a payment that is not there although it was undone, "" when there is none.
func strayUndo(q db.Querier) (payment string, err error) {
	err = q.Row(`SELECT COALESCE(MIN(u.payment_id), '') FROM customer_payment_undo u
		WHERE u.company_id = $1 AND NOT EXISTS (SELECT 1 FROM customer_payment p WHERE p.company_id = $1 AND p.id = u.payment_id)`, q.Company()).Scan(&payment)
	return payment, err
}
