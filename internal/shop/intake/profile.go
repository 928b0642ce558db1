package intake

import (
	"slices"
	"strings"

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
	paid    map[string]tender.Kind // what a label of a method begins with, folded → kind of method
}

var profiles = []profile{
	{
		name:    "Square, transactions",
		known:   []string{"gross sales", "partial refunds", "total collected", "other tender", "transaction id"},
		columns: map[string]string{"date": onDay},
		methods: map[string]tender.Kind{"card": tender.Card, "cash": tender.Cash, "square gift card": tender.Voucher, "other tender": tender.Other},
		sales:   "total collected",
	},
	{
		name:    "SumUp, rapport des ventes",
		known:   []string{"ref. transaction", "prix avant reduction", "prix (ttc)", "taux de tva"},
		columns: map[string]string{"date": onDay, "type": byType, "moyen de paiement": byPayment, "categorie": byRubric, "prix (ttc)": byAmount},
		paid:    map[string]tender.Kind{"especes": tender.Cash, "carte": tender.Card, "visa": tender.Card, "mastercard": tender.Card, "maestro": tender.Card, "american express": tender.Card},
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

// meanings says what the labels of the lines of a file mean, where its profile knows. Only what one label can mean is said: in a shop with
// one category everything sold is of it.
func (p profile) meanings(labels []Label, r Registers) map[string]string {
	known := map[string]string{}
	for _, l := range labels {
		by, label, _ := strings.Cut(l.Field, ":")
		if by == byRubric && len(r.Categories) == 1 {
			known[l.Field] = daysheet.FieldSale + r.Categories[0].ID
		}
		for begins, kind := range p.paid {
			at := slices.IndexFunc(r.Methods, func(m tender.Method) bool { return m.Kind == kind })
			if by == byPayment && l.Target == "" && strings.HasPrefix(label, begins) && at >= 0 {
				known[l.Field] = daysheet.FieldTaken + r.Methods[at].ID
			}
		}
	}
	return known
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
