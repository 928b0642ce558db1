package voucher

import (
	"database/sql"

	"encaisse/internal/base/db"
)

// strayEvent is a voucher that is not there although an event names it, "" when there is none.
func strayEvent(q db.Querier) (voucher string, err error) {
	err = q.Row(`SELECT COALESCE(MIN(e.voucher_id), '') FROM voucher_event e
		WHERE e.company_id = $1 AND NOT EXISTS (SELECT 1 FROM voucher v WHERE v.company_id = $1 AND v.id = e.voucher_id)`, q.Company()).Scan(&voucher)
	return voucher, err
}

// sealedByID finds an event that is sealed by itself; sql.ErrNoRows when there is none.
func sealedByID(q db.Querier, id string) (e Event, err error) {
	found, err := db.List(q, scanEvent, `SELECT `+eventColumns+` FROM voucher_event WHERE company_id = $1 AND id = $2 AND sealed = TRUE`, q.Company(), id)
	if err == nil && len(found) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return Event{}, err
	}
	return found[0], nil
}

// unsealed is a prolongation without a seal although it was made since an instant, or another event with one, "" when there is none.
func unsealed(q db.Querier, since int64) (id string, err error) {
	err = q.Row(`SELECT COALESCE(MIN(id), '') FROM voucher_event WHERE company_id = $1 AND sealed <> (kind = 'prolonged') AND (kind <> 'prolonged' OR at >= $2)`, q.Company(), since).Scan(&id)
	return id, err
}

// EachProlonged calls fn with every event that is sealed by itself.
func EachProlonged(q db.Querier, fn func(id string) error) error {
	return db.Each(q, func(r *sql.Rows) error {
		var id string
		if err := r.Scan(&id); err != nil {
			return err
		}
		return fn(id)
	}, `SELECT id FROM voucher_event WHERE company_id = $1 AND sealed = TRUE ORDER BY id`, q.Company())
}
