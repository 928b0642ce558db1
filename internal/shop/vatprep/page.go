package vatprep

import (
	"net/url"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// perPage is how many entries a page shows.
const perPage = 100

// Page is the preparation of a return on the screen, or the entries behind one of its lines.
type Page struct {
	Frame     ui.Frame
	Base      string // address of the statement
	Days      string // address of the day sheets
	Today     day.Day
	CanExport bool
	Query     Query
	Statement Statement
	Code      string // line looked at
	Line      Line
	Number    int // page of its entries
}

func (p Page) franchise() bool { return p.Statement.Settings.VATRegime == company.Franchise }

// steps is the choice between a month and a quarter.
func (p Page) steps() ui.Segments {
	s := ui.Segments{Label: "Période"}
	for _, quarterly := range []bool{false, true} {
		q, label := Query{Month: p.Query.Month, Quarter: quarterly}, "Par mois"
		if quarterly {
			q.Month, label = quarter(p.Query.Month), "Par trimestre"
		}
		s.Items = append(s.Items, ui.Segment{Label: label, URL: p.Base + q.parameters(), Current: quarterly == p.Query.Quarter})
	}
	return s
}

func (p Page) move(n int) templ.SafeURL {
	return templ.SafeURL(p.Base + p.Query.move(n).parameters())
}
func (p Page) later() bool { return p.Query.last() < p.Today }

// lineURL is the address of the entries behind a line.
func (p Page) lineURL(code string) string {
	return p.Base + "/ligne/" + url.PathEscape(code) + p.Query.parameters()
}

// entriesAs is where the entries behind the line are given in a format.
func (p Page) entriesAs(extension string) templ.SafeURL {
	return templ.SafeURL(p.Base + "/ligne/" + url.PathEscape(p.Code) + "/ecritures." + extension + p.Query.parameters())
}

func (p Page) export(extension string) templ.SafeURL {
	return templ.SafeURL(p.Base + "." + extension + p.Query.parameters())
}

// form is the return on the screen; each line leads to its entries.
func (p Page) form() ui.Table {
	t := ui.Table{Caption: "Lignes de la déclaration CA3", Columns: []ui.Column{
		{Label: "Ligne"}, {Label: "Libellé"}, {Label: "Base HT", Num: true, Class: "seul-bureau"}, {Label: "TVA", Num: true, Class: "seul-bureau"},
		{Label: "Base à déclarer", Num: true}, {Label: "Taxe à déclarer", Num: true},
	}}
	whole := func(n int64) templ.Component { return ui.Text(locale.Int(n) + "\u00a0€") }
	for _, l := range p.Statement.Form() {
		row := ui.Row{URL: p.lineURL(l.Code), Cells: []templ.Component{ui.Text(l.Code), ui.Text(l.Label), nil, nil, nil, nil}}
		if l.HasBase {
			row.Cells[2], row.Cells[4] = ui.Money(l.Base), whole(l.Euros.Base)
		}
		if l.HasTax {
			row.Cells[3], row.Cells[5] = ui.Money(l.Tax), whole(l.Euros.Tax)
		}
		if l.Total {
			row.Class = "sous-total"
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// plain shows a printed list on the screen.
func plain(t table.Table) ui.Table {
	s := ui.Table{Caption: t.Title}
	for _, c := range t.Columns {
		s.Columns = append(s.Columns, ui.Column{Label: c.Label, Num: c.Kind == table.Money || c.Kind == table.Number})
	}
	for _, r := range t.Rows {
		s.Rows = append(s.Rows, ui.Row{Cells: cells(t, r)})
	}
	for _, r := range t.Totals {
		s.Foot = append(s.Foot, ui.Row{Cells: cells(t, r)})
	}
	return s
}

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

// entries are those of the present page; a date leads to the sheet that posted it.
func (p Page) entries() (ui.Table, ui.Pages) {
	all := p.Statement.of(p.Code)
	pages := ui.Pages{Last: max(1, (len(all)+perPage-1)/perPage), URL: func(n int) string { return p.lineURL(p.Code) + "&page=" + strconv.Itoa(n) }}
	pages.Page = min(max(1, p.Number), pages.Last)
	shown := all[(pages.Page-1)*perPage : min(len(all), pages.Page*perPage)]
	t := plain(p.Statement.detailsTable(shown))
	for i, d := range shown {
		if d.Sheet != "" {
			t.Rows[i].URL = p.Days + "/" + url.PathEscape(d.Box) + "/" + string(d.Sheet)
		}
	}
	for _, n := range []int{1, 2, 3, 5} {
		t.Columns[n].Class = "seul-bureau"
	}
	t.Foot = nil
	if pages.Page == pages.Last {
		t.Foot = plain(p.Statement.detailsTable(all)).Foot
	}
	return t, pages
}
