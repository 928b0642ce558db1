package party

import (
	"time"

	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Samples are the pages of the room with made-up data.
func Samples() []web.Sample {
	const base = "/d/epicerie-des-halles/clients"
	customers := []Party{
		{ID: "p1", Kind: Customer, Nature: Person, Name: "Élodie Garnier", City: "Lyon", Postcode: "69002", Phone: "06 12 34 56 78", Email: "elodie@example.fr", Limited: true, CreditLimit: 10000, Active: true},
		{ID: "p2", Kind: Customer, Nature: Company, Name: "Brasserie du Port", City: "Lyon", SIRET: "73282932000074", AccountCode: "411PORT", Active: true},
		{ID: "p3", Kind: Customer, Nature: Public, Name: "Mairie de Lyon"},
	}
	frame := func(title string) ui.Frame {
		f := ui.SampleFrame(title)
		f.Back = ui.Link{Label: "Retour à la liste", URL: base}
		return f
	}
	list := ListPage{
		Frame: ui.SampleFrame("Clients"), Places: SamplePlaces(PlaceCustomers), Base: base, Search: Search{Kind: Customer, Inactive: true, Sort: ByName, Limit: perPage}, Page: 1, Total: 120, List: customers, CanEdit: true, CanExport: true,
		Balances: map[string]money.Amount{Account("p1"): 12050},
	}
	list.Frame.Actions = addButton(list)
	none := ListPage{Frame: ui.SampleFrame("Fournisseurs"), Places: SamplePlaces(PlaceSuppliers), Base: "/d/epicerie-des-halles/fournisseurs", Search: Search{Kind: Supplier, Sort: ByName}, Page: 1, CanEdit: true}
	card := CardPage{Frame: frame(customers[0].Name), Base: base, Account: base + "/p1/compte", Party: customers[0], ShowBalance: true, Balance: 12050, CanEdit: true, Zone: time.UTC, Lines: []ledger.StatementLine{
		{Entry: ledger.Posted{On: "2026-11-18", Memo: "Crédit accordé"}, Amount: 15050},
		{Entry: ledger.Posted{On: "2026-11-20", Memo: "Crédit réglé"}, Amount: -3000},
	}}
	gone := CardPage{Frame: frame("Client effacé"), Base: base, Zone: time.UTC, Party: Party{ID: "p4", Kind: Customer, Nature: Person, Name: "Client effacé", ErasedAt: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)}}
	return []web.Sample{
		{Name: "clients", Title: "Clients", Page: listPage(list)},
		{Name: "fournisseurs-vide", Title: "Fournisseurs, sans aucune fiche", Page: listPage(none)},
		{Name: "client", Title: "Fiche d’un client", Page: cardPage(card)},
		{Name: "client-efface", Title: "Fiche effacée", Page: cardPage(gone)},
		{Name: "client-modifier", Title: "Modifier un client", Page: editPage(EditPage{Frame: frame(customers[0].Name), Action: base + "/p1/modifier", Party: customers[0], Form: fields(customers[0])})},
	}
}
