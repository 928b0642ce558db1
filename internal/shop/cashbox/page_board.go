package cashbox

import (
	"net/url"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"
)

// BoardPage is the boxes somebody may see, with what is in them.
type BoardPage struct {
	Frame       ui.Frame
	Base        string // address of the boxes
	Cards       []BoxCard
	Total       money.Amount // of the boxes that are not virtual
	ShowTotal   bool
	Own         bool // the order is one the person chose
	Locations   []company.Location
	AddURL      string // "" for who may not add a box
	DepositsURL string // of what is taken to the bank; "" for who may not
}

// BoxCard is a box with what may be done with it.
type BoxCard struct {
	Held
	Shown bool   // its balance may be seen
	Kinds []Kind // that may be recorded
	names map[string]string
}

// scope says in words where a box is, and of which sort.
func (p BoardPage) scope(b Box) string {
	text := b.sort().Label()
	if b.Location == "" {
		return text + " · toute la société"
	}
	if len(p.Locations) > 1 {
		text += " · " + place(b, p.Locations)
	}
	return text
}

// icon draws what a box is: a globe for the whole company, a safe, a shop.
func (b Box) icon() string {
	switch {
	case b.Kind == Safe:
		return "coffre"
	case b.Location == "":
		return "globe"
	case b.IsTill():
		return "caisse"
	case b.Holds == HoldsCashless:
		return "carte"
	}
	return "especes"
}

// verbs are the three verbs a card offers.
func (c BoxCard) verbs() []Kind {
	var list []Kind
	for _, k := range []Kind{Income, Expense, Transfer} {
		if c.can(k) {
			list = append(list, k)
		}
	}
	return list
}

func (c BoxCard) can(k Kind) bool {
	for _, own := range c.Kinds {
		if own == k {
			return true
		}
	}
	return false
}

// verb is the word of a button: + Recette, − Dépense, Transfert.
func (k Kind) verb() string {
	switch k {
	case Income:
		return "+ Recette"
	case Expense:
		return "− Dépense"
	}
	return k.Label()
}

func (p BoardPage) order() ui.Order {
	o := ui.Order{Action: p.Base + "/ordre", Label: "Ordre des caisses"}
	for _, c := range p.Cards {
		o.Items = append(o.Items, ui.OrderItem{ID: c.ID, Label: c.Name})
	}
	return o
}

// parts says what a box holds by each method.
func (c BoxCard) parts() string {
	text := ""
	for _, method := range sortedKeys(c.ByMethod) {
		if text != "" {
			text += " · "
		}
		text += c.names[method] + " " + locale.Euro(c.ByMethod[method])
	}
	return text
}

func (p BoardPage) here() string { return url.QueryEscape(p.Base) }

func (p BoardPage) empty() ui.EmptyState {
	e := ui.EmptyState{Icon: "coffre", Title: "Aucune caisse", Text: "Les caisses de la société, son coffre et ses comptes s’affichent ici avec ce qu’ils contiennent."}
	if p.AddURL != "" {
		e.Action = ui.Link{Label: "Ajouter une caisse", URL: p.AddURL}
	}
	return e
}
