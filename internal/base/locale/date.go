package locale

import (
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/day"
)

var weekdays = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
var months = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// Date writes 20/11/2026.
func Date(d day.Day) string { return d.Time().Format("02/01/2006") }

// ShortDate writes 20/11.
func ShortDate(d day.Day) string { return d.Time().Format("02/01") }

// Weekday writes vendredi.
func Weekday(w time.Weekday) string { return weekdays[w] }

// ShortWeekday writes ven.
func ShortWeekday(w time.Weekday) string { return weekdays[w][:3] }

// DayOfMonth writes the day as a title says it: 1er, 20.
func DayOfMonth(d day.Day) string {
	if n := d.Time().Day(); n > 1 {
		return strconv.Itoa(n)
	}
	return "1er"
}

// LongDate writes vendredi 20 novembre 2026.
func LongDate(d day.Day) string { return DayName(d) + " " + strconv.Itoa(d.Time().Year()) }

// DayName writes vendredi 20 novembre.
func DayName(d day.Day) string {
	return Weekday(d.Weekday()) + " " + DayOfMonth(d) + NBSP + months[d.Time().Month()-1]
}

// MonthName writes novembre 2026.
func MonthName(m day.Month) string {
	t := m.First().Time()
	return months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// Month gives the month a name or what it begins with says: novembre, nov., sept. It is 0 when none or several do.
func Month(name string) time.Month {
	begins, found := Fold(strings.TrimSuffix(name, ".")), time.Month(0)
	for i, month := range months {
		if len(begins) < 3 || !strings.HasPrefix(Fold(month), begins) {
			continue
		}
		if found != 0 {
			return 0
		}
		found = time.Month(i + 1)
	}
	return found
}

// Clock writes the local hour of an instant: 8 h 05.
func Clock(t time.Time, place *time.Location) string {
	local := t.In(place)
	return strconv.Itoa(local.Hour()) + NBSP + "h" + NBSP + local.Format("04")
}

// DateTime writes 20/11/2026 à 8 h 05.
func DateTime(t time.Time, place *time.Location) string {
	return t.In(place).Format("02/01/2006") + " à " + Clock(t, place)
}

// Title puts the first letter in upper case.
func Title(text string) string {
	for i, r := range text {
		return strings.ToUpper(string(r)) + text[i+len(string(r)):]
	}
	return text
}

// Plural writes a number and its word, in the singular for 0 and 1: 1 journée, 3 journées.
func Plural(n int, singular, plural string) string {
	if n < 2 && n > -2 {
		return Int(int64(n)) + NBSP + singular
	}
	return Int(int64(n)) + NBSP + plural
}

var shortMonths = [...]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."}

// ShortMonth writes a month without its year, shortened: nov.
func ShortMonth(m day.Month) string { return shortMonths[m.First().Time().Month()-1] }
