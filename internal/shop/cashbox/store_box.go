package cashbox

import (
	"database/sql"
	"time"

	"encaisse/internal/base/db"
)

func markDeleted(tx *db.Tx, id string, at int64, by string) error {
	_, err := tx.Exec(`UPDATE cash_box SET active = $3, deleted_at = $4, deleted_by = $5 WHERE company_id = $1 AND id = $2`, tx.Company(), id, false, at, by)
	return err
}

func markRestored(tx *db.Tx, id string) error {
	_, err := tx.Exec(`UPDATE cash_box SET active = $3, deleted_at = 0, deleted_by = '' WHERE company_id = $1 AND id = $2`, tx.Company(), id, true)
	return err
}

// Deletion is a deleted box, with who deleted it and when.
type Deletion struct {
	ID, By string
	At     time.Time
}

// Deletions lists the deleted boxes, the last first.
func Deletions(q db.Querier) ([]Deletion, error) {
	return db.List(q, func(r *sql.Rows) (d Deletion, err error) {
		var at int64
		err = r.Scan(&d.ID, &d.By, &at)
		d.At = time.UnixMicro(at).UTC()
		return d, err
	}, `SELECT id, deleted_by, deleted_at FROM cash_box WHERE company_id = $1 AND deleted_at <> 0 ORDER BY deleted_at DESC, id`, q.Company())
}

// orderOf gives the place of each box in the order a person chose, none when they never chose.
func orderOf(q db.Querier, user string) (map[string]int, error) {
	places := map[string]int{}
	err := db.Each(q, func(r *sql.Rows) error {
		var box string
		var position int
		err := r.Scan(&box, &position)
		places[box] = position
		return err
	}, `SELECT box_id, position FROM cash_order WHERE company_id = $1 AND user_id = $2`, q.Company(), user)
	return places, err
}

func dropOrder(tx *db.Tx, user string) error {
	_, err := tx.Exec(`DELETE FROM cash_order WHERE company_id = $1 AND user_id = $2`, tx.Company(), user)
	return err
}

func putOrder(tx *db.Tx, user, box string, position int) error {
	_, err := tx.Exec(`INSERT INTO cash_order (company_id, user_id, box_id, position) VALUES ($1, $2, $3, $4)
		ON CONFLICT (company_id, user_id, box_id) DO UPDATE SET position = excluded.position`, tx.Company(), user, box, int64(position))
	return err
}
