package company

import (
	"time"

	"encaisse/internal/base/day"
)

// State is what a day is for a location.
type State string

// The states. Holiday is closed because of a public holiday.
const (
	Open    State = "open"
	Closed  State = "closed"
	Holiday State = "holiday"
)

// Week is the set of open days of a week; bit 0 is Monday, bit 6 Sunday.
type Week int

// EveryDay is open all week; Workdays closes on Sunday.
const (
	EveryDay Week = 0b1111111
	Workdays Week = 0b0111111
)

// Opens tells whether a weekday is open.
func (w Week) Opens(d time.Weekday) bool { return w&(1<<((int(d)+6)%7)) != 0 }

// DatedWeek is the pattern that holds from a day on.
type DatedWeek struct {
	From day.Day // "" is always
	Week Week
}

// Exception is a range of days that differ: holidays of the owner, works, a Sunday before Christmas.
type Exception struct {
	ID          string
	Location    string
	First, Last day.Day
	Open        bool
	Label       string
}

// Calendar tells which days a location is open. What comes last wins: the week, then the public holidays, then the exceptions.
type Calendar struct {
	Location   string
	Zone       Zone
	Weeks      []DatedWeek     // ascending by From
	Holidays   map[string]bool // key of the holiday → open; absent is closed
	Exceptions []Exception     // in the order they were made: the last made wins
}

// State tells what a day is, and why when it is not an ordinary one: the name of the holiday or the label of the exception.
func (c Calendar) State(d day.Day) (State, string) {
	for i := len(c.Exceptions) - 1; i >= 0; i-- {
		e := c.Exceptions[i]
		if e.First <= d && d <= e.Last {
			return openOr(e.Open, Closed), e.Label
		}
	}
	ordinary := openOr(c.WeekOn(d).Opens(d.Weekday()), Closed)
	if h, found := HolidayOn(c.Zone, d); found {
		if !c.Holidays[h.Key] {
			return Holiday, h.Name
		}
		return ordinary, h.Name
	}
	return ordinary, ""
}

// WeekOn is the weekly pattern in force on a day.
func (c Calendar) WeekOn(d day.Day) Week {
	week := Workdays
	for _, w := range c.Weeks {
		if w.From <= d {
			week = w.Week
		}
	}
	return week
}

func openOr(open bool, otherwise State) State {
	if open {
		return Open
	}
	return otherwise
}
