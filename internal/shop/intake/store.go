package intake

import (
	"database/sql"
	"errors"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

const columns = `id, kind, name, digest, size, shape, mapping, state, total, done, message, by_user, created_at, ended_at`

func scan(read func(...any) error) (i Intake, err error) {
	var mapping string
	var created, ended int64
	if err = read(&i.ID, &i.Kind, &i.Name, &i.Digest, &i.Size, &i.Shape, &mapping, &i.State, &i.Total, &i.Done, &i.Message, &i.By, &created, &ended); err != nil {
		return i, err
	}
	i.CreatedAt = time.UnixMicro(created).UTC()
	if ended != 0 {
		i.EndedAt = time.UnixMicro(ended).UTC()
	}
	i.Mapping, err = parseMapping(mapping)
	return i, err
}

// Get finds an import.
func Get(q db.Querier, id string) (Intake, error) {
	i, err := scan(q.Row(`SELECT `+columns+` FROM intake WHERE company_id = $1 AND id = $2`, q.Company(), id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "Cet import n’existe pas, ou a été abandonné.")
	}
	return i, err
}

// List gives imports, the newest first, and how many there are in all.
func List(q db.Querier, limit, offset int) (list []Intake, total int, err error) {
	if err := q.Row(`SELECT COUNT(*) FROM intake WHERE company_id = $1`, q.Company()).Scan(&total); err != nil {
		return nil, 0, err
	}
	list, err = db.List(q, func(r *sql.Rows) (Intake, error) { return scan(r.Scan) },
		`SELECT `+columns+` FROM intake WHERE company_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3`, q.Company(), limit, offset)
	return list, total, err
}

// sameFile finds the imports of the same file that came in, the newest first.
func sameFile(q db.Querier, i Intake) ([]Intake, error) {
	return db.List(q, func(r *sql.Rows) (Intake, error) { return scan(r.Scan) },
		`SELECT `+columns+` FROM intake WHERE company_id = $1 AND digest = $2 AND kind = $3 AND id <> $4 AND state IN ('running', 'done') ORDER BY created_at DESC`,
		q.Company(), i.Digest, string(i.Kind), i.ID)
}

// insert writes an import and its file; false when its id is taken.
func insert(tx *db.Tx, i Intake, body []byte) (bool, error) {
	n, err := tx.Exec(`INSERT INTO intake (company_id, `+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, '', $10, $11, 0) ON CONFLICT (company_id, id) DO NOTHING`,
		tx.Company(), i.ID, string(i.Kind), i.Name, i.Digest, int64(i.Size), i.Shape, i.Mapping.text(), string(i.State), i.By, i.CreatedAt.UnixMicro())
	if err != nil || n == 0 {
		return false, err
	}
	_, err = tx.Exec(`INSERT INTO intake_file (company_id, intake_id, body) VALUES ($1, $2, $3)`, tx.Company(), i.ID, body)
	return true, err
}

func bodyOf(q db.Querier, id string) (body []byte, err error) {
	err = q.Row(`SELECT body FROM intake_file WHERE company_id = $1 AND intake_id = $2`, q.Company(), id).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "Le fichier de cet import n’est plus gardé.")
	}
	return body, err
}

// save writes what changes of an import.
func save(tx *db.Tx, i Intake) error {
	var ended int64
	if !i.EndedAt.IsZero() {
		ended = i.EndedAt.UnixMicro()
	}
	_, err := tx.Exec(`UPDATE intake SET mapping = $3, state = $4, total = $5, done = $6, message = $7, by_user = $8, ended_at = $9 WHERE company_id = $1 AND id = $2`,
		tx.Company(), i.ID, i.Mapping.text(), string(i.State), int64(i.Total), int64(i.Done), i.Message, i.By, ended)
	return err
}

// dropFile forgets the file of an import that ended: what it brought is in the books, the rest is nobody’s business.
func dropFile(tx *db.Tx, id string) error {
	_, err := tx.Exec(`DELETE FROM intake_file WHERE company_id = $1 AND intake_id = $2`, tx.Company(), id)
	return err
}

// forget drops imports that were received before an instant and never started.
func forget(tx *db.Tx, before time.Time) error {
	if _, err := tx.Exec(`DELETE FROM intake_file WHERE company_id = $1 AND intake_id IN (SELECT id FROM intake WHERE company_id = $1 AND state = 'matching' AND created_at < $2)`,
		tx.Company(), before.UnixMicro()); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM intake WHERE company_id = $1 AND state = 'matching' AND created_at < $2`, tx.Company(), before.UnixMicro())
	return err
}

func abandon(tx *db.Tx, id string) error {
	if err := dropFile(tx, id); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM intake WHERE company_id = $1 AND id = $2 AND state = 'matching'`, tx.Company(), id)
	return err
}

// remembered is the matching last used for files of a shape.
func remembered(q db.Querier, kind Kind, shape string) (m Mapping, known bool, err error) {
	var text string
	err = q.Row(`SELECT mapping FROM intake_mapping WHERE company_id = $1 AND kind = $2 AND shape = $3`, q.Company(), string(kind), shape).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return m, false, nil
	}
	if err == nil {
		m, err = parseMapping(text)
	}
	return m, err == nil, err
}

func remember(tx *db.Tx, i Intake) error {
	_, err := tx.Exec(`INSERT INTO intake_mapping (company_id, kind, shape, name, mapping, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (company_id, kind, shape) DO UPDATE SET name = excluded.name, mapping = excluded.mapping, changed_at = excluded.changed_at`,
		tx.Company(), string(i.Kind), i.Shape, i.Name, i.Mapping.text(), tx.Now().UnixMicro())
	return err
}

func insertItems(tx *db.Tx, intake string, items []Item) error {
	rows := make([][]any, len(items))
	for n, i := range items {
		rows[n] = []any{intake, int64(i.Line), i.Kind, i.Ref, i.Mark, i.State, i.Note}
	}
	return tx.Insert("intake_item", "intake_id, line, kind, ref, mark, state, note", rows)
}

func saveItem(tx *db.Tx, intake string, i Item) error {
	_, err := tx.Exec(`UPDATE intake_item SET kind = $4, mark = $5, state = $6, note = $7 WHERE company_id = $1 AND intake_id = $2 AND line = $3`,
		tx.Company(), intake, int64(i.Line), i.Kind, i.Mark, i.State, i.Note)
	return err
}

func items(q db.Querier, intake string) ([]Item, error) {
	return db.List(q, func(r *sql.Rows) (i Item, err error) {
		err = r.Scan(&i.Line, &i.Kind, &i.Ref, &i.Mark, &i.State, &i.Note)
		return i, err
	}, `SELECT line, kind, ref, mark, state, note FROM intake_item WHERE company_id = $1 AND intake_id = $2 ORDER BY line`, q.Company(), intake)
}
