package daysheet

import (
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
)

// CellState is what a day shows in the month.
type CellState string

// The states of a day.
const (
	CellMissing CellState = "missing" // an open day in the past without a sheet: à saisir
	CellDraft   CellState = "draft"   // something typed, not closed: brouillon
	CellToday   CellState = "today"   // today, nothing typed yet: en cours
	CellDone    CellState = "done"    // clôturée
	CellLocked  CellState = "locked"  // verrouillée
	CellGap     CellState = "gap"     // closed with an over-short nobody explained or a breakdown difference: écart
	CellClosed  CellState = "closed"  // the shop was closed: fermé
	CellHoliday CellState = "holiday" // férié
	CellFuture  CellState = "future"  // à venir
	CellBefore  CellState = "before"  // before the first day of the box
)

// Cell is a day of a box.
type Cell struct {
	Box   string
	On    day.Day
	State CellState
	Label string // name of the holiday or of the closure
	Draft bool   // something typed waits: a sheet in progress or a correction
	Left  bool   // left for the accountant; told of a month only
	// Of the closed sheet, or of the draft for Gross.
	Gross       money.Amount
	Net, Tax    money.Amount
	SalesCount  int
	Customers   int
	Breakdown   money.Amount
	OverShort   money.Amount
	Unexplained money.Amount
	Version     int // 0: not closed
}

// Totals are what the closed days of some cells come to.
type Totals struct {
	Days               int
	Gross, Net, Tax    money.Amount
	SalesCount         int
	Customers          int
	OverShort          money.Amount
	CountedSalesAmount money.Amount // turnover of the days whose sales were counted, to divide for the basket
}

// Basket is the average basket over the days whose sales were counted, 0 when none were.
func (t Totals) Basket() money.Amount {
	if t.SalesCount == 0 {
		return 0
	}
	return money.Amount(money.DivRound(int64(t.CountedSalesAmount), int64(t.SalesCount)))
}

// Sum adds up the closed days of cells.
func Sum(cells []Cell) Totals {
	var t Totals
	for _, c := range cells {
		if c.Version == 0 {
			continue
		}
		t.Days++
		t.Gross, t.Net, t.Tax, t.OverShort = t.Gross+c.Gross, t.Net+c.Net, t.Tax+c.Tax, t.OverShort+c.OverShort
		t.SalesCount, t.Customers = t.SalesCount+c.SalesCount, t.Customers+c.Customers
		if c.SalesCount > 0 {
			t.CountedSalesAmount += c.Gross
		}
	}
	return t
}

// Days gives the cells of a box from first to last, in order.
func Days(q db.Querier, box string, first, last day.Day) ([]Cell, error) {
	b, err := cashbox.Get(q, box)
	if err != nil {
		return nil, err
	}
	settings, err := company.Load(q)
	if err != nil {
		return nil, err
	}
	calendar, err := company.LoadCalendar(q, b.Location)
	if err != nil {
		return nil, err
	}
	closed, err := closedCells(q, box, first, last)
	if err != nil {
		return nil, err
	}
	drafts, err := draftsOf(q, box, first, last)
	if err != nil {
		return nil, err
	}
	horizon, err := period.Horizon(q, box)
	if err != nil {
		return nil, err
	}
	today := settings.Today(q.Now())
	var cells []Cell
	for _, on := range day.Range(first, last) {
		c, done := closed[on]
		c.Box, c.On = box, on
		if d, ok := drafts[on]; ok {
			if c.Draft = true; !done {
				c.Gross = d.Gross
			}
		}
		c.State, c.Label = stateOf(c, b, calendar, today, horizon)
		cells = append(cells, c)
	}
	return cells, nil
}

func stateOf(c Cell, b cashbox.Box, calendar company.Calendar, today, horizon day.Day) (CellState, string) {
	state, label := calendar.State(c.On)
	switch {
	case c.Version > 0 && (c.Unexplained != 0 || c.Breakdown != 0):
		return CellGap, label
	case c.Version > 0 && c.On <= horizon:
		return CellLocked, label
	case c.Version > 0:
		return CellDone, label
	case c.On < b.FirstDay:
		return CellBefore, label
	case c.Draft:
		return CellDraft, label
	case state == company.Holiday:
		return CellHoliday, label
	case state == company.Closed:
		return CellClosed, label
	case c.On > today:
		return CellFuture, label
	case c.On == today:
		return CellToday, label
	}
	return CellMissing, label
}

// missingDays are the open days without a sheet of a box, from its lock on, up to last.
func missingDays(q db.Querier, b cashbox.Box, last day.Day) ([]day.Day, error) {
	first, err := period.Horizon(q, b.ID)
	if err != nil {
		return nil, err
	}
	if first == "" {
		first = last.Add(-maxLookBack)
	} else {
		first = first.Add(1)
	}
	if first = max(first, b.FirstDay); first > last || !b.Active {
		return nil, nil
	}
	calendar, err := company.LoadCalendar(q, b.Location)
	if err != nil {
		return nil, err
	}
	closed, err := closedDays(q, b.ID, first, last)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(day.Range(first, last), func(on day.Day) bool {
		state, _ := calendar.State(on)
		return state != company.Open || closed[on]
	}), nil
}

// Todo is what waits in a box.
type Todo struct {
	Box       cashbox.Box
	Missing   []day.Day // open days before today without a sheet, the oldest first
	Gaps      []Cell    // closed days, not locked, with an over-short to explain or a breakdown difference, the oldest first
	Drafts    []day.Day // days typed and not closed
	LastSheet day.Day   // "" when none
}

// todoTables are those that what waits is worked out from.
var todoTables = []string{"settings", "location", "calendar_week", "calendar_holiday", "calendar_exception", "cash_box", "daysheet", "daysheet_draft", "period_day"}

// Todos gives what waits in every active box. It is shared: the caller must not change it.
func Todos(q db.Querier) ([]Todo, error) {
	settings, err := company.Load(q)
	if err != nil {
		return nil, err
	}
	today := settings.Today(q.Now())
	return db.Cached(q, "daysheet.Todos/"+string(today), todoTables, func() ([]Todo, error) { return readTodos(q, today) })
}

func readTodos(q db.Querier, today day.Day) ([]Todo, error) {
	boxes, err := cashbox.List(q)
	if err != nil {
		return nil, err
	}
	var list []Todo
	for _, b := range boxes {
		if !b.Active {
			continue
		}
		t := Todo{Box: b}
		if t.Missing, err = missingDays(q, b, today.Add(-1)); err != nil {
			return nil, err
		}
		if err := t.load(q, today); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func (t *Todo) load(q db.Querier, today day.Day) (err error) {
	first := today.Add(-maxLookBack)
	if t.Gaps, err = gapsOf(q, t.Box.ID, first, today); err != nil {
		return err
	}
	if t.LastSheet, err = lastSheet(q, t.Box.ID, today); err != nil {
		return err
	}
	drafts, err := draftsOf(q, t.Box.ID, first, today)
	t.Drafts = sortedDays(drafts)
	return err
}
