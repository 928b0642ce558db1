package cashbox

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) opening(c *web.Ctx) error { return r.showOpening(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showOpening(c *web.Ctx, status int, answers ui.Answers) error {
	page := OpeningPage{Frame: settingsFrame(c, "Soldes de départ"), Action: c.URL("reglages", "soldes"), Err: answers.Err, Zone: c.Zone(), Key: answers.Values.Get("cle")}
	if !id.Valid(page.Key) {
		page.Key = id.New()
	}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Opening, err = LoadOpening(q); err != nil {
			return err
		}
		page.search(c.Query("client"), answers.Values)
		if page.Locations, err = company.Locations(q); err != nil {
			return err
		}
		if page.Boxes, err = Everything(q); err != nil {
			return err
		}
		if page.names, err = r.hooks.Names(q); err != nil {
			return err
		}
		on, err := OpeningDay(q, c.Today())
		page.Form = answers.FillAll(openingFields(page.Opening, on))
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, openingPage(page))
}

func (r *Room) saveOpening(c *web.Ctx) error {
	form := c.Form()
	key, on := form.ID("cle"), form.Day("on")
	amounts := map[string]money.Amount{}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		o, err := LoadOpening(q)
		for _, l := range o.Lines {
			if name := OpeningField(l.Key); form.Has(name) { // a blank is nothing; a line the page did not show stays as it is
				amounts[l.Key], _ = form.Amount(name)
			}
		}
		return err
	})
	if err == nil {
		err = form.Err()
	}
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			moves, err := SetOpening(tx, key, on, amounts, c.Today(), c.UserID)
			if err != nil {
				return err
			}
			if err := mayFollow(c, tx, on, moves); err != nil {
				return err
			}
			return r.follow(tx, on, moves, c.UserID, "Soldes de départ modifiés")
		})
	}
	if again(err) {
		if fault.Is(err, fault.Mismatch) {
			form.Values.Del("cle")
		}
		return r.showOpening(c, web.StatusOf(err), ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Les soldes de départ sont enregistrés.")
	return c.See(c.URL("reglages", "soldes"))
}
