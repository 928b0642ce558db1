package cashbox

import (
	"strings"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"
)

// BoxesPage is the boxes of the company, location by location.
type BoxesPage struct {
	Frame     ui.Frame
	Base      string
	Locations []company.Location
	Boxes     []Box
}

// BoxPage is the form of a box.
type BoxPage struct {
	Frame   ui.Frame
	Action  string
	Box     Box
	Form    ui.Fields
	Several bool // locations to choose from
	Err     error
}

// in are the boxes of a location, in use or not.
func (p BoxesPage) in(l company.Location, active bool) []Box {
	var list []Box
	for _, b := range p.Boxes {
		if b.Location == l.ID && b.Active == active {
			list = append(list, b)
		}
	}
	return list
}

func (p BoxesPage) order(l company.Location) ui.Order {
	o := ui.Order{Action: p.Base + "/ordre?boutique=" + l.ID, Label: "Caisses de " + l.Name}
	for _, b := range p.in(l, true) {
		o.Items = append(o.Items, ui.OrderItem{ID: b.ID, Label: b.Name, Content: boxLine(p, b)})
	}
	return o
}

// words sums up the settings of a box.
func (b Box) words() string {
	var parts []string
	add := func(what string, a money.Amount) {
		if a > 0 {
			parts = append(parts, what+" "+locale.Euro(a))
		}
	}
	add("fonds de caisse", b.TargetFloat)
	add("minimum", b.MinCash)
	add("maximum", b.MaxCash)
	if b.BlindCount {
		parts = append(parts, "comptage à l’aveugle")
	}
	return strings.Join(parts, " · ")
}

func boxFields(b Box, locations []company.Location, settings company.Settings) ui.Fields {
	threshold := func(own, ofCompany money.Amount) string {
		if ofCompany > 0 {
			return "Vide\u00a0: celui de la société, " + locale.Euro(ofCompany) + "."
		}
		return "Vide\u00a0: pas d’alerte."
	}
	places := make([]ui.Option, len(locations))
	for i, l := range locations {
		places[i] = ui.Option{Value: l.ID, Label: l.Name}
	}
	blind := ""
	if b.BlindCount {
		blind = "oui"
	}
	return ui.Fields{
		{Name: "name", Label: "Nom de la caisse", Value: b.Name, Placeholder: "Caisse 1", Max: 60, Focus: b.ID == ""},
		{Name: "location", Label: "Boutique", Help: "Une caisse ne change plus de boutique ensuite.", Value: b.Location, Options: places},
		{Name: "first_day", Label: "Premier jour à saisir", Help: "Les journées d’avant ne seront pas réclamées.", Value: string(b.FirstDay)},
		{Name: "float", Label: "Fonds de caisse", Help: "Ce que vous laissez chaque soir pour rendre la monnaie.", Value: optional(b.TargetFloat), Optional: true},
		{Name: "min", Label: "Espèces, minimum", Help: threshold(b.MinCash, settings.MinCash), Value: optional(b.MinCash), Optional: true},
		{Name: "max", Label: "Espèces, maximum", Help: threshold(b.MaxCash, settings.MaxCash), Value: optional(b.MaxCash), Optional: true},
		{Name: "blind", Label: "Comptage à l’aveugle", Help: "Le solde théorique reste caché tant que le tiroir n’est pas compté.", Value: blind},
	}
}

// optional writes an amount for a field where zero is none.
func optional(a money.Amount) string {
	if a == 0 {
		return ""
	}
	return locale.Input(a)
}
