package daysheet

import (
	"net/http"
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/books/chart"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// stripBefore and stripAfter are how many days around stand in the strip.
const stripBefore, stripAfter = 14, 14

// day shows the sheet of a box on a day: to fill in when it is open and the person may, else to read.
func (r *Room) day(c *web.Ctx) error { return r.showDay(c, http.StatusOK, reply{}) }

// correction shows the sheet of a closed day, to correct it.
func (r *Room) correction(c *web.Ctx) error {
	return r.showDay(c, http.StatusOK, reply{correcting: true})
}

// reply is what a sheet that comes back holds.
type reply struct {
	fields     map[string]string // as typed; nil the first time
	err        error
	rival      *Draft
	correcting bool
}

// showDay answers with the page of a day.
func (r *Room) showDay(c *web.Ctx, status int, back reply) error {
	data := dayData{Frame: c.Frame(""), Fields: back.fields, Err: back.err, Rival: back.rival, Correcting: back.correcting}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if data.Page, err = seen(c, q); err != nil {
			return err
		}
		if data.Visitor, err = r.visitor(c, q); err != nil {
			return err
		}
		if data.Papers, err = r.papers(q, data); err != nil {
			return err
		}
		kinds, err := cashbox.Recordable(c, q, data.Box)
		if err != nil {
			return err
		}
		data.Records = len(kinds) > 0
		if data.Questions, err = r.hooks.Questions(c, q, data.Box.ID, data.On); err != nil {
			return err
		}
		return data.load(c, q)
	})
	if err != nil {
		return err
	}
	closed := data.Current() != nil
	switch {
	case data.Correcting && !closed:
		return c.See(data.addresses().Self)
	case closed && !data.Correcting && data.Fields != nil && data.Rights.Has(right.DaysheetCorrect):
		data.Correcting = true // closed by somebody else meanwhile: what was typed goes on as a correction
	}
	if notYet := closable(data.Page); notYet != nil && !closed {
		f, _ := asFault(notYet)
		return c.Render(http.StatusOK, emptyDayPage(newEmptyDay(data, f.Message)))
	}
	if data.Correcting || !closed && data.Rights.Has(right.DaysheetEnter) {
		return c.Render(status, dayPage(newDayPage(data)))
	}
	page, err := newReadPage(data)
	if err != nil {
		return err
	}
	return c.Render(status, readPage(page))
}

// load reads what the pages of a day show beside the sheet.
func (d *dayData) load(c *web.Ctx, q db.Querier) (err error) {
	location, err := company.LocationByID(q, d.Box.Location)
	if err != nil {
		return err
	}
	d.Location = location.Name
	if d.Strip, err = Days(q, d.Box.ID, d.On.Add(-stripBefore), d.On.Add(stripAfter)); err != nil {
		return err
	}
	if d.LastZ, err = LastZ(q, d.Box.ID, d.On); err != nil {
		return err
	}
	if d.Settings.Credit == company.CreditByCustomer {
		if err := d.loadCustomers(c, q); err != nil {
			return err
		}
	}
	if len(d.Movements) > 0 {
		plan, err := chart.Load(q)
		if err != nil {
			return err
		}
		d.Natures = map[string]string{}
		for _, a := range plan.Expenses() {
			d.Natures[a.Role] = a.Label
		}
	}
	return nil
}

// loadCustomers reads the lists to choose customers from, one for each kind of credit, with those the sheet names already.
func (d *dayData) loadCustomers(c *web.Ctx, q db.Querier) (err error) {
	typed := d.typed()
	named, err := d.named(typed)
	if err != nil {
		return err
	}
	d.Customers = map[string]party.Choice{}
	for _, prefix := range []string{FieldRepaidBy, FieldGrantedTo} {
		if d.Customers[prefix], err = party.LoadChoice(c, q, party.Customer, typed[fieldNew+prefix+ui.SearchSuffix], named...); err != nil {
			return err
		}
	}
	return nil
}

// named are the customers that fields and the closed versions name.
func (d *dayData) named(fields map[string]string) (ids []string, err error) {
	for name, value := range fields {
		for _, prefix := range []string{FieldRepaidBy, FieldGrantedTo} {
			if customer, ok := strings.CutPrefix(name, prefix); ok && id.Valid(customer) {
				ids = append(ids, customer)
			}
			if name == fieldNew+prefix && id.Valid(value) {
				ids = append(ids, value)
			}
		}
	}
	for _, v := range d.Versions {
		f, err := v.Figures()
		if err != nil {
			return nil, err
		}
		for _, c := range slices.Concat(f.RepaidBy, f.GrantedTo) {
			ids = append(ids, c.Party)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// versions shows the history of a day.
func (r *Room) versions(c *web.Ctx) error {
	data := dayData{Frame: c.Frame("Historique de la journée")}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if data.Page, err = seen(c, q); err != nil {
			return err
		}
		if len(data.Versions) == 0 {
			return fault.New(fault.NotFound, "Cette journée n’est pas clôturée\u00a0: elle n’a pas encore d’historique.")
		}
		if data.Visitor, err = r.visitor(c, q); err != nil {
			return err
		}
		return data.load(c, q)
	})
	if err != nil {
		return err
	}
	page, err := newVersionsPage(data)
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, versionsPage(page))
}

// lock locks the day.
func (r *Room) lock(c *web.Ctx) error {
	var address string
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		p, err := seen(c, tx)
		if err != nil {
			return err
		}
		address = c.URL("journees", p.Box.ID, string(p.On))
		return Lock(tx, p.Box.ID, p.On, c.UserID)
	})
	return r.finish(c, err, "Journée verrouillée.", address)
}

// shopClosed notes that the shop was closed.
func (r *Room) shopClosed(c *web.Ctx) error {
	var said, address string
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		p, err := seen(c, tx)
		if err != nil {
			return err
		}
		if err := closable(p); err != nil {
			return err
		}
		said = titledDay(p.On) + " est noté fermé. Pour revenir en arrière\u00a0: Réglages\u00a0› Calendrier."
		address = c.URL("journees", string(p.On.Month())) + "?caisse=" + p.Box.ID
		return ShopClosed(tx, p.Box.ID, p.On, c.UserID)
	})
	return r.finish(c, err, said, address)
}
