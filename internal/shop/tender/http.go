package tender

import (
	"net/http"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/books/chart"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of the payment methods.
type Room struct{ db *db.DB }

// New opens the room.
func New(d *db.DB) *Room { return &Room{db: d} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/reglages/moyens"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.SettingsEdit, Do: r.list},
		{Method: "POST", Path: base + "/ordre", Right: right.SettingsEdit, Do: r.order},
		{Method: "GET", Path: base + "/nouveau", Right: right.SettingsEdit, Do: r.fresh},
		{Method: "POST", Path: base + "/nouveau", Right: right.SettingsEdit, Do: r.save},
		{Method: "GET", Path: base + "/{moyen}", Right: right.SettingsEdit, Do: r.edit},
		{Method: "POST", Path: base + "/{moyen}", Right: right.SettingsEdit, Do: r.save},
		{Method: "POST", Path: base + "/{moyen}/retirer", Right: right.SettingsEdit, Do: r.retire},
		{Method: "POST", Path: base + "/{moyen}/remettre", Right: right.SettingsEdit, Do: r.restore},
	}
}

func (r *Room) list(c *web.Ctx) error {
	page := ListPage{Frame: c.Frame("Moyens de paiement"), Base: c.URL("reglages", "moyens")}
	page.Frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	page.Frame.Actions = addButton(page.Base)
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Plan, err = chart.Load(q); err != nil {
			return err
		}
		page.Methods, err = List(q)
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
	return c.See(c.URL("reglages", "moyens"))
}

func (r *Room) fresh(c *web.Ctx) error {
	return r.show(c, http.StatusOK, Method{Kind: Card, Active: true, Prefilled: true}, ui.Answers{})
}

func (r *Room) edit(c *web.Ctx) error {
	var method Method
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		method, err = Get(q, c.Path("moyen"))
		return err
	})
	if err != nil {
		return err
	}
	return r.show(c, http.StatusOK, method, ui.Answers{})
}

func (r *Room) show(c *web.Ctx, status int, method Method, answers ui.Answers) error {
	page := EditPage{Frame: c.Frame("Nouveau moyen de paiement"), Action: c.R.URL.Path, Method: method, Err: answers.Err}
	if method.ID != "" {
		page.Frame.Title = method.Label
	}
	page.Frame.Back = ui.Link{Label: "Retour aux moyens de paiement", URL: c.URL("reglages", "moyens")}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		plan, err := chart.Load(q)
		page.Form = answers.FillAll(fields(method, plan))
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, editPage(page))
}

func (r *Room) save(c *web.Ctx) error {
	form := c.Form()
	given := Method{
		ID: c.Path("moyen"), Kind: Kind(form.Get("kind")), Label: form.Text("label", 40),
		AccountCode: strings.ToUpper(form.Text("account", 12)), Prefilled: form.Checked("prefilled"), Active: true,
	}
	given.Float, _ = form.Amount("float")
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			if given.ID != "" {
				before, err := Get(tx, given.ID)
				if err != nil {
					return err
				}
				given.Kind, given.Active = before.Kind, before.Active
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
	c.Flash(ui.OK, "Le moyen de paiement « "+given.Label+" » est enregistré.")
	return c.See(c.URL("reglages", "moyens"))
}

func (r *Room) retire(c *web.Ctx) error {
	return r.setActive(c, false, "Le moyen de paiement est retiré. Ce qui a été saisi reste.")
}

func (r *Room) restore(c *web.Ctx) error {
	return r.setActive(c, true, "Le moyen de paiement est remis en service.")
}

func (r *Room) setActive(c *web.Ctx, active bool, said string) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return SetActive(tx, c.UserID, c.Path("moyen"), active) })
	if err != nil {
		return err
	}
	c.Flash(ui.OK, said)
	return c.See(c.URL("reglages", "moyens"))
}
