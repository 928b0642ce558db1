package cashbox

import (
	"encaisse/internal/base/day"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web/ui"
)

// SafePage is the form of a safe.
type SafePage struct {
	Frame   ui.Frame
	Key     string // of the act
	Action  string
	Back    string
	Box     Box
	Boxes   []Box // one may exchange with
	Several bool  // methods to choose from
	Form    ui.Fields
	Err     error
}

func safeFields(boxes []Box, methods []tender.Method, today day.Day, backdate bool) ui.Fields {
	others := []ui.Option{{Value: "", Label: "Choisissez"}}
	for _, b := range boxes {
		others = append(others, ui.Option{Value: b.ID, Label: b.Name})
	}
	var ways []ui.Option
	method := ""
	for i, m := range methods {
		if i == 0 {
			method = m.ID
		}
		ways = append(ways, ui.Option{Value: m.ID, Label: m.Label})
	}
	on := ui.Field{Name: "on", Label: "Date", Value: string(today), ReadOnly: !backdate, More: map[string]any{"max": string(today)}}
	if !backdate {
		on.Help = "Votre rôle enregistre à la date du jour."
	}
	return ui.Fields{
		{Name: "way", Label: "Sens", Value: intoSafe, Options: []ui.Option{{Value: intoSafe, Label: "Déposer au coffre"}, {Value: outOfSafe, Label: "Retirer du coffre"}}},
		{Name: "amount", Label: "Montant", Focus: true}, on,
		{Name: "other", Label: "Autre caisse", Help: "D’où vient l’argent déposé, ou bien où va l’argent retiré.", Options: others},
		{Name: "method", Label: "Mode de règlement", Value: method, Options: ways},
		{Name: "memo", Label: "Commentaire", Max: 200, Optional: true},
	}
}
