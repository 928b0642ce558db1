package dashboard

import (
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/job"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/figures"
	"encaisse/internal/shop/question"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web/ui"
)

// Home is what the home page knows.
type Home struct {
	Today    day.Day
	Settings company.Settings
	Drawers  []Drawer              // the boxes in use the person sees, in the order of the company
	Last     day.Day               // last entered day, "" when none is recent
	Entered  int                   // boxes entered on it
	Asked    []question.Question   // that wait for an answer of the shop
	Told     int                   // questions answered, which the firm has to read
	Failed   int                   // letters that could not be sent
	Figures  figures.Figures       // of the month of that day, with the year before and the budget
	Takings  figures.Takings       // of these figures, VAT included
	Methods  []figures.MethodShare // what was taken on that day
	Natures  []ui.Bar              // what was sold on that day, before VAT
	Cards    []Card                // in the order the person chose
}

// Drawer is a box with what it holds and what waits in it.
type Drawer struct {
	cashbox.Box
	LocationName string
	Cash         money.Amount // present balance of its cash
	Todo         daysheet.Todo
	States       map[day.Day]period.State // of the days that its drafts and gaps are about
}

// Thresholds are those of the box, or of the company where the box has none.
func (d Drawer) Thresholds(s company.Settings) (least, most money.Amount) {
	least, most = d.MinCash, d.MaxCash
	if least == 0 {
		least = s.MinCash
	}
	if most == 0 {
		most = s.MaxCash
	}
	return least, most
}

// Load reads the home page of a person who sees some locations.
func Load(q db.Querier, user string, sees func(location string) bool) (Home, error) {
	var h Home
	var err error
	if h.Settings, err = company.Load(q); err != nil {
		return h, err
	}
	h.Today = h.Settings.Today(q.Now())
	if err := h.loadDrawers(q, sees); err != nil {
		return h, err
	}
	if err := h.loadFigures(q, sees); err != nil {
		return h, err
	}
	if h.Cards, err = Cards(q, user); err != nil {
		return h, err
	}
	return h, h.loadFailed(q)
}

func (h *Home) loadDrawers(q db.Querier, sees func(string) bool) error {
	todos, err := daysheet.Todos(q)
	if err != nil {
		return err
	}
	locations, err := company.Locations(q)
	if err != nil {
		return err
	}
	cash, err := cashByBox(q)
	if err != nil {
		return err
	}
	for _, l := range locations {
		for _, t := range todos {
			if t.Box.Location != l.ID || !sees(l.ID) {
				continue
			}
			states, err := statesOf(q, t)
			if err != nil {
				return err
			}
			h.Drawers = append(h.Drawers, Drawer{Box: t.Box, LocationName: l.Name, Cash: cash[t.Box.ID], Todo: t, States: states})
			if t.LastSheet > h.Last {
				h.Last, h.Entered = t.LastSheet, 0
			}
			if t.LastSheet == h.Last && h.Last != "" {
				h.Entered++
			}
		}
	}
	return nil
}

// statesOf are the states of the days something waits on, in a box where something does.
func statesOf(q db.Querier, t daysheet.Todo) (map[day.Day]period.State, error) {
	days := slices.Clone(t.Drafts)
	for _, c := range t.Gaps {
		days = append(days, c.On)
	}
	if len(days) == 0 {
		return nil, nil
	}
	return period.States(q, t.Box.ID, slices.Min(days), slices.Max(days))
}

// cashByBox is the present balance of the cash of each box.
func cashByBox(q db.Querier) (map[string]money.Amount, error) {
	methods, err := tender.List(q)
	if err != nil {
		return nil, err
	}
	boxes, err := cashbox.List(q)
	if err != nil {
		return nil, err
	}
	balances, err := ledger.Balances(q, "box/")
	cash := map[string]money.Amount{}
	for _, b := range boxes {
		for _, m := range methods {
			if m.Kind == tender.Cash {
				cash[b.ID] += balances[cashbox.AccountKey(b.ID, m.ID)]
			}
		}
	}
	return cash, err
}

// loadFigures reads the figures of the month of the last entered day, and how that day is made.
func (h *Home) loadFigures(q db.Querier, sees func(string) bool) error {
	h.Takings = figures.Takings{}
	if h.Last == "" {
		return nil
	}
	scope, err := figures.LoadScope(q, "", "", sees)
	if err != nil {
		return err
	}
	if h.Figures, err = figures.Load(q, scope, h.Month().First(), h.Month().Last()); err != nil {
		return err
	}
	h.Takings = h.Figures.Gross
	if h.Methods, err = figures.MethodsOf(q, scope, h.Last, h.Last); err != nil {
		return err
	}
	natures, err := figures.Natures(q, scope, h.Last, h.Last)
	if err != nil {
		return err
	}
	categories, err := catalog.List(q)
	if err != nil {
		return err
	}
	for _, n := range natures {
		if i := slices.IndexFunc(categories, func(c catalog.SalesCategory) bool { return c.ID == n.ID }); i >= 0 && n.Net != 0 {
			h.Natures = append(h.Natures, ui.Bar{Label: categories[i].Label, Amount: n.Net})
		}
	}
	return nil
}

func (h *Home) loadFailed(q db.Querier) error {
	jobs, err := job.Of(q, q.Company(), 100)
	h.Failed = len(slices.DeleteFunc(jobs, func(j job.Job) bool { return j.State != job.Dead }))
	return err
}

// Month is the month of the last entered day, or the present one.
func (h Home) Month() day.Month {
	if h.Last == "" {
		return h.Today.Month()
	}
	return h.Last.Month()
}

// Began tells whether any day was ever entered in the boxes the person sees.
func (h Home) Began() bool {
	return h.Last != "" || slices.ContainsFunc(h.Drawers, func(d Drawer) bool { return d.Todo.LastSheet != "" })
}
