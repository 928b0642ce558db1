package company

import (
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/vat"
)

// Rates lists the VAT rates in force on a day where the company has its locations, highest first and the absence of VAT last. A company
// under the franchise collects none.
func Rates(q db.Querier, on day.Day) ([]vat.Named, error) {
	settings, err := Load(q)
	if err != nil {
		return nil, err
	}
	if settings.VATRegime == Franchise {
		return vat.Rates(vat.None, on), nil
	}
	locations, err := Locations(q)
	if err != nil {
		return nil, err
	}
	var list []vat.Named
	for _, l := range locations {
		if l.Active {
			list = append(list, vat.Rates(l.Zone.VAT(), on)...)
		}
	}
	if len(list) == 0 {
		list = vat.Rates(vat.Mainland, on)
	}
	slices.SortStableFunc(list, func(a, b vat.Named) int { return int(b.Rate - a.Rate) })
	return slices.CompactFunc(list, func(a, b vat.Named) bool { return a.Rate == b.Rate }), nil
}
