package staff

import (
	"database/sql"
	"time"

	"encaisse/internal/base/db"
)

const sessionColumns = `id, user_id, stage, second_factor, agent, created_at, verified_at, seen_at, expires_at`

func scanSession(scan func(...any) error) (Session, error) {
	var s Session
	var created, verified, seen, expires int64
	err := scan(&s.ID, &s.UserID, &s.stage, &s.SecondFactor, &s.Agent, &created, &verified, &seen, &expires)
	s.CreatedAt, s.VerifiedAt, s.SeenAt, s.ExpiresAt = fromInstant(created), fromInstant(verified), fromInstant(seen), fromInstant(expires)
	return s, err
}

func insertSession(tx *db.Tx, s Session, hash []byte) error {
	_, err := tx.Exec(`INSERT INTO session (id, token_hash, user_id, stage, second_factor, agent, created_at, verified_at, seen_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		s.ID, hash, s.UserID, s.stage, s.SecondFactor, s.Agent, instant(s.CreatedAt), instant(s.VerifiedAt), instant(s.SeenAt), instant(s.ExpiresAt))
	return err
}

func sessionByHash(q db.Querier, hash []byte) (Session, bool, error) {
	s, err := scanSession(q.Row(`SELECT `+sessionColumns+` FROM session WHERE token_hash = $1`, hash).Scan)
	return found(s, err)
}

func sessionByID(q db.Querier, id string) (Session, bool, error) {
	s, err := scanSession(q.Row(`SELECT `+sessionColumns+` FROM session WHERE id = $1`, id).Scan)
	return found(s, err)
}

func sessionsOf(q db.Querier, userID string) ([]Session, error) {
	return db.List(q, func(rows *sql.Rows) (Session, error) { return scanSession(rows.Scan) },
		`SELECT `+sessionColumns+` FROM session WHERE user_id = $1 ORDER BY seen_at DESC, id`, userID)
}

func touchSession(tx *db.Tx, id string) error {
	_, err := tx.Exec(`UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2`, id, instant(tx.Now()))
	return err
}

func verifySession(tx *db.Tx, id string) error {
	_, err := tx.Exec(`UPDATE session SET verified_at = $2 WHERE id = $1`, id, instant(tx.Now()))
	return err
}

// renewSession gives a session another secret.
func renewSession(tx *db.Tx, id string, hash []byte) error {
	_, err := tx.Exec(`UPDATE session SET token_hash = $2 WHERE id = $1`, id, hash)
	return err
}

func deleteSessionByHash(tx *db.Tx, hash []byte) error {
	_, err := tx.Exec(`DELETE FROM session WHERE token_hash = $1`, hash)
	return err
}

func deleteSession(tx *db.Tx, userID, id string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM session WHERE user_id = $1 AND id = $2`, userID, id)
	return n == 1, err
}

func deleteSessions(tx *db.Tx, userID, but string) error {
	_, err := tx.Exec(`DELETE FROM session WHERE user_id = $1 AND id <> $2`, userID, but)
	return err
}

// deleteExpired forgets what can no longer be used: sessions, links, counters.
func deleteExpired(tx *db.Tx, now time.Time, idle time.Duration) error {
	for _, act := range []struct {
		query string
		arg   int64
	}{
		{`DELETE FROM session WHERE expires_at <= $1`, instant(now)},
		{`DELETE FROM session WHERE stage = 'open' AND seen_at <= $1`, instant(now.Add(-idle))},
		{`DELETE FROM session_view WHERE ends_at <= $1`, instant(now)},
		{`DELETE FROM password_reset WHERE expires_at <= $1`, instant(now)},
		{`DELETE FROM invitation WHERE expires_at <= $1`, instant(now.Add(-invitationMemory))},
		{`DELETE FROM passkey_challenge WHERE expires_at <= $1`, instant(now)},
		{`DELETE FROM sign_in_attempt WHERE since <= $1`, instant(now.Add(-penaltyMemory))},
	} {
		if _, err := tx.Exec(act.query, act.arg); err != nil {
			return err
		}
	}
	return nil
}
