package catalog

import (
	"database/sql"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

const columns = `id, label, rate, kind, account_code, reporting, colour, note, active`

// List gives every category in the order of the ticket Z, those out of use too.
func List(q db.Querier) ([]SalesCategory, error) {
	return db.CachedList(q, "catalog.List", []string{"sales_category"}, func() ([]SalesCategory, error) {
		return db.List(q, scan, `SELECT `+columns+` FROM sales_category WHERE company_id = $1 ORDER BY position, id`, q.Company())
	})
}

// Get finds a category.
func Get(q db.Querier, id string) (SalesCategory, error) {
	found, err := db.List(q, scan, `SELECT `+columns+` FROM sales_category WHERE company_id = $1 AND id = $2`, q.Company(), id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "Cette ligne du ticket Z n’existe pas.")
	}
	if err != nil {
		return SalesCategory{}, err
	}
	return found[0], nil
}

func scan(r *sql.Rows) (SalesCategory, error) {
	var c SalesCategory
	err := r.Scan(&c.ID, &c.Label, &c.Rate, &c.Kind, &c.AccountCode, &c.Reporting, &c.Colour, &c.Note, &c.Active)
	return c, err
}

// put writes a category; a new one goes to the end of the ticket.
func put(tx *db.Tx, c SalesCategory) error {
	_, err := tx.Exec(`INSERT INTO sales_category (company_id, `+columns+`, position, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
			(SELECT COALESCE(MAX(position), 0) + 1 FROM sales_category WHERE company_id = $1), $11)
		ON CONFLICT (company_id, id) DO UPDATE SET label = excluded.label, rate = excluded.rate, kind = excluded.kind,
		account_code = excluded.account_code, reporting = excluded.reporting, colour = excluded.colour, note = excluded.note, active = excluded.active`,
		tx.Company(), c.ID, c.Label, int64(c.Rate), string(c.Kind), c.AccountCode, string(c.Reporting), c.Colour, c.Note, c.Active, tx.Now().UnixMicro())
	return err
}

func place(tx *db.Tx, id string, position int) error {
	_, err := tx.Exec(`UPDATE sales_category SET position = $3 WHERE company_id = $1 AND id = $2`, tx.Company(), id, position)
	return err
}
