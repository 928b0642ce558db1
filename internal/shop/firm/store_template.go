package firm

import (
	"database/sql"
	"encoding/json"

	"encaisse/internal/base/db"
)

func insertTemplate(tx *db.Tx, id, firmID, name, content, by string) error {
	_, err := tx.Exec(`INSERT INTO firm_template (id, firm_id, name, content, by_user, created_at) VALUES ($1, $2, $3, $4, $5, $6)`, id, firmID, name, content, by, tx.Now().UnixMicro())
	return err
}

// templatesOf are the templates of a firm, by name.
func templatesOf(q db.Querier, firmID string) ([]Template, error) {
	return db.List(q, func(r *sql.Rows) (t Template, err error) {
		var content string
		if err = r.Scan(&t.ID, &t.Name, &content); err != nil {
			return t, err
		}
		return t, json.Unmarshal([]byte(content), &t.settings)
	}, `SELECT id, name, content FROM firm_template WHERE firm_id = $1 ORDER BY name, id`, firmID)
}

func deleteTemplate(tx *db.Tx, firmID, id string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM firm_template WHERE firm_id = $1 AND id = $2`, firmID, id)
	return n == 1, err
}
