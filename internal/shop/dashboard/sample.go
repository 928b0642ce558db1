package dashboard

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/job"
	"encaisse/internal/base/right"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/figures"
	"encaisse/internal/shop/question"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const home = "/d/epicerie-des-halles"
	who := desk{can: func(right.Right) bool { return true }, url: func(parts ...string) string {
		if len(parts) == 0 {
			return home + "/"
		}
		path := home
		for _, part := range parts {
			path += "/" + part
		}
		return path
	}}
	frame := ui.SampleFrame("Bonjour Samira")
	frame.Subtitle = "Samedi 21 novembre 2026"
	fresh := Home{Cards: usual(), Today: "2026-11-21", Settings: company.Defaults(), Drawers: []Drawer{{Box: cashbox.Box{ID: "b1", Name: "Caisse 1", Active: true}, Todo: daysheet.Todo{Missing: []day.Day{"2026-11-20"}}}}}
	sendings := SendingsPage{Frame: ui.SampleFrame("Envois"), Base: home + "/reglages/envois", Zone: time.UTC, Jobs: sampleJobs()}
	sendings.Frame.Back = ui.Link{Label: "Retour aux réglages", URL: home + "/reglages"}
	return []web.Sample{
		{Name: "accueil", Title: "Accueil", Page: homePage(sampleHome().page(frame, who))},
		{Name: "accueil-debut", Title: "Accueil d’une société qui commence", Page: homePage(fresh.page(frame, who))},
		{Name: "accueil-arranger", Title: "Arranger l’accueil", Page: cardsPage(CardsPage{Frame: ui.SampleFrame("Arranger l’accueil"), Base: home + "/accueil", Cards: sampleCards()})},
		{Name: "envois", Title: "Envois", Page: sendingsPage(sendings)},
	}
}

// sampleHome is a shop in November, with one of each thing to do.
func sampleHome() Home {
	settings := company.Defaults()
	settings.MinCash = 5000
	h := Home{Today: "2026-11-21", Settings: settings, Last: "2026-11-20", Entered: 1, Failed: 1, Cards: usual(), Figures: figures.SampleFigures()}
	h.Takings = h.Figures.Gross
	box := func(id, name string) cashbox.Box { return cashbox.Box{ID: id, Name: name, Active: true} }
	first := Drawer{Box: box("b1", "Caisse 1"), LocationName: "Épicerie des Halles", Cash: 55600, States: map[day.Day]period.State{"2026-11-16": period.Closed, "2026-11-18": period.Closed}}
	first.MaxCash = 50000
	first.Todo = daysheet.Todo{LastSheet: "2026-11-20", Gaps: []daysheet.Cell{{On: "2026-11-16", OverShort: -1240, Unexplained: 1240}, {On: "2026-11-18", Breakdown: -1210}}}
	second := Drawer{Box: box("b2", "Caisse de Metz"), LocationName: "Halles de Metz", Cash: 20485}
	second.Todo = daysheet.Todo{LastSheet: "2026-11-18", Missing: []day.Day{"2026-11-19", "2026-11-20"}, Drafts: []day.Day{"2026-11-20"}}
	h.Drawers = []Drawer{first, second}
	h.Methods = []figures.MethodShare{{Method: tender.Method{Label: "Carte"}, Taken: 72_240}, {Method: tender.Method{Label: "Espèces"}, Taken: 26_055}, {Method: tender.Method{Label: "Titres-restaurant"}, Taken: 10_660}}
	h.Asked = []question.Question{{ID: "q1", First: "Que s’est-il passé lundi avec les espèces\u00a0?", About: "Caisse 1, lundi 16\u00a0novembre 2026"}}
	h.Natures = []ui.Bar{{Label: "Épicerie", Amount: 56_180}, {Label: "Vins et boissons", Amount: 40_210}, {Label: "Traiteur", Amount: 16_840}}
	return h
}

func sampleJobs() []job.Job {
	at := time.Date(2026, time.November, 21, 8, 5, 0, 0, time.UTC)
	return []job.Job{
		{ID: "j1", Kind: "mail", State: job.Waiting, CreatedAt: at, RunAt: at},
		{ID: "j2", Kind: "mail", State: job.Waiting, Tries: 3, Fault: "421 try again later", CreatedAt: at.Add(-time.Hour), RunAt: at.Add(4 * time.Minute)},
		{ID: "j3", Kind: "mail", State: job.Dead, Tries: 12, Fault: "550 no such user", CreatedAt: at.Add(-48 * time.Hour), EndedAt: at.Add(-24 * time.Hour)},
	}
}

// sampleCards are the usual cards with one hidden.
func sampleCards() []Card {
	cards := usual()
	cards[len(cards)-1].Shown = false
	return cards
}
