package receivable

import (
	"database/sql"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

const paymentColumns = `p.id, p.kind, p.party_id, p.box_id, p.method_id, p.amount, p.on_day, p.memo, p.entry_id, p.by_user, p.at, COALESCE(u.reason, ''), u.payment_id IS NOT NULL`

const paymentFrom = ` FROM customer_payment p LEFT JOIN customer_payment_undo u ON u.company_id = p.company_id AND u.payment_id = p.id WHERE p.company_id = $1`

func scanPayment(r *sql.Rows) (p Recorded, err error) {
	var at int64
	err = r.Scan(&p.ID, &p.Kind, &p.Customer, &p.Box, &p.Method, &p.Amount, &p.On, &p.Memo, &p.EntryID, &p.By, &at, &p.Reason, &p.Undone)
	p.At = time.UnixMicro(at).UTC()
	return p, err
}

// PaymentByID finds a payment. Fault NotFound.
func PaymentByID(q db.Querier, id string) (Recorded, error) {
	found, err := db.List(q, scanPayment, `SELECT `+paymentColumns+paymentFrom+` AND p.id = $2`, q.Company(), id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "Ce règlement n’existe pas.")
	}
	if err != nil {
		return Recorded{}, err
	}
	return found[0], nil
}

func insertPayment(tx *db.Tx, p Recorded) error {
	_, err := tx.Exec(`INSERT INTO customer_payment (company_id, id, kind, party_id, box_id, method_id, amount, on_day, memo, entry_id, by_user, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.Company(), p.ID, string(p.Kind), p.Customer, p.Box, p.Method, int64(p.Amount), string(p.On), p.Memo, p.EntryID, p.By, p.At.UnixMicro())
	return err
}

func insertUndo(tx *db.Tx, payment, reason, entry, by string) error {
	_, err := tx.Exec(`INSERT INTO customer_payment_undo (company_id, payment_id, reason, entry_id, by_user, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		tx.Company(), payment, reason, entry, by, tx.Now().UnixMicro())
	return err
}
