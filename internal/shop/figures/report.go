package figures

import (
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
)

// Step is what a line of the report stands for.
type Step string

// The steps.
const (
	ByDay   Step = "jour"
	ByMonth Step = "mois"
	ByYear  Step = "annee"
)

// yearsShown is how many years the report by year goes back.
const yearsShown = 5

// Query chooses a report.
type Query struct {
	Step     Step
	Month    day.Month // by day: the month; by month: the first of the twelve
	Fiscal   bool      // by year: financial years rather than civil ones
	Location string
}

// Line is a day, a month or a year of the report.
type Line struct {
	Label       string
	First, Last day.Day
	Open        bool // by day: a day the shop should have sold; with any other step always true
	Why         string
	Gross, Net  money.Amount
	Entered     bool         // some sheet counts in it
	Before      money.Amount // the same weekdays a year before, as far as they were entered
	BeforeKnown bool
	Compared    Comparison
	Counts      Counts
	Target      Target
}

// Report is « Chiffre d’affaires »: lines, their total, and how the total is made.
type Report struct {
	Query
	Figures
	Today    day.Day
	Lines    []Line
	Total    Line
	Natures  []Nature
	Labels   map[string]catalog.SalesCategory // of the natures
	Methods  []MethodShare
	OverShop []OverShort // by box
	OverBy   []OverShort // by person
}

// MethodShare is what was taken by a method, and the same weekdays a year before.
type MethodShare struct {
	Method        tender.Method
	Taken, Before money.Amount
}

// OverShort is what was over and short in the drawers of a box, or those a person closed.
type OverShort struct {
	Name        string
	Days        int // with a difference
	Over, Short money.Amount
}

// Net is over less short.
func (o OverShort) Net() money.Amount { return o.Over - o.Short }

// LoadReport reads a report. names gives the names of people by id.
func LoadReport(q db.Querier, query Query, today day.Day, sees func(string) bool, names map[string]string) (Report, error) {
	r := Report{Query: query, Today: today}
	scope, err := LoadScope(q, query.Location, "", sees)
	if err != nil {
		return r, err
	}
	first, last := query.period(scope.Settings, today)
	if r.Figures, err = Load(q, scope, first, last); err != nil {
		return r, err
	}
	r.cutLines()
	r.Total = r.line("Total", r.First, r.Last)
	last = r.shareLast()
	if r.Natures, err = Natures(q, scope, r.shareFirst(), last); err != nil {
		return r, err
	}
	if err := r.loadLabels(q); err != nil {
		return r, err
	}
	if r.Methods, err = MethodsOf(q, scope, r.shareFirst(), last); err != nil {
		return r, err
	}
	closers, err := daysheet.Closers(q, r.shareFirst(), last)
	r.loadOverShorts(closers, names)
	return r, err
}

// period is the first and last day of a report.
func (q Query) period(s company.Settings, today day.Day) (first, last day.Day) {
	switch q.Step {
	case ByMonth:
		return q.Month.First(), q.Month.Add(11).Last()
	case ByYear:
		first, last = civilYear(today)
		if q.Fiscal {
			first, last = s.FiscalYear(today)
		}
		return first.Month().Add(-12 * (yearsShown - 1)).First(), last
	}
	return q.Month.First(), q.Month.Last()
}

func civilYear(on day.Day) (first, last day.Day) { return on[:4] + "-01-01", on[:4] + "-12-31" }

// shareFirst and shareLast are the days that natures, methods and drawers are about: the whole report, or its last year.
func (r Report) shareFirst() day.Day {
	if r.Step == ByYear {
		return r.Last.Month().Add(-11).First()
	}
	return r.First
}

func (r Report) shareLast() day.Day { return r.Last }

func (r *Report) cutLines() {
	switch r.Step {
	case ByMonth:
		for m := r.First.Month(); m <= r.Last.Month(); m = m.Add(1) {
			r.Lines = append(r.Lines, r.line(locale.Title(locale.MonthName(m)), m.First(), m.Last()))
		}
	case ByYear:
		for m := r.First.Month(); m <= r.Last.Month(); m = m.Add(12) {
			if l := r.line(yearName(m), m.First(), m.Add(11).Last()); l.Entered || l.Last >= r.Today {
				r.Lines = append(r.Lines, l)
			}
		}
	default:
		for _, on := range day.Range(r.First, r.Last) {
			l := r.line(locale.Title(locale.Weekday(on.Weekday()))+" "+locale.DayOfMonth(on), on, on)
			l.Open, l.Why = r.opens(on)
			r.Lines = append(r.Lines, l)
		}
	}
}

// yearName is how a year that begins with a month is called: 2026, or 2025-2026.
func yearName(m day.Month) string {
	if m[5:] == "01" {
		return string(m[:4])
	}
	return string(m[:4]) + "-" + string(m.Add(11)[:4])
}

// line makes a line from its days.
func (f Figures) line(label string, first, last day.Day) Line {
	l := Line{Label: label, First: first, Last: last, Open: true, Gross: f.Gross.Sum(first, last), Net: f.Net.Sum(first, last), Entered: f.Gross.Any(first, last),
		Compared: f.Gross.Compare(first, last), Counts: f.CountsOf(first, last), Target: f.Target(first, last)}
	l.BeforeKnown = f.Gross.Any(first.Add(-Year), last.Add(-Year))
	l.Before = f.Gross.Sum(first.Add(-Year), last.Add(-Year))
	return l
}

// opens tells whether some shop of the report opens on a day, and why not.
func (f Figures) opens(on day.Day) (bool, string) {
	why := ""
	for _, l := range f.Locations {
		state, label := f.Calendars[l.ID].State(on)
		if state == company.Open {
			return true, ""
		}
		if why = "fermé"; state == company.Holiday {
			why = label
		}
	}
	return false, why
}

func (r *Report) loadLabels(q db.Querier) error {
	categories, err := catalog.List(q)
	r.Labels = make(map[string]catalog.SalesCategory, len(categories))
	for _, c := range categories {
		r.Labels[c.ID] = c
	}
	return err
}

// NatureLabel is how a category is called.
func (r Report) NatureLabel(n Nature) string {
	if c, known := r.Labels[n.ID]; known {
		return c.Label
	}
	return "Autre nature"
}

// MethodsOf reads what was taken by each method from first to last, and the same weekdays a year before.
func MethodsOf(q db.Querier, scope Scope, first, last day.Day) ([]MethodShare, error) {
	methods, err := tender.List(q)
	if err != nil {
		return nil, err
	}
	tills := scope.ids("")
	taken, err := daysheet.TakenBy(q, tills, first, last)
	if err != nil {
		return nil, err
	}
	before, err := daysheet.TakenBy(q, tills, first.Add(-Year), last.Add(-Year))
	var list []MethodShare
	for _, m := range methods {
		if share := (MethodShare{Method: m, Taken: taken[m.ID], Before: before[m.ID]}); share.Taken != 0 || share.Before != 0 {
			list = append(list, share)
		}
	}
	return list, err
}

// loadOverShorts adds up the over-shorts of the closed days, by box and by who found them.
func (r *Report) loadOverShorts(closers []daysheet.Closer, names map[string]string) {
	byBox, byPerson, people := map[string]*OverShort{}, map[string]*OverShort{}, []string(nil)
	tally := func(at map[string]*OverShort, key string, amount money.Amount) {
		if at[key] == nil {
			at[key] = &OverShort{}
		}
		at[key].add(amount)
	}
	for _, closer := range closers {
		for _, c := range r.counts[closer.On] {
			if c.Box != closer.Box || c.OverShort == 0 {
				continue
			}
			if byPerson[closer.By] == nil {
				people = append(people, closer.By)
			}
			tally(byBox, c.Box, c.OverShort)
			tally(byPerson, closer.By, c.OverShort)
		}
	}
	for _, b := range r.Tills {
		if o := byBox[b.ID]; o != nil {
			o.Name = b.Name
			r.OverShop = append(r.OverShop, *o)
		}
	}
	for _, by := range people {
		o := byPerson[by]
		if o.Name = names[by]; o.Name == "" {
			o.Name = "Autre personne"
		}
		r.OverBy = append(r.OverBy, *o)
	}
	slices.SortStableFunc(r.OverBy, func(a, b OverShort) int { return strings.Compare(a.Name, b.Name) })
}

func (o *OverShort) add(amount money.Amount) {
	o.Days++
	if amount > 0 {
		o.Over += amount
	} else {
		o.Short -= amount
	}
}

// ScopeName says which shops the report is about.
func (f Figures) ScopeName() string {
	if len(f.Locations) == 1 {
		return f.Locations[0].Name
	}
	return "Tous les établissements (" + strconv.Itoa(len(f.Locations)) + ")"
}
