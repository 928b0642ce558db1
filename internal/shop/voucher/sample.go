package voucher

import (
	"encaisse/internal/base/day"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

const (
	sampleHome         = "/d/epicerie-des-halles/bons"
	sampleKey          = "01930000-0000-7000-8000-000000000001"
	sampleDay  day.Day = "2026-11-20"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	boxes := []cashbox.Box{{ID: "b1", Name: "Caisse 1"}, {ID: "b2", Name: "Terrasse"}}
	begun := Recorded{Voucher: Voucher{ID: "v1", Number: "BC00042-K7QX3", Purpose: Multi, Amount: 5000, Box: "b1", On: "2026-11-02", ValidUntil: "2027-11-02", Holder: "Élodie Garnier"}, By: "u1", Left: 2000, Events: []Event{
		{ID: "e1", Kind: Used, Amount: 1000, Box: "b1", On: "2026-11-05", By: "u1"}, {ID: "e2", Kind: Undone, Amount: 1000, Box: "b1", On: "2026-11-05", Undoes: "e1", By: "u1"},
		{ID: "e3", Kind: Used, Amount: 3000, Box: "b2", On: "2026-11-12", By: "u1"},
	}}
	lapsed := Recorded{Voucher: Voucher{ID: "v2", Number: "NOEL-2024-17", Purpose: Single, Category: "c1", Rate: 2000, Amount: 3000, Box: "b1", On: "2024-12-20", ValidUntil: "2025-12-20"}, Left: 3000}
	spent := Recorded{Voucher: Voucher{ID: "v3", Number: "BC00041-9WZ2M", Purpose: Multi, Amount: 10000, Box: "b1", On: "2026-10-30"}}
	for _, v := range []*Recorded{&begun, &lapsed, &spent} {
		v.settle()
	}
	list := ListPage{Frame: ui.SampleFrame("Bons cadeaux"), Places: party.SamplePlaces(party.PlaceVouchers), Base: sampleHome, Page: 1, Today: sampleDay, CanIssue: true, CanExport: true, ShowStanding: true,
		List: List{Vouchers: []Recorded{begun, spent, lapsed}, Amount: 18000, Left: 5000}, Standing: Standing{Numbered: 2000, Single: 3000, Pool: 12000, Waiting: 1500, Account: 12500}}
	list.Frame.Actions = listActions(list)
	none := ListPage{Frame: ui.SampleFrame("Bons cadeaux"), Places: party.SamplePlaces(party.PlaceVouchers), Base: sampleHome, Search: Search{State: Live}, Page: 1, Today: sampleDay, CanIssue: true, Off: true}
	form := FormPage{Frame: sampleFrame("Vendre un bon cadeau", sampleHome), Action: sampleHome + "/nouveau", Back: sampleHome, Key: sampleKey, Boxes: boxes, Categories: []catalog.SalesCategory{{ID: "c1", Label: "Soins", Rate: 2000}}}
	form.Form = form.fields(Voucher{Purpose: Multi, On: sampleDay, ValidUntil: "2027-11-20"}, sampleDay)
	card := CardPage{Frame: sampleFrame("Bon "+begun.Number, sampleHome), Base: sampleHome + "/v1", Key: sampleKey, Today: sampleDay, Voucher: begun, Boxes: boxes, Methods: []tender.Method{{ID: "m1", Label: "Espèces"}},
		Names: map[string]string{"u1": "Samira Benali"}, BoxNames: map[string]string{"b1": "Caisse 1", "b2": "Terrasse"}, CanManage: true}
	card.Frame.Actions = cardActions(card)
	old := card
	old.Frame, old.Base, old.Voucher, old.Category = sampleFrame("Bon "+lapsed.Number, sampleHome), sampleHome+"/v2", lapsed, "Soins"
	return []web.Sample{
		{Name: "bons", Title: "Bons cadeaux", Page: listPage(list)},
		{Name: "bons-vide", Title: "Bons cadeaux, aucun", Page: listPage(none)},
		{Name: "bon-nouveau", Title: "Vendre un bon cadeau", Page: formPage(form)},
		{Name: "bon", Title: "Bon cadeau", Page: cardPage(card)},
		{Name: "bon-echu", Title: "Bon cadeau échu", Page: cardPage(old)},
	}
}

func sampleFrame(title, back string) ui.Frame {
	f := ui.SampleFrame(title)
	f.Back = ui.Link{Label: "Retour aux bons", URL: back}
	return f
}
