package firm

import (
	"database/sql"
	"errors"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
)

// lastReminders gives, by company, when a firm last wrote about a month.
func lastReminders(q db.Querier, firmID string, month day.Month) (map[string]time.Time, error) {
	last := map[string]time.Time{}
	err := db.Each(q, func(r *sql.Rows) error {
		var companyID string
		var at int64
		err := r.Scan(&companyID, &at)
		last[companyID] = time.UnixMicro(at).UTC()
		return err
	}, `SELECT company_id, MAX(at) FROM firm_reminder WHERE firm_id = $1 AND month = $2 GROUP BY company_id`, firmID, string(month))
	return last, err
}

// Reminded notes that a firm wrote to so many people of the company about a month.
func Reminded(tx *db.Tx, firmID string, month day.Month, people int, by string) error {
	return insertReminder(tx, id.New(), firmID, month, people, by)
}

func insertReminder(tx *db.Tx, id, firmID string, month day.Month, people int, by string) error {
	_, err := tx.Exec(`INSERT INTO firm_reminder (id, firm_id, company_id, month, people, by_user, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, firmID, tx.Company(), string(month), int64(people), by, tx.Now().UnixMicro())
	return err
}

// digestOf is the letter of alerts of a person; off when they never asked.
func digestOf(q db.Querier, userID string) (g Digest, err error) {
	g = Digest{UserID: userID, Frequency: Off}
	err = q.Row(`SELECT frequency, token, last_day FROM alert_digest WHERE user_id = $1`, userID).Scan(&g.Frequency, &g.token, &g.Last)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return g, err
}

func putDigest(tx *db.Tx, g Digest) error {
	_, err := tx.Exec(`INSERT INTO alert_digest (user_id, frequency, token, last_day, changed_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (user_id) DO UPDATE SET frequency = excluded.frequency, changed_at = excluded.changed_at`, g.UserID, string(g.Frequency), g.token, string(g.Last), tx.Now().UnixMicro())
	return err
}

// stopDigest stops the letter of whoever holds a token; false when nobody does.
func stopDigest(tx *db.Tx, token string) (bool, error) {
	n, err := tx.Exec(`UPDATE alert_digest SET frequency = 'off', changed_at = $2 WHERE token = $1 AND token <> ''`, token, tx.Now().UnixMicro())
	return n == 1, err
}

// dueDigests lists who asked for the letter and did not have that of a day.
func dueDigests(q db.Querier, on day.Day) ([]Digest, error) {
	return db.List(q, func(r *sql.Rows) (g Digest, err error) {
		err = r.Scan(&g.UserID, &g.Frequency, &g.token, &g.Last)
		return g, err
	}, `SELECT user_id, frequency, token, last_day FROM alert_digest WHERE frequency <> 'off' AND last_day < $1 ORDER BY user_id`, string(on))
}

// takeDigest notes that the letter of a day is written; false when it was already.
func takeDigest(tx *db.Tx, userID string, on day.Day) (bool, error) {
	n, err := tx.Exec(`UPDATE alert_digest SET last_day = $2 WHERE user_id = $1 AND last_day < $2 AND frequency <> 'off'`, userID, string(on))
	return n == 1, err
}
