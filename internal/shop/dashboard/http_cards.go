package dashboard

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// arrangement shows the cards of the home page, to put in order, show and hide.
func (r *Room) arrangement(c *web.Ctx) error {
	p := CardsPage{Frame: c.Frame("Arranger l’accueil"), Base: c.URL("accueil")}
	p.Frame.Back = ui.Link{Label: "Retour à l’accueil", URL: c.URL()}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		p.Cards, err = Cards(q, c.UserID)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, cardsPage(p))
}

// order keeps a new order, dragged or one card moved.
func (r *Room) order(c *web.Ctx) error {
	form := c.Form()
	moved, by := form.Moved()
	return r.changeCards(c, func(tx *db.Tx) error {
		if by != 0 {
			return Move(tx, c.UserID, moved, by)
		}
		return Order(tx, c.UserID, form.Values["ordre"])
	})
}

func (r *Room) show(c *web.Ctx) error {
	return r.changeCards(c, func(tx *db.Tx) error { return Show(tx, c.UserID, c.Path("carte"), true) })
}

func (r *Room) hide(c *web.Ctx) error {
	return r.changeCards(c, func(tx *db.Tx) error { return Show(tx, c.UserID, c.Path("carte"), false) })
}

func (r *Room) reset(c *web.Ctx) error {
	return r.changeCards(c, func(tx *db.Tx) error { return Reset(tx, c.UserID) })
}

func (r *Room) changeCards(c *web.Ctx, change func(*db.Tx) error) error {
	if err := r.db.Write(c.Context(), c.Company(), change); err != nil {
		return err
	}
	return c.See(c.URL("accueil"))
}
