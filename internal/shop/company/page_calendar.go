package company

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/web/ui"
)

// CalendarPage is the year of a location.
type CalendarPage struct {
	Frame     ui.Frame
	Base      string
	Locations []Location
	Location  Location
	Calendar  Calendar
	Year      int
	Today     day.Day
	Form      ui.Fields // of an exception
	Err       error
	Key       string // id of the exception to come; made by the page when empty
}

func exceptionFields() ui.Fields {
	return ui.Fields{
		{Name: "state", Label: "La boutique est", Value: string(Closed), Options: []ui.Option{{Value: string(Closed), Label: "Fermée"}, {Value: string(Open), Label: "Ouverte"}}},
		{Name: "first", Label: "Du"},
		{Name: "last", Label: "Au", Optional: true},
		{Name: "label", Label: "Motif", Placeholder: "Congés d’été", Max: 60, Optional: true},
		{Name: "from", Label: "À partir du", Help: "Les jours d’avant gardent leurs horaires. Vide\u00a0: depuis toujours.", Optional: true},
		{Name: "week", Label: "Jours d’ouverture"},
	}
}

func weekdayField(d time.Weekday) string { return "jour-" + strconv.Itoa(int(d)) }

// weeks is a month as a grid of weeks that begin on Monday; "" is a day of another month.
func (p CalendarPage) weeks(month int) [][]day.Day {
	m := day.Of(p.Year, time.Month(month), 1).Month()
	var weeks [][]day.Day
	week := make([]day.Day, 7)
	for _, d := range m.Days() {
		at := (int(d.Weekday()) + 6) % 7
		week[at] = d
		if at == 6 || d == m.Last() {
			weeks = append(weeks, week)
			week = make([]day.Day, 7)
		}
	}
	return weeks
}

// dayClass is the look of a day of the year.
func (p CalendarPage) dayClass(d day.Day) string {
	state, label := p.Calendar.State(d)
	switch {
	case state == Holiday:
		return "ferie"
	case state == Closed:
		return "ferme"
	case label != "":
		return "special"
	}
	return ""
}

// dayWords says a day that is not an ordinary open one.
func (p CalendarPage) dayWords(d day.Day) string {
	state, label := p.Calendar.State(d)
	words := map[State]string{Open: "ouvert", Closed: "fermé", Holiday: "férié, fermé"}[state]
	if label != "" {
		return words + "\u00a0: " + label
	}
	if state == Open {
		return ""
	}
	return words
}

// openDays counts the open days of a month.
func (p CalendarPage) openDays(month int) string {
	n := 0
	for _, d := range day.Of(p.Year, time.Month(month), 1).Month().Days() {
		if state, _ := p.Calendar.State(d); state == Open {
			n++
		}
	}
	return locale.Plural(n, "jour ouvert", "jours ouverts")
}

func (p CalendarPage) yearURL(year int) string { return p.url(p.Location.ID, year) }

func (p CalendarPage) url(location string, year int) string {
	return p.Base + "?boutique=" + url.QueryEscape(location) + "&annee=" + strconv.Itoa(year)
}

func (p CalendarPage) action(parts ...string) string {
	return p.Base + "/" + url.PathEscape(p.Location.ID) + "/" + strings.Join(parts, "/")
}

func (p CalendarPage) segments() ui.Segments {
	s := ui.Segments{Label: "Boutique"}
	for _, l := range p.Locations {
		s.Items = append(s.Items, ui.Segment{Label: l.Name, URL: p.url(l.ID, p.Year), Current: l.ID == p.Location.ID})
	}
	return s
}

func (p CalendarPage) year() string { return strconv.Itoa(p.Year) }

// weekday is a day of the pattern in force today, which the form proposes to change.
func (p CalendarPage) weekday(n int) ui.Field {
	d := time.Weekday((n + 1) % 7)
	return ui.Field{Name: weekdayField(d), Label: locale.Title(locale.Weekday(d)), Value: tick(p.Calendar.WeekOn(p.Today).Opens(d))}
}

// from proposes today as the first day of a new pattern, or nothing when no pattern was chosen yet.
func (p CalendarPage) from() ui.Field {
	f := p.Form.Get("from")
	if f.Value == "" && f.Error == "" && len(p.Calendar.Weeks) > 0 {
		f.Value = string(p.Today)
	}
	return f
}

func (p CalendarPage) holidays() []PublicHoliday { return PublicHolidays(p.Calendar.Zone, p.Year) }

// exceptions are those that touch the year, the next first.
func (p CalendarPage) exceptions() []Exception {
	first, last := day.Of(p.Year, 1, 1), day.Of(p.Year, 12, 31)
	list := slices.DeleteFunc(slices.Clone(p.Calendar.Exceptions), func(e Exception) bool { return e.Last < first || e.First > last })
	slices.SortStableFunc(list, func(a, b Exception) int { return a.First.Since(b.First) })
	return list
}

func (e Exception) dates() string {
	if e.First == e.Last {
		return locale.Title(locale.LongDate(e.First))
	}
	return "Du " + locale.Date(e.First) + " au " + locale.Date(e.Last)
}

func (e Exception) words() string {
	if e.Open {
		return "ouvert"
	}
	return "fermé"
}

func (p CalendarPage) key() string {
	if p.Key != "" {
		return p.Key
	}
	return id.New()
}
