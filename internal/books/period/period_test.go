package period_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/period"
	"encaisse/internal/test/dbtest"
)

const (
	till   = "till-1"
	other  = "till-2"
	claire = "claire"
)

// write runs an act; the store undoes it when it fails.
func write(t *testing.T, d *db.DB, company string, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), company, fn); err != nil {
		t.Fatal(err)
	}
}

// wantCheck compares what a day of a place answers to an entry, in an act and to a reader.
func wantCheck(t *testing.T, d *db.DB, company, place string, on day.Day, want fault.Kind) {
	t.Helper()
	for name, run := range map[string]func(func(db.Querier) error) error{
		"act": func(fn func(db.Querier) error) error {
			return d.Write(context.Background(), company, func(tx *db.Tx) error { return fn(tx) })
		},
		"reader": func(fn func(db.Querier) error) error {
			return d.Read(context.Background(), company, func(q *db.Snapshot) error { return fn(q) })
		},
	} {
		if got := fault.KindOf(run(func(q db.Querier) error { return period.Check(q, place, on) })); got != want {
			t.Errorf("%s on %s: an %s is answered %q, want %q", place, on, name, got, want)
		}
	}
}

func wantState(t *testing.T, d *db.DB, company, place string, on day.Day, want period.State) {
	t.Helper()
	err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
		got, err := period.StateOf(q, place, on)
		if got != want {
			t.Errorf("%s of %s is %s, want %s", on, place, got, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// newWeek is a company whose till closed Monday 16, Tuesday 17 and Thursday 19 November 2026.
func newWeek(t *testing.T, d *db.DB) (company string) {
	t.Helper()
	company = dbtest.Company(t, d)
	write(t, d, company, func(tx *db.Tx) error {
		for _, on := range []day.Day{"2026-11-16", "2026-11-17", "2026-11-19"} {
			if err := period.Close(tx, till, on, claire); err != nil {
				return err
			}
		}
		return nil
	})
	return company
}

func TestAClosedDayStillTakesEntriesUntilItIsLocked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newWeek(t, d)
		for on, want := range map[day.Day]period.State{"2026-11-15": period.Open, "2026-11-16": period.Closed, "2026-11-18": period.Open, "2026-11-19": period.Closed, "2026-11-20": period.Open} {
			wantState(t, d, company, till, on, want)
			wantCheck(t, d, company, till, on, "")
		}
		wantState(t, d, company, other, "2026-11-16", period.Open)
		wantState(t, d, dbtest.Company(t, d), till, "2026-11-16", period.Open)
	})
}

func TestALockHoldsForEveryEarlierDayOfItsPlace(t *testing.T) { // LAW-ISCA-C-1
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newWeek(t, d)
		write(t, d, company, func(tx *db.Tx) error {
			n, err := period.LockUntil(tx, till, "2026-11-18", claire)
			if n != 2 {
				t.Errorf("%d days locked, want Monday and Tuesday", n)
			}
			return err
		})
		for _, c := range []struct {
			name  string
			place string
			on    day.Day
			state period.State
			want  fault.Kind
		}{
			{"long before, without a sheet", till, "2025-01-01", period.Locked, fault.Locked},
			{"a locked day", till, "2026-11-16", period.Locked, fault.Locked},
			{"the last locked day", till, "2026-11-17", period.Locked, fault.Locked},
			{"the day after, without a sheet", till, "2026-11-18", period.Open, ""},
			{"closed after the lock", till, "2026-11-19", period.Closed, ""},
			{"another place", other, "2026-11-16", period.Open, ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				wantState(t, d, company, c.place, c.on, c.state)
				wantCheck(t, d, company, c.place, c.on, c.want)
			})
		}
		err := d.Write(context.Background(), company, func(tx *db.Tx) error { return period.Close(tx, till, "2026-11-15", claire) })
		if !fault.Is(err, fault.Locked) {
			t.Errorf("a day before the lock is closed: %v", err)
		}
	})
}

func TestTheHorizonIsTheLastLockedDayAndNeverGoesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newWeek(t, d)
		for _, c := range []struct {
			until  day.Day
			locked int64
			want   day.Day
		}{{"2026-11-15", 0, ""}, {"2026-11-17", 2, "2026-11-17"}, {"2026-11-16", 0, "2026-11-17"}, {"2026-12-31", 1, "2026-11-19"}} {
			write(t, d, company, func(tx *db.Tx) error {
				n, err := period.LockUntil(tx, till, c.until, claire)
				if n != c.locked {
					t.Errorf("until %s: %d days locked, want %d", c.until, n, c.locked)
				}
				return err
			})
			err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
				got, err := period.Horizon(q, till)
				if got != c.want {
					t.Errorf("until %s: the horizon is %q, want %q", c.until, got, c.want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestStatesListsTheDaysNoLongerOpenOfAnInterval(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newWeek(t, d)
		write(t, d, company, func(tx *db.Tx) error {
			if err := period.Close(tx, till, "2026-11-17", "somebody else"); err != nil { // closed twice is closed
				return err
			}
			_, err := period.LockUntil(tx, till, "2026-11-16", claire)
			return err
		})
		want := map[day.Day]period.State{"2026-11-16": period.Locked, "2026-11-17": period.Closed}
		err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
			got, err := period.States(q, till, "2026-11-16", "2026-11-18")
			if !maps.Equal(got, want) {
				t.Errorf("states %v, want %v", got, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAClosedYearTakesNothingMoreInAnyPlace(t *testing.T) { // LAW-ISCA-C-1
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		write(t, d, company, func(tx *db.Tx) error {
			if err := period.OpenYear(tx, "2025-07-01", "2026-06-30", claire); err != nil {
				return err
			}
			return period.OpenYear(tx, "2026-07-01", "2027-06-30", claire)
		})
		wantCheck(t, d, company, till, "2026-06-30", "") // open years take entries, and so do days outside of any
		wantCheck(t, d, company, till, "2024-01-01", "")
		write(t, d, company, func(tx *db.Tx) error { return period.CloseYear(tx, "2025-07-01", claire) })
		for on, want := range map[day.Day]fault.Kind{"2025-06-30": "", "2025-07-01": fault.Locked, "2026-06-30": fault.Locked, "2026-07-01": ""} {
			for _, place := range []string{till, other, ""} {
				wantCheck(t, d, company, place, on, want)
			}
		}
		wantCheck(t, d, dbtest.Company(t, d), till, "2026-06-30", "")
	})
}

func TestFinancialYearsNeitherOverlapNorCloseTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		for _, c := range []struct {
			name string
			do   func(tx *db.Tx) error
			want fault.Kind
		}{
			{"a first year", func(tx *db.Tx) error { return period.OpenYear(tx, "2026-01-01", "2026-12-31", claire) }, ""},
			{"one that begins on its last day", func(tx *db.Tx) error { return period.OpenYear(tx, "2026-12-31", "2027-12-30", claire) }, fault.Invalid},
			{"one that ends on its first day", func(tx *db.Tx) error { return period.OpenYear(tx, "2025-01-02", "2026-01-01", claire) }, fault.Invalid},
			{"one inside it", func(tx *db.Tx) error { return period.OpenYear(tx, "2026-03-01", "2026-04-30", claire) }, fault.Invalid},
			{"one around it", func(tx *db.Tx) error { return period.OpenYear(tx, "2025-01-01", "2027-12-31", claire) }, fault.Invalid},
			{"one that ends before it begins", func(tx *db.Tx) error { return period.OpenYear(tx, "2028-01-01", "2027-12-31", claire) }, fault.Invalid},
			{"the next one", func(tx *db.Tx) error { return period.OpenYear(tx, "2027-01-01", "2027-12-31", claire) }, ""},
			{"close the first", func(tx *db.Tx) error { return period.CloseYear(tx, "2026-01-01", claire) }, ""},
			{"close it again", func(tx *db.Tx) error { return period.CloseYear(tx, "2026-01-01", claire) }, fault.NotFound},
			{"close one that was never declared", func(tx *db.Tx) error { return period.CloseYear(tx, "2020-01-01", claire) }, fault.NotFound},
		} {
			if got := fault.KindOf(d.Write(context.Background(), company, c.do)); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
		want := []period.Year{{First: "2026-01-01", Last: "2026-12-31", Closed: true}, {First: "2027-01-01", Last: "2027-12-31"}}
		err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
			got, err := period.Years(q)
			if !slices.Equal(got, want) {
				t.Errorf("years %v, want %v", got, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
