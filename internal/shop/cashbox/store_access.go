package cashbox

import (
	"database/sql"

	"encaisse/internal/base/db"
)

// everybody is the user of the row that holds for those without one of their own.
const everybody = ""

func accesses(q db.Querier) (map[string]Access, error) {
	return db.Cached(q, "cashbox.accesses", []string{"cash_access"}, func() (map[string]Access, error) {
		all := map[string]Access{}
		err := db.Each(q, func(r *sql.Rows) error {
			var box, user, text string
			if err := r.Scan(&box, &user, &text); err != nil {
				return err
			}
			a, known := all[box]
			if !known {
				a = Access{General: AllActions(), Own: map[string]Actions{}}
			}
			if user == everybody {
				a.General = parseActions(text)
			} else {
				a.Own[user] = parseActions(text)
			}
			all[box] = a
			return nil
		}, `SELECT box_id, user_id, actions FROM cash_access WHERE company_id = $1 ORDER BY box_id, user_id`, q.Company())
		return all, err
	})
}

func dropAccess(tx *db.Tx, box string) error {
	_, err := tx.Exec(`DELETE FROM cash_access WHERE company_id = $1 AND box_id = $2`, tx.Company(), box)
	return err
}

func putAccess(tx *db.Tx, box, user string, a Actions) error {
	_, err := tx.Exec(`INSERT INTO cash_access (company_id, box_id, user_id, actions) VALUES ($1, $2, $3, $4)`, tx.Company(), box, user, a.text())
	return err
}
