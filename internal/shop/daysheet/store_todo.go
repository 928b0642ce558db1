package daysheet

import (
	"database/sql"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
)

const cellColumns = `on_day, version, gross, net, tax, sales_count, customer_count, breakdown, over_short, unexplained`

// scanCell reads what a list shows of a closed day; the sheet itself, which is long, stays where it is.
func scanCell(r *sql.Rows) (c Cell, err error) {
	err = r.Scan(&c.On, &c.Version, &c.Gross, &c.Net, &c.Tax, &c.SalesCount, &c.Customers, &c.Breakdown, &c.OverShort, &c.Unexplained)
	return c, err
}

// gapsOf gives the closed days of a box, the oldest first, whose version that counts has an over-short nobody explained or a breakdown
// difference.
func gapsOf(q db.Querier, box string, first, last day.Day) ([]Cell, error) {
	cells, err := db.List(q, scanCell, `SELECT `+cellColumns+` FROM daysheet d
		WHERE company_id = $1 AND box_id = $2 AND on_day BETWEEN $3 AND $4 AND (breakdown <> 0 OR unexplained <> 0)
		AND version = (SELECT MAX(version) FROM daysheet l WHERE l.company_id = d.company_id AND l.box_id = d.box_id AND l.on_day = d.on_day)
		ORDER BY on_day`, q.Company(), box, string(first), string(last))
	for i := range cells {
		cells[i].Box, cells[i].State = box, CellGap
	}
	return cells, err
}

// closedCells gives the closed days of a box, by the version that counts of each.
func closedCells(q db.Querier, box string, first, last day.Day) (map[day.Day]Cell, error) {
	all, err := db.List(q, scanCell, `SELECT `+cellColumns+` FROM daysheet WHERE company_id = $1 AND box_id = $2 AND on_day BETWEEN $3 AND $4 ORDER BY on_day, version`,
		q.Company(), box, string(first), string(last))
	cells := make(map[day.Day]Cell, len(all))
	for _, c := range all {
		cells[c.On] = c
	}
	return cells, err
}

// lastSheet is the last closed day of a box up to a day, "" when there is none.
func lastSheet(q db.Querier, box string, last day.Day) (on day.Day, err error) {
	err = q.Row(`SELECT COALESCE(MAX(on_day), '') FROM daysheet WHERE company_id = $1 AND box_id = $2 AND on_day <= $3`, q.Company(), box, string(last)).Scan(&on)
	return on, err
}
