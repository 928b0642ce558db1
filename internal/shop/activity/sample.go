package activity

import (
	"time"

	"encaisse/internal/books/act"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const home = "/d/epicerie-des-halles"
	at := time.Date(2026, time.November, 20, 18, 5, 0, 0, time.UTC)
	frame := ui.SampleFrame("Journal d’activité")
	frame.Back = ui.Link{Label: "Retour aux réglages", URL: home + "/reglages"}
	page := Page{Frame: frame, Base: home + "/reglages/activite", Home: home, More: true, Zone: time.UTC, Names: map[string]string{"u1": "Samira Benali", "u2": "Paul Le Goff", "l1": "Caisse du restaurant"}}
	page.Lines = []act.Line{
		{At: at, By: "u1", Kind: "journees", Label: "Journée\u00a0: clôture", Subject: "journees/b1/2026-11-20", From: "192.0.2.10"},
		{At: at.Add(-time.Minute), By: "u2", Kind: "reglages", Label: "Caisse\u00a0: suppression", Subject: "reglages/caisses", From: "192.0.2.11"},
		{At: at.Add(-2 * time.Hour), By: "l1", Kind: "liaisons", Label: "Journée envoyée par un autre logiciel", From: "192.0.2.12"},
		{ID: "01930000-0000-7000-8000-000000000004", At: at.Add(-3 * time.Hour), By: "u3", Kind: "connexion", Label: "Connexion"},
	}
	none := Page{Frame: frame, Base: page.Base, Home: home}
	return []web.Sample{
		{Name: "activite", Title: "Journal d’activité", Page: listPage(page)},
		{Name: "activite-vide", Title: "Journal d’activité, vide", Page: listPage(none)},
	}
}
