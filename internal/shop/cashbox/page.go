package cashbox

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web/ui"
)

// OperationPage is the form of a movement.
type OperationPage struct {
	Frame     ui.Frame
	Key       string // of the act
	Action    string
	Back      string // where to go afterwards
	Kinds     []Kind
	Form      ui.Fields
	Franchise bool // no VAT to ask for
	Err       error
}

// offers tells whether the form proposes a kind.
func (p OperationPage) offers(k Kind) bool { return slices.Contains(p.Kinds, k) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func asFault(err error) (*fault.Fault, bool) { return errors.AsType[*fault.Fault](err) }

// said is a kind and an amount in words: Dépense de 12,00 €.
func (k Kind) said(a money.Amount) string { return k.Label() + " de " + locale.Euro(a) }

// heldMethods are the methods money can be taken from in a box: those in use, and those out of use that still hold some.
func heldMethods(q db.Querier, b Box) ([]tender.Method, error) {
	all, err := tender.List(q)
	if err != nil {
		return nil, err
	}
	balances, err := ledger.Balances(q, Prefix(b.ID))
	return slices.DeleteFunc(all, func(m tender.Method) bool {
		return !b.Keeps(m) || !m.Active && balances[AccountKey(b.ID, m.ID)] == 0
	}), err
}

func (o operationChoices) has(k Kind) bool { return slices.Contains(o.kinds, k) }

func (o operationChoices) fields(m Movement, today day.Day, backdate bool) ui.Fields {
	amount := ""
	if m.Amount != 0 {
		amount = locale.Input(m.Amount)
	}
	on := ui.Field{Name: "on", Label: "Date", Value: string(m.On), ReadOnly: !backdate, More: map[string]any{"max": string(today)}}
	if !backdate {
		on.Value, on.Help = string(today), "Votre rôle enregistre à la date du jour."
	}
	return ui.Fields{
		{Name: "kind", Label: "Opération", Value: string(m.Kind), Options: o.kindOptions()},
		{Name: "amount", Label: "Montant", Value: amount, Focus: true},
		on,
		{Name: "method", Label: "Mode de règlement", Value: m.Method, Options: o.methodOptions()},
		{Name: "role_in", Label: "Nature de la recette", Help: "Une vente se saisit dans la journée.", Value: m.Role, Options: natureOptions(o.incomes)},
		{Name: "item", Label: "Rubrique", Value: m.Item, Options: o.itemOptions()},
		o.suppliers.Field(ui.Field{Name: "party", Label: "Fournisseur", Value: m.Party}, "Autre"),
		{Name: "role", Label: "Nature de la dépense", Value: m.Role, Options: natureOptions(o.natures)},
		{Name: "rate", Label: "TVA du ticket, à déduire", Value: strconv.Itoa(int(m.Rate)), Options: o.rateOptions()},
		{Name: "to", Label: "Vers", Value: joinTarget(m.ToBox, m.ToMethod), Options: o.targetOptions()},
		{Name: "memo", Label: "Commentaire", Help: "Pour une dépense ou une recette sans fournisseur de la liste, dites qui et pour quoi.", Value: m.Memo, Max: 200, Optional: true},
		{Name: "file", Label: "Justificatif", Help: "Photo ou PDF, 5\u00a0Mo au plus.", Accept: "image/*,application/pdf", Optional: true},
	}
}

func (o operationChoices) kindOptions() []ui.Option {
	var list []ui.Option
	for _, k := range o.kinds {
		list = append(list, ui.Option{Value: string(k), Label: k.Label()})
	}
	return list
}

func (o operationChoices) methodOptions() []ui.Option {
	var list []ui.Option
	for _, m := range o.methods {
		label := m.Label
		if !m.Active {
			label += " (hors service)"
		}
		list = append(list, ui.Option{Value: m.ID, Label: label})
	}
	return list
}

// itemOptions are the items in use.
func (o operationChoices) itemOptions() []ui.Option {
	list := []ui.Option{{Value: "", Label: "Sans rubrique"}}
	for _, i := range o.items {
		if i.Active {
			list = append(list, ui.Option{Value: i.ID, Label: i.Name})
		}
	}
	return list
}

func natureOptions(accounts []chart.Account) []ui.Option {
	list := []ui.Option{{Value: "", Label: "Choisissez"}}
	for _, a := range accounts {
		list = append(list, ui.Option{Value: a.Role, Label: a.Label + " (" + a.Code + ")"})
	}
	return list
}

func (o operationChoices) rateOptions() []ui.Option {
	list := []ui.Option{{Value: "0", Label: "Sans TVA"}}
	for _, r := range o.rates {
		if r.Rate != 0 {
			list = append(list, ui.Option{Value: strconv.Itoa(int(r.Rate)), Label: locale.Percent(int64(r.Rate)) + ", " + r.Label})
		}
	}
	return list
}

// targetOptions are the places a transfer can go to, box by box. Within the box they need the option of the company.
func (o operationChoices) targetOptions() []ui.Option {
	list := []ui.Option{{Value: "", Label: "Choisissez"}}
	for i, b := range o.boxes {
		if i == 0 && !o.settings.Transfers {
			continue
		}
		for _, m := range o.allMethods {
			if m.Active && b.Keeps(m) {
				list = append(list, ui.Option{Value: joinTarget(b.ID, m.ID), Label: m.Label, Group: b.Name})
			}
		}
	}
	return list
}

// A target is written box/method in its field.
func joinTarget(box, method string) string {
	if box == "" {
		return ""
	}
	return box + "/" + method
}

func splitTarget(text string) (box, method string) {
	box, method, _ = strings.Cut(text, "/")
	return box, method
}
