package app

import (
	"context"
	"database/sql"
	"strings"

	"encaisse/internal/base/db"
)

// companies lists the ids of all companies of the store.
func companies(ctx context.Context, d *db.DB) (ids []string, err error) {
	err = d.Read(ctx, "", func(q *db.Snapshot) error {
		ids, err = db.List(q, func(r *sql.Rows) (companyID string, err error) { return companyID, r.Scan(&companyID) }, `SELECT id FROM company ORDER BY id`)
		return err
	})
	return ids, err
}

// isMissingTable tells whether a query failed because the schema was never made.
func isMissingTable(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "no such table") || strings.Contains(err.Error(), "does not exist"))
}
