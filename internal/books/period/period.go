// Package period says when a business date still takes entries. A day of a place (a cash box) is open, closed once its sheet
// was closed, then locked, by hand or after some days. Days lock in order: a locked day and every earlier day of its place refuse
// all entries, so that what was counted afterwards stays true. So does a closed financial year.
package period

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
)

// State of a day.
type State string

// The states, in the only order they follow.
const (
	Open   State = "open"
	Closed State = "closed"
	Locked State = "locked"
)

// Year is a financial year (exercice): first and last day, both included.
type Year struct {
	First, Last day.Day
	Closed      bool
}

func lockedDay(on day.Day) error {
	return fault.Newf(fault.Locked, "La journée du %s est verrouillée. Enregistrez une correction à la date d’aujourd’hui\u00a0: elle renverra à cette journée.", locale.Date(on))
}

func closedYear(on day.Day) error {
	return fault.Newf(fault.Locked, "L’exercice du %s est clos\u00a0: plus rien ne s’y enregistre. Choisissez une date de l’exercice en cours.", locale.Date(on))
}
