package app

import (
	"context"
	"database/sql"

	"encaisse/internal/base/db"
)

// namedCompany is a company as a command names it.
type namedCompany struct{ id, name string }

// namedCompanies lists the companies of the store, by name.
func namedCompanies(ctx context.Context, d *db.DB) (list []namedCompany, err error) {
	err = d.Read(ctx, "", func(q *db.Snapshot) error {
		list, err = db.List(q, func(r *sql.Rows) (c namedCompany, err error) { return c, r.Scan(&c.id, &c.name) }, `SELECT id, name FROM company ORDER BY name, id`)
		return err
	})
	return list, err
}
