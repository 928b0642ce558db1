package app

import (
	"encaisse/internal/base/db"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// nav lists the places of the main navigation somebody may go to in a company, with what waits there.
func nav(d *db.DB) func(*web.Ctx) []ui.NavItem {
	return func(c *web.Ctx) []ui.NavItem {
		if c.Company() == "" {
			return firmNav(c)
		}
		places := []struct {
			need right.Right
			item ui.NavItem
		}{
			{right.Member, ui.NavItem{Label: "Accueil", Icon: "accueil", URL: c.URL(), Tab: true}},
			{right.DaysheetView, ui.NavItem{Label: "Journées", Icon: "journees", URL: c.URL("journees"), Tab: true, Badge: waiting(c, d)}},
			{right.DaysheetView, ui.NavItem{Label: "Trésorerie", Icon: "coffre", URL: c.URL("caisses"), Tab: true}},
			{right.PartyView, ui.NavItem{Label: "Clients", Icon: "clients", URL: c.URL("clients"), Tab: true}},
			{right.ReportView, ui.NavItem{Label: "Rapports", Icon: "rapports", URL: c.URL("rapports"), Tab: true}},
			{right.Member, ui.NavItem{Label: "Réglages", Icon: "reglages", URL: c.URL("reglages"), Foot: true}},
		}
		var items []ui.NavItem
		for _, p := range places {
			if c.Access.Can(p.need) {
				items = append(items, p.item)
			}
		}
		return items
	}
}

// waiting counts the days to enter or to explain, in the boxes somebody may see. A count that cannot be read is not shown.
func waiting(c *web.Ctx, d *db.DB) int {
	if !c.Access.Can(right.DaysheetEnter) {
		return 0
	}
	n := 0
	err := d.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		todos, err := daysheet.Todos(q)
		for _, t := range todos {
			if c.Access.Sees(t.Box.Location) {
				n += len(t.Missing) + len(t.Gaps)
			}
		}
		return err
	})
	if err != nil {
		return 0
	}
	return n
}
