package firm

import (
	"html"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// CockpitPage is the companies of a firm, a month side by side.
type CockpitPage struct {
	Frame      ui.Frame
	Base       string
	Firm       staff.Firm
	Colleagues []staff.Colleague
	View       view
	Rows       []Row // shown
	Total      int   // before the filter
	Found      int
	Boxes      int
	Counts     map[Filter]int
	Pages      ui.Pages
}

// PortfolioPage shares the companies among the members.
type PortfolioPage struct {
	Frame      ui.Frame
	Base       string
	Firm       staff.Firm
	Colleagues []staff.Colleague
	Rows       []Row
	Words      string
	Pages      ui.Pages
}

// RemindPage shows letters before they leave.
type RemindPage struct {
	Frame   ui.Frame
	Base    string
	Month   day.Month
	Key     string
	Mails   bool
	Letters []reminder
	Fine    []Row // ticked, and nothing to remind
}

// ControlPage shows what several companies would export.
type ControlPage struct {
	Frame ui.Frame
	Base  string
	Month day.Month
	Files []controlled
}

// leaving counts the companies somebody is written to in.
func (p RemindPage) leaving() int {
	n := 0
	for _, l := range p.Letters {
		if len(l.To) > 0 {
			n++
		}
	}
	return n
}

// newCockpitPage counts, filters and sorts what the screen shows.
func newCockpitPage(frame ui.Frame, base string, firm staff.Firm, colleagues []staff.Colleague, v view, rows []Row) CockpitPage {
	p := CockpitPage{Frame: frame, Base: base, Firm: firm, Colleagues: colleagues, View: v, Total: len(rows), Counts: map[Filter]int{}}
	for _, r := range rows {
		p.Boxes += r.Boxes
	}
	p.Frame.Wide = true
	p.Frame.Subtitle = firm.Name + " · " + locale.Plural(p.Total, "dossier", "dossiers") + ", " + locale.Plural(p.Boxes, "caisse", "caisses")
	rows = matching(rows, v.words)
	for _, r := range rows {
		for _, f := range filters {
			if f.filter.keeps(r) {
				p.Counts[f.filter]++
			}
		}
	}
	var found []Row
	for _, r := range rows {
		if v.filter.keeps(r) {
			found = append(found, r)
		}
	}
	sortWorst(found)
	p.Found = len(found)
	p.Pages = ui.Pages{Page: v.page, Last: max(1, (p.Found+v.size-1)/v.size), URL: func(n int) string { return p.with(func(v *view) { v.page = n }) }}
	p.Pages.Page = min(p.Pages.Page, p.Pages.Last)
	from := (p.Pages.Page - 1) * v.size
	p.Rows = found[from:min(p.Found, from+v.size)]
	p.Frame.Actions = cockpitActions(p)
	if p.Found > 0 {
		p.Frame.Foot = cockpitFoot(p)
	}
	return p
}

// with is the address of the screen with something changed.
func (p CockpitPage) with(change func(*view)) string {
	v := p.View
	v.page, v.ticked = 1, false
	change(&v)
	return p.Base + "/suivi" + v.query()
}

func (p CockpitPage) month(n int) string {
	return p.with(func(v *view) { v.month = v.month.Add(n) })
}

func (p CockpitPage) keeperField() ui.Field {
	f := ui.Field{Name: "portefeuille", Label: "Portefeuille", HideLabel: true, Value: p.View.keeper, Options: []ui.Option{{Value: "", Label: "Tous les portefeuilles"}}}
	for _, one := range p.Colleagues {
		f.Options = append(f.Options, ui.Option{Value: one.ID, Label: one.Name})
	}
	return f
}

// about is the small line under the name of a company.
func (r Row) about() string {
	text := locale.Plural(r.Boxes, "caisse", "caisses")
	if len(r.Keepers) > 0 {
		text = strings.Join(r.Keepers, ", ") + " · " + text
	}
	return text
}

// asked says what there is of questions: answers to read first.
func (r Row) asked() string {
	if r.Asked.Answered > 0 {
		return locale.Plural(r.Asked.Answered, "réponse", "réponses")
	}
	return locale.Plural(r.Asked.Waiting, "question", "questions")
}

// reminded says when it was, without the year where it is this one: the days take the place.
func (r Row) reminded(now day.Day) string {
	on := today(r.Reminded)
	if on[:4] == now[:4] {
		return "relancé le " + locale.ShortDate(on)
	}
	return "relancé le " + locale.Date(on)
}

// export says where a company stands with its export.
func (r Row) export() string {
	switch {
	case r.Exported():
		return "exporté"
	case r.Ready():
		return "prêt"
	case r.Waits():
		return "bloqué"
	case !r.Over && r.Known:
		return "en cours"
	}
	return "—"
}

// look is how a state shows: its class, its sign and its word.
func (c Cell) look() (class, sign, word string) {
	switch c.State {
	case daysheet.CellMissing:
		return "m", "?", "manquante"
	case daysheet.CellGap:
		return "e", "!", "écart non expliqué"
	case daysheet.CellDraft:
		return "b", "…", "brouillon"
	case daysheet.CellToday:
		return "b", "…", "en cours"
	case daysheet.CellDone, daysheet.CellLocked:
		if c.Exported {
			return "v", "✓", "exportée"
		}
		return "o", "✓", "clôturée"
	case daysheet.CellClosed, daysheet.CellHoliday:
		return "f", "·", "fermé"
	}
	return "", "", ""
}

// daysHead is the head of the columns of days.
func (p CockpitPage) daysHead() templ.Component {
	var b strings.Builder
	for _, on := range p.View.month.Days() {
		b.WriteString(`<th scope="col" class="c` + weekend(on) + `">` + strconv.Itoa(on.Time().Day()) + `</th>`)
	}
	return templ.Raw(b.String())
}

// daysOf are the cells of a company. They are many thousands on a large screen: written at once, without a component each.
func (p CockpitPage) daysOf(r Row) templ.Component {
	var b strings.Builder
	b.Grow(len(r.Days) * 96)
	address := html.EscapeString("/d/" + r.Slug + "/journees/" + string(p.View.month))
	name := " " + locale.MonthName(p.View.month) + "\u00a0: "
	first := p.View.month.First()
	week := int(first.Weekday())
	for i, c := range r.Days {
		b.WriteString(`<td class="c`)
		if (week+i)%7 == 0 {
			b.WriteString(` we`)
		}
		b.WriteString(`">`)
		class, sign, word := c.look()
		n := strconv.Itoa(i + 1)
		switch class {
		case "":
		case "m", "e":
			b.WriteString(`<a class="` + class + `" href="` + address + `" title="` + n + name + word + `" aria-label="` + n + name + word + `">` + sign + `</a>`)
		default:
			b.WriteString(`<i class="` + class + `" title="` + n + name + word + `">` + sign + `</i>`)
		}
		b.WriteString(`</td>`)
	}
	return templ.Raw(b.String())
}

func weekend(on day.Day) string {
	if on.Weekday() == 0 {
		return " we"
	}
	return ""
}

// ready counts the companies that may leave.
func (p ControlPage) ready() int {
	n := 0
	for _, x := range p.Files {
		if x.Refused == "" {
			n++
		}
	}
	return n
}

// words say what the export of a company holds, or why it does not leave.
func (x controlled) words() string {
	if x.Refused != "" {
		return x.Refused
	}
	text := x.Layout.Label + " · " + locale.Plural(len(x.Control.Entries), "écriture", "écritures") + " · débit " + locale.Euro(x.Control.Debit) + " = crédit " + locale.Euro(x.Control.Credit)
	if n := len(x.Control.Findings); n > 0 {
		text += " · " + locale.Plural(n, "point à vérifier", "points à vérifier")
	}
	if x.Control.Done != nil {
		text += " · déjà remis, le même fichier sera redonné"
	}
	return text
}
