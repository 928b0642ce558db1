package ledger

import (
	"database/sql"

	"encaisse/internal/base/db"
)

// EachSource calls fn with every act that posted entries, so that a room can tell whether each is still there. fn reads nothing.
func EachSource(q db.Querier, fn func(source string) error) error {
	return db.Each(q, func(r *sql.Rows) error {
		var source string
		if err := r.Scan(&source); err != nil {
			return err
		}
		return fn(source)
	}, `SELECT DISTINCT source FROM ledger_entry WHERE company_id = $1`, q.Company())
}
