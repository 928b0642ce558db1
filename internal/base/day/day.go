// Package day holds the business day (date d’exploitation): the date a sale or an expense counts for, which is the local
// date of the shop moved by its cut-off hour. A bar that closes at three in the morning still writes on yesterday’s sheet.
package day

import (
	"fmt"
	"time"
)

// Day is a date in the form 2006-01-02. It compares and sorts as text. The empty Day is no day.
type Day string

const layout = "2006-01-02"

// Of is the date of year, month and day of the month.
func Of(year int, month time.Month, d int) Day {
	return Day(time.Date(year, month, d, 0, 0, 0, 0, time.UTC).Format(layout))
}

// Parse reads a date written 2006-01-02 between the years 1900 and 2199.
func Parse(text string) (Day, error) {
	t, err := time.Parse(layout, text)
	if err != nil || t.Year() < 1900 || t.Year() > 2199 {
		return "", fmt.Errorf("day: %q is not a date", text)
	}
	return Day(text), nil
}

// At is the business day of an instant in a place, which changes at cutoff (the hour, 0 to 12) instead of midnight.
func At(t time.Time, place *time.Location, cutoff int) Day {
	local := t.In(place)
	d := Of(local.Year(), local.Month(), local.Day())
	if local.Hour() < cutoff {
		return d.Add(-1)
	}
	return d
}

// Time is the date at midnight UTC, for calendar arithmetic and formatting only.
func (d Day) Time() time.Time {
	t, err := time.Parse(layout, string(d))
	if err != nil {
		panic("day: not a date: " + string(d))
	}
	return t
}

// Add is the day n days later, or earlier when n is negative.
func (d Day) Add(n int) Day { return Day(d.Time().AddDate(0, 0, n).Format(layout)) }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.Time().Weekday() }

// Month is the month the day belongs to.
func (d Day) Month() Month { return Month(d[:7]) }

// Since counts the days from another day to this one.
func (d Day) Since(other Day) int { return int(d.Time().Sub(other.Time()) / (24 * time.Hour)) }

// Month is a month in the form 2006-01.
type Month string

// ParseMonth reads a month written 2006-01.
func ParseMonth(text string) (Month, error) {
	d, err := Parse(text + "-01")
	if err != nil {
		return "", fmt.Errorf("day: %q is not a month", text)
	}
	return d.Month(), nil
}

// First is the first day of the month.
func (m Month) First() Day { return Day(m + "-01") }

// Last is the last day of the month.
func (m Month) Last() Day { return m.Add(1).First().Add(-1) }

// Add is the month n months later.
func (m Month) Add(n int) Month {
	return Day(m.First().Time().AddDate(0, n, 0).Format(layout)).Month()
}

// Days are the days of the month, in order.
func (m Month) Days() []Day { return Range(m.First(), m.Last()) }

// Range is every day from first to last, both included.
func Range(first, last Day) []Day {
	var days []Day
	for d := first; d <= last; d = d.Add(1) {
		days = append(days, d)
	}
	return days
}
