package accounting

import (
	"database/sql"
	"errors"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
)

// Load gives the settings of the company.
func Load(q db.Querier) (Settings, error) {
	s := Defaults()
	err := q.Row(`SELECT format, account_length FROM accounting_settings WHERE company_id = $1`, q.Company()).Scan(&s.Format, &s.AccountLength)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return s, err
	}
	err = db.Each(q, func(r *sql.Rows) error {
		var place string
		var j Journal
		if err := r.Scan(&place, &j.Code, &j.Label); err != nil {
			return err
		}
		switch place {
		case placeDefault:
			s.Default = j
		case placeOpening:
			s.Opening = j
		default:
			s.ByBox[place] = j
		}
		return nil
	}, `SELECT place, code, label FROM accounting_journal WHERE company_id = $1`, q.Company())
	return s, err
}

func putSettings(tx *db.Tx, s Settings) error {
	_, err := tx.Exec(`INSERT INTO accounting_settings (company_id, format, account_length) VALUES ($1, $2, $3)
		ON CONFLICT (company_id) DO UPDATE SET format = excluded.format, account_length = excluded.account_length`, tx.Company(), s.Format, int64(s.AccountLength))
	return err
}

func replaceJournals(tx *db.Tx, journals map[string]Journal) error {
	if _, err := tx.Exec(`DELETE FROM accounting_journal WHERE company_id = $1`, tx.Company()); err != nil {
		return err
	}
	for place, j := range journals {
		if _, err := tx.Exec(`INSERT INTO accounting_journal (company_id, place, code, label) VALUES ($1, $2, $3, $4)`, tx.Company(), place, j.Code, j.Label); err != nil {
			return err
		}
	}
	return nil
}

const exportColumns = `id, first_day, last_day, format, version, name, digest, entries, lines, debit, by_user, at`

func scanExport(r interface{ Scan(...any) error }) (e Export, err error) {
	var at int64
	err = r.Scan(&e.ID, &e.First, &e.Last, &e.Format, &e.Version, &e.Name, &e.Digest, &e.Entries, &e.Lines, &e.Debit, &e.By, &at)
	e.At = time.UnixMicro(at).UTC()
	return e, err
}

// Exports lists the files handed over, the newest first, without their content.
func Exports(q db.Querier, limit, offset int) (list []Export, total int, err error) {
	if err := q.Row(`SELECT COUNT(*) FROM accounting_export WHERE company_id = $1`, q.Company()).Scan(&total); err != nil {
		return nil, 0, err
	}
	list, err = db.List(q, func(r *sql.Rows) (Export, error) { return scanExport(r) },
		`SELECT `+exportColumns+` FROM accounting_export WHERE company_id = $1 ORDER BY at DESC, id DESC LIMIT $2 OFFSET $3`, q.Company(), int64(limit), int64(offset))
	return list, total, err
}

// lastExport is the last version of the file of a period in a format, without its content.
func lastExport(q db.Querier, first, last day.Day, format string) (e Export, known bool, err error) {
	e, err = scanExport(q.Row(`SELECT `+exportColumns+` FROM accounting_export WHERE company_id = $1 AND first_day = $2 AND last_day = $3 AND format = $4 ORDER BY version DESC LIMIT 1`,
		q.Company(), string(first), string(last), format))
	if errors.Is(err, sql.ErrNoRows) {
		return Export{}, false, nil
	}
	return e, err == nil, err
}

// exportContent is a file handed over, as it was.
func exportContent(q db.Querier, exportID string) (name string, content []byte, known bool, err error) {
	err = q.Row(`SELECT name, content FROM accounting_export WHERE company_id = $1 AND id = $2`, q.Company(), exportID).Scan(&name, &content)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil, false, nil
	}
	return name, content, err == nil, err
}

func insertExport(tx *db.Tx, e Export, content []byte) error {
	_, err := tx.Exec(`INSERT INTO accounting_export (company_id, id, first_day, last_day, format, version, name, content, digest, entries, lines, debit, by_user, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, tx.Company(), e.ID, string(e.First), string(e.Last), e.Format, int64(e.Version), e.Name, content, e.Digest,
		int64(e.Entries), int64(e.Lines), int64(e.Debit), e.By, e.At.UnixMicro())
	return err
}

// exportedRanges are the periods handed over that touch an interval.
func exportedRanges(q db.Querier, first, last day.Day) ([]Export, error) {
	return db.List(q, func(r *sql.Rows) (Export, error) { return scanExport(r) },
		`SELECT `+exportColumns+` FROM accounting_export WHERE company_id = $1 AND first_day <= $3 AND last_day >= $2 ORDER BY at, id`, q.Company(), string(first), string(last))
}
