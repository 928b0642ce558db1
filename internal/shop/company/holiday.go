package company

import (
	"slices"
	"time"

	"encaisse/internal/base/day"
)

// PublicHoliday is a public holiday of a year.
type PublicHoliday struct {
	Key  string // the same every year
	Name string
	On   day.Day
}

// rule is a holiday of the law: a fixed date, or a number of days after Easter Sunday. Zones is nil where it holds everywhere.
type rule struct {
	key, name string
	month     time.Month
	dom       int
	easter    int // days after Easter, when month is 0
	zones     []Zone
}

// holidays is the law as data. Code du travail L3133-1 for everywhere, L3134-13 for Alsace-Moselle, L3422-2 for the abolition of
// slavery overseas.
var holidays = []rule{
	{key: "jour-de-l-an", name: "Jour de l’an", month: time.January, dom: 1},
	{key: "vendredi-saint", name: "Vendredi saint", easter: -2, zones: []Zone{AlsaceMoselle}},
	{key: "lundi-de-paques", name: "Lundi de Pâques", easter: 1},
	{key: "abolition", name: "Abolition de l’esclavage", month: time.April, dom: 27, zones: []Zone{Mayotte}},
	{key: "fete-du-travail", name: "Fête du travail", month: time.May, dom: 1},
	{key: "victoire-1945", name: "Victoire de 1945", month: time.May, dom: 8},
	{key: "ascension", name: "Ascension", easter: 39},
	{key: "lundi-de-pentecote", name: "Lundi de Pentecôte", easter: 50},
	{key: "abolition", name: "Abolition de l’esclavage", month: time.May, dom: 22, zones: []Zone{Martinique}},
	{key: "abolition", name: "Abolition de l’esclavage", month: time.May, dom: 27, zones: []Zone{Guadeloupe}},
	{key: "abolition", name: "Abolition de l’esclavage", month: time.May, dom: 28, zones: []Zone{SaintMartin}},
	{key: "abolition", name: "Abolition de l’esclavage", month: time.June, dom: 10, zones: []Zone{Guyane}},
	{key: "fete-nationale", name: "Fête nationale", month: time.July, dom: 14},
	{key: "assomption", name: "Assomption", month: time.August, dom: 15},
	{key: "abolition", name: "Abolition de l’esclavage", month: time.October, dom: 9, zones: []Zone{SaintBarthelemy}},
	{key: "toussaint", name: "Toussaint", month: time.November, dom: 1},
	{key: "armistice-1918", name: "Armistice de 1918", month: time.November, dom: 11},
	{key: "abolition", name: "Abolition de l’esclavage", month: time.December, dom: 20, zones: []Zone{Reunion}},
	{key: "noel", name: "Noël", month: time.December, dom: 25},
	{key: "saint-etienne", name: "Deuxième jour de Noël", month: time.December, dom: 26, zones: []Zone{AlsaceMoselle}},
}

// PublicHolidays lists the public holidays of a zone in a year, in the order of the year. Two can fall on the same day.
func PublicHolidays(zone Zone, year int) []PublicHoliday {
	var list []PublicHoliday
	for _, r := range holidays {
		if r.zones == nil || slices.Contains(r.zones, zone) {
			list = append(list, PublicHoliday{Key: r.key, Name: r.name, On: r.in(year)})
		}
	}
	slices.SortStableFunc(list, func(a, b PublicHoliday) int { return a.On.Since(b.On) })
	return list
}

// HolidayOn is the public holiday of a zone on a day, the first in law when two fall together.
func HolidayOn(zone Zone, on day.Day) (PublicHoliday, bool) {
	year := on.Time().Year()
	for _, r := range holidays {
		if (r.zones == nil || slices.Contains(r.zones, zone)) && r.in(year) == on {
			return PublicHoliday{Key: r.key, Name: r.name, On: on}, true
		}
	}
	return PublicHoliday{}, false
}

func (r rule) in(year int) day.Day {
	if r.month != 0 {
		return day.Of(year, r.month, r.dom)
	}
	return Easter(year).Add(r.easter)
}

// Easter is Easter Sunday of a year of the Gregorian calendar (algorithm of Meeus, Jones and Butcher).
func Easter(year int) day.Day {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (b - (b+8)/25 + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return day.Of(year, time.Month(n/31), n%31+1)
}
