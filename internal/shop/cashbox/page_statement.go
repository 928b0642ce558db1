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
	"encaisse/internal/shop/tender"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// StatementPage is the statement of a box.
type StatementPage struct {
	Frame       ui.Frame
	Base        string // address of the box
	Held        Held
	Statement   Statement
	Query       Query
	Found       Found
	Page        int    // from 0
	Kinds       []Kind // the person may record
	Items       []Item
	Methods     []tender.Method
	People      map[string]string
	CanExport   bool
	AskURL      string // where a question about an entry is asked, up to its id; "" for who does not ask
	SettingsURL string // "" for who may not change the box
	Zone        *time.Location
	Err         error
	names       map[string]string
}

func (p StatementPage) period() string {
	return "du " + locale.Date(p.Query.First) + " au " + locale.Date(p.Query.Last)
}

func (p StatementPage) fields() ui.Fields {
	kinds := []ui.Option{{Value: "", Label: "Tous"}}
	for _, k := range AllKinds() {
		if k.Label() != "" && p.shows(k) {
			kinds = append(kinds, ui.Option{Value: string(k), Label: k.Label()})
		}
	}
	kinds = append(kinds, ui.Option{Value: OtherActs, Label: "Journées et autres actes"})
	items := []ui.Option{{Value: "", Label: "Toutes"}}
	for _, i := range p.Items {
		items = append(items, ui.Option{Value: i.ID, Label: i.Name})
	}
	methods := []ui.Option{{Value: "", Label: "Tous"}}
	for _, m := range p.Methods {
		methods = append(methods, ui.Option{Value: m.ID, Label: m.Label})
	}
	people := []ui.Option{{Value: "", Label: "Tous"}}
	for _, id := range sortedKeys(p.People) {
		people = append(people, ui.Option{Value: id, Label: p.People[id]})
	}
	return ui.Fields{
		{Name: "du", Label: "Du", Value: string(p.Query.First)}, {Name: "au", Label: "Au", Value: string(p.Query.Last)},
		{Name: "type", Label: "Type", Value: p.Query.Kind, Options: kinds}, {Name: "rubrique", Label: "Rubrique", Value: p.Query.Item, Options: items},
		{Name: "mode", Label: "Mode", Value: p.Query.Method, Options: methods}, {Name: "par", Label: "Par", Value: p.Query.Person, Options: people},
		sortField(p.Query.Sort),
		{Name: "q", Label: "Rechercher", Value: p.Query.Text, Type: "search", Placeholder: "Commentaire, personne, montant", Max: 100},
	}
}

// sortField asks for the order of a list.
func sortField(order string) ui.Field {
	return ui.Field{Name: "tri", Label: "Trier", Value: order, Options: []ui.Option{{Value: NewestFirst, Label: "Le plus récent d’abord"}, {Value: OldestFirst, Label: "Le plus ancien d’abord"}, {Value: ByAmount, Label: "Le plus grand montant d’abord"}}}
}

// shows tells whether a kind is worth a line in the filter: those recorded by hand, fees, and what happened.
func (p StatementPage) shows(k Kind) bool {
	for _, own := range append(Kinds(), Fee) {
		if own == k {
			return true
		}
	}
	for _, l := range p.Statement.Lines {
		if l.Kind == k {
			return true
		}
	}
	return false
}

// query is the address of the statement as it is filtered, at another path or page.
func (p StatementPage) query(path string, more ...string) string {
	v := url.Values{"du": {string(p.Query.First)}, "au": {string(p.Query.Last)}}
	for name, value := range map[string]string{"type": p.Query.Kind, "rubrique": p.Query.Item, "mode": p.Query.Method, "par": p.Query.Person, "tri": p.Query.Sort, "q": p.Query.Text} {
		if value != "" {
			v.Set(name, value)
		}
	}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return p.Base + path + "?" + v.Encode()
}

func (p StatementPage) here() string {
	return url.QueryEscape(p.query("", "page", strconv.Itoa(p.Page+1)))
}

func (p StatementPage) pages() ui.Pages {
	return ui.Pages{Page: p.Page + 1, Last: (len(p.Found.Lines) + perPage - 1) / perPage, URL: func(page int) string { return p.query("", "page", strconv.Itoa(page)) }}
}

// shown are the lines of the page.
func (p StatementPage) shown() []Line {
	first := min(p.Page*perPage, len(p.Found.Lines))
	return p.Found.Lines[first:min(first+perPage, len(p.Found.Lines))]
}

// figures are the balances around the period, and what came in and out.
func (p StatementPage) figures() []ui.Figure {
	return []ui.Figure{
		ui.MoneyFigure("Solde au "+locale.Date(p.Statement.First.Add(-1)), p.Statement.Opening), ui.MoneyFigure("Entrées", p.Found.In), ui.MoneyFigure("Sorties", p.Found.Out),
		ui.MoneyFigure("Solde au "+locale.Date(p.Statement.Last), p.Statement.Closing),
	}
}

// severalMethods tells whether the box holds money by more than one method: each balance is then that of one.
func (p StatementPage) severalMethods() bool { return len(p.Methods) > 1 }

// detail says in words what a line was: whom, for what, where the money went.
func (p StatementPage) detail(l Line) string {
	m := l.Movement
	words := ""
	add := func(part string) {
		if part != "" && words != "" {
			words += " · "
		}
		words += part
	}
	if l.Kind == Transfer && m.Box != m.ToBox {
		if m.Box == p.Statement.Box.ID {
			add("vers " + p.names[m.ToBox])
		} else {
			add("de " + p.names[m.Box])
		}
	}
	add(p.names[l.Party])
	add(l.Comment)
	if l.Comment != p.names[l.Item] {
		add(p.names[l.Item])
	}
	return words
}

func (p StatementPage) grid() ui.Table {
	t := ui.Table{Caption: "Relevé de " + p.Statement.Box.Name, Columns: []ui.Column{{Label: "Date et heure", Class: "seul-bureau"}, {Label: "Par", Class: "seul-bureau"}, {Label: "Type"},
		{Label: "Mode", Class: "seul-bureau"}, {Label: "Montant", Num: true}, {Label: "Solde", Num: true, Class: "seul-bureau"}}}
	for _, l := range p.shown() {
		row := ui.Row{Cells: []templ.Component{when(p, l), ui.Text(p.names[l.By]), lineWhat(p, l), ui.Text(p.names[l.Method]), signed(l.Amount), ui.Money(l.After)}}
		if l.Struck {
			row.Class = "annulee"
		}
		t.Rows = append(t.Rows, row)
	}
	total := func(label string, a money.Amount) ui.Row {
		return ui.Row{Cells: []templ.Component{nil, nil, ui.Text(label), nil, signed(a), nil}}
	}
	t.Foot = []ui.Row{total("Entrées", p.Found.In), total("Sorties", -p.Found.Out)}
	return t
}

// recordedOn is the date a line was really recorded on, in the company.
func (p StatementPage) recordedOn(l Line) day.Day { return day.At(l.At, p.Zone, 0) }

// table is the statement for paper and spreadsheets.
func (p StatementPage) table() table.Table {
	t := table.Table{Title: "Relevé de caisse", Info: [][2]string{{"Caisse", p.Statement.Box.Name}, {"Période", p.period()}},
		Columns: []table.Column{{Label: "Date", Kind: table.Date}, {Label: "Enregistrée", Weight: 2}, {Label: "Par", Weight: 2}, {Label: "Type", Weight: 2}, {Label: "Détail", Weight: 4}, {Label: "Mode", Weight: 2},
			{Label: "Entrée", Kind: table.Money}, {Label: "Sortie", Kind: table.Money}, {Label: "Solde", Kind: table.Money}}, Empty: "Aucun mouvement sur cette période."}
	for _, l := range p.Found.Lines {
		in, out, style, detail := table.Cell{}, table.Cell{}, table.Plain, p.detail(l)
		if l.Struck {
			style = table.Struck
			if l.Movement.Reason != "" {
				detail += " · annulée\u00a0: " + l.Movement.Reason
			}
		}
		if l.Amount > 0 {
			in = table.Amount(l.Amount)
		} else {
			out = table.Amount(-l.Amount)
		}
		recorded := locale.DateTime(l.At, p.Zone)
		if l.BackDated {
			recorded = "! " + recorded
		}
		t.Add(style, table.On(l.On), table.Text(recorded), table.Text(p.names[l.By]), table.Text(l.What), table.Text(detail), table.Text(p.names[l.Method]), in, out, table.Amount(l.After))
	}
	t.AddTotal(table.Total, table.Text("Total"), table.Cell{}, table.Cell{}, table.Cell{}, table.Text("sans ce qui est barré"), table.Cell{}, table.Amount(p.Found.In), table.Amount(p.Found.Out))
	return t
}

// report is the statement as a file.
func (p StatementPage) report() company.Report {
	figures := make([][2]string, 0, 4)
	for _, f := range p.figures() {
		figures = append(figures, [2]string{f.Label, f.Value + locale.NBSP + f.Unit})
	}
	return company.Report{Name: "releve-de-caisse_" + string(p.Query.First) + "_" + string(p.Query.Last), Title: "Relevé de caisse", Subtitle: p.Statement.Box.Name, Period: p.period(), Landscape: true,
		Figures: figures, Tables: []table.Table{p.table()}, Notes: []string{"Ce qui est annulé reste lisible, barré, avec le solde d’alors. Un point d’exclamation marque ce qui a été enregistré après sa date."}}
}

// balanceNote explains the column of balances.
func (p StatementPage) balanceNote() string {
	whose := ""
	if p.severalMethods() {
		whose = ", pour son mode de règlement"
	}
	return "Le solde d’une ligne est celui d’alors" + whose + "\u00a0: il ne change plus, même si la ligne est annulée."
}

// finer tells whether one of the finer filters is used.
func (p StatementPage) finer() bool {
	return p.Query.Item != "" || p.Query.Method != "" || p.Query.Person != "" || p.Query.Sort != NewestFirst
}

func (p StatementPage) empty() ui.EmptyState {
	e := ui.EmptyState{Icon: "coffre", Title: "Aucun mouvement", Text: "Rien n’a bougé dans cette caisse sur cette période, ou rien ne répond à la recherche."}
	if len(p.Kinds) > 0 {
		e.Action = ui.Link{Label: "Enregistrer une opération", URL: p.Base + "/operation?retour=" + p.here()}
	}
	return e
}
