package figures

import (
	"net/url"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// BudgetPage is the budget of a year, to type or to import.
type BudgetPage struct {
	Frame     ui.Frame
	Base      string
	CanEdit   bool
	CanExport bool
	Plan      Plan
	Answers   ui.Answers
}

// of is the address of the budget that begins with a month.
func (p BudgetPage) of(m day.Month, more string) templ.SafeURL {
	return templ.SafeURL(p.Base + more + "?" + url.Values{"debut": {string(m)}}.Encode())
}

// field is the field of a month of a shop.
func (p BudgetPage) field(month day.Month, shop company.Location) ui.Field {
	slot := Slot{shop.ID, month}
	f := ui.Field{Name: slot.Field(), Label: locale.Title(locale.MonthName(month)) + ", " + shop.Name, HideLabel: true}
	if amount, typed := p.Plan.Goals[slot]; typed {
		f.Value = locale.Input(amount)
	}
	return p.Answers.Fill(f)
}

// fields are all of them, for the summary of errors.
func (p BudgetPage) fields() []ui.Field {
	list := []ui.Field{{Name: "fichier", Label: "Fichier CSV"}}
	for _, month := range p.Plan.Months() {
		for _, shop := range p.Plan.Shops {
			list = append(list, p.field(month, shop))
		}
	}
	return list
}

// before writes what was taken in the same month a year before, "" when nothing was entered.
func (p BudgetPage) before(month day.Month, shop company.Location) string {
	amount, known := p.Plan.Before[Slot{shop.ID, month}]
	if !known {
		return ""
	}
	return "N-1\u00a0: " + locale.Euro(amount)
}

// total writes the budget of the year of a shop.
func (p BudgetPage) total(shop company.Location) string {
	var sum money.Amount
	typed := false
	for _, month := range p.Plan.Months() {
		amount, there := p.Plan.Goals[Slot{shop.ID, month}]
		sum, typed = sum+amount, typed || there
	}
	if !typed {
		return ""
	}
	return locale.Euro(sum)
}

// written writes the budget of a month for who may not change it.
func (p BudgetPage) written(month day.Month, shop company.Location) string {
	amount, typed := p.Plan.Goals[Slot{shop.ID, month}]
	if !typed {
		return "—"
	}
	return locale.Euro(amount)
}
