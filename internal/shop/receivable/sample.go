package receivable

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

const (
	sampleHome         = "/d/epicerie-des-halles/clients"
	sampleKey          = "01930000-0000-7000-8000-000000000001"
	sampleDay  day.Day = "2026-11-20"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	boxes := []cashbox.Box{{ID: "b1", Name: "Caisse 1", Kind: cashbox.Till, Active: true}, {ID: "b2", Name: "Terrasse", Kind: cashbox.Till, Active: true}}
	accounts := []Account{
		{Customer: "p1", Name: "Élodie Garnier", Balance: 12050, Ages: Ageing{3050, 9000}, Since: "2026-09-30", Limited: true, Limit: 10000},
		{Customer: "p2", Name: "Brasserie du Port", Balance: 8040, Ages: Ageing{0, 0, 0, 8040}, Since: "2026-07-14"},
		{Name: "Clients non détaillés", Balance: 2000, Ages: Ageing{2000}, Since: "2026-11-12"},
		{Customer: "p3", Name: "Anne Petit", Balance: -1500},
	}
	over := OverviewPage{Frame: ui.SampleFrame("Crédits clients"), Places: party.SamplePlaces(party.PlaceCredits), Base: sampleHome + "/credits", Cards: sampleHome, Search: Search{Sort: ByAmount}, Page: 1, Today: sampleDay, CanExport: true,
		Overview: Overview{Accounts: accounts, Owed: 22090, Advance: 1500, Debtors: 3, Ages: Ageing{5050, 9000, 0, 8040}}}
	over.Frame.Actions = overviewActions(over)
	none := OverviewPage{Frame: ui.SampleFrame("Crédits clients"), Places: party.SamplePlaces(party.PlaceCredits), Base: sampleHome + "/credits", Cards: sampleHome, Search: Search{Sort: ByAmount}, Page: 1, Today: sampleDay}
	statement := sampleStatement(accounts[0])
	pay := PaymentPage{Frame: sampleFrame("Encaisser un règlement", statement.Base), Action: sampleHome + "/p1/reglement", Back: statement.Base, Key: sampleKey, Kind: Repayment, Name: accounts[0].Name, Balance: 12050, Boxes: boxes,
		Methods: []tender.Method{{ID: "m1", Kind: tender.Cash, Label: "Espèces"}, {ID: "m2", Kind: tender.Card, Label: "Carte bancaire"}}}
	pay.Form = pay.fields(Payment{Kind: Repayment, On: sampleDay}, sampleDay)
	undo := UndoPage{Frame: sampleFrame("Annuler le règlement", statement.Base), Action: sampleHome + "/reglements/" + sampleKey + "/annuler", Back: statement.Base, Key: sampleKey,
		Payment: Recorded{Payment: Payment{Kind: Repayment, Amount: 3000, On: sampleDay}}, Reason: ui.Field{Name: "reason", Label: "Pourquoi\u00a0?", Max: 200}}
	overpaid := OverpaymentsPage{Frame: ui.SampleFrame("Trop-perçus"), Places: party.SamplePlaces(party.PlaceOverpayments), Base: sampleHome + "/trop-percus", Undo: sampleHome + "/reglements", Boxes: boxes, First: "2026-09-01", Last: sampleDay, Today: sampleDay,
		CanGive: true, CanUndo: true, Overpayments: Overpayments{Kept: map[string]money.Amount{"b1": 350}, Lines: []Over{
			{On: "2026-11-19", Box: "b1", Amount: -200, Label: "Trop-perçu rendu", Payment: "x1"}, {On: "2026-11-18", Box: "b1", Amount: 550, Label: "Trop-perçus"}, {On: "2026-11-12", Box: "b2", Amount: -120, Label: "Moins-perçus"},
		}}}
	return []web.Sample{
		{Name: "credits", Title: "Crédits clients", Page: overviewPage(over)},
		{Name: "credits-vide", Title: "Crédits clients, personne ne doit rien", Page: overviewPage(none)},
		{Name: "compte-client", Title: "Compte d’un client", Page: statementPage(statement)},
		{Name: "reglement", Title: "Encaisser un règlement", Page: paymentPage(pay)},
		{Name: "reglement-annuler", Title: "Annuler un règlement", Page: undoPage(undo)},
		{Name: "trop-percus", Title: "Trop-perçus", Page: overpaymentsPage(overpaid)},
	}
}

func sampleFrame(title, back string) ui.Frame {
	f := ui.SampleFrame(title)
	f.Back = ui.Link{Label: "Retour", URL: back}
	return f
}

func sampleStatement(a Account) StatementPage {
	entry := func(seq int64, on day.Day, source string) ledger.Posted {
		return ledger.Posted{Seq: seq, On: on, Source: source}
	}
	p := StatementPage{Frame: sampleFrame(a.Name, sampleHome+"/credits"), Base: sampleHome + "/p1/compte", Card: sampleHome + "/p1", Pay: sampleHome + "/p1/reglement", Undo: sampleHome + "/reglements", Today: sampleDay, Zone: time.UTC, Page: 1,
		CanPay: true, CanUndo: true, CanExport: true, Statement: Statement{Account: a, First: "2026-09-01", Last: sampleDay, Closing: 12050, Granted: 15050, Paid: 3000, Lines: []Line{
			{Entry: entry(812, "2026-09-30", "daysheet:b1:2026-09-30"), Label: "Crédit accordé", Amount: 12000, Balance: 12000},
			{Entry: entry(901, "2026-10-14", "payment:x1"), Label: "Crédit réglé", Amount: -3000, Balance: 9000},
			{Entry: entry(955, "2026-11-18", "daysheet:b1:2026-11-18"), Label: "Crédit accordé", Amount: 3050, Balance: 12050},
		}}}
	p.Frame.Subtitle = "Compte client"
	p.Frame.Actions = statementActions(p)
	return p
}
