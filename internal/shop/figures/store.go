package figures

import (
	"database/sql"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

// Goal is the budget of a month in a shop, VAT included.
type Goal struct {
	Location string
	Month    day.Month
	Amount   money.Amount
}

// Goals lists the budgets typed for the months from first to last, by month then shop.
func Goals(q db.Querier, first, last day.Month) ([]Goal, error) {
	return db.List(q, func(r *sql.Rows) (g Goal, err error) {
		err = r.Scan(&g.Location, &g.Month, &g.Amount)
		return g, err
	}, `SELECT location_id, month, amount FROM budget_month WHERE company_id = $1 AND month BETWEEN $2 AND $3 ORDER BY month, location_id`, q.Company(), string(first), string(last))
}

func putGoal(tx *db.Tx, g Goal, by string) error {
	_, err := tx.Exec(`INSERT INTO budget_month (company_id, location_id, month, amount, by_user, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (company_id, location_id, month) DO UPDATE SET amount = excluded.amount, by_user = excluded.by_user, at = excluded.at`,
		tx.Company(), g.Location, string(g.Month), int64(g.Amount), by, tx.Now().UnixMicro())
	return err
}

func dropGoal(tx *db.Tx, location string, month day.Month) error {
	_, err := tx.Exec(`DELETE FROM budget_month WHERE company_id = $1 AND location_id = $2 AND month = $3`, tx.Company(), location, string(month))
	return err
}
