package journal

import (
	"net/url"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// MonthPage is the summary on the screen.
type MonthPage struct {
	Frame     ui.Frame
	Base      string // address of the summaries
	Days      string // address of the day sheets
	Journal   string // address of the journal
	Today     day.Day
	CanExport bool
	Boxes     []cashbox.Box
	Summary   Month
}

// of is the address of the summary of a month, for the same boxes.
func (p MonthPage) of(m day.Month) string { return p.Base + "/" + string(m) + p.choice() }

// choice is the choice of a box in an address.
func (p MonthPage) choice() string {
	if p.Summary.Box == "" {
		return ""
	}
	return "?" + url.Values{"caisse": {p.Summary.Box}}.Encode()
}

// export is the address of the summary as a file.
func (p MonthPage) export(extension string) templ.SafeURL {
	return templ.SafeURL(p.Base + "/" + string(p.Summary.Month) + "/synthese." + extension + p.choice())
}

// figures are those brought forward.
func (p MonthPage) figures() []ui.Figure {
	t := p.Summary.Total
	list := []ui.Figure{ui.MoneyFigure("Chiffre d’affaires TTC", t.Gross()), ui.MoneyFigure("TVA collectée", t.VAT())}
	if t.Sales > 0 {
		list = append(list, ui.Figure{Label: "Ventes", Value: locale.Int(int64(t.Sales))}, ui.MoneyFigure("Panier moyen", t.Basket()))
	}
	return list
}

// screen shows a list of the printed summary, its dates leading to the day sheets of the month.
func (p MonthPage) screen(t table.Table) ui.Table {
	s := ui.Table{Caption: t.Title + ", " + locale.MonthName(p.Summary.Month)}
	for _, column := range t.Columns {
		s.Columns = append(s.Columns, ui.Column{Label: column.Label, Num: column.Kind == table.Money || column.Kind == table.Number})
	}
	for _, r := range t.Rows {
		s.Rows = append(s.Rows, ui.Row{Cells: cells(t, r), URL: p.dayURL(r.Cell(0).Day())})
	}
	for _, r := range t.Totals {
		s.Foot = append(s.Foot, ui.Row{Cells: cells(t, r)})
	}
	return s
}

// dayURL is the sheet of a day when the summary is about one box, else its journal.
func (p MonthPage) dayURL(on day.Day) string {
	if p.Summary.Box != "" {
		return p.Days + "/" + url.PathEscape(p.Summary.Box) + "/" + string(on)
	}
	return Query{First: on, Last: on}.address(p.Journal, 1)
}

// cells are the values of a row as the screen writes them.
func cells(t table.Table, r table.Row) []templ.Component {
	list := make([]templ.Component, len(t.Columns))
	for i := range t.Columns {
		switch cell := r.Cell(i); {
		case cell.IsEmpty():
		case cell.Kind() == table.Money:
			list[i] = ui.Money(cell.Amount())
		case cell.Kind() == table.Date:
			list[i] = ui.Date(cell.Day())
		default:
			list[i] = ui.Text(cell.String())
		}
	}
	return list
}

// balances is what each account held before and after, each leading to its journal of the month.
func (p MonthPage) balances() ui.Table {
	return balances(p.Summary.Accounts, func(a Account) string {
		return Query{First: p.Summary.Month.First(), Last: p.Summary.Month.Last(), Box: a.Box.ID, Method: a.Method.ID}.address(p.Journal, 1)
	})
}

// lists are the lists of the summary but the balances, which the screen shows its own way.
func (p MonthPage) lists() []table.Table {
	all := p.Summary.tables()
	return all[:len(all)-1]
}

// overShort is what was missing or over in the month.
func (p MonthPage) overShort() money.Amount { return p.Summary.Total.OverShort }
