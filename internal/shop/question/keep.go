package question

import (
	"context"

	"encaisse/internal/base/db"
)

// KeepCount counts the open threads of a company again where the count is no longer true: that of a company that came from another install.
func KeepCount(ctx context.Context, d *db.DB, companyID string) error {
	var real, kept Count
	err := d.Read(ctx, companyID, func(q *db.Snapshot) (err error) {
		if real, err = countOpen(q); err != nil {
			return err
		}
		kept, err = countKept(q)
		return err
	})
	if err != nil || real == kept {
		return err
	}
	return d.Write(ctx, companyID, recount)
}
