package accounting

import (
	"net/http"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) settings(c *web.Ctx) error { return r.showSettings(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showSettings(c *web.Ctx, status int, answers ui.Answers) error {
	page := SettingsPage{Frame: c.Frame("Exports comptables"), Action: c.URL("reglages", "exports"), Accounts: c.URL("reglages", "comptes"), Err: answers.Err}
	page.Frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		settings, err := Load(q)
		if err != nil {
			return err
		}
		boxes, err := cashbox.Reported(q)
		page.fill(settings, boxes, answers)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, settingsPage(page))
}

func (r *Room) save(c *web.Ctx) error {
	form := c.Form()
	journal := func(place string) Journal {
		return Journal{Code: strings.ToUpper(form.Text(codeField(place), 6)), Label: form.Text(labelField(place), 60)}
	}
	length, _ := form.Count("longueur")
	s := Settings{Format: form.Get("format"), AccountLength: length, Default: journal(placeDefault), Opening: journal(placeOpening), ByBox: map[string]Journal{}}
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		boxes, err := cashbox.Reported(tx)
		if err != nil {
			return err
		}
		for _, b := range boxes {
			s.ByBox[b.ID] = journal(b.ID)
		}
		if err := form.Err(); err != nil {
			return err
		}
		return Save(tx, c.UserID, s)
	})
	if fault.Is(err, fault.Invalid) {
		return r.showSettings(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Les exports comptables sont réglés.")
	return c.See(c.URL("reglages", "exports"))
}
