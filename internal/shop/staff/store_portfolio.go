package staff

import (
	"database/sql"

	"encaisse/internal/base/db"
)

// keepersOf lists, by company, the members of a firm who look after it. A company nobody was given is absent.
func keepersOf(q db.Querier, firmID string) (map[string][]string, error) {
	keepers := map[string][]string{}
	err := db.Each(q, func(r *sql.Rows) error {
		var companyID, userID string
		err := r.Scan(&companyID, &userID)
		keepers[companyID] = append(keepers[companyID], userID)
		return err
	}, `SELECT p.company_id, p.user_id FROM firm_portfolio p JOIN firm_member m ON m.firm_id = p.firm_id AND m.user_id = p.user_id
		WHERE p.firm_id = $1 ORDER BY p.company_id, p.user_id`, firmID)
	return keepers, err
}

// keepsAway tells whether a company of a firm was given to others than a member.
func keepsAway(q db.Querier, firmID, companyID, userID string) (bool, error) {
	var others, own int
	err := q.Row(`SELECT COUNT(*), COALESCE(SUM(CASE WHEN p.user_id = $3 THEN 1 ELSE 0 END), 0) FROM firm_portfolio p JOIN firm_member m ON m.firm_id = p.firm_id AND m.user_id = p.user_id
		WHERE p.firm_id = $1 AND p.company_id = $2`, firmID, companyID, userID).Scan(&others, &own)
	return others > 0 && own == 0, err
}

func deletePortfolio(tx *db.Tx, firmID, companyID string) error {
	_, err := tx.Exec(`DELETE FROM firm_portfolio WHERE firm_id = $1 AND company_id = $2`, firmID, companyID)
	return err
}

func insertKeeper(tx *db.Tx, firmID, companyID, userID string) error {
	_, err := tx.Exec(`INSERT INTO firm_portfolio (firm_id, company_id, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, firmID, companyID, userID)
	return err
}

func deleteKeeper(tx *db.Tx, firmID, userID string) error {
	_, err := tx.Exec(`DELETE FROM firm_portfolio WHERE firm_id = $1 AND user_id = $2`, firmID, userID)
	return err
}

// membersOf are the active people with a place of their own in the handle's company, with their role.
func membersOf(q db.Querier) ([]Addressee, error) {
	return db.List(q, func(r *sql.Rows) (a Addressee, err error) {
		var locations string
		err = r.Scan(&a.ID, &a.Email, &a.Name, &a.role, &locations)
		a.Locations = splitList(locations)
		return a, err
	}, `SELECT u.id, u.email, u.name, m.role, m.locations FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.company_id = $1 AND u.state = 'active' ORDER BY u.name, u.email`, q.Company())
}
