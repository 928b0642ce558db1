// Package copies shows the automatic copies of everything the program keeps, and says which of them are kept. The program itself makes them,
// checks them and tries them (package app).
package copies

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Keeper makes the copies.
type Keeper interface {
	// State is what is known of the copies, the newest first.
	State() (State, error)
	// Start begins a copy in the background; ErrBusy when one is being made.
	Start() error
}

// ErrBusy says that a copy is being made.
var ErrBusy = errors.New("copies: one is being made")

// Copy is one copy of everything, in one file.
type Copy struct {
	Name string
	At   time.Time // it is of this instant
	Size int64     // bytes
}

// State is what is known of the copies.
type State struct {
	Copies     []Copy `json:"-"`
	Busy       bool   `json:"-"`
	Encrypted  bool   `json:"-"` // only the holder of a key kept elsewhere reads them
	Fault      string // why the last could not be made; "" when it was
	FaultAt    time.Time
	TrialAt    time.Time // when one was last restored aside and proved
	TrialOf    string    // its name
	TrialFault string    // what did not hold; "" when everything did
	Away       Away
}

// Away is what is known of the copies kept elsewhere, in a storage that speaks S3.
type Away struct {
	Host       string               `json:"-"` // "" when there is none
	Busy       bool                 `json:"-"`
	Waiting    int                  `json:"-"` // copies still to send
	Copies     []Copy               // what it held when last looked at, the newest first
	SeenAt     time.Time            // when that was
	SentAt     time.Time            // when one was last sent and read back
	Proved     map[string]time.Time // the names of those read back, and when
	Locked     bool                 // the storage keeps the program from removing old copies
	Fault      string               // what stopped the last sending and what to do, for people; "" when nothing did
	FaultAt    time.Time
	Tries      int       // failures in a row
	Next       time.Time // nothing is tried before
	Tried      bool      `json:"-"` // one is fetched and restored each month
	TrialAt    time.Time
	TrialOf    string
	TrialFault string
}

const (
	prefix  = "encaisse-"
	suffix  = ".backup"
	sealed  = ".age"
	instant = "20060102-150405"
)

// Name is the name of a copy of an instant.
func Name(at time.Time, encrypted bool) string {
	name := prefix + at.UTC().Format(instant) + suffix
	if encrypted {
		name += sealed
	}
	return name
}

// MadeAt is the instant of a copy, from its name; false for any other file.
func MadeAt(name string) (time.Time, bool) {
	text, ok := strings.CutPrefix(strings.TrimSuffix(name, sealed), prefix)
	text, ok2 := strings.CutSuffix(text, suffix)
	at, err := time.Parse(instant, text)
	return at, ok && ok2 && err == nil
}

// How many copies are kept: every one of the last two days, then the newest of each of these days, weeks and months.
const (
	wholeDays  = 2
	keptDays   = 7
	keptWeeks  = 5
	keptMonths = 12
)

// TooMany are the copies that need not be kept, of a list whose newest comes first.
func TooMany(list []Copy) []Copy {
	var too []Copy
	days, weeks, months := map[string]bool{}, map[string]bool{}, map[string]bool{}
	first := func(seen map[string]bool, key string, most int) bool {
		if seen[key] || len(seen) == most {
			return false
		}
		seen[key] = true
		return true
	}
	for _, c := range list {
		at := c.At.Local()
		year, week := at.ISOWeek()
		ofDay := first(days, at.Format(time.DateOnly), keptDays)
		ofWeek := first(weeks, fmt.Sprint(year, "-", week), keptWeeks)
		ofMonth := first(months, at.Format("2006-01"), keptMonths)
		recent := days[at.Format(time.DateOnly)] && len(days) <= wholeDays
		if !ofDay && !ofWeek && !ofMonth && !recent {
			too = append(too, c)
		}
	}
	return too
}
