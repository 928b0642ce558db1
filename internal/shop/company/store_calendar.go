package company

import (
	"database/sql"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// LoadCalendar reads the calendar of a location.
func LoadCalendar(q db.Querier, location string) (Calendar, error) {
	all, err := Calendars(q)
	if err != nil {
		return Calendar{}, err
	}
	c, found := all[location]
	if !found {
		return Calendar{}, fault.New(fault.NotFound, "Cet établissement n’existe pas.")
	}
	return c, nil
}

// Calendars gives the calendars of all locations, by the id of the location. They are shared: the caller changes none.
func Calendars(q db.Querier) (map[string]Calendar, error) {
	tables := []string{"location", "calendar_week", "calendar_holiday", "calendar_exception"}
	return db.Cached(q, "company.Calendars", tables, func() (map[string]Calendar, error) { return readCalendars(q) })
}

func readCalendars(q db.Querier) (map[string]Calendar, error) {
	locations, err := Locations(q)
	if err != nil {
		return nil, err
	}
	all := make(map[string]Calendar, len(locations))
	for _, l := range locations {
		all[l.ID] = Calendar{Location: l.ID, Zone: l.Zone, Holidays: map[string]bool{}}
	}
	if err := readWeeks(q, all); err != nil {
		return nil, err
	}
	if err := readHolidays(q, all); err != nil {
		return nil, err
	}
	return all, readExceptions(q, all)
}

func readWeeks(q db.Querier, all map[string]Calendar) error {
	return db.Each(q, func(r *sql.Rows) error {
		var location string
		var w DatedWeek
		err := r.Scan(&location, &w.From, &w.Week)
		c := all[location]
		c.Weeks = append(c.Weeks, w)
		all[location] = c
		return err
	}, `SELECT location_id, from_day, open_days FROM calendar_week WHERE company_id = $1 ORDER BY location_id, from_day`, q.Company())
}

func readHolidays(q db.Querier, all map[string]Calendar) error {
	return db.Each(q, func(r *sql.Rows) error {
		var location, key string
		var open bool
		err := r.Scan(&location, &key, &open)
		all[location].Holidays[key] = open
		return err
	}, `SELECT location_id, holiday, open FROM calendar_holiday WHERE company_id = $1`, q.Company())
}

func readExceptions(q db.Querier, all map[string]Calendar) error {
	return db.Each(q, func(r *sql.Rows) error {
		var e Exception
		err := r.Scan(&e.ID, &e.Location, &e.First, &e.Last, &e.Open, &e.Label)
		c := all[e.Location]
		c.Exceptions = append(c.Exceptions, e)
		all[e.Location] = c
		return err
	}, `SELECT id, location_id, first_day, last_day, open, label FROM calendar_exception WHERE company_id = $1 ORDER BY id`, q.Company())
}

func putWeek(tx *db.Tx, location string, from day.Day, week Week) error {
	_, err := tx.Exec(`INSERT INTO calendar_week (company_id, location_id, from_day, open_days) VALUES ($1, $2, $3, $4)
		ON CONFLICT (company_id, location_id, from_day) DO UPDATE SET open_days = excluded.open_days`, tx.Company(), location, string(from), int(week))
	return err
}

func putHoliday(tx *db.Tx, location, key string, open bool) error {
	_, err := tx.Exec(`INSERT INTO calendar_holiday (company_id, location_id, holiday, open) VALUES ($1, $2, $3, $4)
		ON CONFLICT (company_id, location_id, holiday) DO UPDATE SET open = excluded.open`, tx.Company(), location, key, open)
	return err
}

func insertException(tx *db.Tx, e Exception) error {
	_, err := tx.Exec(`INSERT INTO calendar_exception (company_id, id, location_id, first_day, last_day, open, label)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (company_id, id) DO NOTHING`, tx.Company(), e.ID, e.Location, string(e.First), string(e.Last), e.Open, e.Label)
	return err
}

func deleteException(tx *db.Tx, location, id string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM calendar_exception WHERE company_id = $1 AND location_id = $2 AND id = $3`, tx.Company(), location, id)
	return n > 0, err
}
