package vatprep

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/vat"
)

// Box is a line of the form 3310-CA3.
type Box struct {
	Code, Label string
	Zone        vat.Zone // "" for every zone
	Rate        vat.Rate
	From, Until day.Day // when the line is on the form; Until "" when it still is
}

// The lines that are not those of a rate.
const (
	lineSales      = "A1"
	lineUntaxed    = "E2"
	lineOldRates   = "13"
	lineGross      = "16"
	lineDeductible = "20"
	lineTotalInput = "23"
	lineCredit     = "25"
	lineDue        = "TD"
)

// boxes are the lines by rate: form CERFA 3310-CA3 as the French localisation of the OCA describes it (l10n_fr_account_vat_return,
// l10n.fr.account.vat.box.csv), since the edition of January 2022.
var boxes = []Box{
	{"08", "Taux normal 20\u00a0%", vat.Mainland, 2000, "2022-01-01", ""},
	{"08", "Taux normal 20\u00a0%", vat.Corsica, 2000, "2022-01-01", ""},
	{"09", "Taux réduit 5,5\u00a0%", vat.Mainland, 550, "2022-01-01", ""},
	{"09", "Taux réduit 5,5\u00a0%", vat.Corsica, 550, "2022-01-01", ""},
	{"9B", "Taux réduit 10\u00a0%", vat.Mainland, 1000, "2022-01-01", ""},
	{"T6", "France continentale, taux 2,1\u00a0%", vat.Mainland, 210, "2022-01-01", ""},
	{"10", "DOM, taux normal 8,5\u00a0%", vat.Antilles, 850, "2022-01-01", ""},
	{"11", "DOM, taux réduit 2,1\u00a0%", vat.Antilles, 210, "2022-01-01", ""},
	{"T1", "DOM, taux 1,75\u00a0%", vat.Antilles, 175, "2022-01-01", ""},
	{"T2", "DOM, taux 1,05\u00a0%", vat.Antilles, 105, "2022-01-01", ""},
	{"TC", "Corse, taux 13\u00a0%", vat.Corsica, 1300, "2022-01-01", ""},
	{"T3", "Corse, taux 10\u00a0%", vat.Corsica, 1000, "2022-01-01", ""},
	{"T4", "Corse, taux 2,1\u00a0%", vat.Corsica, 210, "2022-01-01", ""},
	{"T5", "Corse, taux 0,9\u00a0%", vat.Corsica, 90, "2022-01-01", ""},
}

// BoxOf finds the line of the form for a rate in a zone on a day. Rates that are no more have a line of their own.
func BoxOf(zone vat.Zone, rate vat.Rate, on day.Day) Box {
	if rate == 0 {
		return Box{Code: lineUntaxed, Label: "Autres opérations non imposables", Zone: zone}
	}
	for _, b := range boxes {
		if b.Zone == zone && b.Rate == rate && b.From <= on && (b.Until == "" || on <= b.Until) {
			return b
		}
	}
	return Box{Code: lineOldRates, Label: "Anciens taux", Zone: zone, Rate: rate}
}
