package app

import (
	"context"

	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/firm"
	"encaisse/internal/shop/question"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// firmNav lists the places of the space of an accounting firm, on its pages.
func firmNav(c *web.Ctx) []ui.NavItem {
	id := c.Path("cabinet")
	if id == "" {
		return nil
	}
	base := "/cabinets/" + id
	return []ui.NavItem{
		{Label: "Dossiers", Icon: "boutique", URL: base + "/suivi", Tab: true},
		{Label: "Portefeuilles", Icon: "personne", URL: base + "/portefeuilles", Tab: true},
		{Label: "Modèles", Icon: "reglages", URL: base + "/modeles", Tab: true},
		{Label: "Équipe", Icon: "clients", URL: base, Tab: true},
	}
}

// lookAfter keeps what those who look after many companies read: the summaries of the days, and the letters of alerts.
func (h *house) lookAfter(ctx context.Context, ids []string) {
	for _, companyID := range ids {
		if ctx.Err() != nil {
			return
		}
		if err := daysheet.KeepSummaries(ctx, h.db, companyID); err != nil {
			h.log.Error("summaries of the days", "company", companyID, "fault", err)
		}
		if err := question.KeepCount(ctx, h.db, companyID); err != nil {
			h.log.Error("count of the questions", "company", companyID, "fault", err)
		}
	}
	if err := firm.New(h.db, h.staff).WriteDigests(ctx); err != nil {
		h.log.Error("letters of alerts", "fault", err)
	}
}
