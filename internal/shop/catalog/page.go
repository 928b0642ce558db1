package catalog

import (
	"strconv"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/chart"
	"encaisse/internal/web/ui"
)

// ListPage is the ticket Z, in its order.
type ListPage struct {
	Frame      ui.Frame
	Base       string
	Categories []SalesCategory
	Plan       chart.Chart
}

// EditPage is a category.
type EditPage struct {
	Frame    ui.Frame
	Action   string
	Category SalesCategory
	Form     ui.Fields
	Err      error
}

// tints are the colours by their names, for the eyes only: the label carries the meaning.
var tints = map[string]string{
	"vert": "#1f8a5b", "safran": "#d98a00", "bleu": "#3b7dc4", "rouge": "#c2453a", "violet": "#8a57a8", "brun": "#8a5a34", "rose": "#c25a8c", "gris": "#6c7a74",
}

func (p ListPage) order() ui.Order {
	o := ui.Order{Action: p.Base + "/ordre", Label: "Lignes du ticket Z"}
	for _, c := range Active(p.Categories) {
		o.Items = append(o.Items, ui.OrderItem{ID: c.ID, Label: c.Label, Content: line(p, c)})
	}
	return o
}

// retired are the categories out of use.
func (p ListPage) retired() []SalesCategory {
	var list []SalesCategory
	for _, c := range p.Categories {
		if !c.Active {
			list = append(list, c)
		}
	}
	return list
}

// account is where the sales of a category go.
func (p ListPage) account(c SalesCategory) string {
	if c.AccountCode != "" {
		return c.AccountCode
	}
	code, _ := p.Plan.Account(c.Role())
	return code
}

func rateWords(r vat.Rate) string {
	if r == 0 {
		return "sans TVA"
	}
	return "TVA " + locale.Percent(int64(r))
}

func fields(c SalesCategory, rates []vat.Named, plan chart.Chart) ui.Fields {
	goods, _ := plan.Account("sale")
	services, _ := plan.Account("sale.service")
	return ui.Fields{
		{Name: "label", Label: "Intitulé", Help: "Comme il est écrit sur votre ticket Z.", Value: c.Label, Max: 40, Focus: c.ID == ""},
		{Name: "rate", Label: "Taux de TVA", Value: strconv.Itoa(int(c.Rate)), Options: rateOptions(c.Rate, rates)},
		{Name: "kind", Label: "Ce que vous vendez", Value: string(c.Kind), Options: []ui.Option{{Value: string(Goods), Label: "Marchandises"}, {Value: string(Service), Label: "Services"}}},
		{Name: "account", Label: "Compte", Help: "Vide\u00a0: " + goods + " pour les marchandises, " + services + " pour les services.", Value: c.AccountCode, Max: 12, Optional: true},
		{Name: "reporting", Label: "Déclaration électronique", Help: "Catégorie d’opération transmise à l’administration.", Value: string(c.Reporting), Options: []ui.Option{
			{Value: "", Label: "Selon la nature et le taux"},
			{Value: string(ReportGoods), Label: "Livraisons de biens taxées"}, {Value: string(ReportServices), Label: "Prestations de services taxées"},
			{Value: string(ReportUntaxed), Label: "Opérations non soumises à la TVA"}, {Value: string(ReportMargin), Label: "TVA sur la marge"},
		}},
		{Name: "colour", Label: "Couleur", Value: c.Colour, Options: colourOptions()},
		{Name: "note", Label: "Note", Help: "Rappelée à la personne qui saisit la journée.", Value: c.Note, Max: 200, Optional: true},
	}
}

// rateOptions lists the rates in force, and that of the category when it no longer is.
func rateOptions(current vat.Rate, rates []vat.Named) []ui.Option {
	var list []ui.Option
	found := current < 0
	if found {
		list = append(list, ui.Option{Value: "-1", Label: "À choisir"})
	}
	for _, r := range rates {
		found = found || r.Rate == current
		label := locale.Percent(int64(r.Rate)) + ", " + r.Label
		if r.Rate == 0 {
			label = "Sans TVA (exonéré, hors champ, franchise)"
		}
		list = append(list, ui.Option{Value: strconv.Itoa(int(r.Rate)), Label: label})
	}
	if !found {
		list = append(list, ui.Option{Value: strconv.Itoa(int(current)), Label: locale.Percent(int64(current)) + ", n’est plus en vigueur ici"})
	}
	return list
}

func colourOptions() []ui.Option {
	list := []ui.Option{{Value: "", Label: "Aucune"}}
	for _, name := range Colours {
		list = append(list, ui.Option{Value: name, Label: locale.Title(name)})
	}
	return list
}
