package company

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) newLocation(c *web.Ctx) error {
	return r.showLocation(c, http.StatusOK, Location{Zone: Mainland, Active: true}, ui.Answers{})
}

func (r *Room) location(c *web.Ctx) error {
	var location Location
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		location, err = LocationByID(q, c.Path("boutique"))
		return err
	})
	if err != nil {
		return err
	}
	return r.showLocation(c, http.StatusOK, location, ui.Answers{})
}

func (r *Room) showLocation(c *web.Ctx, status int, l Location, answers ui.Answers) error {
	title := l.Name
	if l.ID == "" {
		title = "Nouvelle boutique"
	}
	frame := c.Frame(title)
	frame.Back = ui.Link{Label: "Retour à la société", URL: c.URL("reglages", "societe")}
	return c.Render(status, locationPage(LocationPage{
		Frame: frame, Action: c.R.URL.Path, New: l.ID == "", Err: answers.Err, Form: answers.FillAll(locationFields(l)),
	}))
}

func (r *Room) saveLocation(c *web.Ctx) error {
	form := c.Form()
	l := Location{
		ID: c.Path("boutique"), Name: form.Text("name", 80), SIRET: form.Text("siret", 20),
		Address: Address{Street: form.Text("street", 120), Postcode: form.Text("postcode", 5), City: form.Text("city", 80)},
		Zone:    Zone(form.Get("zone")), Active: form.Checked("active"),
	}
	l.Active = l.Active || l.ID == ""
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			_, err := SaveLocation(tx, c.UserID, l)
			return err
		})
	}
	return finish(c, err, form, "La boutique « "+l.Name+" » est enregistrée.", c.URL("reglages", "societe"),
		func(c *web.Ctx, status int, answers ui.Answers) error { return r.showLocation(c, status, l, answers) })
}
