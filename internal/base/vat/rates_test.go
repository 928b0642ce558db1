package vat

import (
	"slices"
	"testing"

	"encaisse/internal/base/day"
)

// LAW-VAT-1
func TestTheRatesOfAZoneAreThoseOfTheDay(t *testing.T) {
	for _, c := range []struct {
		zone Zone
		on   day.Day
		want []Rate
	}{
		{Mainland, "2026-11-20", []Rate{2000, 1000, 550, 210, 0}},
		{Mainland, "2013-12-31", []Rate{1960, 700, 550, 210, 0}},
		{Corsica, "2026-11-20", []Rate{2000, 1300, 1000, 550, 210, 90, 0}},
		{Antilles, "2026-11-20", []Rate{850, 210, 175, 105, 0}},
		{None, "2026-11-20", []Rate{0}},
		{"nulle part", "2026-11-20", []Rate{0}},
	} {
		var got []Rate
		for _, r := range Rates(c.zone, c.on) {
			got = append(got, r.Rate)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("rates of %s on %s = %v, want %v", c.zone, c.on, got, c.want)
		}
	}
}

func TestARateOfBeforeExistsButIsNoLongerInForce(t *testing.T) {
	if !Exists(1960) || InForce(Mainland, 1960, "2026-11-20") || !InForce(Mainland, 1960, "2010-01-01") || Exists(1234) {
		t.Error("19,6 % held until 2013 and 12,34 % never did")
	}
}
