package daysheet

import (
	"errors"
	"net/url"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/web/ui"
)

// Visitor is who looks at a page, and what they may do.
type Visitor struct {
	UserID string
	Rights right.Set
	Zone   *time.Location
	Names  map[string]string // names of the people of the company, by id
	Base   string            // address of the company: /d/slug
}

// name is how a person is called. What is no id of a person names the program itself.
func (v Visitor) name(by string) string {
	if name := v.Names[by]; name != "" {
		return name
	}
	if id.Valid(by) {
		return "quelqu’un qui a quitté l’équipe"
	}
	return by
}

// rivalName names who typed meanwhile, for the beginning of a sentence.
func (v Visitor) rivalName(by string) string {
	if by == v.UserID {
		return "Vous, dans une autre fenêtre,"
	}
	return locale.Title(v.name(by))
}

func (v Visitor) url(parts ...string) string {
	address := v.Base
	for _, part := range parts {
		address += "/" + url.PathEscape(part)
	}
	return address
}

// dayURL is the address of the sheet of a box on a day.
func (v Visitor) dayURL(box string, on day.Day, more ...string) string {
	return v.url(append([]string{"journees", box, string(on)}, more...)...)
}

// allBoxes is the parameter of the summary of every box.
const allBoxes = "toutes"

// monthURL is the address of a month of a box.
func (v Visitor) monthURL(m day.Month, box string) string {
	return v.url("journees", string(m)) + "?caisse=" + url.QueryEscape(box)
}

// look is how a state is shown: never by its colour alone.
type look struct {
	class string // of a cell of the month
	strip string // of the strip of days
	icon  string
	word  string
	tone  ui.Tone
}

var looks = map[CellState]look{
	CellMissing: {"asaisir", "at", "crayon", "À saisir", ui.Warn},
	CellDraft:   {"brouillon", "at", "crayon", "Brouillon", ui.Info},
	CellToday:   {"encours", "", "horloge", "En cours", ui.Info},
	CellDone:    {"clos", "ok", "coche", "Clôturée", ui.OK},
	CellLocked:  {"verr", "ok", "cadenas", "Verrouillée", ui.Neutral},
	CellGap:     {"ecart", "er", "alerte", "Écart", ui.Error},
	CellClosed:  {"ferme", "fe", "", "Fermé", ui.Neutral},
	CellHoliday: {"ferme", "fe", "", "Férié", ui.Neutral},
	CellFuture:  {"futur", "fe", "", "", ui.Neutral},
	CellBefore:  {"futur", "fe", "", "", ui.Neutral},
}

// said is the state of a day in words, for the ears.
func (c Cell) said() string {
	switch c.State {
	case CellGap:
		if c.Unexplained != 0 {
			return "écart de " + locale.SignedEuro(c.OverShort) + " à justifier"
		}
		return "différence de ventilation de " + locale.SignedEuro(c.Breakdown)
	case CellFuture:
		return "à venir"
	case CellBefore:
		return "avant le suivi de cette caisse"
	case CellClosed, CellHoliday:
		if c.Label != "" {
			return strings.ToLower(looks[c.State].word) + ", " + c.Label
		}
	}
	return strings.ToLower(looks[c.State].word)
}

// gap is the amount a day in trouble shows.
func (c Cell) gap() money.Amount {
	if c.Unexplained != 0 {
		return c.OverShort
	}
	return c.Breakdown
}

// reachable tells whether a day has a page worth opening.
func (c Cell) reachable(today day.Day) bool { return c.On <= today && c.State != CellBefore }

// shortDay writes vendredi 20, with its month when it is not the one looked at.
func shortDay(on day.Day, month day.Month) string {
	if on.Month() != month {
		return locale.DayName(on)
	}
	return locale.Weekday(on.Weekday()) + locale.NBSP + locale.DayOfMonth(on)
}

// asFault finds the fault of an error.
func asFault(err error) (*fault.Fault, bool) { return errors.AsType[*fault.Fault](err) }

// errorOf is the message a fault has for a field.
func errorOf(err error, name string) string {
	if f, ok := asFault(err); ok {
		return f.Fields[name]
	}
	return ""
}

// joined writes a list the French way: a, b et c.
func joined(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " et " + words[len(words)-1]
}

// titledDay writes Vendredi 20 novembre.
func titledDay(on day.Day) string { return locale.Title(locale.DayName(on)) }
