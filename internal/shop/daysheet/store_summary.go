package daysheet

import (
	"database/sql"
	"errors"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
)

func scanSummary(r interface{ Scan(...any) error }) (s Summary, err error) {
	var at int64
	err = r.Scan(&s.Company, &s.Month, &s.days, &s.exported, &s.Boxes, &at)
	s.ChangedAt = time.UnixMicro(at).UTC()
	return s, err
}

const summaryColumns = `company_id, month, days, exported, boxes, changed_at`

// summaryOf is the summary of a month of the handle’s company.
func summaryOf(q db.Querier, month day.Month) (s Summary, known bool, err error) {
	s, err = scanSummary(q.Row(`SELECT `+summaryColumns+` FROM day_summary WHERE month = $1 AND company_id = $2`, string(month), q.Company()))
	if errors.Is(err, sql.ErrNoRows) {
		return Summary{}, false, nil
	}
	return s, err == nil, err
}

// summariesOf are the summaries of the handle’s company, by month.
func summariesOf(q db.Querier) ([]Summary, error) {
	return db.List(q, func(r *sql.Rows) (Summary, error) { return scanSummary(r) }, `SELECT `+summaryColumns+` FROM day_summary WHERE company_id = $1 ORDER BY month`, q.Company())
}

// Summaries are the summaries of a month, by company: those of every company of the store. Who sees which is for the caller to know.
func Summaries(q db.Querier, month day.Month) (map[string]Summary, error) {
	all := map[string]Summary{}
	err := db.Each(q, func(r *sql.Rows) error {
		s, err := scanSummary(r)
		all[s.Company] = s
		return err
	}, `SELECT `+summaryColumns+` FROM day_summary WHERE month = $1`, string(month))
	return all, err
}

func putSummary(tx *db.Tx, s Summary) error {
	_, err := tx.Exec(`INSERT INTO day_summary (company_id, month, days, exported, boxes, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (month, company_id) DO UPDATE SET days = excluded.days, exported = excluded.exported, boxes = excluded.boxes, changed_at = excluded.changed_at`,
		tx.Company(), string(s.Month), s.days, s.exported, int64(s.Boxes), tx.Now().UnixMicro())
	return err
}
