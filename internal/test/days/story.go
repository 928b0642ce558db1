package days

import (
	"encaisse/internal/base/day"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// story is a parsed file: the shop it happens in, and what happens.
type story struct {
	settings   company.Settings
	categories []catalog.SalesCategory
	methods    []tender.Method
	boxes      []string
	shapes     map[string]cashbox.Box // of those that are no tills
	customers  []string
	suppliers  []string
	first      day.Day // first day followed
	steps      []step
	jour       day.Day // business day of the lines being parsed
	minutes    int     // hour of the line before, counted from the cut-off
}

// step is a line that acts, or checks.
type step struct {
	line    *line
	do      func(s *shop) error // nil for a refusal
	refusal string              // text that the refusal of the act before must hold
}

func (st *story) add(l *line, do func(s *shop) error) {
	st.steps = append(st.steps, step{line: l, do: do})
}

// begun tells whether the shop is told and its days have begun.
func (st *story) begun() bool { return st.jour != "" }

// épicerie is the grocer’s of the mock-ups: four lines on its ticket Z, six ways to pay, everything optional in use.
func (st *story) épicerie() {
	st.settings.Tolerance = 200
	st.settings.Options = company.Options{Expenses: true, Transfers: true, Credit: company.CreditTotal, Vouchers: true, Overpayments: true, Customers: true}
	st.categories = []catalog.SalesCategory{
		{Label: "Épicerie", Rate: 550, Kind: catalog.Goods}, {Label: "Traiteur", Rate: 1000, Kind: catalog.Goods},
		{Label: "Vins et boissons", Rate: 2000, Kind: catalog.Goods}, {Label: "Cadeaux", Rate: 2000, Kind: catalog.Goods},
	}
	st.methods = []tender.Method{
		{Label: "Espèces", Kind: tender.Cash}, {Label: "Carte bancaire", Kind: tender.Card}, {Label: "Titres-resto", Kind: tender.Meal},
		{Label: "Chèques", Kind: tender.Cheque}, {Label: "Bons cadeaux", Kind: tender.Voucher}, {Label: "Crédit client", Kind: tender.OnAccount},
	}
}

// bar is a bar that closes long after midnight: its day changes at five in the morning.
func (st *story) bar() {
	st.settings.Tolerance, st.settings.Cutoff = 500, 5
	st.settings.Options = company.Options{Expenses: true, Credit: company.CreditOff}
	st.categories = []catalog.SalesCategory{
		{Label: "Boissons sans alcool", Rate: 1000, Kind: catalog.Service}, {Label: "Alcools", Rate: 2000, Kind: catalog.Service},
	}
	st.methods = []tender.Method{{Label: "Espèces", Kind: tender.Cash}, {Label: "Carte bancaire", Kind: tender.Card}}
}

func (st *story) categoryNames() []string {
	return names(st.categories, func(c catalog.SalesCategory) string { return c.Label })
}

func (st *story) methodNames() []string {
	return names(st.methods, func(m tender.Method) string { return m.Label })
}

func names[T any](list []T, name func(T) string) []string {
	out := make([]string, len(list))
	for i, item := range list {
		out[i] = name(item)
	}
	return out
}
