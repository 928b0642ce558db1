package daysheet

import (
	"slices"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// waiting is a day that waits in a box.
type waiting struct {
	box boxMonth
	on  day.Day
}

// missing are the days to enter in the boxes looked at, the oldest first.
func (d monthData) missing() []waiting {
	var list []waiting
	for _, b := range d.looked() {
		for _, on := range b.Todo.Missing {
			list = append(list, waiting{b, on})
		}
	}
	slices.SortStableFunc(list, func(a, b waiting) int { return strings.Compare(string(a.on), string(b.on)) })
	return list
}

// entry is the next day to enter: the oldest missing one, else today when it is not closed.
func (d monthData) entry() ui.Link {
	if !d.Rights.Has(right.DaysheetEnter) {
		return ui.Link{}
	}
	suffix := func(b boxMonth) string {
		if !d.all() {
			return ""
		}
		if slices.ContainsFunc(d.Boxes, func(o boxMonth) bool { return o.Box.ID != b.Box.ID && o.Box.Name == b.Box.Name }) {
			return ", " + d.boxName(b)
		}
		return ", " + b.Box.Name
	}
	if list := d.missing(); len(list) > 0 {
		first := list[0]
		on := shortDay(first.on, d.Month)
		if first.on.Month() != d.Month { // a button has little room
			on = "le " + locale.ShortDate(first.on)
		}
		return ui.Link{Label: "Saisir " + on + suffix(first.box), URL: d.dayURL(first.box.Box.ID, first.on)}
	}
	for _, b := range d.looked() {
		for _, c := range b.Cells {
			if c.On == d.Today && (c.State == CellToday || c.State == CellDraft) {
				return ui.Link{Label: "Saisir aujourd’hui" + suffix(b), URL: d.dayURL(b.Box.ID, c.On)}
			}
		}
	}
	return ui.Link{}
}

// notice says what waits, and leads to the first of it.
func (d monthData) notice() *Notice {
	missing := d.missing()
	type gap struct {
		box  boxMonth
		cell Cell
	}
	var gaps []gap
	for _, b := range d.looked() {
		for _, c := range b.Todo.Gaps {
			gaps = append(gaps, gap{b, c})
		}
	}
	if len(missing)+len(gaps) == 0 {
		return nil
	}
	var title, text []string
	n := &Notice{Tone: ui.Warn}
	if len(gaps) > 0 {
		title = append(title, locale.Plural(len(gaps), "écart à justifier", "écarts à justifier"))
		for _, g := range gaps[:min(2, len(gaps))] {
			text = append(text, locale.Title(shortDay(g.cell.On, d.Month))+d.where(g.box)+"\u00a0: "+g.cell.trouble()+".")
		}
		n.Link.URL = d.dayURL(gaps[0].box.Box.ID, gaps[0].cell.On)
	}
	if len(missing) > 0 {
		title = slices.Insert(title, 0, locale.Plural(len(missing), "journée à saisir", "journées à saisir"))
		text = slices.Insert(text, 0, d.missingWords(missing))
		n.Link.URL = d.dayURL(missing[0].box.Box.ID, missing[0].on)
	}
	n.Title, n.Text = strings.Join(title, ", "), strings.Join(text, " ")
	return n
}

// where names the box in the summary.
func (d monthData) where(b boxMonth) string {
	if d.all() {
		return " (" + d.boxName(b) + ")"
	}
	return ""
}

func (d monthData) missingWords(missing []waiting) string {
	var days []string
	for _, m := range missing[:min(3, len(missing))] {
		days = append(days, shortDay(m.on, d.Month)+d.where(m.box))
	}
	if rest := len(missing) - len(days); rest > 0 {
		days = append(days, locale.Plural(rest, "autre", "autres"))
	}
	if len(missing) == 1 {
		return locale.Title(days[0]) + " n’est pas clôturée."
	}
	return locale.Title(joined(days)) + " ne sont pas clôturées."
}

// trouble says in words what is wrong with a closed day.
func (c Cell) trouble() string {
	switch {
	case c.Unexplained == 0:
		return "différence de ventilation de " + locale.SignedEuro(c.Breakdown)
	case c.OverShort < 0:
		return "il manque " + locale.Euro(-c.OverShort) + ", sans motif"
	}
	return "il y a " + locale.Euro(c.OverShort) + " en trop, sans motif"
}

// empty says what to do with a month without any closed day.
func (d monthData) empty() *ui.EmptyState {
	month := locale.MonthName(d.Month)
	e := &ui.EmptyState{Icon: "journees", Title: "Aucune journée clôturée en " + month, Text: "Chaque soir, recopiez ici le ticket Z et comptez le tiroir."}
	if len(d.Boxes) == 0 {
		e.Title, e.Text = "Aucune caisse", "Une journée se saisit pour une caisse. Créez-en une pour commencer."
		if d.Rights.Has(right.SettingsEdit) {
			e.Action = ui.Link{Label: "Créer une caisse", URL: d.url("reglages", "caisses")}
		}
		return e
	}
	first := slices.MinFunc(d.looked(), func(a, b boxMonth) int { return strings.Compare(string(a.Box.FirstDay), string(b.Box.FirstDay)) }).Box.FirstDay
	switch {
	case d.Month > d.Today.Month():
		e.Title, e.Text = locale.Title(month)+" est à venir", "Les journées se saisissent au jour le jour."
	case d.Month.Last() < first:
		e.Title, e.Text = "Rien en "+month, "Les journées de cette caisse sont suivies depuis le "+locale.Date(first)+"."
	default:
		e.Action = d.entry()
	}
	return e
}

// table is the month of each box, and their sum.
func (d monthData) table() *ui.Table {
	t := &ui.Table{Caption: "Le mois de chaque caisse", Columns: []ui.Column{{Label: "Caisse"}, {Label: "Clôturées", Num: true}, {Label: "À saisir", Num: true}, {Label: "CA TTC", Num: true},
		{Label: "Hors taxes", Num: true, Class: "seul-bureau"}, {Label: "TVA", Num: true, Class: "seul-bureau"}, {Label: "Ventes", Num: true, Class: "seul-bureau"}, {Label: "Écart", Num: true}}}
	line := func(name string, cells []Cell) ui.Row {
		sum, missing := Sum(cells), 0
		for _, c := range cells {
			if c.State == CellMissing {
				missing++
			}
		}
		return ui.Row{Cells: []templ.Component{ui.Text(name), figure(locale.Int(int64(sum.Days))), figure(locale.Int(int64(missing))), ui.Money(sum.Gross), ui.Money(sum.Net), ui.Money(sum.Tax),
			figure(locale.Int(int64(sum.SalesCount))), ui.SignedMoney(sum.OverShort)}}
	}
	for _, b := range d.Boxes {
		row := line(d.boxName(b), b.Cells)
		row.URL = d.monthURL(d.Month, b.Box.ID)
		t.Rows = append(t.Rows, row)
	}
	t.Foot = []ui.Row{line("Ensemble", d.cells())}
	return t
}

// dayLook is the day chosen in the summary, today when none is and it is in the month.
func (d monthData) dayLook() *DayLook {
	on := d.Day
	if on == "" {
		on = d.Today
	}
	if on.Month() != d.Month {
		return nil
	}
	l := &DayLook{Title: locale.Title(locale.DayName(on))}
	for _, b := range d.Boxes {
		for _, c := range b.Cells {
			if c.On != on || c.State == CellBefore {
				continue
			}
			shown := looks[c.State]
			line := BoxLine{Name: d.boxName(b), Mark: Mark{shown.tone, shown.icon, shown.word}}
			if c.State == CellGap {
				line.Mark.Word = locale.SignedEuro(c.gap())
			}
			if c.State == CellFuture {
				line.Mark = Mark{ui.Neutral, "horloge", "À venir"}
			}
			if c.Version > 0 || c.Gross != 0 {
				line.Amount = locale.Euro(c.Gross)
			}
			if c.reachable(d.Today) {
				line.URL = d.dayURL(b.Box.ID, on)
			}
			l.Lines = append(l.Lines, line)
		}
	}
	return l
}
