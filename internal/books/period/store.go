package period

import (
	"database/sql"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// StateOf is the state of a day of a place.
func StateOf(q db.Querier, place string, on day.Day) (State, error) {
	var closed, locked bool
	err := q.Row(`SELECT EXISTS (SELECT 1 FROM period_day WHERE company_id = $1 AND place = $2 AND on_day = $3),
		EXISTS (SELECT 1 FROM period_day WHERE company_id = $1 AND place = $2 AND on_day >= $3 AND state = 'locked')`, q.Company(), place, string(on)).Scan(&closed, &locked)
	switch {
	case locked:
		return Locked, err
	case closed:
		return Closed, err
	}
	return Open, err
}

// Horizon is the last locked day of a place, "" when none is.
func Horizon(q db.Querier, place string) (day.Day, error) {
	var last day.Day
	err := q.Row(`SELECT COALESCE(MAX(on_day), '') FROM period_day WHERE company_id = $1 AND place = $2 AND state = 'locked'`, q.Company(), place).Scan(&last)
	return last, err
}

// States are the days of a place that are no longer open, from first to last.
func States(q db.Querier, place string, first, last day.Day) (map[day.Day]State, error) {
	states := map[day.Day]State{}
	err := db.Each(q, func(r *sql.Rows) error {
		var on day.Day
		var s State
		err := r.Scan(&on, &s)
		states[on] = s
		return err
	}, `SELECT on_day, state FROM period_day WHERE company_id = $1 AND place = $2 AND on_day BETWEEN $3 AND $4`, q.Company(), place, string(first), string(last))
	return states, err
}

// Check refuses a business date that no longer takes entries.
func Check(q db.Querier, place string, on day.Day) error {
	horizon, err := db.CachedAlone(q, "period.Horizon/"+place, []string{"period_day"}, func() (day.Day, error) { return Horizon(q, place) })
	if err != nil {
		return err
	}
	if on <= horizon {
		return lockedDay(on)
	}
	years, err := db.CachedAlone(q, "period.Years", []string{"period_year"}, func() ([]Year, error) { return Years(q) })
	if err != nil {
		return err
	}
	for _, y := range years {
		if y.Closed && y.First <= on && on <= y.Last {
			return closedYear(on)
		}
	}
	return nil
}

// Close marks a day whose sheet was validated. A day already closed stays so; a locked day is refused.
func Close(tx *db.Tx, place string, on day.Day, by string) error {
	if err := Check(tx, place, on); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO period_day (company_id, place, on_day, state, since, by_user) VALUES ($1, $2, $3, 'closed', $4, $5)
		ON CONFLICT (company_id, place, on_day) DO NOTHING`, tx.Company(), place, string(on), tx.Now().UnixMicro(), by)
	return err
}

// LockUntil locks the closed days of a place up to a date, included, for good: from then on no date up to the last of them takes entries,
// whether it had a sheet or not. It gives how many days it locked.
func LockUntil(tx *db.Tx, place string, last day.Day, by string) (int64, error) {
	return tx.Exec(`UPDATE period_day SET state = 'locked', since = $4, by_user = $5 WHERE company_id = $1 AND place = $2 AND state = 'closed' AND on_day <= $3`,
		tx.Company(), place, string(last), tx.Now().UnixMicro(), by)
}

// LockThrough locks a place up to a date, included, for good, whether the days had a sheet or not: what left for the accountant takes nothing
// more.
func LockThrough(tx *db.Tx, place string, last day.Day, by string) error {
	if _, err := LockUntil(tx, place, last, by); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO period_day (company_id, place, on_day, state, since, by_user) SELECT $1, $2, $3, 'locked', CAST($4 AS BIGINT), $5
		WHERE NOT EXISTS (SELECT 1 FROM period_day WHERE company_id = $1 AND place = $2 AND on_day >= $3 AND state = 'locked')
		ON CONFLICT (company_id, place, on_day) DO NOTHING`, tx.Company(), place, string(last), tx.Now().UnixMicro(), by)
	return err
}

// OpenYear declares a financial year. Years may not overlap.
func OpenYear(tx *db.Tx, first, last day.Day, by string) error {
	if last < first {
		return fault.New(fault.Invalid, "Cet exercice finit avant de commencer.")
	}
	var overlaps bool
	if err := tx.Row(`SELECT EXISTS (SELECT 1 FROM period_year WHERE company_id = $1 AND first_day <= $3 AND last_day >= $2)`, tx.Company(), string(first), string(last)).Scan(&overlaps); err != nil {
		return err
	}
	if overlaps {
		return fault.New(fault.Invalid, "Les dates de cet exercice recouvrent celles d’un autre.")
	}
	_, err := tx.Exec(`INSERT INTO period_year (company_id, first_day, last_day, state, since, by_user) VALUES ($1, $2, $3, 'open', $4, $5)`,
		tx.Company(), string(first), string(last), tx.Now().UnixMicro(), by)
	return err
}

// CloseYear closes the financial year that begins on a day, for good.
func CloseYear(tx *db.Tx, first day.Day, by string) error {
	n, err := tx.Exec(`UPDATE period_year SET state = 'closed', since = $3, by_user = $4 WHERE company_id = $1 AND first_day = $2 AND state = 'open'`, tx.Company(), string(first), tx.Now().UnixMicro(), by)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "Cet exercice n’existe pas, ou il est déjà clos.")
	}
	return err
}

// Years are the financial years declared, the earliest first.
func Years(q db.Querier) ([]Year, error) {
	return db.List(q, func(r *sql.Rows) (y Year, err error) {
		var state State
		err = r.Scan(&y.First, &y.Last, &state)
		y.Closed = state == Closed
		return y, err
	}, `SELECT first_day, last_day, state FROM period_year WHERE company_id = $1 ORDER BY first_day`, q.Company())
}
