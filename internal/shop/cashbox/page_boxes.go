package cashbox

import (
	"slices"
	"strings"
	"time"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"
)

// BoxesPage is the boxes of the company, location by location.
type BoxesPage struct {
	Frame     ui.Frame
	Base      string
	Items     string // address of the items
	Locations []company.Location
	Boxes     []Box
	Deleted   []Deletion
	Zone      *time.Location
	names     map[string]string // of people, by id
}

// BoxPage is the form of a box.
type BoxPage struct {
	Frame   ui.Frame
	Action  string
	Box     Box
	Form    ui.Fields
	Several bool // locations to choose from
	Sorts   ui.Segments
	Fees    []Condition
	Err     error
}

// Sort is what a person chooses when they add a box: what it is, and what it takes.
type Sort string

// The sorts.
const (
	SortTill     Sort = "boutique"
	SortCash     Sort = "especes"
	SortCashless Sort = "sans-especes"
	SortSafe     Sort = "coffre"
)

// box is a new box of a sort; a till for what is none of them.
func (s Sort) box() Box {
	switch s {
	case SortCash:
		return Box{Kind: Other, Holds: HoldsCash}
	case SortCashless:
		return Box{Kind: Other, Holds: HoldsCashless}
	case SortSafe:
		return Box{Kind: Safe, Holds: HoldsCash}
	}
	return Box{Kind: Till, Holds: HoldsAny}
}

func (b Box) sort() Sort {
	switch {
	case b.IsTill():
		return SortTill
	case b.Kind == Safe:
		return SortSafe
	case b.Holds == HoldsCash:
		return SortCash
	}
	return SortCashless
}

// Label is what the screen calls a sort.
func (s Sort) Label() string {
	return map[Sort]string{SortTill: "Caisse de boutique", SortCash: "Caisse en espèces", SortCashless: "Caisse sans espèces", SortSafe: "Coffre"}[s]
}

// about says what a sort is for.
func (s Sort) about() string {
	return map[Sort]string{
		SortTill:     "Le tiroir d’une boutique\u00a0: ses journées se saisissent, tous les moyens de paiement y entrent.",
		SortCash:     "Des espèces tenues à part\u00a0: petite caisse, caisse d’un service, argent d’un lieu ou de toute la société.",
		SortCashless: "Ce qui ne se touche pas\u00a0: compte bancaire, terminal, porte-monnaie en ligne.",
		SortSafe:     "Le coffre-fort\u00a0: on y dépose les espèces des caisses, on en retire la monnaie.",
	}[s]
}

func sortSegments(base string, current Sort) ui.Segments {
	s := ui.Segments{Label: "Sorte de caisse"}
	for _, sort := range []Sort{SortTill, SortCash, SortCashless, SortSafe} {
		s.Items = append(s.Items, ui.Segment{Label: sort.Label(), URL: base + "?sorte=" + string(sort), Current: sort == current})
	}
	return s
}

// in are the boxes of a location, in use or not.
func (p BoxesPage) in(l company.Location, active bool) []Box {
	var list []Box
	for _, b := range p.Boxes {
		if b.IsTill() && b.Location == l.ID && b.Active == active && !b.Deleted {
			list = append(list, b)
		}
	}
	return list
}

// others are the boxes that are no tills.
func (p BoxesPage) others() []Box {
	var list []Box
	for _, b := range p.Boxes {
		if !b.IsTill() && !b.Deleted {
			list = append(list, b)
		}
	}
	return list
}

// box is a box by id.
func (p BoxesPage) box(id string) Box {
	at := slices.IndexFunc(p.Boxes, func(b Box) bool { return b.ID == id })
	if at < 0 {
		return Box{}
	}
	return p.Boxes[at]
}

// place names where a box is.
func place(b Box, locations []company.Location) string {
	if b.Location == "" {
		return "Toute la société"
	}
	for _, l := range locations {
		if l.ID == b.Location {
			return l.Name
		}
	}
	return ""
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
	var places []ui.Option
	if !b.IsTill() {
		places = append(places, ui.Option{Value: "", Label: "Toute la société"})
	}
	for _, l := range locations {
		places = append(places, ui.Option{Value: l.ID, Label: l.Name})
	}
	virtual := ""
	if b.Virtual {
		virtual = "oui"
	}
	blind := ""
	if b.BlindCount {
		blind = "oui"
	}
	return ui.Fields{
		{Name: "name", Label: "Nom de la caisse", Value: b.Name, Placeholder: "Caisse 1", Max: 60, Focus: b.ID == ""},
		{Name: "location", Label: "Lieu", Help: "Une caisse ne change plus de lieu ensuite.", Value: b.Location, Options: places},
		{Name: "first_day", Label: "Premier jour à saisir", Help: "Les journées d’avant ne seront pas réclamées.", Value: string(b.FirstDay)},
		{Name: "account", Label: "Compte comptable", Help: "Vide\u00a0: celui de chaque moyen de paiement.", Value: b.AccountCode, Placeholder: b.sort().account(), Max: 12, Optional: true},
		{Name: "virtual", Label: "Caisse virtuelle", Help: "Tenue à part\u00a0: ni dans les rapports de la société, ni dans la comptabilité. Cela ne change plus ensuite.", Value: virtual},
		{Name: "float", Label: "Fonds de caisse", Help: "Ce que vous laissez chaque soir pour rendre la monnaie.", Value: optional(b.TargetFloat), Optional: true},
		{Name: "min", Label: "Espèces, minimum", Help: threshold(b.MinCash, settings.MinCash), Value: optional(b.MinCash), Optional: true},
		{Name: "max", Label: "Espèces, maximum", Help: threshold(b.MaxCash, settings.MaxCash), Value: optional(b.MaxCash), Optional: true},
		{Name: "blind", Label: "Comptage à l’aveugle", Help: "Le solde théorique reste caché tant que le tiroir n’est pas compté.", Value: blind},
	}
}

// account is the account usually given to a sort of box.
func (s Sort) account() string {
	return map[Sort]string{SortCash: "531", SortCashless: "512", SortSafe: "531"}[s]
}

// optional writes an amount for a field where zero is none.
func optional(a money.Amount) string {
	if a == 0 {
		return ""
	}
	return locale.Input(a)
}
