package catalog

import (
	"encaisse/internal/base/vat"
	"encaisse/internal/books/chart"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const base = "/d/epicerie-des-halles/reglages/ticket-z"
	list := ListPage{Frame: ui.SampleFrame("Ordre du ticket Z"), Base: base, Plan: chart.Default(), Categories: []SalesCategory{
		{ID: "c1", Label: "Épicerie", Rate: 550, Kind: Goods, Reporting: ReportGoods, Colour: "vert", Active: true},
		{ID: "c2", Label: "Vins, bières et spiritueux", Rate: 2000, Kind: Goods, Reporting: ReportGoods, Colour: "rouge", AccountCode: "7072", Active: true},
		{ID: "c3", Label: "Livraison", Rate: 2000, Kind: Service, Reporting: ReportServices, Active: true},
		{ID: "c4", Label: "Presse", Rate: 210, Kind: Goods, Reporting: ReportGoods},
	}}
	list.Frame.Actions = addButton(base)
	none := ListPage{Frame: list.Frame, Base: base, Plan: chart.Default()}
	edited := list.Categories[1]
	edit := EditPage{Frame: ui.SampleFrame(edited.Label), Action: base + "/c2", Category: edited, Form: fields(edited, vat.Rates(vat.Mainland, "2026-11-20"), chart.Default())}
	edit.Frame.Back = ui.Link{Label: "Retour au ticket Z", URL: base}
	return []web.Sample{
		{Name: "ticket-z", Title: "Ordre du ticket Z", Page: listPage(list)},
		{Name: "ticket-z-vide", Title: "Ordre du ticket Z, sans aucune ligne", Page: listPage(none)},
		{Name: "ticket-z-ligne", Title: "Ligne du ticket Z", Page: editPage(edit)},
	}
}
