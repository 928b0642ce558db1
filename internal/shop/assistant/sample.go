package assistant

import (
	"strconv"

	"encaisse/internal/base/vat"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	step := func(n int, fields ui.Fields) Step {
		s := Step{Frame: ui.SampleFrame(stepTitles[n-1]), N: n, Progress: Progress{Step: n, Done: 1<<(n-1) - 1}, Base: "/d/epicerie-des-halles/mise-en-route", Form: fields}
		s.Frame.Subtitle = "Mise en route, étape\u00a0" + strconv.Itoa(n) + " sur\u00a05"
		return s
	}
	settings := company.Defaults()
	settings.LegalName, settings.TradeName = "Épicerie des Halles", "Épicerie des Halles"
	preset := FindPreset("epicerie")
	var lines []catalog.SalesCategory
	for i, l := range preset.Lines {
		c := l.category(vat.Mainland, company.Monthly)
		c.ID = "c" + strconv.Itoa(i)
		lines = append(lines, c)
	}
	tills := Tills{Count: 2, Float: preset.Float, FirstDay: "2026-11-19", Week: preset.Week, Thresholds: settings.Thresholds}
	tills.MaxCash = preset.MaxCash
	install := InstallPage{Frame: ui.Frame{Title: "Bienvenue dans Encaisse", Subtitle: "Créez votre accès et votre société."}, Action: "/installation/jeton", Form: installFields()}
	fresh := NewCompanyPage{Frame: ui.SampleFrame("Nouvelle société"), Action: NewCompanyPath, Form: newCompanyFields([]staff.Firm{{ID: "f1", Name: "Cabinet Morel"}})}
	return []web.Sample{
		{Name: "installation", Title: "Installation", Page: installPage(install)},
		{Name: "nouvelle-societe", Title: "Nouvelle société", Page: newCompanyPage(fresh)},
		{Name: "mise-en-route-1", Title: "Mise en route, société", Page: identityPage(step(stepIdentity, identityFields(settings)))},
		{Name: "mise-en-route-2", Title: "Mise en route, métier", Page: tradePage(step(stepTrade, tradeFields("epicerie")))},
		{Name: "mise-en-route-3", Title: "Mise en route, ticket Z", Page: ticketPage(TicketPage{Step: step(stepTicket, lineFields(vat.Rates(vat.Mainland, "2026-11-20"))), Lines: lines})},
		{Name: "mise-en-route-4", Title: "Mise en route, caisses", Page: tillsPage(TillsPage{Step: step(stepTills, tillFields(tills)), Week: preset.Week})},
		{Name: "mise-en-route-5", Title: "Mise en route, équipe", Page: teamPage(TeamPage{
			Step: step(stepTeam, teamFields()), Link: staff.Link{Path: "/invitation/jeton"}, Address: "https://caisse.example.fr/invitation/jeton", Email: "cabinet@example.fr",
		})},
	}
}
