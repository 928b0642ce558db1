package activity

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/act"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

const perPage = 50

// Search is what a visitor looks for.
type Search struct {
	Words, By, Kind string
	First, Last     day.Day
	After           act.Place // the page goes on after it
}

// Page is the activity log.
type Page struct {
	Frame  ui.Frame
	Base   string
	Home   string // address of the company, without its final /
	Search Search
	Lines  []act.Line
	More   bool // others follow
	Names  map[string]string
	Zone   *time.Location
}

func (p Page) searching() bool {
	s := p.Search
	return s.Words != "" || s.By != "" || s.Kind != "" || s.First != "" || s.Last != ""
}

func (p Page) name(by string) string {
	switch {
	case p.Names[by] != "":
		return p.Names[by]
	case by == "":
		return "Le programme"
	}
	return "Une personne partie"
}

// query is the address of the log with the same search.
func (p Page) query(path string, more ...string) string {
	v := url.Values{}
	for name, value := range map[string]string{"q": p.Search.Words, "personne": p.Search.By, "sorte": p.Search.Kind, "du": string(p.Search.First), "au": string(p.Search.Last)} {
		if value != "" {
			v.Set(name, value)
		}
	}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// title says how many lines there are when they are all there: what is not shown is not counted.
func (p Page) title() string {
	if p.More || p.Search.After.ID != "" {
		return "Les plus récentes d’abord"
	}
	return locale.Plural(len(p.Lines), "ligne", "lignes")
}

// next is the address of the lines that follow.
func (p Page) next() string {
	return p.query(p.Base, "avant", placeText(p.Lines[len(p.Lines)-1].Place()))
}

func (p Page) people() ui.Field {
	f := ui.Field{Name: "personne", Label: "Personne", HideLabel: true, Value: p.Search.By, Options: []ui.Option{{Value: "", Label: "Tout le monde"}}}
	var list []ui.Option
	for id, name := range p.Names {
		list = append(list, ui.Option{Value: id, Label: name})
	}
	slices.SortFunc(list, func(a, b ui.Option) int {
		return strings.Compare(locale.Fold(a.Label)+a.Value, locale.Fold(b.Label)+b.Value)
	})
	f.Options = append(f.Options, list...)
	return f
}

func (p Page) kinds() ui.Field {
	f := ui.Field{Name: "sorte", Label: "Sorte", HideLabel: true, Value: p.Search.Kind, Options: []ui.Option{{Value: "", Label: "Toutes les sortes"}}}
	for _, k := range Kinds() {
		f.Options = append(f.Options, ui.Option{Value: k.ID, Label: k.Label})
	}
	return f
}

func (p Page) grid() ui.Table {
	t := ui.Table{Caption: "Journal d’activité", Columns: []ui.Column{{Label: "Quand"}, {Label: "Qui"}, {Label: "Quoi"}, {Label: "Depuis", Class: "seul-bureau"}}}
	for _, l := range p.Lines {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{ui.Instant(l.At, p.Zone), ui.Text(p.name(l.By)), what(p, l), ui.Text(l.From)}})
	}
	return t
}

// table is the log for a spreadsheet.
func (p Page) table() table.Table {
	t := table.Table{Title: "Journal d’activité", Columns: []table.Column{{Label: "Quand", Weight: 2}, {Label: "Qui", Weight: 2}, {Label: "Sorte"}, {Label: "Quoi", Weight: 3}, {Label: "Depuis"}, {Label: "Adresse de la page", Weight: 2}}}
	labels := map[string]string{}
	for _, k := range Kinds() {
		labels[k.ID] = k.Label
	}
	for _, l := range p.Lines {
		t.Add(table.Plain, table.Text(locale.DateTime(l.At, p.Zone)), table.Text(p.name(l.By)), table.Text(labels[l.Kind]), table.Text(l.Label), table.Text(l.From), table.Text(l.Subject))
	}
	return t
}

// onPaper leaves out the addresses of pages, which nobody follows on paper.
func onPaper(t table.Table) table.Table {
	t.Columns = t.Columns[:len(t.Columns)-1]
	for n := range t.Rows {
		t.Rows[n].Cells = t.Rows[n].Cells[:len(t.Columns)]
	}
	return t
}

// report is the log as a file, with what was searched.
func (p Page) report(today day.Day) company.Report {
	r := company.Report{Name: "activite_" + string(today), Title: "Journal d’activité", Subtitle: p.Search.Words, About: "Recherche", Landscape: true, Tables: []table.Table{p.table()},
		Figures: [][2]string{{"Lignes", locale.Int(int64(len(p.Lines)))}}}
	if p.Search.First != "" {
		r.Period = "du " + locale.Date(p.Search.First)
	}
	if p.Search.Last != "" {
		r.Period = strings.TrimSpace(r.Period + " au " + locale.Date(p.Search.Last))
	}
	return r
}
