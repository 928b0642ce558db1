package cashbox

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// The made-up shop of the samples.
const (
	sampleHome         = "/d/epicerie-des-halles"
	sampleKey          = "01930000-0000-7000-8000-000000000001"
	sampleDay  day.Day = "2026-11-20"
)

var (
	sampleShops = []company.Location{{ID: "l1", Name: "Épicerie des Halles", Zone: company.Mainland, Active: true}, {ID: "l2", Name: "Halles de Metz", Zone: company.AlsaceMoselle, Active: true}}
	sampleBoxes = []Box{
		{ID: "b1", Location: "l1", Name: "Caisse 1", Kind: Till, Holds: HoldsAny, Active: true, MinCash: 5000, MaxCash: 60000, TargetFloat: 15000, FirstDay: "2026-01-02"},
		{ID: "b2", Location: "l1", Name: "Terrasse", Kind: Till, Holds: HoldsAny, FirstDay: "2026-05-01"},
		{ID: "b3", Location: "l2", Name: "Caisse de Metz", Kind: Till, Holds: HoldsAny, Active: true, BlindCount: true, FirstDay: "2026-01-02"},
		{ID: "b4", Name: "Coffre", Kind: Safe, Holds: HoldsCash, Active: true},
		{ID: "b5", Name: "Compte bancaire", Kind: Other, Holds: HoldsCashless, AccountCode: "512", Active: true},
		{ID: "b6", Name: "Cagnotte de l’équipe", Kind: Other, Holds: HoldsCash, Virtual: true, Active: true},
		{ID: "b7", Location: "l1", Name: "Stand du marché", Kind: Other, Holds: HoldsCash, Deleted: true},
	}
	sampleMethods = []tender.Method{{ID: "m1", Kind: tender.Cash, Label: "Espèces", Active: true}, {ID: "m2", Kind: tender.Card, Label: "Carte bancaire", Active: true}}
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	list := sampleList()
	reverse := ReversePage{ListPage: list, Movement: list.List[1], Key: sampleKey, Back: list.Base + "/operations", Form: reverseFields()}
	reverse.Frame = sampleFrame("Annuler l’opération", "Retour", reverse.Back)
	boxes := BoxesPage{Frame: sampleFrame("Caisses", "Retour aux réglages", sampleHome+"/reglages"), Base: sampleHome + "/reglages/caisses", Items: sampleHome + "/reglages/rubriques", Locations: sampleShops, Boxes: sampleBoxes,
		Deleted: []Deletion{{ID: "b7", By: "u1", At: time.Date(2026, time.November, 3, 9, 12, 0, 0, time.UTC)}}, Zone: time.UTC, names: map[string]string{"u1": "Samira Benali"}}
	boxes.Frame.Actions = addButton(boxes.Base)
	settings := company.Defaults()
	settings.MaxCash = 80000
	box := BoxPage{Frame: sampleFrame("Caisse 1", "Retour aux caisses", boxes.Base), Action: boxes.Base + "/b1", Box: sampleBoxes[0], Form: boxFields(sampleBoxes[0], sampleShops, settings)}
	return append([]web.Sample{
		{Name: "operation", Title: "Nouvelle opération", Page: operationPage(sampleOperation())},
		{Name: "operations", Title: "Opérations de caisse", Page: listPage(list)},
		{Name: "annuler-operation", Title: "Annuler une opération", Page: reversePage(reverse)},
		{Name: "caisses", Title: "Caisses", Page: boxesPage(boxes)},
		{Name: "caisse", Title: "Caisse", Page: boxPage(box)},
		{Name: "soldes", Title: "Soldes de départ", Page: openingPage(sampleOpening())},
	}, boxSamples()...)
}

func sampleFrame(title, label, back string) ui.Frame {
	frame := ui.SampleFrame(title)
	frame.Back = ui.Link{Label: label, URL: back}
	return frame
}

func sampleOperation() OperationPage {
	base := sampleHome + "/caisses/b1"
	choices := operationChoices{box: sampleBoxes[0], boxes: []Box{sampleBoxes[0], sampleBoxes[2]}, methods: sampleMethods, allMethods: sampleMethods, natures: chart.Default().Expenses(), incomes: chart.Default().Incomes(), items: builtInItems, rates: vat.Rates(vat.Mainland, sampleDay),
		suppliers: party.Choice{People: []party.Party{{ID: "p1", Name: "Boulangerie Martin", Active: true}}}, settings: company.Defaults(), kinds: Kinds()}
	form := choices.fields(Movement{ID: sampleKey, Kind: Expense, Amount: 1440, On: sampleDay, Method: "m1"}, sampleDay, true)
	err := refuse("role", "Choisissez la nature de la dépense.")
	frame := sampleFrame("Nouvelle opération", "Retour", base+"/operations")
	frame.Subtitle, frame.Scripts = "Caisse 1", []string{"operation"}
	return OperationPage{Frame: frame, Key: sampleKey, Action: base + "/operation", Back: base + "/operations", Kinds: Kinds(), Form: ui.Answers{Err: err}.FillAll(form), Err: err}
}

func sampleList() ListPage {
	at := time.Date(2026, time.November, 20, 17, 42, 0, 0, time.UTC)
	by := func(r Recorded) Recorded {
		r.Box, r.Method, r.By, r.At = "b1", "m1", "u1", at
		return r
	}
	page := ListPage{Frame: sampleFrame("Opérations", "Retour à l’accueil", sampleHome+"/"), Base: sampleHome + "/caisses/b1", Box: sampleBoxes[0], CanReverse: true, CanExport: true, Zone: time.UTC,
		Filter: Filter{Box: "b1", First: "2026-11-01", Last: sampleDay, Limit: perPage}, Sums: Sums{Count: 4, In: 15000, Out: 21440}, Horizon: "2026-11-13",
		names: map[string]string{"m1": "Espèces", "m2": "Carte bancaire", "b1": "Caisse 1", "b3": "Caisse de Metz", "p1": "Boulangerie Martin", "expense.post": "Frais postaux", "u1": "Samira Benali"}}
	page.List = []Recorded{
		by(Recorded{Movement: Movement{ID: "o1", Kind: Expense, Amount: 1440, On: sampleDay, Role: "expense.post", Party: "p1", Memo: "Timbres", Attachment: "f1"}}),
		by(Recorded{Movement: Movement{ID: "o2", Kind: PaidIn, Amount: 15000, On: "2026-11-18", Memo: "Monnaie"}, BackDated: true}),
		by(Recorded{Movement: Movement{ID: "o3", Kind: Transfer, Amount: 5000, On: "2026-11-18", ToBox: "b3", ToMethod: "m1"}, Reversed: true, Reason: "Mauvaise caisse"}),
		by(Recorded{Movement: Movement{ID: "o4", Kind: Deposit, Amount: 20000, On: "2026-11-12"}}),
	}
	page.Frame.Subtitle, page.Frame.Actions = "Caisse 1", recordButton(page)
	return page
}

func sampleOpening() OpeningPage {
	line := func(l OpeningLine, key, label string) OpeningLine {
		l.Account, l.Label = ledger.Account{Key: key, Sense: ledger.Debit}, label
		return l
	}
	opening := Opening{
		Lines: []OpeningLine{
			line(OpeningLine{Box: "b1", Method: "m1", Posted: 15000}, AccountKey("b1", "m1"), "Espèces"), line(OpeningLine{Box: "b1", Method: "m2"}, AccountKey("b1", "m2"), "Carte bancaire"),
			line(OpeningLine{}, CustomersAccount, "Crédit client en cours"), line(OpeningLine{}, VouchersAccount, "Bons cadeaux en circulation"),
		},
		Entries: []ledger.Posted{{On: "2026-01-01", At: time.Date(2026, time.January, 2, 8, 0, 0, 0, time.UTC), By: "u1", Lines: []ledger.PostedLine{{Line: ledger.Line{Account: AccountKey("b1", "m1"), Amount: 15000}}}}},
	}
	return OpeningPage{Frame: sampleFrame("Soldes de départ", "Retour aux réglages", sampleHome+"/reglages"), Action: sampleHome + "/reglages/soldes", Key: sampleKey, Opening: opening,
		Locations: sampleShops, Boxes: sampleBoxes, Form: openingFields(opening, "2026-01-01"), Zone: time.UTC, names: map[string]string{"u1": "Samira Benali"}}
}
