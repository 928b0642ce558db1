package tender

import (
	"database/sql"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

const columns = `id, kind, label, account_code, prefilled, box_float, active`

// List gives every method in the order of the ticket Z, those out of use too.
func List(q db.Querier) ([]Method, error) {
	return db.CachedList(q, "tender.List", []string{"tender_method"}, func() ([]Method, error) {
		return db.List(q, scan, `SELECT `+columns+` FROM tender_method WHERE company_id = $1 ORDER BY position, id`, q.Company())
	})
}

// Get finds a method.
func Get(q db.Querier, id string) (Method, error) {
	all, err := List(q)
	if err != nil {
		return Method{}, err
	}
	at := slices.IndexFunc(all, func(m Method) bool { return m.ID == id })
	if at < 0 {
		return Method{}, fault.New(fault.NotFound, "Ce moyen de paiement n’existe pas.")
	}
	return all[at], nil
}

func scan(r *sql.Rows) (Method, error) {
	var m Method
	err := r.Scan(&m.ID, &m.Kind, &m.Label, &m.AccountCode, &m.Prefilled, &m.Float, &m.Active)
	return m, err
}

// put writes a method; a new one goes to the end. The kind of an old one stays.
func put(tx *db.Tx, m Method) error {
	_, err := tx.Exec(`INSERT INTO tender_method (company_id, `+columns+`, position, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT COALESCE(MAX(position), 0) + 1 FROM tender_method WHERE company_id = $1), $9)
		ON CONFLICT (company_id, id) DO UPDATE SET label = excluded.label, account_code = excluded.account_code,
		prefilled = excluded.prefilled, box_float = excluded.box_float, active = excluded.active`,
		tx.Company(), m.ID, string(m.Kind), m.Label, m.AccountCode, m.Prefilled, int64(m.Float), m.Active, tx.Now().UnixMicro())
	return err
}

func place(tx *db.Tx, id string, position int) error {
	_, err := tx.Exec(`UPDATE tender_method SET position = $3 WHERE company_id = $1 AND id = $2`, tx.Company(), id, position)
	return err
}
