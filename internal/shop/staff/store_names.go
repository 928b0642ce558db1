package staff

import (
	"database/sql"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/company"
)

// Names gives the names of those who work in the company, those of its firm included, by id, to say who did what.
func Names(q db.Querier) (map[string]string, error) {
	tables := []string{"app_user", "membership", "firm_member", "company"}
	return db.Cached(q, "staff.Names", tables, func() (map[string]string, error) {
		entry, _, err := company.EntryByID(q, q.Company())
		if err != nil {
			return nil, err
		}
		names := map[string]string{}
		err = db.Each(q, func(r *sql.Rows) error {
			var userID, name string
			err := r.Scan(&userID, &name)
			names[userID] = name
			return err
		}, `SELECT id, name FROM app_user WHERE id IN (SELECT user_id FROM membership WHERE company_id = $1)
			OR id IN (SELECT user_id FROM firm_member WHERE firm_id = $2)`, q.Company(), entry.FirmID)
		return names, err
	})
}

// signing are the members of the company and of its accounting firm, in use or not.
func signing(q db.Querier) ([]Signed, error) {
	entry, _, err := company.EntryByID(q, q.Company())
	if err != nil {
		return nil, err
	}
	return db.List(q, func(r *sql.Rows) (s Signed, err error) { return s, r.Scan(&s.ID, &s.Name, &s.Email) },
		`SELECT id, name, email FROM app_user WHERE id IN (SELECT user_id FROM membership WHERE company_id = $1)
			OR id IN (SELECT user_id FROM firm_member WHERE firm_id = $2) ORDER BY id`, q.Company(), entry.FirmID)
}
