package daysheet

import (
	"database/sql"
	"errors"
	"fmt"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

// EachID calls fn with the id of every version of every sheet, which the seal must hold. fn reads nothing.
func EachID(q db.Querier, fn func(versionID string) error) error {
	return db.Each(q, func(r *sql.Rows) error {
		var versionID string
		if err := r.Scan(&versionID); err != nil {
			return err
		}
		return fn(versionID)
	}, `SELECT id FROM daysheet WHERE company_id = $1 ORDER BY id`, q.Company())
}

// SealedContent rebuilds, from its row, the bytes that were sealed for a version; sql.ErrNoRows when it is not there. A row whose columns
// and content do not say the same gives other bytes.
func SealedContent(q db.Querier, versionID string) ([]byte, error) {
	v, err := scanVersion(q.Row(`SELECT `+versionColumns+` FROM daysheet WHERE company_id = $1 AND id = $2`, q.Company(), versionID))
	if err != nil {
		return nil, err
	}
	c, err := v.content()
	if err != nil || !c.fits(v) {
		return fmt.Appendf(nil, "%+v", v), nil
	}
	return c.bytes(), nil
}

// numbered is what carries from one version of a box to the next.
type numbered struct {
	on                  day.Day
	version             int
	seq                 int64
	gross               money.Amount
	perpetual, absolute money.Amount
}

func eachNumbered(q db.Querier, box string, fn func(numbered) error) error {
	return db.Each(q, func(r *sql.Rows) error {
		var n numbered
		if err := r.Scan(&n.on, &n.version, &n.seq, &n.gross, &n.perpetual, &n.absolute); err != nil {
			return err
		}
		return fn(n)
	}, `SELECT on_day, version, seq, gross, perpetual, perpetual_abs FROM daysheet WHERE company_id = $1 AND box_id = $2 ORDER BY seq`, q.Company(), box)
}

// sheetBoxes lists the boxes that have sheets.
func sheetBoxes(q db.Querier) ([]string, error) {
	return db.List(q, func(r *sql.Rows) (box string, err error) { return box, r.Scan(&box) },
		`SELECT DISTINCT box_id FROM daysheet WHERE company_id = $1 ORDER BY box_id`, q.Company())
}

// nextDay is the first day of a box with a sheet after another, "" when there is none.
func nextDay(q db.Querier, box string, after day.Day) (on day.Day, err error) {
	err = q.Row(`SELECT on_day FROM daysheet WHERE company_id = $1 AND box_id = $2 AND on_day > $3 ORDER BY on_day LIMIT 1`, q.Company(), box, string(after)).Scan(&on)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return on, err
}
