package staff

import (
	"time"

	"encaisse/internal/base/db"
)

// viewOf is the role a session sees a company as, and until when.
func viewOf(q db.Querier, sessionID, companyID string) (roleID string, until time.Time, looking bool, err error) {
	var ends int64
	err = q.Row(`SELECT role, ends_at FROM session_view WHERE session_id = $1 AND company_id = $2`, sessionID, companyID).Scan(&roleID, &ends)
	roleID, looking, err = found(roleID, err)
	return roleID, fromInstant(ends), looking, err
}

func putView(tx *db.Tx, sessionID, companyID, roleID string, until time.Time) error {
	_, err := tx.Exec(`INSERT INTO session_view (session_id, company_id, role, ends_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (session_id) DO UPDATE SET company_id = excluded.company_id, role = excluded.role, ends_at = excluded.ends_at`,
		sessionID, companyID, roleID, instant(until))
	return err
}

func deleteView(tx *db.Tx, sessionID, companyID string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM session_view WHERE session_id = $1 AND company_id = $2`, sessionID, companyID)
	return n == 1, err
}
