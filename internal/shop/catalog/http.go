package catalog

import (
	"net/http"
	"strconv"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/chart"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of the ticket Z.
type Room struct{ db *db.DB }

// New opens the room.
func New(d *db.DB) *Room { return &Room{db: d} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/reglages/ticket-z"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.SettingsEdit, Do: r.list},
		{Method: "POST", Path: base + "/ordre", Right: right.SettingsEdit, Do: r.order},
		{Method: "GET", Path: base + "/nouvelle", Right: right.SettingsEdit, Do: r.fresh},
		{Method: "POST", Path: base + "/nouvelle", Right: right.SettingsEdit, Do: r.save},
		{Method: "GET", Path: base + "/{ligne}", Right: right.SettingsEdit, Do: r.edit},
		{Method: "POST", Path: base + "/{ligne}", Right: right.SettingsEdit, Do: r.save},
		{Method: "POST", Path: base + "/{ligne}/retirer", Right: right.SettingsEdit, Do: r.retire},
		{Method: "POST", Path: base + "/{ligne}/remettre", Right: right.SettingsEdit, Do: r.restore},
	}
}

func (r *Room) list(c *web.Ctx) error {
	page := ListPage{Frame: c.Frame("Ordre du ticket Z"), Base: c.URL("reglages", "ticket-z")}
	page.Frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	page.Frame.Actions = addButton(page.Base)
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Plan, err = chart.Load(q); err != nil {
			return err
		}
		page.Categories, err = List(q)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, listPage(page))
}

func (r *Room) order(c *web.Ctx) error {
	form := c.Form()
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		if id, by := form.Moved(); by != 0 {
			return Move(tx, id, by)
		}
		return Order(tx, form.Values["ordre"])
	})
	if err != nil {
		return err
	}
	return c.See(c.URL("reglages", "ticket-z"))
}

func (r *Room) fresh(c *web.Ctx) error {
	return r.show(c, http.StatusOK, SalesCategory{Kind: Goods, Active: true, Rate: -1}, ui.Answers{})
}

func (r *Room) edit(c *web.Ctx) error {
	var category SalesCategory
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		category, err = Get(q, c.Path("ligne"))
		return err
	})
	if err != nil {
		return err
	}
	return r.show(c, http.StatusOK, category, ui.Answers{})
}

// show answers with the form of a category; a rate of −1 is not chosen yet.
func (r *Room) show(c *web.Ctx, status int, category SalesCategory, answers ui.Answers) error {
	page := EditPage{Frame: c.Frame("Nouvelle ligne du ticket Z"), Action: c.R.URL.Path, Category: category, Err: answers.Err}
	if category.ID != "" {
		page.Frame.Title = category.Label
	}
	page.Frame.Back = ui.Link{Label: "Retour au ticket Z", URL: c.URL("reglages", "ticket-z")}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		rates, err := company.Rates(q, c.Today())
		if err != nil {
			return err
		}
		plan, err := chart.Load(q)
		page.Form = answers.FillAll(fields(category, rates, plan))
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, editPage(page))
}

func (r *Room) save(c *web.Ctx) error {
	form := c.Form()
	rate, err := strconv.Atoi(form.Get("rate"))
	if err != nil || rate < 0 {
		form.Refuse("rate", "Choisissez un taux de TVA de la liste.")
	}
	given := SalesCategory{
		ID: c.Path("ligne"), Label: form.Text("label", 40), Rate: vat.Rate(rate),
		Kind:        Kind(form.Choice("kind", string(Goods), string(Service))),
		AccountCode: strings.ToUpper(form.Text("account", 12)), Reporting: Reporting(form.Get("reporting")),
		Colour: form.Get("colour"), Note: form.Text("note", 200), Active: true,
	}
	err = form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			if given.ID != "" {
				before, err := Get(tx, given.ID)
				if err != nil {
					return err
				}
				given.Active = before.Active
			}
			_, err := Save(tx, c.UserID, given)
			return err
		})
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return r.show(c, http.StatusUnprocessableEntity, given, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "La ligne « "+given.Label+" » est enregistrée.")
	return c.See(c.URL("reglages", "ticket-z"))
}

func (r *Room) retire(c *web.Ctx) error {
	return r.setActive(c, false, "La ligne est retirée du ticket Z. Ce qui a été saisi reste.")
}

func (r *Room) restore(c *web.Ctx) error {
	return r.setActive(c, true, "La ligne est remise au ticket Z.")
}

func (r *Room) setActive(c *web.Ctx, active bool, said string) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return SetActive(tx, c.UserID, c.Path("ligne"), active) })
	if err != nil {
		return err
	}
	c.Flash(ui.OK, said)
	return c.See(c.URL("reglages", "ticket-z"))
}
