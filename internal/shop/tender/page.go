package tender

import (
	"encaisse/internal/base/locale"
	"encaisse/internal/books/chart"
	"encaisse/internal/web/ui"
)

// ListPage is the payment methods, in their order.
type ListPage struct {
	Frame   ui.Frame
	Base    string
	Methods []Method
	Plan    chart.Chart
}

// EditPage is a payment method.
type EditPage struct {
	Frame  ui.Frame
	Action string
	Method Method
	Form   ui.Fields
	Err    error
}

func (p ListPage) order() ui.Order {
	o := ui.Order{Action: p.Base + "/ordre", Label: "Moyens de paiement"}
	for _, m := range Active(p.Methods) {
		o.Items = append(o.Items, ui.OrderItem{ID: m.ID, Label: m.Label, Content: line(p, m)})
	}
	return o
}

// retired are the methods out of use.
func (p ListPage) retired() []Method {
	var list []Method
	for _, m := range p.Methods {
		if !m.Active {
			list = append(list, m)
		}
	}
	return list
}

// words say what a method is, beside its label.
func (p ListPage) words(m Method) string {
	text := ""
	if m.Label != m.Kind.Label() {
		text = m.Kind.Label() + " · "
	}
	code := m.AccountCode
	if code == "" {
		code, _ = p.Plan.Account(m.Role())
	}
	text += "compte\u00a0" + code
	if m.Float != 0 {
		text += " · fonds\u00a0" + locale.Euro(m.Float)
	}
	return text
}

func fields(m Method, plan chart.Chart) ui.Fields {
	kinds := make([]ui.Option, 0, len(Kinds()))
	for _, k := range Kinds() {
		kinds = append(kinds, ui.Option{Value: string(k.Kind), Label: k.Label})
	}
	help := "Vide\u00a0: celui du plan comptable."
	if m.ID != "" {
		code, _ := plan.Account(m.Role())
		help = "Vide\u00a0: " + code + ", celui du plan comptable."
	}
	prefilled, float := "", ""
	if m.Prefilled {
		prefilled = "oui"
	}
	if m.Float != 0 {
		float = locale.Input(m.Float)
	}
	return ui.Fields{
		{Name: "label", Label: "Intitulé", Help: "Comme il est écrit sur votre ticket Z.", Value: m.Label, Max: 40, Focus: m.ID == ""},
		{Name: "kind", Label: "Sorte", Help: "Choisie une fois pour toutes.", Value: string(m.Kind), Options: kinds, Disabled: m.ID != ""},
		{Name: "account", Label: "Compte", Help: help, Value: m.AccountCode, Max: 12, Optional: true},
		{Name: "float", Label: "Fonds de caisse", Help: "Ce que vous laissez dans le tiroir chaque soir, par défaut.", Value: float, Optional: true},
		{Name: "prefilled", Label: "Proposer le solde théorique comme solde compté", Help: "Pour ce qui ne se compte pas à la main. Jamais pour les espèces.", Value: prefilled},
	}
}

// asks tells whether the form of the method shows a question. A new one shows all: its kind is not known yet.
func (p EditPage) asks(name string) bool {
	switch {
	case p.Method.ID == "":
		return true
	case name == "float":
		return p.Method.Kind == Cash
	case name == "prefilled":
		return p.Method.Kind != Cash && p.Method.Held()
	}
	return true
}
