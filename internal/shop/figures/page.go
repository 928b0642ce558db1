package figures

import (
	"net/url"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// ReportPage is the report on the screen.
type ReportPage struct {
	Frame     ui.Frame
	Base      string // address of the report
	Budget    string // address of the budget
	Days      string // address of the months of day sheets
	CanExport bool
	CanBudget bool
	Shops     []company.Location // those the person may choose from
	Report    Report
}

func (p ReportPage) subtitle() string {
	text := locale.Title(p.Report.periodName())
	if len(p.Shops) > 1 {
		text += " · " + p.Report.ScopeName()
	}
	return text
}

// steps are the three reports, with the same shop.
func (p ReportPage) steps() ui.Segments {
	s := ui.Segments{Label: "Regroupement"}
	for _, step := range []struct {
		step  Step
		label string
	}{{ByDay, "Par jour"}, {ByMonth, "Par mois"}, {ByYear, "Par année"}} {
		q := Query{Step: step.step, Location: p.Report.Location, Fiscal: p.Report.Fiscal, Month: p.Report.Today.Month()}
		switch {
		case step.step == ByMonth:
			q.Month = startOfYear(p.Report.Settings, p.Report.Today, q.Fiscal)
		case p.Report.Step == ByDay:
			q.Month = p.Report.Month
		}
		s.Items = append(s.Items, ui.Segment{Label: step.label, URL: q.address(p.Base), Current: step.step == p.Report.Step})
	}
	return s
}

// years is the choice between civil and financial years, where they differ.
func (p ReportPage) years() *ui.Segments {
	if p.Report.Step == ByDay || p.Report.Settings.YearStart == 1 {
		return nil
	}
	s := &ui.Segments{Label: "Année"}
	for _, fiscal := range []bool{false, true} {
		q := p.Report.Query
		q.Fiscal, q.Month = fiscal, startOfYear(p.Report.Settings, p.Report.Today, fiscal)
		label := "Année civile"
		if fiscal {
			label = "Exercice"
		}
		s.Items = append(s.Items, ui.Segment{Label: label, URL: q.address(p.Base), Current: fiscal == p.Report.Fiscal})
	}
	return s
}

// move is the address of the period n steps away.
func (p ReportPage) move(n int) string {
	q := p.Report.Query
	if q.Step == ByMonth {
		n *= 12
	}
	q.Month = q.Month.Add(n)
	return q.address(p.Base)
}

// later tells whether there is a period after this one to look at.
func (p ReportPage) later() bool { return p.Report.Step != ByYear && p.Report.Last < p.Report.Today }

// shopField asks which shop.
func (p ReportPage) shopField() ui.Field {
	f := ui.Field{Name: "etablissement", Label: "Établissement", Value: p.Report.Location, Options: []ui.Option{{Label: "Tous les établissements"}}}
	for _, l := range p.Shops {
		f.Options = append(f.Options, ui.Option{Value: l.ID, Label: l.Name})
	}
	return f
}

// export is the address of the report as a file, one of its lists first.
func (p ReportPage) export(extension, list string) templ.SafeURL {
	address := p.Report.address(p.Base + "." + extension)
	if list != "" {
		address += "&" + url.Values{"liste": {list}}.Encode()
	}
	return templ.SafeURL(address)
}

// KPI is a card of a figure with what it compares to.
type kpi struct {
	figure ui.Figure
	tone   ui.Tone
	icon   string
	change string // a status, "" for none
	words  string
}

// kpis are the figures brought forward: takings, budget, sales, basket.
func (p ReportPage) kpis() []kpi {
	r, t := p.Report, p.Report.Total
	list := []kpi{{figure: ui.MoneyFigure("Chiffre d’affaires TTC", t.Gross), change: t.Compared.Words(), words: ComparedWords(t.Compared, t.BeforeKnown)}}
	list[0].tone, list[0].icon = Mood(t.Compared.Change())
	target := kpi{figure: ui.Figure{Label: "Budget", Value: "—"}, words: "Pas de budget saisi pour cette période."}
	if t.Target.Known {
		target.figure, target.change, target.words = ui.MoneyFigure("Budget", t.Target.Whole), t.Target.Words(), TargetWords(t.Target, r.Until)
		target.tone, target.icon = Mood(t.Target.Change())
	}
	list = append(list, target)
	if r.hasCounts() {
		now, before := r.CountsCompared(r.First, r.Last)
		sales, basket := kpi{figure: ui.Figure{Label: "Ventes", Value: locale.Int(int64(t.Counts.Sales))}}, kpi{figure: ui.MoneyFigure("Panier moyen", t.Counts.Basket())}
		if before.Sales > 0 {
			sales.words = SalesWords(now, before)
			basket.words = BasketWords(now, before)
		}
		list = append(list, sales, basket)
	}
	return list
}

// SalesWords writes how many more sales there were than a year before, on comparable days, "" when none were counted.
func SalesWords(now, before Counts) string {
	switch {
	case before.Sales == 0:
		return ""
	case now.Sales >= before.Sales:
		return "+" + locale.Int(int64(now.Sales-before.Sales)) + " sur N-1, jours comparables"
	}
	return locale.Int(int64(now.Sales-before.Sales)) + " sur N-1, jours comparables"
}

// BasketWords writes how much more a basket was than a year before, on comparable days, "" when none were counted.
func BasketWords(now, before Counts) string {
	if before.Sales == 0 {
		return ""
	}
	return locale.SignedEuro(now.Basket()-before.Basket()) + " sur N-1, jours comparables"
}

// ComparedWords says what a comparison is made with, or why there is none.
func ComparedWords(c Comparison, history bool) string {
	switch {
	case c.Days == 0 && !history:
		return "Pas de N-1\u00a0: la comparaison viendra avec une année d’historique."
	case c.Days == 0:
		return "Pas de jour comparable en N-1."
	}
	text := "sur N-1, mêmes jours de la semaine, " + locale.Plural(c.Days, "jour comparé", "jours comparés") + "\u00a0: " + locale.Euro(c.Before)
	if c.Partial {
		text += "\u00a0; les jours fermés d’un côté ne comptent pas"
	}
	return text
}

// TargetWords says up to when a budget is compared.
func TargetWords(t Target, until day.Day) string {
	if t.Due == 0 || until == "" {
		return "Aucune journée à comparer encore."
	}
	return "au " + locale.ShortDate(until) + ", " + locale.Euro(t.Met) + " pour " + locale.Euro(t.Due) + " visés"
}

// Mood is the tone and the drawing of a change.
func Mood(permille int64, ok bool) (ui.Tone, string) {
	switch {
	case !ok:
		return ui.Neutral, ""
	case permille < 0:
		return ui.Warn, "bas"
	case permille > 0:
		return ui.OK, "hausse"
	}
	return ui.Neutral, "droite"
}

// chart draws the lines of the report.
func (p ReportPage) chart() ui.Columns {
	r := p.Report
	c := ui.Columns{Title: "Chiffre d’affaires TTC, " + r.periodName(), Axis: r.stepName(), Names: [3]string{"Chiffre d’affaires", "", ""}}
	for _, l := range r.Lines {
		label := l.Label
		switch r.Step {
		case ByDay:
			label = strconv.Itoa(l.First.Time().Day())
		case ByMonth:
			label = locale.ShortMonth(l.First.Month())
		}
		c.Labels = append(c.Labels, label)
		var bar, mark, aim *int64
		if l.Entered {
			bar = ui.Known(l.Gross)
		}
		if l.BeforeKnown {
			mark, c.Names[1] = ui.Known(l.Before), "N-1, mêmes jours"
		}
		if l.Target.Known && (r.Step != ByDay || l.Target.Whole > 0) {
			aim, c.Names[2] = ui.Known(l.Target.Whole), "Budget"
		}
		c.Bars, c.Marks, c.Line = append(c.Bars, bar), append(c.Marks, mark), append(c.Line, aim)
	}
	c.Summary = "Total\u00a0: " + locale.Euro(r.Total.Gross) + "."
	if words := r.Total.Compared.Words(); words != "" {
		c.Summary += " " + words + " " + ComparedWords(r.Total.Compared, true) + "."
	}
	return c
}

// curve is the running total of a report by day or by month.
func (p ReportPage) curve() ui.Lines {
	return p.Report.Curve(p.Report.First, p.Report.Last, p.Report.Until)
}

// Curve is the running total from first to last, drawn up to the last day with a sheet, with the year before and the budget where there are some.
func (f Figures) Curve(first, last, until day.Day) ui.Lines {
	c := ui.Lines{Title: "Chiffre d’affaires cumulé", Axis: "Jour"}
	if until == "" {
		return c
	}
	for _, on := range day.Range(first, last) {
		label := strconv.Itoa(on.Time().Day())
		if first.Month() != last.Month() {
			label = locale.ShortDate(on)
		}
		c.Labels = append(c.Labels, label)
	}
	now := f.Gross.Cumulated(first, until, 0)
	c.Series = []ui.Series{{Name: yearName(first.Month())[:4], Values: now, Area: true}}
	c.Summary = "Au " + locale.DayName(until) + "\u00a0: " + locale.Euro(money.Amount(now[len(now)-1])) + "."
	target := f.Target(first, last)
	budget := ui.Series{Name: "Budget", Dashed: true}
	if target.Known && len(f.Budget.spread[first.Month()]) > 0 && first.Month() == last.Month() {
		var sum money.Amount
		for _, on := range day.Range(first, last) {
			sum += f.Target(on, on).Whole
			budget.Values = append(budget.Values, int64(sum))
		}
		c.Summary += " Budget du mois\u00a0: " + locale.Euro(target.Whole) + "."
	}
	c.Series = append(c.Series, budget)
	if f.Gross.Any(first.Add(-Year), last.Add(-Year)) {
		before := f.Gross.Cumulated(first, last, -Year)
		c.Series = append(c.Series, ui.Series{Name: "N-1, mêmes jours", Values: before, Dashed: true})
		c.Summary += " Un an plus tôt, aux mêmes jours de la semaine\u00a0: " + locale.Euro(money.Amount(before[len(now)-1])) + "."
	}
	if len(budget.Values) == 0 {
		c.Series = append(c.Series[:1], c.Series[2:]...)
	}
	return c
}

// natureBars and methodBars are the horizontal bars.
func (p ReportPage) natureBars() []ui.Bar {
	var bars []ui.Bar
	for _, n := range p.Report.Natures {
		if n.Net != 0 {
			bars = append(bars, ui.Bar{Label: p.Report.NatureLabel(n), Amount: n.Net})
		}
	}
	return bars
}

func (p ReportPage) methodBars() []ui.Bar {
	var bars []ui.Bar
	for _, m := range p.Report.Methods {
		if m.Taken != 0 {
			bars = append(bars, ui.Bar{Label: m.Method.Label, Amount: m.Taken})
		}
	}
	return bars
}

// screen shows a list of the report; the first column of the lines leads to what they are made of.
func (p ReportPage) screen(t table.Table, lead func(row int) string) ui.Table {
	s := ui.Table{Caption: t.Title + ", " + p.Report.periodName()}
	for i, column := range t.Columns {
		c := ui.Column{Label: column.Label, Num: column.Kind != table.Words || i > 0 && column.Weight == 0}
		if column.Label == "CA HT" || column.Label == "Budget" || column.Label == "Panier moyen" || column.Label == "Part" || column.Label == "Clients" {
			c.Class = "seul-bureau"
		}
		s.Columns = append(s.Columns, c)
	}
	for i, r := range t.Rows {
		row := ui.Row{Cells: screenCells(t, r)}
		if lead != nil {
			row.URL = lead(i)
		}
		s.Rows = append(s.Rows, row)
	}
	for _, r := range t.Totals {
		s.Foot = append(s.Foot, ui.Row{Cells: screenCells(t, r)})
	}
	return s
}

func screenCells(t table.Table, r table.Row) []templ.Component {
	list := make([]templ.Component, len(t.Columns))
	for i := range t.Columns {
		switch cell := r.Cell(i); {
		case cell.IsEmpty():
		case cell.Kind() == table.Money:
			list[i] = ui.Money(cell.Amount())
		default:
			list[i] = ui.Text(cell.String())
		}
	}
	return list
}

// linesScreen is the report line after line; closed days and missing ones say so.
func (p ReportPage) linesScreen() ui.Table {
	r := p.Report
	s := p.screen(r.linesTable(), func(i int) string {
		switch l := r.Lines[i]; {
		case r.Step == ByDay && l.Entered:
			return p.Days + "/" + string(l.First.Month()) + "?jour=" + string(l.First)
		case r.Step == ByMonth:
			return Query{Step: ByDay, Month: l.First.Month(), Location: r.Location, Fiscal: r.Fiscal}.address(p.Base)
		case r.Step == ByYear:
			return Query{Step: ByMonth, Month: l.First.Month(), Location: r.Location, Fiscal: r.Fiscal}.address(p.Base)
		}
		return ""
	})
	for i, l := range r.Lines {
		if word := r.absent(l); word != "" {
			s.Rows[i].Class = "sec"
			s.Rows[i].Cells[1] = ui.Text(word)
		}
	}
	return s
}

// absent says why a line has no takings.
func (r Report) absent(l Line) string {
	switch {
	case l.Entered:
		return ""
	case r.Step == ByDay && !l.Open:
		return l.Why
	case l.First > r.Today:
		return ""
	case r.Step == ByDay && l.First == r.Today:
		return "en cours"
	case r.Step == ByDay:
		return "pas saisi"
	}
	return "rien de saisi"
}
