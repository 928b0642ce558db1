package staff

import (
	"database/sql"
	"time"

	"encaisse/internal/base/db"
)

const passkeyColumns = `id, user_id, domain, credential, public_key, counter, syncable, synced, transports, name, suspect, created_at, used_at`

func scanPasskey(scan func(...any) error) (passkeyRow, error) {
	var k passkeyRow
	var created, used int64
	err := scan(&k.ID, &k.UserID, &k.Domain, &k.credential, &k.publicKey, &k.counter, &k.syncable, &k.Synced, &k.transports, &k.Name, &k.Suspect, &created, &used)
	k.CreatedAt = fromInstant(created)
	if used != 0 {
		k.UsedAt = fromInstant(used)
	}
	return k, err
}

func passkeysOf(q db.Querier, userID string) ([]passkeyRow, error) {
	return db.List(q, func(rows *sql.Rows) (passkeyRow, error) { return scanPasskey(rows.Scan) },
		`SELECT `+passkeyColumns+` FROM passkey WHERE user_id = $1 ORDER BY created_at, id`, userID)
}

func passkeyByCredential(q db.Querier, credential []byte) (passkeyRow, bool, error) {
	k, err := scanPasskey(q.Row(`SELECT `+passkeyColumns+` FROM passkey WHERE credential = $1`, credential).Scan)
	return found(k, err)
}

// keysKept tells whether any passkey is kept: for a domain, and at all.
func keysKept(q db.Querier, domain string) (here, anywhere bool, err error) {
	err = q.Row(`SELECT EXISTS (SELECT 1 FROM passkey WHERE domain = $1), EXISTS (SELECT 1 FROM passkey)`, domain).Scan(&here, &anywhere)
	return here, anywhere, err
}

// insertPasskey gives false when the key is kept already.
func insertPasskey(tx *db.Tx, k passkeyRow) (bool, error) {
	n, err := tx.Exec(`INSERT INTO passkey (id, user_id, domain, credential, public_key, counter, syncable, synced, transports, name, suspect, created_at, used_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0) ON CONFLICT DO NOTHING`,
		k.ID, k.UserID, k.Domain, k.credential, k.publicKey, k.counter, k.syncable, k.Synced, k.transports, k.Name, false, instant(tx.Now()))
	return n == 1, err
}

// usePasskey writes that a key served; false when it served in between.
func usePasskey(tx *db.Tx, id string, before, counter int64, synced bool) (bool, error) {
	n, err := tx.Exec(`UPDATE passkey SET counter = $3, synced = $4, used_at = $5 WHERE id = $1 AND counter = $2`, id, before, counter, synced, instant(tx.Now()))
	return n == 1, err
}

func suspectPasskey(tx *db.Tx, id string) error {
	_, err := tx.Exec(`UPDATE passkey SET suspect = $2 WHERE id = $1`, id, true)
	return err
}

func renamePasskey(tx *db.Tx, userID, id, name string) (bool, error) {
	n, err := tx.Exec(`UPDATE passkey SET name = $3 WHERE user_id = $1 AND id = $2`, userID, id, name)
	return n == 1, err
}

func deletePasskey(tx *db.Tx, userID, id string) (name string, gone bool, err error) {
	err = tx.Row(`DELETE FROM passkey WHERE user_id = $1 AND id = $2 RETURNING name`, userID, id).Scan(&name)
	return found(name, err)
}

func deletePasskeys(tx *db.Tx, userID string) error {
	_, err := tx.Exec(`DELETE FROM passkey WHERE user_id = $1`, userID)
	return err
}

// challenges

func insertChallenge(tx *db.Tx, hash []byte, kind, userID, ceremony string, until time.Time) error {
	_, err := tx.Exec(`INSERT INTO passkey_challenge (token_hash, kind, user_id, ceremony, expires_at) VALUES ($1, $2, $3, $4, $5)`, hash, kind, userID, ceremony, instant(until))
	return err
}

// deleteChallenge takes a challenge that has not expired.
func deleteChallenge(tx *db.Tx, hash []byte, kind, userID string, now time.Time) (ceremony string, taken bool, err error) {
	err = tx.Row(`DELETE FROM passkey_challenge WHERE token_hash = $1 AND kind = $2 AND user_id = $3 AND expires_at > $4 RETURNING ceremony`, hash, kind, userID, instant(now)).Scan(&ceremony)
	return found(ceremony, err)
}
