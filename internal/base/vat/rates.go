package vat

import "encaisse/internal/base/day"

// Zone is a part of France with its own rates.
type Zone string

// The zones. Antilles are Guadeloupe, Martinique and Réunion; None is where French VAT is not collected (Guyane, Mayotte, Saint-Martin, Saint-Barthélemy).
const (
	Mainland Zone = "metropole"
	Corsica  Zone = "corse"
	Antilles Zone = "antilles-reunion"
	None     Zone = "sans"
)

// Named is a rate with the words the screens show beside it and the days it holds; an empty Until is still in force.
type Named struct {
	Rate  Rate
	Label string
	From  day.Day
	Until day.Day
}

// rates is the law as data: CGI art. 278 to 281 quater (mainland), 297 (Corse), 296 (Guadeloupe, Martinique, Réunion), 294 (no VAT).
// The rates of before 2014 stay, for days entered late and for old statements.
var rates = map[Zone][]Named{
	Mainland: {
		{2000, "taux normal", "2014-01-01", ""},
		{1960, "taux normal", "2000-04-01", "2013-12-31"},
		{1000, "taux intermédiaire", "2014-01-01", ""},
		{700, "taux intermédiaire", "2012-01-01", "2013-12-31"},
		{550, "taux réduit", "1982-07-01", ""},
		{210, "taux particulier", "1989-01-01", ""},
	},
	Corsica: {
		{2000, "taux normal", "2014-01-01", ""},
		{1960, "taux normal", "2000-04-01", "2013-12-31"},
		{1300, "taux particulier à la Corse", "2014-01-01", ""},
		{1000, "taux intermédiaire", "2014-01-01", ""},
		{550, "taux réduit", "1982-07-01", ""},
		{210, "taux particulier", "1989-01-01", ""},
		{90, "taux particulier à la Corse", "1989-01-01", ""},
	},
	Antilles: {
		{850, "taux normal", "2000-04-01", ""},
		{210, "taux réduit", "1995-01-01", ""},
		{175, "taux particulier", "1995-01-01", ""},
		{105, "taux particulier", "1995-01-01", ""},
	},
	None: {},
}

// Rates lists the rates in force in a zone on a day, highest first, then the absence of VAT, which always exists.
func Rates(zone Zone, on day.Day) []Named {
	var list []Named
	for _, r := range rates[zone] {
		if r.holds(on) {
			list = append(list, r)
		}
	}
	return append(list, Named{Rate: 0, Label: "sans TVA"})
}

// InForce tells whether a rate may be used in a zone on a day.
func InForce(zone Zone, rate Rate, on day.Day) bool {
	for _, r := range Rates(zone, on) {
		if r.Rate == rate {
			return true
		}
	}
	return false
}

func (n Named) holds(on day.Day) bool { return n.From <= on && (n.Until == "" || on <= n.Until) }

// Exists tells whether a rate is or was in force somewhere.
func Exists(rate Rate) bool {
	for _, list := range rates {
		for _, r := range list {
			if r.Rate == rate {
				return true
			}
		}
	}
	return false
}
