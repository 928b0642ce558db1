package company

import (
	"database/sql"
	"errors"

	"encaisse/internal/base/db"
)

const entryColumns = `id, slug, name, firm_id, state`

func scanEntry(scan func(...any) error) (Entry, error) {
	var e Entry
	var state string
	err := scan(&e.ID, &e.Slug, &e.Name, &e.FirmID, &state)
	e.Active = state == "active"
	return e, err
}

// EntryBySlug finds a company of the directory by its slug.
func EntryBySlug(q db.Querier, slug string) (e Entry, known bool, err error) {
	return oneEntry(q.Row(`SELECT `+entryColumns+` FROM company WHERE slug = $1`, slug))
}

// EntryByID finds a company of the directory by its id.
func EntryByID(q db.Querier, id string) (e Entry, known bool, err error) {
	return oneEntry(q.Row(`SELECT `+entryColumns+` FROM company WHERE id = $1`, id))
}

func oneEntry(row db.Row) (Entry, bool, error) {
	e, err := scanEntry(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Entry{}, false, nil
	}
	return e, err == nil, err
}

// EntriesOfFirm lists the companies in use that an accounting firm looks after, by name.
func EntriesOfFirm(q db.Querier, firmID string) ([]Entry, error) {
	return db.List(q, func(r *sql.Rows) (Entry, error) { return scanEntry(r.Scan) },
		`SELECT `+entryColumns+` FROM company WHERE firm_id = $1 AND firm_id <> '' AND state = 'active' ORDER BY name, id`, firmID)
}

// GiveToFirm gives an accounting firm access to the company of the transaction; false when a firm has it already.
func GiveToFirm(tx *db.Tx, firmID string) (bool, error) {
	n, err := tx.Exec(`UPDATE company SET firm_id = $2 WHERE id = $1 AND firm_id = ''`, tx.Company(), firmID)
	return n == 1, err
}

// TakeFromFirm takes the access back; false when no firm has it.
func TakeFromFirm(tx *db.Tx) (bool, error) {
	n, err := tx.Exec(`UPDATE company SET firm_id = '' WHERE id = $1 AND firm_id <> ''`, tx.Company())
	return n == 1, err
}

// AllIDs lists the ids of all companies of the store, in use or not.
func AllIDs(q db.Querier) ([]string, error) {
	return db.List(q, func(r *sql.Rows) (companyID string, err error) { return companyID, r.Scan(&companyID) }, `SELECT id FROM company ORDER BY id`)
}
