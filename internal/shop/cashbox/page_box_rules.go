package cashbox

import (
	"strconv"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/web/ui"
)

// FeesPage is the fees of a box.
type FeesPage struct {
	Frame  ui.Frame
	Action string
	Form   ui.Fields
	Err    error
}

// AccessPage is who may do what with a box.
type AccessPage struct {
	Frame  ui.Frame
	Action string
	Box    Box
	Access Access
	People map[string]string
}

// ItemsPage is the items of the company.
type ItemsPage struct {
	Frame ui.Frame
	Base  string
	Items []Item
	Form  ui.Fields
	Err   error
}

func feeFields(conditions []Condition) ui.Fields {
	var list ui.Fields
	for n := 1; n <= MostConditions; n++ {
		c, value, unit := Condition{Side: Both}, "", "percent"
		if n <= len(conditions) {
			c = conditions[n-1]
			if c.Fixed > 0 {
				unit = "fixed"
			}
			value = locale.Input(c.Fixed + money.Amount(c.Rate))
		}
		field := strconv.Itoa(n)
		list = append(list,
			ui.Field{Name: "side" + field, Label: "Sur", Value: string(c.Side), Options: []ui.Option{{Value: string(Both), Label: "Recettes et dépenses"}, {Value: string(In), Label: "Recettes"}, {Value: string(Out), Label: "Dépenses"}}},
			ui.Field{Name: "value" + field, Label: "Combien", Value: value, Mode: "decimal", Max: 20, Optional: true},
			ui.Field{Name: "unit" + field, Label: "En", Value: unit, Options: []ui.Option{{Value: "percent", Label: "% du montant"}, {Value: "fixed", Label: "€, quel que soit le montant"}}},
		)
	}
	return list
}

// line gives the three fields of a condition.
func (p FeesPage) line(n int) ui.Fields {
	field := strconv.Itoa(n)
	return ui.Fields{p.Form.Get("side" + field), p.Form.Get("value" + field), p.Form.Get("unit" + field)}
}

func (p FeesPage) lines() []int { return []int{1, 2, 3, 4} }

func actionField(who string, a Action) string {
	if who == "" {
		return "tous-" + string(a)
	}
	return "a-" + who + "-" + string(a)
}

func apartField(who string) string { return "apart-" + who }

// fields are the actions of everybody, or of a person.
func (p AccessPage) fields(who string) ui.Fields {
	allowed := p.Access.General
	if who != "" {
		allowed = p.Access.Of(who)
	}
	var list ui.Fields
	for _, a := range AllActions() {
		f := ui.Field{Name: actionField(who, a), Label: a.Label()}
		if allowed.Has(a) {
			f.Value = "oui"
		}
		list = append(list, f)
	}
	return list
}

func (p AccessPage) apart(who string) ui.Field {
	f := ui.Field{Name: apartField(who), Label: "Régler à part", Help: "Sinon, comme la caisse le permet à tous."}
	if _, own := p.Access.Own[who]; own {
		f.Value = "oui"
	}
	return f
}

// summary says in words how a person is ruled.
func (p AccessPage) summary(who string) string {
	own, apart := p.Access.Own[who]
	switch {
	case !apart:
		return "comme tous"
	case len(own) == 0:
		return "aucun accès"
	}
	return locale.Plural(len(p.Access.Of(who)), "action permise", "actions permises")
}
