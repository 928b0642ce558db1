package cashbox

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/books/act"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// movement shows one movement: what it was, what happened to it, what may be done with it.
func (r *Room) movement(c *web.Ctx) error {
	page := MovementPage{ListPage: ListPage{Frame: c.Frame(""), Zone: c.Zone()}, Key: id.New()}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Box, page.Movement, err = concerned(c, q); err != nil {
			return err
		}
		if page.Changes, err = changesOf(q, page.Movement.ID); err != nil {
			return err
		}
		if page.Fees, err = feesTaken(q, page.Movement.ID); err != nil {
			return err
		}
		if page.Horizon, err = period.Horizon(q, page.Movement.Box); err != nil {
			return err
		}
		source, err := ByID(q, page.Movement.Box)
		if err != nil {
			return err
		}
		may, err := reach{c, q}.may(source, ActDelete)
		page.CanReverse = may && c.Can(right.MovementReverse) && source.Active && page.Movement.FeeOf == ""
		page.CanExport = c.Can(right.ReportExport)
		page.Source = source
		if err != nil {
			return err
		}
		return r.fillNames(q, &page.ListPage)
	})
	if err != nil {
		return err
	}
	page.Base = c.URL("caisses", page.Box.ID)
	page.Back = c.ReturnPath(page.Base)
	page.Frame.Title, page.Frame.Subtitle = page.Movement.Kind.Label(), page.Box.Name
	page.Frame.Back = ui.Link{Label: "Retour", URL: page.Back}
	return c.Render(http.StatusOK, movementView(page))
}

// giveBack restores the undone movement of the address. The same sending twice restores once.
func (r *Room) giveBack(c *web.Ctx) error {
	form := c.Form()
	key := form.ID("cle")
	if err := form.Err(); err != nil {
		return err
	}
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		_, m, err := concerned(c, tx)
		if err != nil {
			return err
		}
		return act.Once(tx, key, "movement.restore", []string{m.ID}, func() error { return r.redo(c, tx, m) })
	})
	back := c.ReturnPath(c.URL("caisses", c.Path("box"), "operations", c.Path("id")))
	if f, is := asFault(err); is && again(err) {
		text := f.Message
		for _, field := range sortedKeys(f.Fields) {
			text = f.Fields[field]
		}
		c.Flash(ui.Warn, text)
		return c.See(back)
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Opération restaurée. Le solde de la caisse la compte de nouveau.")
	return c.See(back)
}

func (r *Room) redo(c *web.Ctx, tx *db.Tx, m Recorded) error {
	b, err := ByID(tx, m.Box)
	if err != nil {
		return err
	}
	if err := (reach{c, tx}).need(b, ActDelete); err != nil {
		return err
	}
	moves, err := Effect(tx, m.Movement)
	if err != nil {
		return err
	}
	if err := mayMove(c, tx, m.On, moves); err != nil {
		return err
	}
	if _, err := Restore(tx, m.ID, c.Today(), c.UserID); err != nil {
		return err
	}
	return r.follow(tx, m.On, moves, c.UserID, m.Kind.said(m.Amount)+" "+m.Kind.done("restauré")+" après la clôture")
}

// proof prints the paper a movement is handed over with.
func (r *Room) proof(c *web.Ctx) error {
	var paper Proof
	var head company.Letterhead
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		_, m, err := concerned(c, q)
		if err != nil {
			return err
		}
		kind, known := proofKind(c.Path("piece"))
		if !known || !kind.fits(m) {
			return fault.New(fault.NotFound, "Cette pièce n’existe pas pour cette opération.")
		}
		names, err := r.namesOf(q)
		if err != nil {
			return err
		}
		from, err := ByID(q, m.Box)
		if err != nil {
			return err
		}
		paper = Proof{Kind: kind, Movement: m, Box: from.Name, Method: names[m.Method], Party: names[m.Party], By: names[m.By], What: names[m.Role]}
		head, err = company.LoadLetterhead(q, from.Location, r.hooks.Software, c.Identity.Name)
		return err
	})
	if err != nil {
		return err
	}
	body, err := paper.document(head).Bytes()
	if err != nil {
		return err
	}
	return c.Show(string(paper.Kind)+"_"+string(paper.Movement.On)+".pdf", "application/pdf", body)
}
