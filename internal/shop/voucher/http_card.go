package voucher

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) card(c *web.Ctx) error { return r.showCard(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showCard(c *web.Ctx, status int, answers ui.Answers) error {
	page := CardPage{Today: c.Today(), Base: c.URL("bons", c.Path("bon")), Key: id.New(), Answers: answers, CanManage: c.Can(right.VoucherIssue)}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Voucher, err = ByID(q, c.Path("bon")); err != nil {
			return err
		}
		if page.Boxes, err = tills(c, q); err != nil {
			return err
		}
		methods, err := tender.List(q)
		if err != nil {
			return err
		}
		for _, m := range tender.Active(methods) {
			if m.Held() {
				page.Methods = append(page.Methods, m)
			}
		}
		if page.Names, err = r.hooks.Names(q); err != nil {
			return err
		}
		boxes, err := cashbox.Everything(q)
		page.BoxNames = map[string]string{}
		for _, b := range boxes {
			page.BoxNames[b.ID] = b.Name
		}
		if err != nil || page.Voucher.Category == "" {
			return err
		}
		category, err := catalog.Get(q, page.Voucher.Category)
		page.Category = category.Label
		return err
	})
	if err != nil {
		return err
	}
	page.Frame = c.Frame("Bon " + page.Voucher.Number)
	page.Frame.Back = ui.Link{Label: "Retour aux bons", URL: c.URL("bons")}
	page.Frame.Actions = cardActions(page)
	return c.Render(status, cardPage(page))
}

// answer ends an act on the voucher of the address: the card again with what is wrong, or the card with what was done.
func (r *Room) answer(c *web.Ctx, err error, done string) error {
	switch fault.KindOf(err) {
	case "":
		c.Flash(ui.OK, done)
		return c.See(c.URL("bons", c.Path("bon")))
	case fault.Invalid, fault.Conflict, fault.Locked, fault.Forbidden:
		return r.showCard(c, web.StatusOf(err), ui.Answers{Values: c.R.PostForm, Err: err})
	}
	return err
}

func (r *Room) use(c *web.Ctx) error {
	form := c.Form()
	u := Usage{ID: form.ID("id"), Voucher: c.Path("bon"), Box: form.Get("box"), On: form.Day("on")}
	u.Amount, _ = form.Amount("amount")
	if u.On == "" {
		u.On = c.Today()
	}
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			if _, err := cashbox.Allowed(c, tx, u.Box, cashbox.ActView, c.Today()); err != nil {
				return asField(err)
			}
			if u.On < c.Today() && !c.Can(right.EntryBackdate) {
				return refuse("on", "Votre rôle ne permet pas d’enregistrer à une date passée.")
			}
			return Use(tx, u, c.Today(), c.UserID)
		})
	}
	return r.answer(c, err, locale.Euro(u.Amount)+" utilisés.")
}

// asField says beside its list that a box cannot be chosen.
func asField(err error) error {
	if fault.Is(err, fault.NotFound) {
		return refuse("box", "Choisissez une caisse de la liste.")
	}
	return err
}

func (r *Room) takeBack(c *web.Ctx) error {
	form := c.Form()
	key, use := form.ID("id"), form.ID("use")
	err := form.Err()
	var after string
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			e, err := TakeBack(tx, key, use, c.Today(), c.UserID)
			if err != nil {
				return err
			}
			state, err := period.StateOf(tx, e.Box, e.On)
			if after = ""; state != period.Open {
				after = " La journée du " + locale.Date(e.On) + " était clôturée\u00a0: corrigez-y les bons utilisés."
			}
			return err
		})
	}
	return r.answer(c, err, "L’utilisation est annulée, son montant est de nouveau sur le bon."+after)
}

func (r *Room) prolong(c *web.Ctx) error {
	form := c.Form()
	key, until := form.ID("id"), form.Day("until")
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			return Prolong(tx, key, c.Path("bon"), until, c.Today(), c.UserID)
		})
	}
	if err != nil {
		return r.answer(c, err, "")
	}
	return r.answer(c, nil, "Bon prolongé jusqu’au "+locale.Date(until)+".")
}

func (r *Room) expire(c *web.Ctx) error {
	key := c.Form().ID("id")
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return Expire(tx, key, c.Path("bon"), c.Today(), c.UserID) })
	return r.answer(c, err, "Le bon est expiré, son reste est compté en produit.")
}

func (r *Room) cancel(c *web.Ctx) error {
	form := c.Form()
	key, reason := form.ID("id"), form.Text("reason", 200)
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			return Cancel(tx, key, c.Path("bon"), reason, c.Today(), c.UserID)
		})
	}
	return r.answer(c, err, "Le bon est annulé.")
}

func (r *Room) refund(c *web.Ctx) error {
	form := c.Form()
	p := Payback{ID: form.ID("id"), Voucher: c.Path("bon"), Box: form.Get("box"), Method: form.Get("method")}
	err := form.Err()
	var v Recorded
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) (err error) {
			known, err := ByID(tx, p.Voucher)
			if err != nil {
				return err
			}
			again := known.ended == Refunded
			if !again {
				if _, err := cashbox.Allowed(c, tx, p.Box, cashbox.ActExpense, c.Today()); err != nil {
					return asField(err)
				}
			}
			if v, err = Refund(tx, p, c.Today(), c.UserID); err != nil || again {
				return err
			}
			box, err := cashbox.ByID(tx, p.Box)
			if err != nil || !box.IsTill() {
				return err
			}
			return r.hooks.AfterMovement(tx, p.Box, c.Today(), map[string]money.Amount{p.Method: -v.Left}, c.UserID, "Bon cadeau "+v.Number+" remboursé après la clôture")
		})
	}
	return r.answer(c, err, "Le bon est remboursé.")
}

// print shows the voucher to hand over.
func (r *Room) print(c *web.Ctx) error {
	var v Recorded
	var h company.Letterhead
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if v, err = ByID(q, c.Path("bon")); err != nil {
			return err
		}
		box, err := cashbox.ByID(q, v.Box)
		if err != nil {
			return err
		}
		h, err = company.LoadLetterhead(q, box.Location, r.hooks.Software, "")
		return err
	})
	if err != nil {
		return err
	}
	body, err := v.document(h).Bytes()
	if err != nil {
		return err
	}
	return c.Show("bon-cadeau_"+v.Number+".pdf", "application/pdf", body)
}
