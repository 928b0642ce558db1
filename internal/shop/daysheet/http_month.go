package daysheet

import (
	"net/http"
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
)

// present leads to the present month.
func (r *Room) present(c *web.Ctx) error {
	return c.See(c.URL("journees", string(c.Today().Month())))
}

// month shows a month. Parameters: caisse (a box, or « toutes »), jour (the day looked at in the summary).
func (r *Room) month(c *web.Ctx) error {
	m, err := day.ParseMonth(c.Path("mois"))
	if err != nil {
		return fault.New(fault.NotFound, "Ce mois n’existe pas. Une adresse de mois finit par une année et un mois, par exemple 2026-11.")
	}
	data := monthData{Frame: c.Frame("Journées"), Month: m, Today: c.Today(), Chosen: c.Query("caisse")}
	if on, err := day.Parse(c.Query("jour")); err == nil {
		data.Day = on
	}
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if data.Visitor, err = r.visitor(c, q); err != nil {
			return err
		}
		if err := data.load(q, c.Sees); err != nil || !c.Can(right.ReportView) {
			return err
		}
		data.Compared, err = r.hooks.Compare(q, m, data.box(), c.Sees)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, monthPage(newMonthPage(data)))
}

// load reads the boxes somebody sees, and the month of those looked at.
func (d *monthData) load(q db.Querier, sees func(string) bool) (err error) {
	if d.Settings, err = company.Load(q); err != nil {
		return err
	}
	if err := d.loadBoxes(q, sees); err != nil {
		return err
	}
	cash, err := cashMethod(q)
	if err != nil {
		return err
	}
	summary, _, err := summaryOf(q, d.Month)
	if err != nil {
		return err
	}
	for i := range d.Boxes {
		b := &d.Boxes[i]
		if !d.all() && b.Box.ID != d.Chosen {
			continue
		}
		if b.Cells, err = Days(q, b.Box.ID, d.Month.First(), d.Month.Last()); err != nil {
			return err
		}
		for n := range b.Cells {
			_, b.Cells[n].Left = summary.State(n+1, d.Today)
		}
		if cash != "" && d.Rights.Has(right.BalanceView) {
			balance, err := ledger.Balance(q, cashbox.AccountKey(b.Box.ID, cash))
			if err != nil {
				return err
			}
			b.Cash = &balance
		}
	}
	d.Boxes = slices.DeleteFunc(d.Boxes, func(b boxMonth) bool { // a box out of use stays where it has sheets
		return !b.Box.Active && b.Box.ID != d.Chosen && !slices.ContainsFunc(b.Cells, func(c Cell) bool { return c.Version > 0 })
	})
	return nil
}

// loadBoxes reads the boxes and what waits in them, and settles which is looked at.
func (d *monthData) loadBoxes(q db.Querier, sees func(string) bool) error {
	locations, err := company.Locations(q)
	if err != nil {
		return err
	}
	boxes, err := cashbox.List(q)
	if err != nil {
		return err
	}
	todos, err := Todos(q)
	if err != nil {
		return err
	}
	for _, l := range locations {
		for _, b := range boxes {
			if b.Location != l.ID || !sees(l.ID) {
				continue
			}
			month := boxMonth{Box: b, Location: l.Name}
			if at := slices.IndexFunc(todos, func(t Todo) bool { return t.Box.ID == b.ID }); at >= 0 {
				month.Todo = todos[at]
			}
			d.Boxes = append(d.Boxes, month)
		}
	}
	known := slices.ContainsFunc(d.Boxes, func(b boxMonth) bool { return b.Box.ID == d.Chosen })
	if d.Chosen != "" && d.Chosen != allBoxes && !known {
		return fault.New(fault.NotFound, "Cette caisse n’existe pas.")
	}
	if d.Chosen == "" || d.Chosen == allBoxes {
		d.Chosen = allBoxes
		if active := slices.DeleteFunc(slices.Clone(d.Boxes), func(b boxMonth) bool { return !b.Box.Active }); len(active) == 1 && len(d.Boxes) == 1 {
			d.Chosen = active[0].Box.ID
		}
	}
	return nil
}

// cashMethod is the method of cash, "" in a shop that takes none.
func cashMethod(q db.Querier) (string, error) {
	methods, err := tender.List(q)
	for _, m := range tender.Active(methods) {
		if m.Kind == tender.Cash {
			return m.ID, err
		}
	}
	return "", err
}
