package cashbox

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// The ways of the safe’s form.
const (
	intoSafe  = "deposer"
	outOfSafe = "retirer"
)

// safe shows the form that puts cash of another box in the safe of the address, or takes some out to another box.
func (r *Room) safe(c *web.Ctx) error {
	return r.showSafe(c, http.StatusOK, id.New(), ui.Answers{})
}

// theSafe finds the safe of the address.
func theSafe(c *web.Ctx, q db.Querier) (Box, error) {
	b, err := ByID(q, c.Path("box"))
	if err != nil {
		return b, err
	}
	allowed, err := reach{c, q}.of(b)
	if err == nil && (b.Kind != Safe || b.Deleted || len(allowed) == 0) {
		err = fault.New(fault.NotFound, "Ce coffre n’existe pas.")
	}
	return b, err
}

// safeChoices are the boxes one may exchange with, and the methods that are cash.
func safeChoices(c *web.Ctx, q db.Querier, safe Box) (boxes []Box, methods []tender.Method, err error) {
	all, err := Everything(q)
	if err != nil {
		return nil, nil, err
	}
	person := reach{c, q}
	for _, b := range all {
		if b.ID == safe.ID || !b.Active || b.Virtual || b.Holds == HoldsCashless {
			continue
		}
		if allowed, err := person.of(b); err != nil {
			return nil, nil, err
		} else if allowed.Has(ActSend) || allowed.Has(ActReceive) {
			boxes = append(boxes, b)
		}
	}
	list, err := tender.List(q)
	for _, m := range list {
		if m.Active && safe.Keeps(m) {
			methods = append(methods, m)
		}
	}
	return boxes, methods, err
}

func (r *Room) showSafe(c *web.Ctx, status int, key string, answers ui.Answers) error {
	page := SafePage{Frame: c.Frame("Déposer ou retirer"), Key: key, Err: answers.Err}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		b, err := theSafe(c, q)
		if err != nil {
			return err
		}
		boxes, methods, err := safeChoices(c, q, b)
		if err != nil {
			return err
		}
		page.Box, page.Boxes, page.Several = b, boxes, len(methods) > 1
		page.Form = answers.FillAll(safeFields(boxes, methods, c.Today(), c.Can(right.EntryBackdate)))
		return nil
	})
	if err != nil {
		return err
	}
	page.Action = c.URL("caisses", page.Box.ID, "coffre")
	page.Back = c.ReturnPath(boxURL(c, page.Box))
	page.Frame.Subtitle = page.Box.Name
	page.Frame.Back = ui.Link{Label: "Retour", URL: page.Back}
	return c.Render(status, safePage(page))
}

// moveSafe records the transfer, in the way chosen.
func (r *Room) moveSafe(c *web.Ctx) error {
	form := c.Form()
	m := Movement{ID: form.ID("id"), Kind: Transfer, On: form.Day("on"), Memo: form.Text("memo", 200), Method: form.Get("method")}
	m.Amount, _ = form.Amount("amount")
	way, other := form.Choice("way", intoSafe, outOfSafe), form.Get("other")
	m.ToMethod = m.Method
	if m.Box, m.ToBox = other, c.Path("box"); way == outOfSafe {
		m.Box, m.ToBox = m.ToBox, m.Box
	}
	if other == "" {
		form.Refuse("other", "Choisissez l’autre caisse.")
	}
	err := form.Err()
	if err == nil {
		err = m.check()
	}
	var back string
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			b, err := theSafe(c, tx)
			if err != nil {
				return err
			}
			back = c.ReturnPath(boxURL(c, b))
			return r.write(c, tx, m, Receipt{})
		})
	}
	if again(err) {
		return r.showSafe(c, web.StatusOf(err), m.ID, ui.Answers{Values: form.Values, Err: onField(err, "to", "other")})
	}
	if err != nil {
		return err
	}
	said := "Dépôt au coffre enregistré."
	if way == outOfSafe {
		said = "Retrait du coffre enregistré."
	}
	c.Flash(ui.OK, said)
	return c.See(back)
}

// onField moves what a fault says of one field to another: forms ask the same thing under several names.
func onField(err error, from, to string) error {
	f, ok := asFault(err)
	if !ok || f.Fields[from] == "" {
		return err
	}
	said := *f
	said.Fields = map[string]string{}
	for name, message := range f.Fields {
		if name == from {
			name = to
		}
		said.Fields[name] = message
	}
	return &said
}
