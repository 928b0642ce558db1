package tender

import (
	"encaisse/internal/books/chart"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const base = "/d/epicerie-des-halles/reglages/moyens"
	list := ListPage{Frame: ui.SampleFrame("Moyens de paiement"), Base: base, Plan: chart.Default(), Methods: []Method{
		{ID: "m1", Kind: Cash, Label: "Espèces", Float: 15000, Active: true},
		{ID: "m2", Kind: Card, Label: "Carte bancaire", Prefilled: true, Active: true},
		{ID: "m3", Kind: OnAccount, Label: "En compte", Active: true},
		{ID: "m4", Kind: Cheque, Label: "Chèques", AccountCode: "51121"},
	}}
	list.Frame.Actions = addButton(base)
	edited := list.Methods[0]
	edit := EditPage{Frame: ui.SampleFrame(edited.Label), Action: base + "/m1", Method: edited, Form: fields(edited, chart.Default())}
	edit.Frame.Back = ui.Link{Label: "Retour aux moyens de paiement", URL: base}
	return []web.Sample{
		{Name: "moyens", Title: "Moyens de paiement", Page: listPage(list)},
		{Name: "moyen", Title: "Moyen de paiement", Page: editPage(edit)},
	}
}
