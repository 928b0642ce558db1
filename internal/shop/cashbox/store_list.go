package cashbox

import (
	"database/sql"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

func placeBox(tx *db.Tx, id string, position int) error {
	_, err := tx.Exec(`UPDATE cash_box SET position = $3 WHERE company_id = $1 AND id = $2`, tx.Company(), id, int64(position))
	return err
}

// Filter chooses movements of a box, those received from another box included.
type Filter struct {
	Box         string
	First, Last day.Day
	Kind        Kind   // "": all
	Words       string // in what the list says of a movement; Find and Sum know nothing of them
	Sort        string // NewestFirst, OldestFirst or ByAmount
	Limit       int
	Offset      int
}

// orders are the orders of a list.
var orders = map[string]string{
	NewestFirst: `m.on_day DESC, m.at DESC, m.id DESC`,
	OldestFirst: `m.on_day, m.at, m.id`,
	ByAmount:    `m.amount DESC, m.on_day DESC, m.at DESC, m.id DESC`,
}

const filterWhere = `(m.box_id = $2 OR m.to_box = $2) AND m.on_day BETWEEN $3 AND $4 AND ($5 = '' OR m.type = $5 OR m.type = '' AND m.kind = $5)`

func (f Filter) args(q db.Querier) []any {
	return []any{q.Company(), f.Box, string(f.First), string(f.Last), string(f.Kind)}
}

// Find lists movements in the order of the filter.
func Find(q db.Querier, f Filter) ([]Recorded, error) {
	return db.List(q, func(r *sql.Rows) (Recorded, error) { return scanMovement(r) },
		movementSelect+`AND `+filterWhere+` ORDER BY `+orders[f.Sort]+` LIMIT $6 OFFSET $7`, append(f.args(q), int64(f.Limit), int64(f.Offset))...)
}

// Sums says how many movements a filter finds, and what those that stand came to for the box. A transfer between two methods of
// the box is neither in nor out.
type Sums struct {
	Count   int
	In, Out money.Amount
}

// Sum adds up the movements of a filter.
func Sum(q db.Querier, f Filter) (s Sums, err error) {
	err = q.Row(`SELECT COUNT(*),
		CAST(COALESCE(SUM(CASE WHEN x.state = 'reversed' THEN 0 WHEN m.kind = 'paid-in' OR m.kind = 'transfer' AND m.box_id <> $2 THEN m.amount ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN x.state = 'reversed' OR m.kind = 'paid-in' OR m.kind = 'transfer' AND (m.box_id <> $2 OR m.to_box = $2) THEN 0 ELSE m.amount END), 0) AS BIGINT)
		FROM cash_movement m LEFT JOIN cash_movement_change x ON x.company_id = m.company_id AND x.movement_id = m.id
			AND x.n = (SELECT MAX(n) FROM cash_movement_change y WHERE y.company_id = m.company_id AND y.movement_id = m.id)
		WHERE m.company_id = $1 AND `+filterWhere, f.args(q)...).Scan(&s.Count, &s.In, &s.Out)
	return s, err
}
