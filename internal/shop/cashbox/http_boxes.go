package cashbox

import (
	"net/http"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) boxes(c *web.Ctx) error {
	page := BoxesPage{Frame: settingsFrame(c, "Caisses"), Base: c.URL("reglages", "caisses"), Items: c.URL("reglages", "rubriques")}
	page.Frame.Actions = addButton(page.Base)
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Locations, err = company.Locations(q); err != nil {
			return err
		}
		if page.Boxes, err = Everything(q); err != nil {
			return err
		}
		if page.Deleted, err = Deletions(q); err != nil {
			return err
		}
		page.Zone = c.Zone()
		page.names, err = r.hooks.Names(q)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, boxesPage(page))
}

func settingsFrame(c *web.Ctx, title string) ui.Frame {
	frame := c.Frame(title)
	frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	return frame
}

// order puts the boxes of a location (parameter boutique) in order, or moves one.
func (r *Room) order(c *web.Ctx) error {
	form := c.Form()
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		if id, by := form.Moved(); by != 0 {
			return Move(tx, id, by)
		}
		return Order(tx, c.Query("boutique"), form.Values["ordre"])
	})
	if err != nil {
		return err
	}
	return c.See(c.URL("reglages", "caisses"))
}

func (r *Room) newBox(c *web.Ctx) error {
	b := Sort(c.Query("sorte")).box()
	b.Location, b.Active, b.FirstDay = c.Query("boutique"), true, c.Today()
	return r.showBox(c, http.StatusOK, b, ui.Answers{})
}

func (r *Room) editBox(c *web.Ctx) error { return r.showKept(c, http.StatusOK, ui.Answers{}) }

// showKept shows the form of the box of the address as it is kept.
func (r *Room) showKept(c *web.Ctx, status int, answers ui.Answers) error {
	var b Box
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		b, err = ByID(q, c.Path("caisse"))
		if err == nil && b.Deleted {
			err = fault.New(fault.NotFound, "Cette caisse est supprimée. Restaurez-la depuis la liste des caisses.")
		}
		return err
	})
	if err != nil {
		return err
	}
	return r.showBox(c, status, b, answers)
}

func (r *Room) showBox(c *web.Ctx, status int, b Box, answers ui.Answers) error {
	page := BoxPage{Frame: c.Frame("Nouvelle caisse"), Action: c.R.URL.Path, Box: b, Err: answers.Err}
	if b.ID != "" {
		page.Frame.Title, page.Action = b.Name, c.URL("reglages", "caisses", b.ID)
	}
	page.Frame.Back = ui.Link{Label: "Retour aux caisses", URL: c.URL("reglages", "caisses")}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		locations, err := company.Locations(q)
		if err != nil {
			return err
		}
		locations = slices.DeleteFunc(locations, func(l company.Location) bool { return !l.Active && l.ID != b.Location })
		if b.Location == "" && b.ID == "" && b.IsTill() && len(locations) > 0 {
			b.Location = locations[0].ID
		}
		settings, err := company.Load(q)
		if err != nil {
			return err
		}
		page.Several, page.Form = len(locations) > 1, answers.FillAll(boxFields(b, locations, settings))
		if b.ID == "" {
			page.Sorts = sortSegments(c.URL("reglages", "caisses", "nouvelle"), b.sort())
			return nil
		}
		page.Fees, err = Fees(q, b.ID)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, boxPage(page))
}

func (r *Room) saveBox(c *web.Ctx) error {
	form := c.Form()
	b := Sort(form.Get("sorte")).box()
	b.ID, b.Location, b.Name, b.Active = c.Path("caisse"), form.Get("location"), form.Text("name", 60), true
	b.AccountCode, b.Virtual = form.Text("account", 12), form.Checked("virtual")
	b.BlindCount, b.FirstDay = form.Checked("blind"), form.Day("first_day")
	b.MinCash, _ = form.Amount("min")
	b.MaxCash, _ = form.Amount("max")
	b.TargetFloat, _ = form.Amount("float")
	if b.FirstDay == "" && b.IsTill() {
		form.Refuse("first_day", "Choisissez le premier jour à saisir.")
	}
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			given := b
			if b.ID != "" {
				before, err := ByID(tx, b.ID)
				if err != nil {
					return err
				}
				given.Active = before.Active
			}
			_, err := Save(tx, c.UserID, given)
			return err
		})
	}
	if again(err) {
		return r.showBox(c, web.StatusOf(err), b, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "La caisse «\u00a0"+b.Name+"\u00a0» est enregistrée.")
	return c.See(c.URL("reglages", "caisses"))
}

func (r *Room) retire(c *web.Ctx) error {
	return r.setActive(c, false, "La caisse est retirée. Ses journées et ses opérations restent consultables.")
}

func (r *Room) restore(c *web.Ctx) error {
	return r.setActive(c, true, "La caisse est remise en service.")
}

func (r *Room) setActive(c *web.Ctx, active bool, said string) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		b, err := ByID(tx, c.Path("caisse"))
		if err != nil {
			return err
		}
		b.Active = active
		_, err = Save(tx, c.UserID, b)
		return err
	})
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
		return r.showKept(c, web.StatusOf(err), ui.Answers{Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, said)
	return c.See(c.URL("reglages", "caisses"))
}

// remove deletes the box of the address.
func (r *Room) remove(c *web.Ctx) error {
	var b Box
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) (err error) {
		b, err = Delete(tx, c.UserID, c.Path("caisse"))
		return err
	})
	if fault.Is(err, fault.Conflict) {
		return r.showKept(c, web.StatusOf(err), ui.Answers{Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "La caisse «\u00a0"+b.Name+"\u00a0» est supprimée. Elle peut être restaurée.")
	return c.See(c.URL("reglages", "caisses"))
}

// undelete gives back the deleted box of the address.
func (r *Room) undelete(c *web.Ctx) error {
	var b Box
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) (err error) {
		b, err = Undelete(tx, c.UserID, c.Path("caisse"))
		return err
	})
	if fault.Is(err, fault.Conflict) {
		f, _ := asFault(err)
		c.Flash(ui.Warn, f.Message)
		return c.See(c.ReturnPath(c.URL("reglages", "caisses")))
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "La caisse «\u00a0"+b.Name+"\u00a0» est restaurée.")
	return c.See(c.ReturnPath(c.URL("reglages", "caisses")))
}
