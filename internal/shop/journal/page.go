package journal

import (
	"net/url"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

const perPage = 100

// IndexPage leads to the reports.
type IndexPage struct {
	Frame    ui.Frame
	Journal  []ui.Link // of usual periods
	Months   []ui.Link // the last twelve
	Exports  string    // address of the accounting exports
	Turnover string    // address of the turnover
	Budget   string    // address of the budget
	VAT      string    // address of the preparation of the VAT return
}

// newIndexPage prepares the links of the page. base is the address of the reports.
func newIndexPage(frame ui.Frame, base string, today day.Day) IndexPage {
	p := IndexPage{Frame: frame, Exports: base + "/exports", Turnover: base + "/chiffre-affaires", Budget: base + "/budget", VAT: base + "/tva"}
	for _, preset := range presets(today) {
		p.Journal = append(p.Journal, ui.Link{Label: preset.label, URL: Query{First: preset.first, Last: preset.last}.address(base+"/journal", 1)})
	}
	for i := range 12 {
		m := today.Month().Add(-i)
		p.Months = append(p.Months, ui.Link{Label: locale.Title(locale.MonthName(m)), URL: base + "/mois/" + string(m)})
	}
	return p
}

// preset is a usual period.
type preset struct {
	label       string
	first, last day.Day
}

// presets are the usual periods on a day.
func presets(today day.Day) []preset {
	month := today.Month()
	return []preset{
		{"Aujourd’hui", today, today}, {"Hier", today.Add(-1), today.Add(-1)}, {"Ce mois", month.First(), month.Last()},
		{"Mois dernier", month.Add(-1).First(), month.Add(-1).Last()}, {"Cette année", today[:4] + "-01-01", today[:4] + "-12-31"},
	}
}

// JournalPage is the journal on the screen.
type JournalPage struct {
	Frame     ui.Frame
	Base      string // address of the journal
	Days      string // address of the day sheets
	Zone      *time.Location
	Today     day.Day
	CanExport bool
	Boxes     []cashbox.Box
	Methods   []tender.Method
	Query     Query
	Err       error // what is wrong with the choices
	Page      int
	Journal   Journal
}

// field is a question of the filters, with what was chosen and what is wrong with it.
func (p JournalPage) field(name, label, value string) ui.Field {
	return ui.Answers{Err: p.Err}.Fill(ui.Field{Name: name, Label: label, Value: value})
}

// fields are the questions that may be answered wrong.
func (p JournalPage) fields() []ui.Field {
	return []ui.Field{p.field("du", "Du", string(p.Query.First)), p.field("au", "Au", string(p.Query.Last))}
}

// boxField asks which box; there is no question when there is only one.
func boxField(boxes []cashbox.Box, chosen string) ui.Field {
	f := ui.Field{Name: "caisse", Label: "Caisse", Value: chosen, Options: []ui.Option{{Value: "", Label: "Toutes les caisses"}}}
	for _, b := range boxes {
		f.Options = append(f.Options, ui.Option{Value: b.ID, Label: b.Name})
	}
	return f
}

// methodField asks which method.
func (p JournalPage) methodField() ui.Field {
	f := ui.Field{Name: "moyen", Label: "Moyen de paiement", Value: p.Query.Method, Options: []ui.Option{{Value: "", Label: "Tous les moyens"}}}
	for _, m := range p.Methods {
		f.Options = append(f.Options, ui.Option{Value: m.ID, Label: m.Label})
	}
	return f
}

// periods are the usual periods, with the same boxes and methods.
func (p JournalPage) periods() ui.Segments {
	s := ui.Segments{Label: "Période"}
	for _, preset := range presets(p.Today) {
		query := p.Query
		query.First, query.Last = preset.first, preset.last
		s.Items = append(s.Items, ui.Segment{Label: preset.label, URL: query.address(p.Base, 1), Current: query.First == p.Query.First && query.Last == p.Query.Last})
	}
	return s
}

// export is the address of the journal as a file.
func (p JournalPage) export(extension string) templ.SafeURL {
	return templ.SafeURL(p.Query.address(p.Base+"."+extension, 1))
}

// figures are the balances before and after, and what moved.
func (p JournalPage) figures() []ui.Figure {
	opening, in, out, closing := p.Journal.Totals()
	return []ui.Figure{
		ui.MoneyFigure("Solde au "+locale.Date(p.Query.First.Add(-1)), opening), ui.MoneyFigure("Entrées", in), ui.MoneyFigure("Sorties", out),
		ui.MoneyFigure("Solde au "+locale.Date(p.Query.Last), closing),
	}
}

// listing is a page of lines, account after account.
type listing struct {
	table ui.Table
	count int
	pages ui.Pages
}

// listing gives the lines of the present page.
func (p JournalPage) listing() listing {
	found, in, out := p.Journal.Find()
	l := listing{count: found.Count()}
	l.pages = ui.Pages{Page: p.Page, Last: max(1, (l.count+perPage-1)/perPage), URL: func(page int) string { return p.Query.address(p.Base, page) }}
	l.pages.Page = min(l.pages.Page, l.pages.Last)
	l.table = ui.Table{Caption: "Écritures, " + Period(p.Query.First, p.Query.Last), Columns: []ui.Column{
		{Label: "Date"}, {Label: "N°", Num: true, Class: "seul-bureau"}, {Label: "Libellé"}, {Label: "Tiers", Class: "seul-bureau"},
		{Label: "Entrée", Num: true}, {Label: "Sortie", Num: true}, {Label: "Solde", Num: true},
	}}
	skip, left := (l.pages.Page-1)*perPage, perPage
	for _, a := range found.Accounts {
		if skip >= len(a.Lines) {
			skip -= len(a.Lines)
			continue
		}
		if left == 0 {
			break
		}
		shown := a.Lines[skip:min(len(a.Lines), skip+left)]
		l.table.Rows = append(l.table.Rows, p.accountRow(a, shown[0], skip > 0))
		for _, line := range shown {
			l.table.Rows = append(l.table.Rows, p.row(a, line))
		}
		skip, left = 0, left-len(shown)
	}
	if l.pages.Page == l.pages.Last && l.count > 0 {
		label := "Totaux"
		if p.Query.Text != "" {
			label = "Totaux des écritures trouvées"
		}
		l.table.Foot = []ui.Row{{Cells: []templ.Component{ui.Text(label), nil, nil, nil, ui.Money(in), ui.Money(out), nil}}}
	}
	return l
}

// accountRow begins the lines of an account, or their continuation on another page, with the balance before the first of them.
func (p JournalPage) accountRow(a Account, first Line, continued bool) ui.Row {
	words := "solde de départ"
	switch {
	case p.Query.Text != "":
		words = "solde avant la première écriture trouvée"
	case continued:
		words = "report"
	}
	return ui.Row{Class: "sous-total", Cells: []templ.Component{ui.Text(a.Name()), nil, ui.Text(locale.Title(words)), nil, nil, nil, ui.Money(first.Balance - first.Amount)}}
}

// row is a line of the journal; its date leads to the day sheet.
func (p JournalPage) row(a Account, l Line) ui.Row {
	row := ui.Row{URL: p.Days + "/" + url.PathEscape(a.Box.ID) + "/" + string(l.On), Cells: []templ.Component{
		ui.Date(l.On), ui.Text(locale.Int(l.Seq)), lineLabel(l, p.Zone), ui.Text(l.Party), some(l.In()), some(l.Out()), ui.Money(l.Balance),
	}}
	if l.Reversed {
		row.Class = "annulee"
	}
	return row
}

// some is an amount, nothing when it is zero.
func some(a money.Amount) templ.Component {
	if a == 0 {
		return nil
	}
	return ui.Money(a)
}

// balances is what each account held before and after.
func balances(accounts []Account, link func(Account) string) ui.Table {
	t := ui.Table{Caption: "Soldes par caisse et par moyen de paiement", Columns: []ui.Column{
		{Label: "Caisse et moyen"}, {Label: "Départ", Num: true}, {Label: "Entrées", Num: true}, {Label: "Sorties", Num: true}, {Label: "Fin", Num: true},
	}}
	opening, in, out, closing := Journal{Accounts: accounts}.Totals()
	for _, a := range accounts {
		t.Rows = append(t.Rows, ui.Row{URL: link(a), Cells: []templ.Component{ui.Text(a.Name()), ui.Money(a.Opening), ui.Money(a.In), ui.Money(a.Out), ui.Money(a.Closing)}})
	}
	t.Foot = []ui.Row{{Cells: []templ.Component{ui.Text("Ensemble"), ui.Money(opening), ui.Money(in), ui.Money(out), ui.Money(closing)}}}
	return t
}

// accountURL is the journal of one account over the same period.
func (p JournalPage) accountURL(a Account) string {
	return Query{First: p.Query.First, Last: p.Query.Last, Box: a.Box.ID, Method: a.Method.ID}.address(p.Base, 1)
}

// emptyText says why there is no line.
func (p JournalPage) emptyText() string {
	if strings.TrimSpace(p.Query.Text) != "" {
		return "Aucune écriture de la période ne contient «\u00a0" + p.Query.Text + "\u00a0»."
	}
	return "Le journal se remplit quand une journée est clôturée ou qu’une opération de caisse est enregistrée."
}
