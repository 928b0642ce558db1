package staff

import (
	"database/sql"

	"encaisse/internal/base/db"
)

func insertFirm(tx *db.Tx, id, name string) error {
	_, err := tx.Exec(`INSERT INTO firm (id, name, created_at) VALUES ($1, $2, $3)`, id, name, instant(tx.Now()))
	return err
}

func firmByID(q db.Querier, id string) (Firm, bool, error) {
	var f Firm
	err := q.Row(`SELECT id, name FROM firm WHERE id = $1`, id).Scan(&f.ID, &f.Name)
	return found(f, err)
}

func firmsOf(q db.Querier, userID string) ([]Firm, error) {
	return db.List(q, func(rows *sql.Rows) (Firm, error) {
		var f Firm
		err := rows.Scan(&f.ID, &f.Name, &f.Leads)
		return f, err
	}, `SELECT f.id, f.name, w.leads FROM firm_member w JOIN firm f ON f.id = w.firm_id WHERE w.user_id = $1 ORDER BY f.name, f.id`, userID)
}

// firmPlace tells whether a person belongs to a firm, and leads it.
func firmPlace(q db.Querier, firmID, userID string) (leads, in bool, err error) {
	err = q.Row(`SELECT leads FROM firm_member WHERE firm_id = $1 AND user_id = $2`, firmID, userID).Scan(&leads)
	return found(leads, err)
}

func colleagues(q db.Querier, firmID string) ([]Colleague, error) {
	return db.List(q, func(rows *sql.Rows) (Colleague, error) {
		var c Colleague
		var totp []byte
		err := rows.Scan(&c.ID, &c.Email, &c.Name, &totp, &c.Passkeys, &c.Leads)
		c.SecondFactor = len(totp) > 0
		return c, err
	}, `SELECT u.id, u.email, u.name, u.totp_secret, (SELECT COUNT(*) FROM passkey k WHERE k.user_id = u.id), w.leads FROM firm_member w JOIN app_user u ON u.id = w.user_id WHERE w.firm_id = $1 ORDER BY u.name, u.email`, firmID)
}

func insertFirmMember(tx *db.Tx, firmID, userID string, leads bool) (bool, error) {
	n, err := tx.Exec(`INSERT INTO firm_member (firm_id, user_id, leads, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, firmID, userID, leads, instant(tx.Now()))
	return n == 1, err
}

// lockLeaders lists who leads a firm and keeps others from changing it until the end of the act.
func lockLeaders(tx *db.Tx, firmID string) ([]string, error) {
	return db.List(tx, func(rows *sql.Rows) (id string, err error) {
		err = rows.Scan(&id)
		return id, err
	}, `UPDATE firm_member SET leads = leads WHERE firm_id = $1 AND leads RETURNING user_id`, firmID)
}

func updateFirmMember(tx *db.Tx, firmID, userID string, leads bool) error {
	_, err := tx.Exec(`UPDATE firm_member SET leads = $3 WHERE firm_id = $1 AND user_id = $2`, firmID, userID, leads)
	return err
}

func deleteFirmMember(tx *db.Tx, firmID, userID string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM firm_member WHERE firm_id = $1 AND user_id = $2`, firmID, userID)
	return n == 1, err
}

// countPlaces counts the companies a person has a place in, and their firms.
func countPlaces(q db.Querier, userID string) (places, firms int, err error) {
	err = q.Row(`SELECT (SELECT COUNT(*) FROM membership WHERE user_id = $1), (SELECT COUNT(*) FROM firm_member WHERE user_id = $1)`, userID).Scan(&places, &firms)
	return places, firms, err
}
