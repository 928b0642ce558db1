package cashbox

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
)

// board shows the boxes the person may see, with their balances.
func (r *Room) board(c *web.Ctx) error {
	page := BoardPage{Frame: c.Frame("Trésorerie"), Base: c.URL("caisses")}
	page.Frame.Subtitle = "Caisses et coffre"
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Locations, err = company.Locations(q); err != nil {
			return err
		}
		return page.load(c, q)
	})
	if err != nil {
		return err
	}
	if c.Can(right.SettingsEdit) {
		page.AddURL = c.URL("reglages", "caisses", "nouvelle")
		page.Frame.Actions = addButton(c.URL("reglages", "caisses"))
	}
	if c.Can(right.DepositMake) {
		page.DepositsURL = c.URL("remises")
	}
	return c.Render(http.StatusOK, boardPage(page))
}

// load reads the cards: a box with nothing the person may do is not shown.
func (p *BoardPage) load(c *web.Ctx, q db.Querier) error {
	held, own, err := Board(q, c.UserID)
	if err != nil {
		return err
	}
	methods, err := tender.List(q)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, m := range methods {
		names[m.ID] = m.Label
	}
	p.Own = own
	person := reach{c, q}
	for _, h := range held {
		allowed, err := person.of(h.Box)
		if err != nil {
			return err
		}
		if len(allowed) == 0 {
			continue
		}
		card := BoxCard{Held: h, Shown: c.Can(right.BalanceView) && allowed.Has(ActView), names: names}
		if card.Kinds, err = person.records(h.Box); err != nil {
			return err
		}
		if card.Shown && !h.Virtual {
			p.Total += h.Balance
			p.ShowTotal = true
		}
		p.Cards = append(p.Cards, card)
	}
	return nil
}

// arrange keeps the order the person wants, or forgets it (par=nom).
func (r *Room) arrange(c *web.Ctx) error {
	form := c.Form()
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		if c.Query("par") == "nom" {
			return ArrangeByName(tx, c.UserID)
		}
		if id, by := form.Moved(); by != 0 {
			return Shift(tx, c.UserID, id, by)
		}
		return Arrange(tx, c.UserID, form.Values["ordre"])
	})
	if err != nil {
		return err
	}
	return c.See(c.URL("caisses"))
}
