package deposit

import (
	"encaisse/internal/base/day"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

const (
	sampleHome         = "/d/epicerie-des-halles/remises"
	sampleKey          = "01930000-0000-7000-8000-000000000001"
	sampleDay  day.Day = "2026-11-20"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	box := cashbox.Box{ID: "b1", Name: "Caisse 1", Kind: cashbox.Till, Active: true, TargetFloat: 15000}
	cheques := []Cheque{
		{ID: "c1", Box: "b1", Method: "m2", On: "2026-11-12", Drawer: "Élodie Garnier", Bank: "Banque Postale", Number: "0012345", Party: "p1", Amount: 6420},
		{ID: "c2", Box: "b1", Method: "m2", On: "2026-11-18", Drawer: "Brasserie du Port", Number: "7788123", Amount: 24000},
	}
	customers := party.Choice{People: []party.Party{{ID: "p1", Name: "Élodie Garnier", Active: true}, {ID: "p2", Name: "Brasserie du Port", Active: true}}}
	cash := Holding{Box: box, Method: tender.Method{ID: "m1", Kind: tender.Cash, Label: "Espèces"}, Balance: 68240}
	hand := Holding{Box: box, Method: tender.Method{ID: "m2", Kind: tender.Cheque, Label: "Chèques"}, Balance: 34200, Cheques: cheques}
	cash.Proposed, hand.Proposed = cash.Loose(), hand.Loose()+hand.InHand()
	names := map[string]string{"b1": "Caisse 1", "m1": "Espèces", "m2": "Chèques"}
	way := Recorded{Slip: Slip{ID: "s2", Box: "b1", Method: "m1", On: "2026-11-19", Pieces: map[int]int{5000: 8, 2000: 5}}, Number: 13, Amount: 50000, By: "u1"}
	bank := Recorded{Slip: Slip{ID: "s1", Box: "b1", Method: "m2", On: "2026-11-13", Loose: 1200}, Number: 12, Amount: 31620, By: "u1", List: cheques,
		Events: []Event{{Kind: Credited, On: "2026-11-16", Amount: 31620}, {Kind: Returned, Cheque: "c1", Party: "p1", On: "2026-11-19", Amount: 6420, Fee: 1500}}}
	gone := Recorded{Slip: Slip{ID: "s0", Box: "b1", Method: "m1", On: "2026-11-10"}, Number: 11, Amount: 20000, reversed: true}
	board := BoardPage{Frame: sampleFrame("Remises en banque"), Base: sampleHome, Page: 1, CanExport: true, ShowBalance: true, Holdings: []Holding{cash, hand}, Names: names,
		List: List{Slips: []Recorded{way, bank, gone}, Amount: 81620, Transit: 50000}}
	board.Frame.Actions = boardActions(board)
	none := BoardPage{Frame: sampleFrame("Remises en banque"), Base: sampleHome, Page: 1}
	form := SlipFormPage{Frame: sampleFrame("Remettre en banque"), Action: sampleHome + "/nouvelle/b1/m2", Back: sampleHome, Cheques: sampleHome + "/cheques/b1/m2", Key: sampleKey, Today: sampleDay, Holding: hand, ShowBalance: true}
	coins := form
	coins.Action, coins.Holding = sampleHome+"/nouvelle/b1/m1", cash
	list := ChequesPage{Frame: sampleFrame("Chèques en main"), Page: 1, Base: sampleHome + "/cheques/b1/m2", Make: form.Action, Key: sampleKey, Today: sampleDay, Holding: hand, Customers: customers}
	list.Frame.Actions = chequesActions(list)
	slip := SlipPage{Frame: sampleFrame("Remise n°\u00a012"), Base: sampleHome + "/bordereau/s1", Key: sampleKey, Today: sampleDay, Slip: bank, Box: box, Customers: customers, Names: names, People: map[string]string{"u1": "Samira Benali"}, CanUndo: true}
	slip.Frame.Actions = slipActions(slip)
	open := slip
	open.Frame, open.Base, open.Slip = sampleFrame("Remise n°\u00a013"), sampleHome+"/bordereau/s2", way
	return []web.Sample{
		{Name: "remises", Title: "Remises en banque", Page: boardPage(board)},
		{Name: "remises-vide", Title: "Remises en banque, aucune", Page: boardPage(none)},
		{Name: "remise-cheques", Title: "Remettre des chèques", Page: slipFormPage(form)},
		{Name: "remise-especes", Title: "Remettre des espèces", Page: slipFormPage(coins)},
		{Name: "cheques", Title: "Chèques en main", Page: chequesPage(list)},
		{Name: "remise", Title: "Remise créditée", Page: slipPage(slip)},
		{Name: "remise-en-chemin", Title: "Remise en chemin", Page: slipPage(open)},
	}
}

func sampleFrame(title string) ui.Frame {
	f := ui.SampleFrame(title)
	f.Back = ui.Link{Label: "Retour", URL: sampleHome}
	return f
}
