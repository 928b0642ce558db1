package cashbox

import (
	"bytes"
	"crypto/sha256"
	"database/sql"

	"encaisse/internal/base/db"
)

// movementPage is how many movements Verify reads at a time.
const movementPage = 500

// movementsAfter lists movements by id, from the one after a given id.
func movementsAfter(q db.Querier, after string) ([]Recorded, error) {
	return db.List(q, func(r *sql.Rows) (Recorded, error) { return scanMovement(r) }, movementSelect+`AND m.id > $2 ORDER BY m.id LIMIT $3`, q.Company(), after, int64(movementPage))
}

// happened is something done to a movement after it was recorded.
type happened struct {
	n                        int64
	state, reason, entry, by string
	at                       int64
}

func changesOf(q db.Querier, movementID string) ([]happened, error) {
	return db.List(q, func(r *sql.Rows) (c happened, err error) {
		return c, r.Scan(&c.n, &c.state, &c.reason, &c.entry, &c.by, &c.at)
	}, `SELECT n, state, reason, entry_id, by_user, at FROM cash_movement_change WHERE company_id = $1 AND movement_id = $2 ORDER BY n`, q.Company(), movementID)
}

// strayChange is a movement that is not there although a change names it, "" when there is none.
func strayChange(q db.Querier) (movementID string, err error) {
	err = q.Row(`SELECT COALESCE(MIN(c.movement_id), '') FROM cash_movement_change c
		WHERE c.company_id = $1 AND NOT EXISTS (SELECT 1 FROM cash_movement m WHERE m.company_id = $1 AND m.id = c.movement_id)`, q.Company()).Scan(&movementID)
	return movementID, err
}

// changedFile is a file that is not what was sent, "" when there is none; checked is how many there are.
func changedFile(q db.Querier) (fileID string, checked int, err error) {
	err = db.Each(q, func(r *sql.Rows) error {
		var id string
		var size int64
		var digest, content []byte
		if err := r.Scan(&id, &size, &digest, &content); err != nil {
			return err
		}
		checked++
		if sum := sha256.Sum256(content); fileID == "" && (!bytes.Equal(sum[:], digest) || int64(len(content)) != size) {
			fileID = id
		}
		return nil
	}, `SELECT id, size, digest, content FROM attachment WHERE company_id = $1 ORDER BY id`, q.Company())
	return fileID, checked, err
}

// fileDigest is the digest kept of an attached file.
func fileDigest(q db.Querier, fileID string) (digest []byte, err error) {
	err = q.Row(`SELECT digest FROM attachment WHERE company_id = $1 AND id = $2`, q.Company(), fileID).Scan(&digest)
	return digest, err
}

func fileExists(q db.Querier, fileID string) (there bool, err error) {
	err = q.Row(`SELECT EXISTS (SELECT 1 FROM attachment WHERE company_id = $1 AND id = $2)`, q.Company(), fileID).Scan(&there)
	return there, err
}
