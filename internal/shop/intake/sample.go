package intake

import (
	"time"

	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const address = "/d/epicerie-des-halles/reglages/imports"
	at := time.Date(2026, time.November, 20, 8, 5, 0, 0, time.UTC)
	names := map[string]string{"u1": "Samira Benali"}
	frame := func(title, name string) ui.Frame {
		f := ui.SampleFrame(title)
		f.Subtitle, f.Back = name, ui.Link{Label: "Retour aux imports", URL: address}
		return f
	}
	registers := Registers{
		Boxes:      []cashbox.Box{{ID: "b1", Name: "Caisse 1"}},
		Categories: []catalog.SalesCategory{{ID: "c1", Label: "Épicerie"}, {ID: "c2", Label: "Boissons"}},
		Methods:    []tender.Method{{ID: "m1", Kind: tender.Cash, Label: "Espèces"}, {ID: "m2", Kind: tender.Card, Label: "Carte bancaire"}},
	}
	days := Intake{
		ID: "i1", Kind: Days, Name: "novembre.csv", State: Matching, By: "u1", CreatedAt: at,
		Mapping: Mapping{Header: 1, Columns: []string{onDay, daysheet.FieldSale + "c1", byRubric, daysheet.FieldTaken + "m1"}, Box: "b1"},
	}
	plan := Plan{
		Titles: []string{"Date", "Épicerie", "Rayon", "Espèces"}, Sample: [][]string{{"18/11/2026", "120,00", "Vins", "120,00"}},
		Entries: []Entry{{Line: 2, Label: "18/11/2026", Detail: "Caisse 1", Gross: 12000, Taken: 12000}, {Line: 3, Label: "19/11/2026", Detail: "Caisse 1", Gross: 9000, Taken: 8900, Remark: "Différence de ventilation\u00a0: −1,00\u00a0€"}},
		Faults:  []Fault{{Line: 4, Text: "La date «\u00a0hier\u00a0» ne se lit pas. Exemple\u00a0: 20/11/2026."}},
		Labels:  []Label{{Field: byRubric + ":vins", Text: "Vins", Lines: 12}},
	}
	one := func(i Intake) OnePage {
		return OnePage{Frame: frame(i.Kind.title(), i.Name), Base: address + "/" + i.ID, Import: i, Registers: registers, Names: names, Zone: time.UTC, MayClose: true, Days: "/d/epicerie-des-halles/journees", Cards: "/d/epicerie-des-halles/clients"}
	}
	preview := one(days)
	preview.Plan, preview.Same = plan, []Intake{{Name: "novembre.csv", By: "u1", CreatedAt: at}}
	running := days
	running.State, running.Total, running.Done = Running, 5000, 1250
	done := days
	done.State, done.Total, done.Done, done.Mapping.Close = Done, 4, 4, true
	ended := one(done)
	ended.Items = []Item{{Line: 2, Kind: itemSheet, Ref: "b1/2026-11-18", State: itemMade}, {Line: 3, Kind: itemDraft, Ref: "b1/2026-11-19", State: itemMade, Note: "Il manque 1,00\u00a0€ de règlements."}}
	cards := Intake{ID: "i2", Kind: Customers, Name: "clients.xlsx", State: Undone, By: "u1", CreatedAt: at}
	undone := one(cards)
	undone.Items = []Item{{Line: 2, Kind: itemParty, Ref: "p1", State: itemUndone, Note: "Fiche effacée"}, {Line: 3, Kind: itemParty, Ref: "p2", State: itemKept, Note: "Modifiée depuis"}}
	list := ListPage{Frame: frame("Imports", ""), Base: address, Key: "0192f0c1-0000-7000-8000-00000000000f", Kinds: []Kind{Days, Customers, Suppliers}, List: []Intake{days, running, done, cards}, Page: 1, Total: 4, Names: names, Zone: time.UTC}
	list.Form = fileFields(list.Kinds)
	return []web.Sample{
		{Name: "imports", Title: "Imports", Page: listPage(list)},
		{Name: "import-apercu", Title: "Import, à vérifier", Page: onePage(preview)},
		{Name: "import-en-cours", Title: "Import en cours", Page: onePage(one(running))},
		{Name: "import-termine", Title: "Import terminé", Page: onePage(ended)},
		{Name: "import-annule", Title: "Import annulé", Page: onePage(undone)},
	}
}
