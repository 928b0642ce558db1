package accounting

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	frame := func(title, back, url string) ui.Frame {
		f := ui.SampleFrame(title)
		f.Back = ui.Link{Label: back, URL: url}
		return f
	}
	const slug = "/d/epicerie-des-halles"
	page := samplePage(frame("Exports comptables", "Retour aux rapports", slug+"/rapports"), slug)
	blocked := page
	blocked.Control.Findings = []Finding{
		{Blocks: true, Day: "2026-10-17", Box: "b1", Text: "Journée à saisir le 17/10/2026."},
		{Day: "2026-10-20", Box: "b1", Text: "Écart de caisse non expliqué de −12,40\u00a0€ le 20/10/2026."},
	}
	blocked.Control.Done, blocked.Exports, blocked.Total = nil, nil, 0
	empty := Page{Frame: page.Frame, Base: page.Base, Layout: page.Layout, Today: page.Today, Zone: time.UTC, CanExport: true, Pages: ui.Pages{Page: 1, Last: 1}}
	empty.Period = Period{"2026-10-01", "2026-10-31"}
	empty.Control = Control{Period: empty.Period}
	settings := SettingsPage{Frame: frame("Exports comptables", "Retour aux réglages", slug+"/reglages"), Action: slug + "/reglages/exports", Accounts: slug + "/reglages/comptes"}
	settings.fill(Defaults(), []cashbox.Box{{ID: "b1", Name: "Caisse\u00a01"}, {ID: "b2", Name: "Caisse du marché"}}, ui.Answers{})
	return []web.Sample{
		{Name: "exports", Title: "Exports comptables", Page: exportsPage(page)},
		{Name: "exports-bloque", Title: "Exports comptables, période bloquée", Page: exportsPage(blocked)},
		{Name: "exports-vide", Title: "Exports comptables, sans écriture", Page: exportsPage(empty)},
		{Name: "exports-reglages", Title: "Réglages des exports", Page: settingsPage(settings)},
	}
}

func samplePage(frame ui.Frame, slug string) Page {
	layout, _ := LayoutOf(FormatQuadra)
	p := Page{Frame: frame, Base: slug + "/rapports/exports", Days: slug + "/journees", Settings: slug + "/reglages/exports", Zone: time.UTC, Today: "2026-11-20", CanExport: true, CanSet: true,
		Layout: layout, Period: Period{"2026-10-01", "2026-10-31"}, Years: []period.Year{{First: "2025-01-01", Last: "2025-12-31", Closed: true}, {First: "2026-01-01", Last: "2026-12-31"}},
		Names: map[string]string{"u1": "Nadia Comptable"}, Pages: ui.Pages{Page: 1, Last: 1, URL: func(int) string { return "" }}}
	journal := Journal{"CA", "Caisse"}
	p.Control = Control{Period: p.Period}
	for _, on := range []day.Day{"2026-10-01", "2026-10-02"} {
		p.Control.Entries = append(p.Control.Entries, DayEntry{On: on, Journal: journal, Lines: []DayLine{
			{Account: "530", AccountLabel: "Caisse", Amount: 84210}, {Account: "5115", AccountLabel: "Cartes bancaires à encaisser", Amount: 120300},
			{Account: "44571", AccountLabel: "TVA collectée", Amount: -19350}, {Account: "707", AccountLabel: "Ventes de marchandises", Amount: -185160}}})
	}
	p.Control.sum()
	e := Export{ID: "e1", Period: Period{"2026-09-01", "2026-09-30"}, Format: FormatQuadra, Version: 2, Name: "ecritures_2026-09_quadra.asc", Entries: 26, Debit: 4120350, By: "u1",
		At: time.Date(2026, 10, 3, 8, 5, 0, 0, time.UTC)}
	p.Exports, p.Total = []Export{e}, 1
	p.Control.Done = &e
	return p
}
