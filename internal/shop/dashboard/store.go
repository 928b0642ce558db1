package dashboard

import (
	"database/sql"

	"encaisse/internal/base/db"
)

// choice is what a person chose about a card.
type choice struct {
	card  string
	shown bool
}

func choicesOf(q db.Querier, user string) ([]choice, error) {
	return db.List(q, func(r *sql.Rows) (c choice, err error) {
		err = r.Scan(&c.card, &c.shown)
		return c, err
	}, `SELECT card, shown FROM dashboard_card WHERE company_id = $1 AND user_id = $2 ORDER BY position, card LIMIT $3`, q.Company(), user, int64(cardsOnceMet))
}

func putChoice(tx *db.Tx, user string, c choice, position int) error {
	_, err := tx.Exec(`INSERT INTO dashboard_card (company_id, user_id, card, position, shown) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (company_id, user_id, card) DO UPDATE SET position = excluded.position, shown = excluded.shown`, tx.Company(), user, c.card, int64(position), c.shown)
	return err
}

func dropChoices(tx *db.Tx, user string) error {
	_, err := tx.Exec(`DELETE FROM dashboard_card WHERE company_id = $1 AND user_id = $2`, tx.Company(), user)
	return err
}
