// Package number gives the numbers of a series: 1, 2, 3… with no hole and no repeat. The row of the series is locked by the
// transaction that takes a number; if that transaction fails the number was never given.
package number

import "encaisse/internal/base/db"

// Next takes the next number of a series of the transaction’s company. A series begins at 1 when it is first asked for.
func Next(tx *db.Tx, series string) (int64, error) {
	var n int64
	err := tx.Row(`INSERT INTO series (company_id, name, last) VALUES ($1, $2, 1)
		ON CONFLICT (company_id, name) DO UPDATE SET last = series.last + 1 RETURNING last`, tx.Company(), series).Scan(&n)
	return n, err
}

// Last is the last number given in a series, 0 when none was.
func Last(q db.Querier, series string) (int64, error) {
	var n int64
	err := q.Row(`SELECT COALESCE(MAX(last), 0) FROM series WHERE company_id = $1 AND name = $2`, q.Company(), series).Scan(&n)
	return n, err
}
