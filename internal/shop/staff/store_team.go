package staff

import (
	"database/sql"
	"time"

	"encaisse/internal/base/db"
)

// places of people in companies

func scanMembership(scan func(...any) error) (Membership, error) {
	var m Membership
	var locations string
	err := scan(&m.UserID, &m.RoleID, &locations)
	m.Locations = splitList(locations)
	return m, err
}

func membershipOf(q db.Querier, company, userID string) (Membership, bool, error) {
	m, err := scanMembership(q.Row(`SELECT user_id, role, locations FROM membership WHERE company_id = $1 AND user_id = $2`, company, userID).Scan)
	return found(m, err)
}

// place is a membership seen from the person.
type place struct {
	companyID string
	Membership
}

// placesOf lists the companies a person has a place in.
func placesOf(q db.Querier, userID string) ([]place, error) {
	return db.List(q, func(rows *sql.Rows) (place, error) {
		p := place{Membership: Membership{UserID: userID}}
		err := rows.Scan(&p.companyID, &p.RoleID)
		return p, err
	}, `SELECT company_id, role FROM membership WHERE user_id = $1`, userID)
}

// lockMemberships reads the team of a company and keeps others from changing it until the end of the act.
func lockMemberships(tx *db.Tx, company string) ([]Membership, error) {
	return db.List(tx, func(rows *sql.Rows) (Membership, error) { return scanMembership(rows.Scan) },
		`UPDATE membership SET role = role WHERE company_id = $1 RETURNING user_id, role, locations`, company)
}

func insertMembership(tx *db.Tx, company string, m Membership) (bool, error) {
	n, err := tx.Exec(`INSERT INTO membership (company_id, user_id, role, locations, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		company, m.UserID, m.RoleID, joinList(m.Locations), instant(tx.Now()))
	return n == 1, err
}

func updateMembership(tx *db.Tx, company string, m Membership) error {
	_, err := tx.Exec(`UPDATE membership SET role = $3, locations = $4 WHERE company_id = $1 AND user_id = $2`, company, m.UserID, m.RoleID, joinList(m.Locations))
	return err
}

func deleteMembership(tx *db.Tx, company, userID string) error {
	_, err := tx.Exec(`DELETE FROM membership WHERE company_id = $1 AND user_id = $2`, company, userID)
	return err
}

func members(q db.Querier, company string) ([]Member, error) {
	return db.List(q, func(rows *sql.Rows) (Member, error) {
		var m Member
		var locations, state, recovery string
		var totp []byte
		err := rows.Scan(&m.User.ID, &m.Email, &m.Name, &state, &totp, &recovery, &m.Passkeys, &m.RoleID, &locations)
		m.UserID, m.Locations, m.Disabled, m.SecondFactor = m.User.ID, splitList(locations), state == "disabled", len(totp) > 0
		return m, err
	}, `SELECT u.id, u.email, u.name, u.state, u.totp_secret, u.recovery, (SELECT COUNT(*) FROM passkey k WHERE k.user_id = u.id), m.role, m.locations
		FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.company_id = $1 ORDER BY u.name, u.email`, company)
}

func isMember(q db.Querier, company, email string) (bool, error) {
	var n int
	err := q.Row(`SELECT COUNT(*) FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.company_id = $1 AND u.email = $2`, company, email).Scan(&n)
	return n > 0, err
}

// roles of the company's own

func scanRole(scan func(...any) error) (Role, error) {
	var role Role
	var rights string
	err := scan(&role.ID, &role.Name, &rights)
	role.Rights = parseRights(rights)
	return role, err
}

func customRoles(q db.Querier) ([]Role, error) {
	return db.List(q, func(rows *sql.Rows) (Role, error) { return scanRole(rows.Scan) },
		`SELECT id, name, rights FROM role WHERE company_id = $1 ORDER BY name`, q.Company())
}

func customRole(q db.Querier, id string) (Role, bool, error) {
	role, err := scanRole(q.Row(`SELECT id, name, rights FROM role WHERE company_id = $1 AND id = $2`, q.Company(), id).Scan)
	return found(role, err)
}

func insertRole(tx *db.Tx, role Role) error {
	_, err := tx.Exec(`INSERT INTO role (company_id, id, name, rights, created_at) VALUES ($1, $2, $3, $4, $5)`,
		tx.Company(), role.ID, role.Name, writeRights(role.Rights), instant(tx.Now()))
	return err
}

func updateRole(tx *db.Tx, role Role) error {
	_, err := tx.Exec(`UPDATE role SET name = $3, rights = $4 WHERE company_id = $1 AND id = $2`, tx.Company(), role.ID, role.Name, writeRights(role.Rights))
	return err
}

func deleteRole(tx *db.Tx, id string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM role WHERE company_id = $1 AND id = $2`, tx.Company(), id)
	return n == 1, err
}

// first visits of sessions

func hasVisited(q db.Querier, sessionID string) (bool, error) {
	var n int
	err := q.Row(`SELECT COUNT(*) FROM visit WHERE company_id = $1 AND session_id = $2`, q.Company(), sessionID).Scan(&n)
	return n > 0, err
}

func insertVisit(tx *db.Tx, sessionID, userID string) (bool, error) {
	n, err := tx.Exec(`INSERT INTO visit (company_id, session_id, user_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		tx.Company(), sessionID, userID, instant(tx.Now()))
	return n == 1, err
}

func deleteVisits(tx *db.Tx, before int64) error {
	_, err := tx.Exec(`DELETE FROM visit WHERE company_id = $1 AND at < $2`, tx.Company(), before)
	return err
}

// invitations

const invitationColumns = `id, kind, company_id, firm_id, email, role, locations, created_by, created_at, expires_at, used_at`

func scanInvitation(scan func(...any) error) (Invitation, error) {
	var i Invitation
	var locations string
	var created, expires, used int64
	err := scan(&i.ID, &i.Kind, &i.CompanyID, &i.FirmID, &i.Email, &i.RoleID, &locations, &i.CreatedBy, &created, &expires, &used)
	i.Locations, i.CreatedAt, i.ExpireAt, i.used = splitList(locations), fromInstant(created), fromInstant(expires), used != 0
	return i, err
}

func insertInvitation(tx *db.Tx, i Invitation, hash []byte) error {
	_, err := tx.Exec(`INSERT INTO invitation (id, token_hash, kind, company_id, firm_id, email, role, locations, created_by, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		i.ID, hash, i.Kind, i.CompanyID, i.FirmID, i.Email, i.RoleID, joinList(i.Locations), i.CreatedBy, instant(i.CreatedAt), instant(i.ExpireAt))
	return err
}

func invitationByHash(q db.Querier, hash []byte) (Invitation, bool, error) {
	i, err := scanInvitation(q.Row(`SELECT `+invitationColumns+` FROM invitation WHERE token_hash = $1`, hash).Scan)
	return found(i, err)
}

// openInvitations lists those of a company, or of a firm, that may still be accepted.
func openInvitations(q db.Querier, company, firmID string) ([]Invitation, error) {
	return db.List(q, func(rows *sql.Rows) (Invitation, error) { return scanInvitation(rows.Scan) },
		`SELECT `+invitationColumns+` FROM invitation WHERE company_id = $1 AND firm_id = $2 AND used_at = 0 AND expires_at > $3 ORDER BY created_at, id`,
		company, firmID, instant(q.Now()))
}

// takeInvitation marks an invitation as used; false when somebody was first.
func takeInvitation(tx *db.Tx, id string) (bool, error) {
	n, err := tx.Exec(`UPDATE invitation SET used_at = $2 WHERE id = $1 AND used_at = 0 AND expires_at > $2`, id, instant(tx.Now()))
	return n == 1, err
}

// deleteInvitationsBy forgets the open invitations somebody made for a company or a firm.
func deleteInvitationsBy(tx *db.Tx, company, firmID, userID string) error {
	_, err := tx.Exec(`DELETE FROM invitation WHERE company_id = $1 AND firm_id = $2 AND created_by = $3 AND used_at = 0`, company, firmID, userID)
	return err
}

// deleteInvitations forgets the former open invitations of the same address to the same place.
func deleteInvitations(tx *db.Tx, i Invitation) error {
	_, err := tx.Exec(`DELETE FROM invitation WHERE company_id = $1 AND firm_id = $2 AND kind = $3 AND email = $4 AND used_at = 0`, i.CompanyID, i.FirmID, i.Kind, i.Email)
	return err
}

func deleteInvitation(tx *db.Tx, id, company, firmID string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM invitation WHERE id = $1 AND company_id = $2 AND firm_id = $3 AND used_at = 0`, id, company, firmID)
	return n == 1, err
}

// links to choose a password, and to set the program up

func insertReset(tx *db.Tx, id string, hash []byte, userID string, until time.Time) error {
	_, err := tx.Exec(`INSERT INTO password_reset (id, token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		id, hash, userID, instant(tx.Now()), instant(until))
	return err
}

func resetByHash(q db.Querier, hash []byte, now time.Time) (userID string, known bool, err error) {
	err = q.Row(`SELECT user_id FROM password_reset WHERE token_hash = $1 AND expires_at > $2`, hash, instant(now)).Scan(&userID)
	return found(userID, err)
}

func takeReset(tx *db.Tx, hash []byte) (bool, error) {
	n, err := tx.Exec(`DELETE FROM password_reset WHERE token_hash = $1`, hash)
	return n == 1, err
}

func deleteResets(tx *db.Tx, userID string) error {
	_, err := tx.Exec(`DELETE FROM password_reset WHERE user_id = $1`, userID)
	return err
}

func countUsers(q db.Querier) (n int, err error) {
	err = q.Row(`SELECT COUNT(*) FROM app_user`).Scan(&n)
	return n, err
}

func insertSetupLink(tx *db.Tx, id string, hash []byte) error {
	_, err := tx.Exec(`INSERT INTO setup_link (id, token_hash, created_at) VALUES ($1, $2, $3)`, id, hash, instant(tx.Now()))
	return err
}

func isSetupLink(q db.Querier, hash []byte) (bool, error) {
	var n int
	err := q.Row(`SELECT COUNT(*) FROM setup_link WHERE token_hash = $1`, hash).Scan(&n)
	return n == 1, err
}

func takeSetupLink(tx *db.Tx, hash []byte) (bool, error) {
	n, err := tx.Exec(`DELETE FROM setup_link WHERE token_hash = $1`, hash)
	return n == 1, err
}

func deleteSetupLinks(tx *db.Tx) error {
	_, err := tx.Exec(`DELETE FROM setup_link`)
	return err
}
