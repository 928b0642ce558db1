// Package number gives the numbers of a series: 1, 2, 3… with no hole and no repeat. The row of the series is locked by the
// transaction that takes a number; if that transaction fails the number was never given.
package number

import (
	"maps"
	"slices"

	"encaisse/internal/base/db"
)

// Next takes the next number of a series of the transaction’s company. A series begins at 1 when it is first asked for.
func Next(tx *db.Tx, name string) (int64, error) {
	all := db.Held(tx, "number", func() *given { return &given{map[string]series{}} })
	s, known := all.series[name]
	if known {
		s = series{s.last + 1, true}
	} else if err := tx.Apart(func() error {
		return tx.Row(`INSERT INTO series (company_id, name, last) VALUES ($1, $2, 1)
			ON CONFLICT (company_id, name) DO UPDATE SET last = series.last + 1 RETURNING last`, tx.Company(), name).Scan(&s.last)
	}); err != nil {
		return 0, err
	}
	all.series[name] = s
	return s.last, nil
}

// series is the last number given, and whether the row is to be written.
type series struct {
	last    int64
	changed bool
}

// given is what the acts committed together took: the row of a series is locked by the first, and written once for the others.
type given struct{ series map[string]series }

// Tables implements db.Pending.
func (g *given) Tables() []string { return []string{"series"} }

// Clone implements db.Pending.
func (g *given) Clone() db.Pending { return &given{maps.Clone(g.series)} }

// Flush implements db.Pending.
func (g *given) Flush(tx *db.Tx) error {
	for _, name := range slices.Sorted(maps.Keys(g.series)) {
		s := g.series[name]
		if !s.changed {
			continue
		}
		if _, err := tx.Exec(`UPDATE series SET last = $3 WHERE company_id = $1 AND name = $2`, tx.Company(), name, s.last); err != nil {
			return err
		}
		g.series[name] = series{last: s.last}
	}
	return nil
}

// Last is the last number given in a series, 0 when none was.
func Last(q db.Querier, series string) (int64, error) {
	var n int64
	err := q.Row(`SELECT COALESCE(MAX(last), 0) FROM series WHERE company_id = $1 AND name = $2`, q.Company(), series).Scan(&n)
	return n, err
}
