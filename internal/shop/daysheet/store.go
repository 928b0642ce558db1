package daysheet

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

const versionColumns = `box_id, on_day, version, id, seq, entry_id, source, origin, z_number, sales_count, customer_count, gross, net, tax, taken, breakdown, over_short, unexplained,
	perpetual, perpetual_abs, reason, content, by_user, at`

func scanVersion(r interface{ Scan(...any) error }) (v Version, err error) {
	var at int64
	var origin Source
	err = r.Scan(&v.Box, &v.On, &v.Number, &v.ID, &v.Seq, &v.EntryID, &v.Source, &origin, &v.ZNumber, &v.SalesCount, &v.CustomerCount, &v.Gross, &v.Net, &v.Tax, &v.Taken, &v.Breakdown, &v.OverShort,
		&v.Unexplained, &v.Perpetual, &v.PerpetualAbs, &v.Reason, &v.Content, &v.By, &at)
	if origin != "" {
		v.Source = origin
	}
	v.At = time.UnixMicro(at).UTC()
	return v, err
}

// versionsOf lists every version of the sheets of a box over days, by day then version.
func versionsOf(q db.Querier, box string, first, last day.Day) ([]Version, error) {
	return db.List(q, func(r *sql.Rows) (Version, error) { return scanVersion(r) },
		`SELECT `+versionColumns+` FROM daysheet WHERE company_id = $1 AND box_id = $2 AND on_day BETWEEN $3 AND $4 ORDER BY on_day, version`, q.Company(), box, string(first), string(last))
}

func closedDays(q db.Querier, box string, first, last day.Day) (map[day.Day]bool, error) {
	closed := map[day.Day]bool{}
	err := db.Each(q, func(r *sql.Rows) error {
		var on day.Day
		err := r.Scan(&on)
		closed[on] = true
		return err
	}, `SELECT on_day FROM daysheet WHERE company_id = $1 AND box_id = $2 AND on_day BETWEEN $3 AND $4 AND version = 1`, q.Company(), box, string(first), string(last))
	return closed, err
}

// nextClosed is the first closed day of a box from a day on.
func nextClosed(q db.Querier, box string, from day.Day) (on day.Day, found bool, err error) {
	last, err := db.CachedAlone(q, "daysheet.lastClosed/"+box, []string{"daysheet"}, func() (last day.Day, err error) {
		err = q.Row(`SELECT COALESCE(MAX(on_day), '') FROM daysheet WHERE company_id = $1 AND box_id = $2`, q.Company(), box).Scan(&last)
		return last, err
	})
	if err != nil || from > last {
		return "", false, err
	}
	err = q.Row(`SELECT on_day FROM daysheet WHERE company_id = $1 AND box_id = $2 AND on_day >= $3 AND version = 1 ORDER BY on_day LIMIT 1`, q.Company(), box, string(from)).Scan(&on)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return on, err == nil, err
}

func lastPerpetual(q db.Querier, box string) (perpetual, absolute money.Amount, err error) {
	err = q.Row(`SELECT perpetual, perpetual_abs FROM daysheet WHERE company_id = $1 AND box_id = $2 ORDER BY seq DESC LIMIT 1`, q.Company(), box).Scan(&perpetual, &absolute)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return perpetual, absolute, err
}

// LastZ is the number of the ticket Z of the last closed day of a box before a day, "" when none had one.
func LastZ(q db.Querier, box string, before day.Day) (string, error) {
	var z string
	err := q.Row(`SELECT z_number FROM daysheet WHERE company_id = $1 AND box_id = $2 AND on_day < $3 AND z_number <> '' ORDER BY on_day DESC, version DESC LIMIT 1`, q.Company(), box, string(before)).Scan(&z)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return z, err
}

func insertVersion(tx *db.Tx, v Version) error {
	source, origin := v.Source.columns()
	_, err := tx.Exec(`INSERT INTO daysheet (company_id, `+versionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)`, tx.Company(), v.Box, string(v.On), int64(v.Number), v.ID, v.Seq, v.EntryID,
		source, origin, v.ZNumber, int64(v.SalesCount), int64(v.CustomerCount), int64(v.Gross), int64(v.Net), int64(v.Tax), int64(v.Taken), int64(v.Breakdown), int64(v.OverShort),
		int64(v.Unexplained), int64(v.Perpetual), int64(v.PerpetualAbs), v.Reason, v.Content, v.By, v.At.UnixMicro())
	return err
}

func scanDraft(r interface{ Scan(...any) error }) (d Draft, err error) {
	var at int64
	var fields string
	if err = r.Scan(&d.Box, &d.On, &d.Revision, &fields, &d.Gross, &d.By, &at); err != nil {
		return d, err
	}
	d.At = time.UnixMicro(at).UTC()
	return d, json.Unmarshal([]byte(fields), &d.Fields)
}

const draftColumns = `box_id, on_day, revision, fields, gross, by_user, at`

func draftOf(q db.Querier, box string, on day.Day) (*Draft, error) {
	d, err := scanDraft(q.Row(`SELECT `+draftColumns+` FROM daysheet_draft WHERE company_id = $1 AND box_id = $2 AND on_day = $3`, q.Company(), box, string(on)))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &d, err
}

func draftsOf(q db.Querier, box string, first, last day.Day) (map[day.Day]Draft, error) {
	drafts := map[day.Day]Draft{}
	err := db.Each(q, func(r *sql.Rows) error {
		d, err := scanDraft(r)
		drafts[d.On] = d
		return err
	}, `SELECT `+draftColumns+` FROM daysheet_draft WHERE company_id = $1 AND box_id = $2 AND on_day BETWEEN $3 AND $4`, q.Company(), box, string(first), string(last))
	return drafts, err
}

func putDraft(tx *db.Tx, d Draft) error {
	fields, err := json.Marshal(d.Fields)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO daysheet_draft (company_id, `+draftColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (company_id, box_id, on_day) DO UPDATE SET revision = excluded.revision, fields = excluded.fields, gross = excluded.gross, by_user = excluded.by_user, at = excluded.at`,
		tx.Company(), d.Box, string(d.On), int64(d.Revision), string(fields), int64(d.Gross), d.By, d.At.UnixMicro())
	return err
}

func deleteDraft(tx *db.Tx, box string, on day.Day) error {
	_, err := tx.Exec(`DELETE FROM daysheet_draft WHERE company_id = $1 AND box_id = $2 AND on_day = $3`, tx.Company(), box, string(on))
	return err
}
