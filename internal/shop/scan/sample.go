package scan

import (
	"time"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/vat"
	"encaisse/internal/paper/ocr"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// printedLine makes a line of words as sure as one another; a word after two spaces stands in another column.
func printedLine(sure int, words ...string) ocr.Line {
	var line ocr.Line
	at := 40
	for _, w := range words {
		width := 20 * len([]rune(w))
		line = append(line, ocr.Word{Text: w, Sure: sure, Left: at, Right: at + width})
		at += width + 100
	}
	return line
}

// Samples are the room’s pages for the gallery and the golden files.
func Samples() []web.Sample {
	const address = "/d/epicerie-des-halles/journees/b1/2026-11-20"
	at := time.Date(2026, 11, 20, 19, 42, 0, 0, time.UTC)
	frame := func(title string) ui.Frame {
		f := ui.SampleFrame(title)
		f.Subtitle, f.Back = "Caisse 1 · vendredi 20\u00a0novembre", ui.Link{Label: "Retour à la journée", URL: address}
		return f
	}
	ask := func(missing error) AskPage {
		return AskPage{Frame: frame("Lire un ticket Z"), Base: address + "/ticket", Day: address, Key: "0192f0c1-0000-7000-8000-00000000000f", Photo: photoField(), Missing: missingOf(missing)}
	}
	settings := company.Defaults()
	category := func(id, label string, rate vat.Rate) catalog.SalesCategory {
		return catalog.SalesCategory{ID: id, Label: label, Rate: rate, Kind: catalog.Goods, Active: true}
	}
	setup := daysheet.Setup{Box: cashbox.Box{ID: "b1", Name: "Caisse 1"}, On: "2026-11-20", Settings: settings, Categories: []catalog.SalesCategory{category("c1", "Épicerie", 550), category("c2", "Boissons", 2000)},
		Methods: []tender.Method{{ID: "m1", Kind: tender.Cash, Label: "Espèces", Active: true}, {ID: "m2", Kind: tender.Card, Label: "Carte bancaire", Active: true}}}
	one := func(lines ...ocr.Line) OnePage {
		p := OnePage{Frame: frame("Ticket Z photographié"), Base: address + "/ticket/p1", Day: address, Another: address + "/ticket", Zone: time.UTC, MayEnter: true, Names: map[string]string{"u1": "Claire Morel"},
			Scan: Scan{ID: "p1", Box: "b1", On: "2026-11-20", Name: "ticket.jpg", State: Waiting, By: "u1", CreatedAt: at, Lines: lines}, Sheet: daysheet.Page{Setup: setup}}
		p.fill(Registers{Setup: setup}, nil)
		return p
	}
	lines := []ocr.Line{
		printedLine(95, "TICKET", "Z", "N°", "0042"), printedLine(95, "Date", "19/11/2026"), printedLine(95, "VENTES", "PAR", "RAYON"), printedLine(96, "EPICERIE", "292,35"),
		printedLine(71, "BOISSONS", "120,00"), printedLine(95, "TRAITEUR", "18,50"), printedLine(95, "TOTAL", "TTC", "412,35"), printedLine(93, "TVA", "20,00%", "20,00"), printedLine(95, "REGLEMENTS"), printedLine(95, "ESPECES", "182,35"), printedLine(52, "CB", "23O,OO"),
		printedLine(94, "NOMBRE", "DE", "TICKETS", "37"), printedLine(94, "PANIER", "MOYEN", "11,14"),
	}
	proposal := one(lines...)
	proposal.Same = []Scan{{On: "2026-11-19", By: "u1", KeptAt: at}}
	proposal.Sheet.Draft = &daysheet.Draft{Gross: 100}
	refused := one(lines...)
	refused.Err = fault.New(fault.Invalid, "Corrigez les champs signalés.").Field(targetName(5), "Dites ce que compte cette ligne, ou de la laisser.")
	refused.fill(Registers{Setup: setup}, nil)
	kept := one(lines...)
	kept.Scan.State, kept.Scan.KeptAt = Kept, at
	closed := ask(nil)
	closed.Closed = fault.New(fault.Conflict, "Cette journée n’est pas encore commencée.")
	return []web.Sample{
		{Name: "ticket-photo", Title: "Photo d’un ticket Z", Page: askPage(ask(nil))},
		{Name: "ticket-sans-tesseract", Title: "Tesseract à installer", Page: askPage(ask(ocr.ErrAbsent))},
		{Name: "ticket-sans-francais", Title: "Tesseract sans le français", Page: askPage(ask(ocr.ErrNoFrench))},
		{Name: "ticket-rien-a-lire", Title: "Journée sans ticket à lire", Page: askPage(closed)},
		{Name: "ticket-propose", Title: "Ticket Z proposé", Page: proposalPage(proposal)},
		{Name: "ticket-refuse", Title: "Ticket Z à corriger", Page: proposalPage(refused)},
		{Name: "ticket-illisible", Title: "Photo illisible", Page: proposalPage(one())},
		{Name: "ticket-garde", Title: "Ticket Z gardé", Page: keptPage(kept)},
	}
}
