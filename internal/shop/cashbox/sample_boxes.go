package cashbox

import (
	"time"

	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

var sampleNames = map[string]string{"m1": "Espèces", "m2": "Carte bancaire", "b1": "Caisse 1", "b4": "Coffre", "b5": "Compte bancaire", "income.other": "Produits divers de gestion courante",
	"expense.processing": "Services bancaires, traitement des transactions", FeeItem: "Services de traitement des transactions", "grants": "Aides et subventions", "u1": "Samira Benali", "u2": "Karim Benali", "p1": "Boulangerie Martin"}

// boxSamples are the pages of the boxes and of what is in them.
func boxSamples() []web.Sample {
	return []web.Sample{
		{Name: "tresorerie", Title: "Trésorerie", Page: boardPage(sampleBoard())},
		{Name: "tresorerie-vide", Title: "Trésorerie sans caisse", Page: boardPage(BoardPage{Frame: ui.SampleFrame("Trésorerie"), Base: sampleHome + "/caisses", AddURL: sampleHome + "/reglages/caisses/nouvelle"})},
		{Name: "releve", Title: "Relevé de caisse", Page: statementPage(sampleStatement())},
		{Name: "mouvement", Title: "Opération", Page: movementView(sampleMovement())},
		{Name: "coffre", Title: "Déposer ou retirer", Page: safePage(sampleSafe())},
		{Name: "nouvelle-caisse", Title: "Nouvelle caisse", Page: boxPage(sampleNewBox())},
		{Name: "frais", Title: "Frais d’une caisse", Page: feesPage(sampleFees())},
		{Name: "acces-caisse", Title: "Accès à une caisse", Page: accessPage(sampleAccess())},
		{Name: "rubriques", Title: "Rubriques", Page: itemsPage(sampleItems())},
	}
}

func sampleBoard() BoardPage {
	p := BoardPage{Frame: ui.SampleFrame("Trésorerie"), Base: sampleHome + "/caisses", Locations: sampleShops, Total: 251000, ShowTotal: true, Own: true, DepositsURL: sampleHome + "/remises", AddURL: sampleHome + "/reglages/caisses/nouvelle"}
	p.Frame.Actions = addButton(sampleHome + "/reglages/caisses")
	card := func(at int, shown bool, byMethod map[string]money.Amount) {
		h := Held{Box: sampleBoxes[at], ByMethod: byMethod}
		for _, a := range byMethod {
			h.Balance += a
		}
		p.Cards = append(p.Cards, BoxCard{Held: h, Shown: shown, Kinds: Kinds(), names: sampleNames})
	}
	card(0, true, map[string]money.Amount{"m1": 21000, "m2": 130000})
	card(2, false, nil)
	card(3, true, map[string]money.Amount{"m1": 120000})
	card(4, true, map[string]money.Amount{"m2": -20000})
	card(5, true, map[string]money.Amount{"m1": 4550})
	return p
}

func sampleStatement() StatementPage {
	at := time.Date(2026, time.November, 20, 17, 42, 0, 0, time.UTC)
	box := sampleBoxes[4]
	line := func(l Line, m Movement, reversed bool, reason string) Line {
		m.Box, m.Method, m.On, m.Amount = box.ID, "m2", l.On, l.Amount.Abs()
		l.Movement, l.Kind, l.What, l.Comment, l.Item, l.At, l.By, l.Method = Recorded{Movement: m, At: at, By: "u1", Reversed: reversed, Reason: reason, BackDated: l.BackDated}, m.Kind, m.Kind.Label(), m.Memo, m.Item, at, "u1", "m2"
		l.Struck = reversed
		return l
	}
	s := Statement{Box: box, First: "2026-11-01", Last: sampleDay, Opening: 100000, Closing: 47780, Lines: []Line{
		line(Line{On: "2026-11-02", Amount: -64000, After: 36000, BackDated: true}, Movement{ID: "o1", Kind: Expense, Memo: "Loyer de novembre"}, false, ""),
		line(Line{On: "2026-11-18", Amount: -5000, After: 31000}, Movement{ID: "o2", Kind: Expense, Memo: "Abonnement"}, true, "Payé par chèque"),
		line(Line{On: sampleDay, Amount: 11000, After: 42000}, Movement{ID: "o3", Kind: Income, Memo: "Remboursement d’assurance", Item: "grants"}, false, ""),
		line(Line{On: sampleDay, Amount: -220, After: 41780}, Movement{ID: "o4", Kind: Fee, Memo: feeMemo, Item: FeeItem, FeeOf: "o3"}, false, ""),
		{EntryID: "e1", On: sampleDay, At: at, By: "u1", What: "Soldes de départ", Method: "m2", Amount: 1000, After: 42780},
	}}
	p := StatementPage{Frame: sampleFrame("Compte bancaire", "Retour à la trésorerie", sampleHome+"/caisses"), Base: sampleHome + "/caisses/b5", Held: Held{Box: box, Balance: 47780}, Statement: s,
		Query: Query{First: "2026-11-01", Last: sampleDay}, Kinds: Kinds(), Items: builtInItems, Methods: sampleMethods, People: map[string]string{"u1": "Samira Benali", "u2": "Karim Benali"}, CanExport: true, SettingsURL: sampleHome + "/reglages/caisses/b5", Zone: time.UTC, names: sampleNames}
	p.Found = s.Find(p.Query, p.names)
	p.Frame.Subtitle, p.Frame.Actions = "Relevé", statementActions(p)
	return p
}

func sampleMovement() MovementPage {
	at := time.Date(2026, time.November, 20, 17, 42, 0, 0, time.UTC)
	p := MovementPage{ListPage: ListPage{Frame: sampleFrame("Recette", "Retour", sampleHome+"/caisses/b5"), Base: sampleHome + "/caisses/b5", Box: sampleBoxes[4], Horizon: "2026-11-13", CanReverse: true, CanExport: true, Zone: time.UTC, names: sampleNames},
		Key: sampleKey, Back: sampleHome + "/caisses/b5", Source: sampleBoxes[4]}
	p.Movement = Recorded{Movement: Movement{ID: "o3", Box: "b5", Method: "m2", Kind: Income, Amount: 11000, On: "2026-11-18", Role: "income.other", Memo: "Remboursement d’assurance", Item: "grants"}, By: "u1", At: at, BackDated: true}
	p.Fees = []Recorded{{Movement: Movement{ID: "o4", Kind: Fee, Amount: 220}}}
	p.Changes = []happened{{n: 1, state: "reversed", reason: "Mauvais montant", by: "u1", at: at.UnixMicro()}, {n: 2, state: "restored", by: "u2", at: at.Add(time.Hour).UnixMicro()}}
	return p
}

func sampleSafe() SafePage {
	p := SafePage{Frame: sampleFrame("Déposer ou retirer", "Retour", sampleHome+"/caisses/b4"), Key: sampleKey, Action: sampleHome + "/caisses/b4/coffre", Back: sampleHome + "/caisses/b4", Box: sampleBoxes[3], Boxes: sampleBoxes[:1]}
	p.Form = safeFields(p.Boxes, sampleMethods[:1], sampleDay, true)
	return p
}

func sampleNewBox() BoxPage {
	b := SortCashless.box()
	base := sampleHome + "/reglages/caisses"
	return BoxPage{Frame: sampleFrame("Nouvelle caisse", "Retour aux caisses", base), Action: base + "/nouvelle", Box: b, Form: boxFields(b, sampleShops, company.Defaults()), Several: true, Sorts: sortSegments(base+"/nouvelle", SortCashless)}
}

func sampleFees() FeesPage {
	base := sampleHome + "/reglages/caisses/b5"
	err := refuse("value2", "Saisissez un pourcentage de 0,01 à 100, ou un montant jusqu’à 1\u00a0000\u00a0000,00\u00a0€.")
	form := ui.Answers{Err: err}.FillAll(feeFields([]Condition{{Side: In, Rate: 200}, {Side: Both, Fixed: 1000}}))
	return FeesPage{Frame: sampleFrame("Frais sur les opérations", "Retour à la caisse", base), Action: base + "/frais", Form: form, Err: err}
}

func sampleAccess() AccessPage {
	base := sampleHome + "/reglages/caisses/b5"
	return AccessPage{Frame: sampleFrame("Qui peut faire quoi", "Retour à la caisse", base), Action: base + "/acces", Box: sampleBoxes[4],
		Access: Access{General: AllActions()[:6], Own: map[string]Actions{"u2": {ActView, ActReceive}}}, People: map[string]string{"u1": "Samira Benali", "u2": "Karim Benali"}}
}

func sampleItems() ItemsPage {
	base := sampleHome + "/reglages/rubriques"
	items := append(append([]Item{}, builtInItems...), Item{ID: "i1", Name: "Publicité", Active: true}, Item{ID: "i2", Name: "Travaux"})
	return ItemsPage{Frame: sampleFrame("Rubriques", "Retour aux caisses", sampleHome+"/reglages/caisses"), Base: base, Items: items, Form: ui.Fields{{Name: "name", Label: "Nouvelle rubrique", Max: 60, Placeholder: "Publicité, assurance…"}}}
}
