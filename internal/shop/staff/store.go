package staff

import (
	"database/sql"
	"errors"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// userRow is a person with what is secret.
type userRow struct {
	User
	password      string
	totp, pending []byte
	totpStep      int64
	recovery      string
}

const userColumns = `id, email, name, password, state, creates_companies, totp_secret, totp_pending, totp_step, recovery, created_at, password_at`

func scanUser(scan func(...any) error) (userRow, error) {
	var u userRow
	var state string
	var created, chosen int64
	err := scan(&u.ID, &u.Email, &u.Name, &u.password, &state, &u.CreatesCompanies, &u.totp, &u.pending, &u.totpStep, &u.recovery, &created, &chosen)
	u.Disabled, u.SecondFactor, u.CodesLeft = state == "disabled", len(u.totp) > 0, len(splitList(u.recovery))
	u.CreatedAt, u.PasswordAt = fromInstant(created), fromInstant(chosen)
	return u, err
}

// userByID and userByEmail find a person; found is false when there is none.
func userByID(q db.Querier, id string) (u userRow, found bool, err error) {
	return oneUser(q.Row(`SELECT `+userColumns+` FROM app_user WHERE id = $1`, id))
}

func userByEmail(q db.Querier, email string) (u userRow, found bool, err error) {
	return oneUser(q.Row(`SELECT `+userColumns+` FROM app_user WHERE email = $1`, email))
}

func oneUser(row db.Row) (userRow, bool, error) {
	u, err := scanUser(row.Scan)
	return found(u, err)
}

// found turns « no row » into false.
func found[T any](v T, err error) (T, bool, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return v, false, nil
	}
	return v, err == nil, err
}

func mustUser(q db.Querier, id string) (userRow, error) {
	u, known, err := userByID(q, id)
	if err == nil && !known {
		err = fault.New(fault.NotFound, "Cette personne n’existe pas.")
	}
	return u, err
}

func allUsers(q db.Querier) ([]User, error) {
	return db.List(q, func(rows *sql.Rows) (User, error) {
		keys := 0
		u, err := scanUser(func(into ...any) error { return rows.Scan(append(into, &keys)...) })
		u.Passkeys = keys
		return u.User, err
	}, `SELECT `+userColumns+`, (SELECT COUNT(*) FROM passkey k WHERE k.user_id = app_user.id) FROM app_user ORDER BY email`)
}

// insertUser gives false when the address is taken.
func insertUser(tx *db.Tx, u User, password string) (bool, error) {
	n, err := tx.Exec(`INSERT INTO app_user (id, email, name, password, state, creates_companies, created_at, password_at)
		VALUES ($1, $2, $3, $4, 'active', $5, $6, $6) ON CONFLICT DO NOTHING`,
		u.ID, u.Email, u.Name, password, u.CreatesCompanies, instant(tx.Now()))
	return n == 1, err
}

func updateName(tx *db.Tx, id, name string) error {
	_, err := tx.Exec(`UPDATE app_user SET name = $2 WHERE id = $1`, id, name)
	return err
}

func updatePassword(tx *db.Tx, id, password string) error {
	_, err := tx.Exec(`UPDATE app_user SET password = $2, password_at = $3 WHERE id = $1`, id, password, instant(tx.Now()))
	return err
}

// rehashPassword keeps the same password under another digest, unless it was changed in between.
func rehashPassword(tx *db.Tx, id, before, after string) error {
	_, err := tx.Exec(`UPDATE app_user SET password = $3 WHERE id = $1 AND password = $2`, id, before, after)
	return err
}

func updateState(tx *db.Tx, id, state string) error {
	_, err := tx.Exec(`UPDATE app_user SET state = $2 WHERE id = $1`, id, state)
	return err
}

func updatePending(tx *db.Tx, id string, pending []byte) error {
	_, err := tx.Exec(`UPDATE app_user SET totp_pending = $2 WHERE id = $1`, id, pending)
	return err
}

func updateGenerator(tx *db.Tx, id string, secret []byte, step int64, recovery string) error {
	_, err := tx.Exec(`UPDATE app_user SET totp_secret = $2, totp_pending = NULL, totp_step = $3, recovery = $4 WHERE id = $1`, id, secret, step, recovery)
	return err
}

// useStep marks a step as used; false when it, or a later one, was used in between.
func useStep(tx *db.Tx, id string, step int64) (bool, error) {
	n, err := tx.Exec(`UPDATE app_user SET totp_step = $2 WHERE id = $1 AND totp_step < $2`, id, step)
	return n == 1, err
}

// updateRecovery keeps the codes that are left; false when they changed in between.
func updateRecovery(tx *db.Tx, id, before, after string) (bool, error) {
	n, err := tx.Exec(`UPDATE app_user SET recovery = $3 WHERE id = $1 AND recovery = $2`, id, before, after)
	return n == 1, err
}

// counters of tries

func lockCounter(tx *db.Tx, key string) (counter, error) {
	if _, err := tx.Exec(`INSERT INTO sign_in_attempt (key, tries, since, penalties, blocked_until) VALUES ($1, 0, $2, 0, 0) ON CONFLICT DO NOTHING`, key, instant(tx.Now())); err != nil {
		return counter{}, err
	}
	var c counter
	var since, blocked int64
	err := tx.Row(`UPDATE sign_in_attempt SET tries = tries WHERE key = $1 RETURNING tries, since, penalties, blocked_until`, key).Scan(&c.tries, &since, &c.penalties, &blocked)
	c.since, c.blockedUntil = fromInstant(since), fromInstant(blocked)
	return c, err
}

func saveCounter(tx *db.Tx, key string, c counter) error {
	_, err := tx.Exec(`UPDATE sign_in_attempt SET tries = $2, since = $3, penalties = $4, blocked_until = $5 WHERE key = $1`,
		key, c.tries, instant(c.since), c.penalties, instant(c.blockedUntil))
	return err
}

func deleteCounter(tx *db.Tx, key string) error {
	_, err := tx.Exec(`DELETE FROM sign_in_attempt WHERE key = $1`, key)
	return err
}
