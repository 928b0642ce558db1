package api

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

const columns = `id, name, hint, rights, boxes, by_user, created_at, used_at, used_from, revoked_at, revoked_by`

// List gives every link, the newest first.
func List(q db.Querier) ([]Link, error) {
	return db.List(q, func(r *sql.Rows) (Link, error) { return scan(r.Scan) },
		`SELECT `+columns+` FROM api_link WHERE company_id = $1 ORDER BY created_at DESC, id DESC`, q.Company())
}

// Get finds a link.
func Get(q db.Querier, id string) (Link, error) {
	l, err := scan(q.Row(`SELECT `+columns+` FROM api_link WHERE company_id = $1 AND id = $2`, q.Company(), id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "Cette liaison n’existe pas.")
	}
	return l, err
}

// Names gives the names of the links, those ended too, by id: they are the authors of what they sent.
func Names(q db.Querier) (map[string]string, error) {
	return db.Cached(q, "api.Names", []string{"api_link"}, func() (map[string]string, error) {
		names := map[string]string{}
		err := db.Each(q, func(r *sql.Rows) error {
			var id, name string
			err := r.Scan(&id, &name)
			names[id] = name
			return err
		}, `SELECT id, name FROM api_link WHERE company_id = $1`, q.Company())
		return names, err
	})
}

func byDigest(q db.Querier, digest []byte) (l Link, known bool, err error) {
	l, err = scan(q.Row(`SELECT `+columns+` FROM api_link WHERE company_id = $1 AND digest = $2`, q.Company(), digest).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Link{}, false, nil
	}
	return l, err == nil, err
}

func scan(read func(...any) error) (l Link, err error) {
	var rights, boxes string
	var created, used, revoked int64
	err = read(&l.ID, &l.Name, &l.Hint, &rights, &boxes, &l.By, &created, &used, &l.UsedFrom, &revoked, &l.RevokedBy)
	l.Rights, l.CreatedAt, l.UsedAt, l.RevokedAt = parseRights(rights), instant(created), instant(used), instant(revoked)
	if boxes != "" {
		l.Boxes = strings.Fields(boxes)
	}
	return l, err
}

func instant(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

// insert writes a link; false when its id is taken.
func insert(tx *db.Tx, l Link, digest []byte) (bool, error) {
	n, err := tx.Exec(`INSERT INTO api_link (company_id, id, name, digest, hint, rights, boxes, by_user, created_at, used_at, used_from, revoked_at, revoked_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '', 0, '') ON CONFLICT (company_id, id) DO NOTHING`,
		tx.Company(), l.ID, l.Name, digest, l.Hint, joinRights(l.Rights), strings.Join(l.Boxes, " "), l.By, l.CreatedAt.UnixMicro())
	return n == 1, err
}

func revoke(tx *db.Tx, id, by string) error {
	_, err := tx.Exec(`UPDATE api_link SET revoked_at = $3, revoked_by = $4 WHERE company_id = $1 AND id = $2`, tx.Company(), id, tx.Now().UnixMicro(), by)
	return err
}

func used(tx *db.Tx, id, from string) error {
	_, err := tx.Exec(`UPDATE api_link SET used_at = $3, used_from = $4 WHERE company_id = $1 AND id = $2`, tx.Company(), id, tx.Now().UnixMicro(), from)
	return err
}
