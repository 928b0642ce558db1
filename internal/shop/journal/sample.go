package journal

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const base, today = "/d/epicerie-des-halles/rapports", day.Day("2026-11-20")
	journal := sampleJournal()
	shown := JournalPage{Frame: ui.SampleFrame("Journal de caisse"), Base: base + "/journal", Days: "/d/epicerie-des-halles/journees", Zone: time.UTC, Today: today, CanExport: true,
		Boxes: []cashbox.Box{journal.Accounts[0].Box, {ID: "c2", Name: "Caisse 2"}}, Methods: []tender.Method{journal.Accounts[0].Method, journal.Accounts[1].Method},
		Query: journal.Query, Page: 1, Journal: journal}
	shown.Frame.Actions = journalActions(shown)
	refused := shown
	refused.Query.Last = "2026-10-01"
	refused.Err = fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("au", "La période finit avant de commencer.")
	refused.Frame.Actions = journalActions(refused)
	empty := shown
	empty.Journal.Accounts = nil
	month := MonthPage{Frame: ui.SampleFrame("Synthèse mensuelle"), Base: base + "/mois", Days: shown.Days, Journal: shown.Base, Today: today, CanExport: true, Boxes: shown.Boxes, Summary: sampleMonth(journal)}
	month.Frame.Subtitle = "Novembre 2026"
	month.Frame.Actions = monthActions(month)
	return []web.Sample{
		{Name: "rapports", Title: "Rapports", Page: indexPage(newIndexPage(ui.SampleFrame("Rapports"), base, today))},
		{Name: "journal", Title: "Journal de caisse", Page: journalPage(shown)},
		{Name: "journal-refuse", Title: "Journal de caisse, période refusée", Page: journalPage(refused)},
		{Name: "journal-vide", Title: "Journal de caisse sans écriture", Page: journalPage(empty)},
		{Name: "synthese", Title: "Synthèse mensuelle", Page: monthPage(month)},
	}
}

// sampleJournal is a journal of two accounts, with a line undone and one back-dated.
func sampleJournal() Journal {
	box, at := cashbox.Box{ID: "c1", Name: "Caisse 1"}, time.Date(2026, time.November, 20, 18, 5, 0, 0, time.UTC)
	cash := Account{Box: box, Method: tender.Method{ID: "especes", Kind: tender.Cash, Label: "Espèces"}, Opening: 15000, In: 41760, Out: 11140, Closing: 45620, Lines: []Line{
		{On: "2026-11-19", Seq: 101, At: at, Label: "Dépense\u00a0: timbres", Amount: -1240, BackDated: true},
		{On: "2026-11-20", Seq: 98, At: at, Label: "Prélèvement", Amount: -9900, Reversed: true},
		{On: "2026-11-20", Seq: 99, At: at, Label: "Annulation\u00a0: montant erroné", Amount: 9900},
		{On: "2026-11-20", Seq: 102, At: at, Label: "Recettes\u00a0: Espèces · Journée du 20/11/2026, Z n°\u00a01484", Amount: 31860},
	}}
	card := Account{Box: box, Method: tender.Method{ID: "carte", Kind: tender.Card, Label: "Carte"}, In: 91720, Closing: 91720, Lines: []Line{
		{On: "2026-11-20", Seq: 102, At: at, Label: "Recettes\u00a0: Carte · Journée du 20/11/2026, Z n°\u00a01484", Party: "", Amount: 91720},
	}}
	cash.run()
	card.run()
	return Journal{Query: Query{First: "2026-11-01", Last: "2026-11-30"}, Accounts: []Account{cash, card}}
}

// sampleMonth is a month of two days.
func sampleMonth(j Journal) Month {
	m := Month{Month: "2026-11", Rates: []vat.Rate{550, 2000}, Methods: []tender.Method{j.Accounts[0].Method, j.Accounts[1].Method}, Total: newFigures(""), Accounts: j.Accounts}
	for _, on := range []day.Day{"2026-11-19", "2026-11-20"} {
		f := newFigures(on)
		f.Net, f.Tax[550], f.Tax[2000], f.Sales, f.counted, f.Expenses, f.OverShort = 110_000, 3300, 10280, 47, 123_580, 1240, -360
		f.Taken = map[string]money.Amount{"especes": 31860, "carte": 91720}
		m.Days = append(m.Days, f)
		m.Total.add(f)
	}
	return m
}
