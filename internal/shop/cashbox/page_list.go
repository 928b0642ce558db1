package cashbox

import (
	"net/url"
	"strconv"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// ListPage is the movements of a box over a period.
type ListPage struct {
	Frame      ui.Frame
	Base       string // address of the box
	Box        Box
	Filter     Filter
	List       []Recorded
	Sums       Sums
	Horizon    day.Day // last locked day
	CanReverse bool
	CanExport  bool
	Zone       *time.Location
	names      map[string]string // of methods, boxes, natures, suppliers and people, by id
}

// ReversePage asks why a movement is undone.
type ReversePage struct {
	ListPage
	Movement Recorded
	Key      string // of the act
	Back     string
	Form     ui.Fields
	Err      error
}

func (p ListPage) query(path string, more ...string) string {
	v := url.Values{"du": {string(p.Filter.First)}, "au": {string(p.Filter.Last)}}
	if p.Filter.Kind != "" {
		v.Set("type", string(p.Filter.Kind))
	}
	if p.Filter.Words != "" {
		v.Set("q", p.Filter.Words)
	}
	if p.Filter.Sort != NewestFirst {
		v.Set("tri", p.Filter.Sort)
	}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return p.Base + path + "?" + v.Encode()
}

func (p ListPage) pages() ui.Pages {
	return ui.Pages{Page: p.Filter.Offset/perPage + 1, Last: (p.Sums.Count + perPage - 1) / perPage,
		URL: func(page int) string { return p.query("/operations", "page", strconv.Itoa(page)) }}
}

func (p ListPage) fields() ui.Fields {
	kinds := []ui.Option{{Value: "", Label: "Toutes"}}
	for _, k := range Kinds() {
		kinds = append(kinds, ui.Option{Value: string(k), Label: k.Label()})
	}
	return ui.Fields{
		{Name: "du", Label: "Du", Value: string(p.Filter.First)},
		{Name: "au", Label: "Au", Value: string(p.Filter.Last)},
		{Name: "type", Label: "Opérations", Value: string(p.Filter.Kind), Options: kinds},
		{Name: "q", Label: "Rechercher", Value: p.Filter.Words, Type: "search", Placeholder: "Tiers, motif, montant", Max: 100},
		sortField(p.Filter.Sort),
	}
}

// finer tells whether the filters put away are in use.
func (p ListPage) finer() bool { return p.Filter.Words != "" || p.Filter.Sort != NewestFirst }

// signed is what a movement did to the box, undone or not; zero for a transfer within it.
func (p ListPage) signed(r Recorded) money.Amount {
	switch {
	case r.Kind == Transfer && r.Box == r.ToBox:
		return 0
	case r.Kind == Transfer && r.ToBox == p.Box.ID:
		return r.Amount
	}
	return r.drawer()
}

// what says in words what a movement was: whom it paid, for what, where the money went.
func (p ListPage) what(r Recorded) string {
	text := ""
	add := func(part string) {
		if part != "" && text != "" {
			text += " · "
		}
		text += part
	}
	if r.Kind == Transfer && r.Box != p.Box.ID {
		add("de " + p.names[r.Box])
	} else if r.Kind == Transfer && r.ToBox != p.Box.ID {
		add("vers " + p.names[r.ToBox])
	}
	add(p.names[r.Party])
	add(p.names[r.Role])
	add(r.Memo)
	return text
}

// by says by which method, from which to which for a transfer.
func (p ListPage) by(r Recorded) string {
	if r.Kind == Transfer {
		return p.names[r.Method] + " → " + p.names[r.ToMethod]
	}
	return p.names[r.Method]
}

func (p ListPage) grid() ui.Table {
	t := ui.Table{Caption: "Opérations de caisse", Columns: []ui.Column{{Label: "Date", Class: "seul-bureau"}, {Label: "Opération"}, {Label: "Mode", Class: "seul-bureau"},
		{Label: "Montant", Num: true}, {Label: "Par", Class: "seul-bureau"}, {Label: "Actions", Class: "seul-bureau"}}}
	for _, r := range p.List {
		row := ui.Row{Cells: []templ.Component{on(p, r), operation(p, r), ui.Text(p.by(r)), amount(p, r), ui.Text(p.names[r.By]), actions(p, r, "ligne")}}
		if r.Reversed {
			row.Class = "annulee"
		}
		t.Rows = append(t.Rows, row)
	}
	total := func(label string, a money.Amount) ui.Row {
		return ui.Row{Cells: []templ.Component{nil, ui.Text(label), nil, signed(a), nil, nil}}
	}
	t.Foot = []ui.Row{total("Entrées", p.Sums.In), total("Sorties", -p.Sums.Out)}
	return t
}

// undoable tells whether the person may undo a movement: it stands, its day is not locked, and it is no fee, which follows its payment.
func (p ListPage) undoable(r Recorded) bool {
	return p.CanReverse && !r.Reversed && r.On > p.Horizon && r.FeeOf == ""
}

// restorable tells whether the person may give back a movement that was undone.
func (p ListPage) restorable(r Recorded) bool {
	return p.CanReverse && r.Reversed && r.On > p.Horizon && r.FeeOf == ""
}

// table is the list for a spreadsheet.
func (p ListPage) table() table.Table {
	t := table.Table{Title: "Opérations de caisse",
		Columns: []table.Column{{Label: "Date", Kind: table.Date}, {Label: "Opération"}, {Label: "Détail", Weight: 3}, {Label: "Mode"}, {Label: "Entrée", Kind: table.Money},
			{Label: "Sortie", Kind: table.Money}, {Label: "Par"}, {Label: "Enregistrée"}, {Label: "Annulée", Weight: 2}}, Empty: "Aucune opération."}
	for _, r := range p.List {
		in, out, undone := table.Cell{}, table.Cell{}, ""
		switch signed := p.signed(r); {
		case r.Reversed:
			undone = r.Reason
		case signed > 0:
			in = table.Amount(signed)
		case signed < 0:
			out = table.Amount(-signed)
		}
		t.Add(table.Plain, table.On(r.On), table.Text(r.Kind.Label()), table.Text(p.what(r)), table.Text(p.by(r)), in, out,
			table.Text(p.names[r.By]), table.Text(locale.DateTime(r.At, p.Zone)), table.Text(undone))
	}
	t.AddTotal(table.Total, table.Text("Total"), table.Cell{}, table.Cell{}, table.Cell{}, table.Amount(p.Sums.In), table.Amount(p.Sums.Out))
	return t
}

// report is the list as a file.
func (p ListPage) report() company.Report {
	period := string(p.Filter.First) + "_" + string(p.Filter.Last)
	return company.Report{Name: "operations_" + period, Title: "Opérations de caisse", Subtitle: p.Box.Name, About: "Caisse", Period: "du " + locale.Date(p.Filter.First) + " au " + locale.Date(p.Filter.Last), Landscape: true,
		Tables: []table.Table{p.table()}, Figures: [][2]string{{"Opérations", locale.Int(int64(p.Sums.Count))}, {"Entrées", locale.Euro(p.Sums.In)}, {"Sorties", locale.Euro(p.Sums.Out)}}}
}

func (p ListPage) empty() ui.EmptyState {
	e := ui.EmptyState{Icon: "coffre", Title: "Aucune opération sur cette période", Text: "Dépenses, apports, prélèvements, remises en banque et transferts de cette caisse s’affichent ici."}
	if p.Filter.Words != "" {
		e.Title, e.Text = "Aucune opération ne correspond", "Cherchez un autre mot, ou élargissez les dates."
		return e
	}
	if p.Frame.Actions != nil {
		e.Action = ui.Link{Label: "Nouvelle opération", URL: p.Base + "/operation"}
	}
	return e
}

// here is the address of the list as the parameter of another.
func (p ListPage) here() string {
	return url.QueryEscape(p.query("/operations", "page", strconv.Itoa(p.Filter.Offset/perPage+1)))
}

// day is the date a movement was really recorded on, in the company.
func (p ListPage) day(r Recorded) day.Day { return day.At(r.At, p.Zone, 0) }

func (p ReversePage) facts() []ui.Fact {
	m := p.Movement
	facts := []ui.Fact{{Label: "Opération", Value: ui.Text(m.Kind.Label())}, {Label: "Date", Value: ui.Date(m.On)}, {Label: "Montant", Value: ui.Money(m.Amount)}, {Label: "Mode", Value: ui.Text(p.by(m))}}
	if text := p.what(m); text != "" {
		facts = append(facts, ui.Fact{Label: "Détail", Value: ui.Text(text)})
	}
	return facts
}

func reverseFields() ui.Fields {
	return ui.Fields{{Name: "reason", Label: "Pourquoi l’annulez-vous\u00a0?", Max: 200, Focus: true, Placeholder: "Saisie deux fois, mauvais montant…"}}
}
