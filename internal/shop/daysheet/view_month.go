package daysheet

import (
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

// monthData is what the page of a month is made from.
type monthData struct {
	Visitor
	Frame    ui.Frame
	Settings company.Settings
	Month    day.Month
	Today    day.Day
	Boxes    []boxMonth // those the person sees
	Chosen   string     // box looked at; allBoxes is their summary
	Day      day.Day    // day looked at in the summary, "" none
	Compared templ.Component
}

// box is the box looked at, "" for all.
func (d monthData) box() string {
	if d.all() {
		return ""
	}
	return d.Chosen
}

// boxMonth is a month of a box.
type boxMonth struct {
	Box      cashbox.Box
	Location string // its name
	Cells    []Cell
	Todo     Todo
	Cash     *money.Amount // in the drawer now; nil when it is not for the visitor
}

// MonthPage is the month of one box, or the summary of all.
type MonthPage struct {
	Frame    ui.Frame
	Name     string // Novembre 2026
	Short    string // Novembre
	Previous ui.Link
	Next     ui.Link
	Months   []ui.Link
	Tabs     ui.Segments
	Notice   *Notice
	Empty    *ui.EmptyState
	Weeks    [][]DayCell
	Legend   []Mark
	Closed   string // 14 journées clôturées
	Totals   []ui.Fact
	Compared templ.Component // against the year before and the budget, nil when there is nothing to say
	Cash     []CashLevel
	Boxes    *ui.Table // summary: a line a box
	Look     *DayLook  // summary: the day looked at, box by box
	Entry    ui.Link   // the next day to enter
	Journal  string    // address of the printed journal, "" when it is not for the visitor
}

// Notice is a message that may lead somewhere.
type Notice struct {
	Tone  ui.Tone
	Title string
	Text  string
	Link  ui.Link
}

// Mark is a state of the legend.
type Mark struct {
	Tone       ui.Tone
	Icon, Word string
}

// DayCell is a cell of the grid.
type DayCell struct {
	Out     bool // of another month
	On      day.Day
	Number  string
	Today   bool
	Class   string
	Icon    string
	Word    string
	Euros   string // 1 012
	Cents   string // ,40
	Pending bool   // a correction is being typed
	URL     string
	Label   string // the whole in words, for the ears
	Key     string // box/day, to forget what a device kept of a closed day
	Version int
}

// CashLevel is the cash of a drawer against its limits.
type CashLevel struct {
	Name    string // of the box, in the summary
	Amount  money.Amount
	Tone    ui.Tone
	Icon    string
	Word    string
	Level   ui.Level
	Limits  string
	Deposit string // address of the form of a deposit, "" when it is not for the visitor
}

// DayLook is a day in every box.
type DayLook struct {
	Title string
	Lines []BoxLine
}

// BoxLine is a box on that day.
type BoxLine struct {
	Name   string
	Mark   Mark
	Amount string
	URL    string
}

// newMonthPage makes the page of a month.
func newMonthPage(d monthData) MonthPage {
	p := MonthPage{Frame: d.Frame, Name: locale.Title(locale.MonthName(d.Month)), Tabs: d.tabs(), Weeks: d.weeks(), Legend: legend(), Notice: d.notice(), Entry: d.entry()}
	p.Short, _, _ = strings.Cut(p.Name, " ")
	p.Frame.Title, p.Frame.Scripts = "Journées", []string{"journee"}
	p.Previous = ui.Link{Label: "Mois précédent, " + locale.MonthName(d.Month.Add(-1)), URL: d.monthURL(d.Month.Add(-1), d.Chosen)}
	p.Next = ui.Link{Label: "Mois suivant, " + locale.MonthName(d.Month.Add(1)), URL: d.monthURL(d.Month.Add(1), d.Chosen)}
	p.Months = d.months()
	totals := Sum(d.cells())
	p.Closed = locale.Plural(totals.Days, "journée clôturée", "journées clôturées")
	p.Totals, p.Compared = totalFacts(totals), d.Compared
	if totals.Days == 0 {
		p.Empty = d.empty()
	}
	for _, b := range d.looked() {
		if b.Cash != nil {
			p.Cash = append(p.Cash, d.level(b))
		}
	}
	if d.all() {
		p.Boxes, p.Look = d.table(), d.dayLook()
		p.Frame.Subtitle = locale.Plural(len(d.Boxes), "caisse", "caisses")
	} else if b := d.looked(); len(b) == 1 {
		p.Frame.Subtitle = b[0].Box.Name + " · " + b[0].Location
	}
	if d.Rights.Has(right.ReportView) {
		p.Journal = d.journal(d.Month.First(), d.Month.Last(), d.Chosen)
	}
	p.Frame.Actions = monthActions(p)
	return p
}

// journal is the address of the printed journal of a period.
func (v Visitor) journal(first, last day.Day, box string) string {
	address := v.url("rapports", "journal") + "?du=" + string(first) + "&au=" + string(last)
	if box != allBoxes {
		address += "&caisse=" + box
	}
	return address
}

func (d monthData) all() bool { return d.Chosen == allBoxes }

// looked are the boxes the page is about.
func (d monthData) looked() []boxMonth {
	if d.all() {
		return d.Boxes
	}
	return slices.DeleteFunc(slices.Clone(d.Boxes), func(b boxMonth) bool { return b.Box.ID != d.Chosen })
}

func (d monthData) cells() []Cell {
	var cells []Cell
	for _, b := range d.looked() {
		cells = append(cells, b.Cells...)
	}
	return cells
}

// tabs is the choice of a box; none when there is only one.
func (d monthData) tabs() ui.Segments {
	s := ui.Segments{Label: "Caisses"}
	if len(d.Boxes) < 2 {
		return s
	}
	s.Items = append(s.Items, ui.Segment{Label: "Toutes", URL: d.monthURL(d.Month, allBoxes), Current: d.all()})
	for _, b := range d.Boxes {
		s.Items = append(s.Items, ui.Segment{Label: d.boxName(b), URL: d.monthURL(d.Month, b.Box.ID), Current: b.Box.ID == d.Chosen})
	}
	return s
}

// boxName is the name of a box, with that of its shop where there are several.
func (d monthData) boxName(b boxMonth) string {
	for _, other := range d.Boxes {
		if other.Location != b.Location {
			return b.Location + " · " + b.Box.Name
		}
	}
	return b.Box.Name
}

// months are the months one can go to at once: the last twelve, and the one looked at.
func (d monthData) months() []ui.Link {
	var links []ui.Link
	add := func(m day.Month) {
		links = append(links, ui.Link{Label: locale.Title(locale.MonthName(m)), URL: d.monthURL(m, d.Chosen)})
	}
	last := d.Today.Month()
	if d.Month > last {
		add(d.Month)
	}
	for i := range 13 {
		add(last.Add(-i))
	}
	if d.Month < last.Add(-12) {
		add(d.Month)
	}
	return links
}

// weeks is the grid, Monday first.
func (d monthData) weeks() [][]DayCell {
	var row []DayCell
	for range (int(d.Month.First().Weekday()) + 6) % 7 {
		row = append(row, DayCell{Out: true})
	}
	var weeks [][]DayCell
	for _, on := range d.Month.Days() {
		row = append(row, d.dayCell(on))
		if len(row) == 7 {
			weeks, row = append(weeks, row), nil
		}
	}
	for len(row) > 0 && len(row) < 7 {
		row = append(row, DayCell{Out: true})
	}
	if row != nil {
		weeks = append(weeks, row)
	}
	return weeks
}

func (d monthData) dayCell(on day.Day) DayCell {
	var found []Cell
	for _, c := range d.cells() {
		if c.On == on {
			found = append(found, c)
		}
	}
	cell := DayCell{On: on, Number: strconv.Itoa(on.Time().Day()), Today: on == d.Today, Class: looks[CellFuture].class}
	if len(found) == 0 {
		return cell
	}
	c := found[0]
	if d.all() {
		c = worst(found)
	}
	l := looks[c.State]
	cell.Class, cell.Icon, cell.Word, cell.Version = l.class, l.icon, l.word, c.Version
	cell.Pending = c.Draft && c.Version > 0
	if c.State == CellGap {
		cell.Word = locale.SignedEuro(c.gap())
	}
	if c.State == CellLocked && c.Left {
		cell.Word = "Exportée"
	}
	if d.all() && cell.Word != "Exportée" {
		cell.Word = summaryWord(c.State, found)
	}
	if d.all() {
		cell.URL = d.monthURL(d.Month, allBoxes) + "&jour=" + string(on) + "#jour"
	} else {
		cell.URL, cell.Key = d.dayURL(c.Box, on), c.Box+"/"+string(on)
	}
	if c.Gross != 0 || c.Version > 0 {
		euros, cents, _ := strings.Cut(locale.Amount(c.Gross), ",")
		cell.Euros, cell.Cents = euros, ","+cents
	} else if c.State == CellMissing {
		cell.Euros = "—"
	}
	cell.Label = cellLabel(c, cell, d.all())
	if !c.reachable(d.Today) {
		cell.URL = ""
	}
	return cell
}

func cellLabel(c Cell, cell DayCell, summary bool) string {
	label := locale.DayName(c.On)
	if cell.Today {
		label += ", aujourd’hui"
	}
	if summary {
		label += ", " + strings.ToLower(cell.Word)
	} else {
		label += ", " + c.said()
	}
	if cell.Cents != "" {
		label += ", " + locale.Euro(c.Gross)
	}
	if cell.Pending {
		label += ", correction en cours de saisie"
	}
	return label
}

// urgency orders the states of several boxes on a day: the summary shows the first there is.
var urgency = []CellState{CellGap, CellMissing, CellDraft, CellToday, CellDone, CellLocked, CellHoliday, CellClosed, CellFuture, CellBefore}

// worst sums several boxes on a day, in the most urgent of their states.
func worst(cells []Cell) Cell {
	sum := Cell{On: cells[0].On, State: CellBefore}
	for _, c := range cells {
		if slices.Index(urgency, c.State) < slices.Index(urgency, sum.State) {
			sum.State, sum.Label = c.State, c.Label
		}
		sum.Gross, sum.OverShort, sum.Breakdown, sum.Unexplained = sum.Gross+c.Gross, sum.OverShort+c.OverShort, sum.Breakdown+c.Breakdown, sum.Unexplained+c.Unexplained
		sum.Version, sum.Draft, sum.Left = max(sum.Version, c.Version), sum.Draft || c.Draft, sum.Left || c.Left
	}
	return sum
}

// summaryWord says a state of several boxes: how many of them are in it, when not all are.
func summaryWord(state CellState, cells []Cell) string {
	n, expected := 0, 0
	for _, c := range cells {
		if c.State == state {
			n++
		}
		if c.State != CellClosed && c.State != CellHoliday && c.State != CellBefore {
			expected++
		}
	}
	word := looks[state].word
	switch state {
	case CellMissing, CellDraft, CellGap:
		if expected > 1 {
			return word + " " + locale.Int(int64(n)) + "/" + locale.Int(int64(expected))
		}
	}
	return word
}

func legend() []Mark {
	var marks []Mark
	for _, state := range []CellState{CellDone, CellLocked, CellMissing, CellDraft, CellGap, CellToday} {
		l := looks[state]
		word := l.word
		if state == CellGap {
			word = "Écart à justifier"
		}
		marks = append(marks, Mark{Tone: l.tone, Icon: l.icon, Word: word})
	}
	return marks
}

func totalFacts(t Totals) []ui.Fact {
	count, basket := "—", "—"
	if t.SalesCount > 0 {
		count, basket = locale.Int(int64(t.SalesCount)), locale.Euro(t.Basket())
	}
	facts := []ui.Fact{
		{Label: "Chiffre d’affaires TTC", Value: strong(locale.Euro(t.Gross))}, {Label: "Hors taxes", Value: ui.Money(t.Net)}, {Label: "TVA collectée", Value: ui.Money(t.Tax)},
		{Label: "Ventes", Value: figure(count)}, {Label: "Panier moyen", Value: figure(basket)},
	}
	if t.Customers > 0 {
		facts = append(facts, ui.Fact{Label: "Clients", Value: figure(locale.Int(int64(t.Customers)))})
	}
	return append(facts, ui.Fact{Label: "Écart cumulé", Value: ui.SignedMoney(t.OverShort)})
}

// level sets the cash of a drawer against the limits of its box, else those of the company.
func (d monthData) level(b boxMonth) CashLevel {
	least, most := b.Box.MinCash, b.Box.MaxCash
	if least == 0 {
		least = d.Settings.MinCash
	}
	if most == 0 {
		most = d.Settings.MaxCash
	}
	cash := *b.Cash
	l := CashLevel{Amount: cash, Tone: ui.OK, Icon: "coche", Word: "Seuils"}
	if d.all() {
		l.Name = d.boxName(b)
	}
	switch {
	case most > 0 && cash > most:
		l.Tone, l.Icon, l.Word = ui.Warn, "alerte", "Trop haut"
	case cash < least:
		l.Tone, l.Icon, l.Word = ui.Warn, "alerte", "Trop bas"
	case least == 0 && most == 0:
		l.Word = ""
	}
	l.Level = ui.Level{Label: "Espèces en caisse " + locale.Euro(cash), Value: int64(cash), Full: int64(max(cash, most+most/8, least*2)), Tone: l.Tone}
	if l.Tone == ui.OK {
		l.Level.Tone = ui.Neutral
	}
	var limits []string
	if least > 0 {
		limits, l.Level.Marks = append(limits, "mini "+locale.Euro(least)), append(l.Level.Marks, int64(least))
	}
	if most > 0 {
		limits, l.Level.Marks = append(limits, "maxi "+locale.Euro(most)), append(l.Level.Marks, int64(most))
	}
	l.Limits = strings.Join(limits, " · ")
	if d.Rights.Has(right.MovementRecord) && cash > max(least, b.Box.TargetFloat) && b.Box.Active {
		l.Deposit = d.url("caisses", b.Box.ID, "operation") + "?type=" + string(cashbox.Deposit) + "&retour=" + d.url("journees", string(d.Month))
	}
	return l
}
