package daysheet

import (
	"database/sql"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

// Count is what a closed day says besides its money, by its version that counts.
type Count struct {
	Box              string
	On               day.Day
	Gross, OverShort money.Amount
	Sales, Customers int
}

// Counts gives the closed days of every box from first to last, by box then day. Columns that stand after the content of the sheet, which is
// long, are left alone.
func Counts(q db.Querier, first, last day.Day) ([]Count, error) {
	var list []Count
	err := db.Each(q, func(r *sql.Rows) error {
		var c Count
		if err := r.Scan(&c.Box, &c.On, &c.Gross, &c.OverShort, &c.Sales, &c.Customers); err != nil {
			return err
		}
		if n := len(list); n > 0 && list[n-1].Box == c.Box && list[n-1].On == c.On {
			list[n-1] = c
			return nil
		}
		list = append(list, c)
		return nil
	}, `SELECT box_id, on_day, gross, over_short, sales_count, customer_count FROM daysheet
		WHERE company_id = $1 AND on_day BETWEEN $2 AND $3 ORDER BY box_id, on_day, version`, q.Company(), string(first), string(last))
	return list, err
}

// Closer is who closed the day of a box, or corrected it first, with a difference in the drawer.
type Closer struct {
	Box string
	On  day.Day
	By  string
}

// Closers tells who found the differences in the drawers from first to last, one line for each day of a box.
func Closers(q db.Querier, first, last day.Day) ([]Closer, error) {
	var list []Closer
	err := db.Each(q, func(r *sql.Rows) error {
		var c Closer
		if err := r.Scan(&c.Box, &c.On, &c.By); err != nil {
			return err
		}
		if n := len(list); n == 0 || list[n-1].Box != c.Box || list[n-1].On != c.On {
			list = append(list, c)
		}
		return nil
	}, `SELECT box_id, on_day, by_user FROM daysheet WHERE company_id = $1 AND on_day BETWEEN $2 AND $3 AND over_short <> 0 ORDER BY box_id, on_day, version`,
		q.Company(), string(first), string(last))
	return list, err
}
