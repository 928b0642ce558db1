package scan

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

const columns = `id, box_id, on_day, name, digest, lines, state, attachment_id, by_user, created_at, kept_at`

func scanRow(read func(...any) error) (s Scan, err error) {
	var lines string
	var created, kept int64
	if err = read(&s.ID, &s.Box, &s.On, &s.Name, &s.Digest, &lines, &s.State, &s.Attachment, &s.By, &created, &kept); err != nil {
		return s, err
	}
	s.CreatedAt = time.UnixMicro(created).UTC()
	if kept != 0 {
		s.KeptAt = time.UnixMicro(kept).UTC()
	}
	return s, json.Unmarshal([]byte(lines), &s.Lines)
}

// Get finds a photo of a day of a box. Fault NotFound.
func Get(q db.Querier, box string, on day.Day, id string) (Scan, error) {
	s, err := scanRow(q.Row(`SELECT `+columns+` FROM scan WHERE company_id = $1 AND id = $2 AND box_id = $3 AND on_day = $4`, q.Company(), id, box, string(on)).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "Cette photo n’existe pas, ou a été oubliée.")
	}
	return s, err
}

// keptOf lists the photos kept with a day, in the order they were.
func keptOf(q db.Querier, box string, on day.Day) ([]Scan, error) {
	return db.List(q, func(r *sql.Rows) (Scan, error) { return scanRow(r.Scan) },
		`SELECT `+columns+` FROM scan WHERE company_id = $1 AND box_id = $2 AND on_day = $3 AND state = 'kept' ORDER BY kept_at, id`, q.Company(), box, string(on))
}

// same lists the other photos that are the same file and were kept, the newest first.
func same(q db.Querier, s Scan) ([]Scan, error) {
	return db.List(q, func(r *sql.Rows) (Scan, error) { return scanRow(r.Scan) },
		`SELECT `+columns+` FROM scan WHERE company_id = $1 AND digest = $2 AND id <> $3 AND state = 'kept' ORDER BY kept_at DESC LIMIT 5`, q.Company(), s.Digest, s.ID)
}

// insert writes a photo that was read; it does nothing when its id is taken.
func insert(tx *db.Tx, s Scan, body []byte) error {
	lines, err := json.Marshal(s.Lines)
	if err != nil {
		return err
	}
	n, err := tx.Exec(`INSERT INTO scan (company_id, `+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10, 0) ON CONFLICT (company_id, id) DO NOTHING`,
		tx.Company(), s.ID, s.Box, string(s.On), s.Name, s.Digest, string(lines), string(s.State), s.By, s.CreatedAt.UnixMicro())
	if err != nil || n == 0 {
		return err
	}
	_, err = tx.Exec(`INSERT INTO scan_file (company_id, scan_id, body) VALUES ($1, $2, $3)`, tx.Company(), s.ID, body)
	return err
}

// bodyOf is the file of a photo that waits.
func bodyOf(q db.Querier, id string) (body []byte, err error) {
	err = q.Row(`SELECT body FROM scan_file WHERE company_id = $1 AND scan_id = $2`, q.Company(), id).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "Cette photo n’est plus gardée.")
	}
	return body, err
}

// noteKept says that a photo became a file of its day, and drops the one that waited.
func noteKept(tx *db.Tx, s Scan) error {
	if _, err := tx.Exec(`UPDATE scan SET state = 'kept', attachment_id = $3, by_user = $4, kept_at = $5 WHERE company_id = $1 AND id = $2`,
		tx.Company(), s.ID, s.Attachment, s.By, s.KeptAt.UnixMicro()); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM scan_file WHERE company_id = $1 AND scan_id = $2`, tx.Company(), s.ID)
	return err
}

// drop forgets a photo that waits.
func drop(tx *db.Tx, id string) error {
	if _, err := tx.Exec(`DELETE FROM scan_file WHERE company_id = $1 AND scan_id = $2`, tx.Company(), id); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM scan WHERE company_id = $1 AND id = $2 AND state = 'waiting'`, tx.Company(), id)
	return err
}

// forget drops the photos received before an instant and never confirmed.
func forget(tx *db.Tx, before time.Time) error {
	if _, err := tx.Exec(`DELETE FROM scan_file WHERE company_id = $1 AND scan_id IN (SELECT id FROM scan WHERE company_id = $1 AND state = 'waiting' AND created_at < $2)`,
		tx.Company(), before.UnixMicro()); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM scan WHERE company_id = $1 AND state = 'waiting' AND created_at < $2`, tx.Company(), before.UnixMicro())
	return err
}

// labelsOf is what the words of tickets of a shop count in, as people said.
func labelsOf(q db.Querier, location string) (map[string]string, error) {
	labels := map[string]string{}
	err := db.Each(q, func(r *sql.Rows) error {
		var label, target string
		err := r.Scan(&label, &target)
		labels[label] = target
		return err
	}, `SELECT label, target FROM scan_label WHERE company_id = $1 AND location_id = $2`, q.Company(), location)
	return labels, err
}

// rememberLabel keeps what a label counts in.
func rememberLabel(tx *db.Tx, location, label, target string) error {
	_, err := tx.Exec(`INSERT INTO scan_label (company_id, location_id, label, target, changed_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (company_id, location_id, label) DO UPDATE SET target = excluded.target, changed_at = excluded.changed_at`, tx.Company(), location, label, target, tx.Now().UnixMicro())
	return err
}
