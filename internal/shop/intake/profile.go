package intake

import (
	"slices"

	"encaisse/internal/base/locale"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
)

// profile is the layout of the export of a till, known by titles that only it has. Layouts come from public material, see decision 0052.
type profile struct {
	name    string
	known   []string               // titles, folded, that must all be there
	columns map[string]string      // title, folded → target
	methods map[string]tender.Kind // title, folded → kind of method
	sales   string                 // title, folded, of what was sold, taxes included: it goes to the only category when there is one
}

var profiles = []profile{
	{
		name:    "Square, transactions",
		known:   []string{"gross sales", "partial refunds", "total collected", "other tender", "transaction id"},
		columns: map[string]string{"date": onDay},
		methods: map[string]tender.Kind{"card": tender.Card, "cash": tender.Cash, "square gift card": tender.Voucher, "other tender": tender.Other},
		sales:   "total collected",
	},
}

// profileOf finds the profile of a file by its titles.
func profileOf(kind Kind, names []string) (profile, bool) {
	var folded []string
	for _, n := range names {
		folded = append(folded, locale.Fold(n))
	}
	for _, p := range profiles {
		if kind == Days && !slices.ContainsFunc(p.known, func(title string) bool { return !slices.Contains(folded, title) }) {
			return p, true
		}
	}
	return profile{}, false
}

// profiled matches the columns of a file whose profile is known.
func profiled(kind Kind, names []string, r Registers) ([]string, bool) {
	p, ok := profileOf(kind, names)
	if !ok {
		return nil, false
	}
	matched := make([]string, len(names))
	for i, name := range names {
		title := locale.Fold(name)
		matched[i] = p.columns[title]
		if title == p.sales && len(r.Categories) == 1 {
			matched[i] = daysheet.FieldSale + r.Categories[0].ID
		}
		for _, m := range r.Methods {
			if kind, known := p.methods[title]; known && m.Kind == kind && matched[i] == "" {
				matched[i] = daysheet.FieldTaken + m.ID
			}
		}
	}
	return matched, true
}
