package company

import (
	"encaisse/internal/books/chart"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const base = "/d/epicerie-des-halles/reglages"
	frame := func(title string) ui.Frame {
		f := ui.SampleFrame(title)
		f.Back = ui.Link{Label: "Retour aux réglages", URL: base}
		return f
	}
	settings := Defaults()
	settings.Identity = Identity{LegalName: "Halles SARL", TradeName: "Épicerie des Halles", LegalForm: "SARL", Capital: "10\u00a0000\u00a0€", SIREN: "732829320", VATNumber: "FR44732829320", RCS: "RCS Lyon", NAF: "47.11B"}
	settings.Address = Address{Street: "12 rue des Halles", Postcode: "69002", City: "Lyon"}
	settings.MaxCash = 60000
	shops := []Location{
		{ID: "l1", Name: "Épicerie des Halles", SIRET: "73282932000074", Address: settings.Address, Zone: Mainland, Active: true},
		{ID: "l2", Name: "Halles de Metz", Zone: AlsaceMoselle, Active: true},
	}
	return []web.Sample{
		{Name: "reglages", Title: "Réglages", Page: indexPage(IndexPage{Frame: ui.SampleFrame("Réglages"), Cards: []Card{
			{Icon: "boutique", Title: "Société et boutiques", Text: "Identité, adresse, logo", URL: base + "/societe"},
			{Icon: "journees", Title: "Calendrier d’ouverture", Text: "Jours d’ouverture, jours fériés, congés", URL: base + "/calendrier"},
		}})},
		{Name: "societe", Title: "Société et boutiques", Page: identityPage(IdentityPage{Frame: frame("Société et boutiques"), Base: base + "/societe", Settings: settings, Locations: shops, Form: identityFields(settings)})},
		{Name: "boutique", Title: "Boutique", Page: locationPage(LocationPage{Frame: frame(shops[0].Name), Action: base + "/societe/boutiques/l1", Form: locationFields(shops[0])})},
		{Name: "seuils", Title: "Seuils et options", Page: optionsPage(OptionsPage{Frame: frame("Seuils et options"), Action: base + "/seuils", Form: optionFields(settings)})},
		{Name: "comptes", Title: "Plan comptable", Page: accountsPage(AccountsPage{Frame: frame("Plan comptable"), Action: base + "/comptes", Groups: accountGroups(chart.Default(), ui.Answers{})})},
		{Name: "calendrier", Title: "Calendrier d’ouverture", Page: calendarPage(CalendarPage{
			Frame: frame("Calendrier d’ouverture"), Base: base + "/calendrier", Locations: shops, Location: shops[1], Year: 2026, Today: "2026-11-20", Key: "01930000-0000-7000-8000-000000000000", Form: exceptionFields(),
			Calendar: Calendar{
				Location: "l2", Zone: AlsaceMoselle, Weeks: []DatedWeek{{"", Workdays &^ 1}}, Holidays: map[string]bool{"armistice-1918": true},
				Exceptions: []Exception{{ID: "e1", First: "2026-08-03", Last: "2026-08-23", Label: "Congés d’été"}, {ID: "e2", First: "2026-12-20", Last: "2026-12-20", Open: true, Label: "Dimanche avant Noël"}},
			},
		})},
	}
}
