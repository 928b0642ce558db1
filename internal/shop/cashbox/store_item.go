package cashbox

import (
	"database/sql"

	"encaisse/internal/base/db"
)

func ownItems(q db.Querier) ([]Item, error) {
	return db.CachedList(q, "cashbox.ownItems", []string{"cash_item"}, func() ([]Item, error) {
		return db.List(q, func(r *sql.Rows) (i Item, err error) {
			return i, r.Scan(&i.ID, &i.Name, &i.Active)
		}, `SELECT id, name, active FROM cash_item WHERE company_id = $1 ORDER BY name, id`, q.Company())
	})
}

func putItem(tx *db.Tx, i Item) error {
	_, err := tx.Exec(`INSERT INTO cash_item (company_id, id, name, active) VALUES ($1, $2, $3, $4)
		ON CONFLICT (company_id, id) DO UPDATE SET name = excluded.name, active = excluded.active`, tx.Company(), i.ID, i.Name, i.Active)
	return err
}

func feesOf(q db.Querier, box string) ([]Condition, error) {
	return db.List(q, func(r *sql.Rows) (c Condition, err error) {
		return c, r.Scan(&c.Side, &c.Rate, &c.Fixed)
	}, `SELECT side, rate, fixed FROM cash_fee WHERE company_id = $1 AND box_id = $2 ORDER BY n`, q.Company(), box)
}

func dropFees(tx *db.Tx, box string) error {
	_, err := tx.Exec(`DELETE FROM cash_fee WHERE company_id = $1 AND box_id = $2`, tx.Company(), box)
	return err
}

func putFee(tx *db.Tx, box string, n int, c Condition) error {
	_, err := tx.Exec(`INSERT INTO cash_fee (company_id, box_id, n, side, rate, fixed) VALUES ($1, $2, $3, $4, $5, $6)`, tx.Company(), box, int64(n), string(c.Side), c.Rate, int64(c.Fixed))
	return err
}

// feesTaken lists the fees that were taken on a movement. BETWEEN leads SQLite to the index of fees: an equality, without statistics, it looks
// for among all movements of the company.
func feesTaken(q db.Querier, movement string) ([]Recorded, error) {
	return db.List(q, func(r *sql.Rows) (Recorded, error) { return scanMovement(r) }, movementSelect+`AND m.fee_of BETWEEN $2 AND $2 AND m.fee_of <> '' ORDER BY m.at, m.id`, q.Company(), movement)
}
