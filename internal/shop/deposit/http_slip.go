package deposit

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) slip(c *web.Ctx) error { return r.showCard(c, http.StatusOK, ui.Answers{}) }

// found is the slip of the address, of a box the person sees.
func found(c *web.Ctx, q db.Querier) (s Recorded, b cashbox.Box, err error) {
	if s, err = SlipByID(q, c.Path("remise")); err != nil {
		return s, b, err
	}
	b, err = cashbox.ByID(q, s.Box)
	if err == nil && b.Location != "" && !c.Sees(b.Location) {
		err = fault.New(fault.NotFound, "Cette remise n’existe pas.")
	}
	return s, b, err
}

func (r *Room) showCard(c *web.Ctx, status int, answers ui.Answers) error {
	page := SlipPage{Base: c.URL("remises", "bordereau", c.Path("remise")), Key: id.New(), Today: c.Today(), Answers: answers, CanUndo: c.Can(right.MovementReverse)}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Slip, page.Box, err = found(c, q); err != nil {
			return err
		}
		chosen := []string{answers.Values.Get("party")}
		for _, cheque := range page.Slip.List {
			chosen = append(chosen, cheque.Party)
		}
		if page.Customers, err = party.LoadChoice(c, q, party.Customer, answers.Values.Get("party"+ui.SearchSuffix), chosen...); err != nil {
			return err
		}
		if page.People, err = r.hooks.Names(q); err != nil {
			return err
		}
		_, page.Names, err = seen(c, q)
		return err
	})
	if err != nil {
		return err
	}
	page.Frame = c.Frame("Remise n°\u00a0" + locale.Int(page.Slip.Number))
	page.Frame.Back = ui.Link{Label: "Retour aux remises", URL: c.URL("remises")}
	page.Frame.Actions = slipActions(page)
	return c.Render(status, slipPage(page))
}

// act does something to the slip of the address, which the person must see.
func (r *Room) act(c *web.Ctx, form *web.Form, done string, do func(*db.Tx, Recorded) error) error {
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			s, _, err := found(c, tx)
			if err != nil {
				return err
			}
			return do(tx, s)
		})
	}
	switch fault.KindOf(err) {
	case "":
		c.Flash(ui.OK, done)
		return c.See(c.URL("remises", "bordereau", c.Path("remise")))
	case fault.Invalid, fault.Conflict, fault.Locked, fault.Forbidden:
		return r.showCard(c, web.StatusOf(err), ui.Answers{Values: c.R.PostForm, Err: err})
	}
	return err
}

func (r *Room) credit(c *web.Ctx) error {
	form := c.Form()
	key, on := form.ID("id"), form.Day("on")
	return r.act(c, form, "La remise est pointée\u00a0: la banque l’a créditée.", func(tx *db.Tx, s Recorded) error {
		return Credit(tx, key, s.ID, on, c.Today(), c.UserID)
	})
}

func (r *Room) uncredit(c *web.Ctx) error {
	form := c.Form()
	key := form.ID("id")
	return r.act(c, form, "Le pointage est enlevé.", func(tx *db.Tx, s Recorded) error {
		return Uncredit(tx, key, s.ID, c.Today(), c.UserID)
	})
}

func (r *Room) giveBack(c *web.Ctx) error {
	form := c.Form()
	back := Return{ID: form.ID("id"), Cheque: form.Get("cheque"), On: form.Day("on"), Memo: form.Text("memo", 200)}
	back.Fee, _ = form.Amount("fee")
	return r.act(c, form, "Le chèque impayé est enregistré.", func(tx *db.Tx, s Recorded) (err error) {
		if back.Party, err = party.Chosen(tx, party.Customer, "party", form.Get("party"), form.Get("party"+ui.SearchSuffix)); err != nil {
			return err
		}
		back.Slip = s.ID
		return GiveBack(tx, back, c.Today(), c.UserID)
	})
}

func (r *Room) undo(c *web.Ctx) error {
	form := c.Form()
	key, reason := form.ID("id"), form.Text("reason", 200)
	return r.act(c, form, "La remise est annulée, ce qu’elle emportait est de nouveau en caisse.", func(tx *db.Tx, s Recorded) error {
		again := s.State() == Gone
		if !again {
			if _, err := cashbox.Allowed(c, tx, s.Box, cashbox.ActDelete, s.On); err != nil {
				return err
			}
		}
		if _, err := Undo(tx, key, s.ID, reason, c.Today(), c.UserID); err != nil || again {
			return err
		}
		return r.follow(tx, s, s.Amount, c.UserID, "Remise en banque annulée après la clôture")
	})
}

// print shows the slip to take to the bank.
func (r *Room) print(c *web.Ctx) error {
	var s Recorded
	var names map[string]string
	var h company.Letterhead
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		var b cashbox.Box
		if s, b, err = found(c, q); err != nil {
			return err
		}
		if _, names, err = seen(c, q); err != nil {
			return err
		}
		h, err = company.LoadLetterhead(q, b.Location, r.hooks.Software, c.Identity.Name)
		return err
	})
	if err != nil {
		return err
	}
	return h.Send(c, company.FormatPDF, s.report(names))
}
