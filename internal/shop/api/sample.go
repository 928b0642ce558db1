package api

import (
	"time"

	"encaisse/internal/base/right"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const address = "/d/epicerie-des-halles/reglages/liaisons"
	at := time.Date(2026, time.November, 20, 8, 5, 0, 0, time.UTC)
	frame := func(title string) ui.Frame {
		f := ui.SampleFrame(title)
		f.Back = ui.Link{Label: "Retour aux réglages", URL: address}
		return f
	}
	till := Link{ID: "l1", Name: "Caisse du restaurant", Hint: "enc_…x4Tq", Rights: right.Set{right.DaysheetView, right.DaysheetEnter}, Boxes: []string{"b1"}, By: "u1", CreatedAt: at, UsedAt: at.Add(36 * time.Hour), UsedFrom: "192.0.2.10"}
	old := Link{ID: "l2", Name: "Ancienne caisse", By: "u1", CreatedAt: at, RevokedAt: at.Add(time.Hour), RevokedBy: "u1"}
	list := LinksPage{Frame: frame("Liaisons"), Base: address, Guide: base + "/", Links: []Link{till}, Ended: []Link{old}, Boxes: map[string]string{"b1": "Caisse 1"}, Names: map[string]string{"u1": "Samira Benali"}, Zone: time.UTC}
	list.Frame.Actions = addButton(address)
	none := LinksPage{Frame: frame("Liaisons"), Base: address, Guide: base + "/"}
	form := newForm(Grantable(), []web.Place{{ID: "b1", Name: "Caisse 1", LocationName: "Halles"}, {ID: "b2", Name: "Caisse 2", LocationName: "Halles"}}, ui.Answers{})
	form.Frame, form.Action, form.Key = frame("Nouvelle liaison"), address+"/nouvelle", "0192f0c1-0000-7000-8000-00000000000f"
	const token = "enc_0192f0c1000070008000000000000001_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
	return []web.Sample{
		{Name: "liaisons", Title: "Liaisons", Page: linksPage(list)},
		{Name: "liaisons-vide", Title: "Liaisons, sans aucune", Page: linksPage(none)},
		{Name: "liaison-nouvelle", Title: "Nouvelle liaison", Page: formPage(form)},
		{Name: "liaison-jeton", Title: "Jeton d’une liaison", Page: tokenPage(TokenPage{Frame: frame("Nouvelle liaison"), Link: till, Token: token, Guide: base + "/", Back: address, Try: tryLine("https://caisse.exemple.fr", token)})},
		{Name: "api", Title: "Guide pour les développeurs", Page: guidePage(newGuide(ui.Frame{Title: "Interface pour les autres logiciels", Wide: true}, "https://caisse.exemple.fr"))},
	}
}
