package party

import (
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/visit"
)

func TestACustomerIsCreatedFoundChangedAndErasedThroughTheirPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		v := visit.As(t, company, New(d, "Encaisse 0.1").Routes())
		v.Get(t, "/clients").Is(t, 200, "Aucun client pour l’instant")
		key := id.New()
		form := []string{"id", key, "nature", "person", "name", "Zoé <Lambert>", "email", "zoe@example.fr", "credit_limit", "100"}
		card := "/clients/" + key
		for range 2 { // sent twice
			v.Post(t, "/clients/nouveau", form...).LeadsTo(t, card)
		}
		v.Get(t, "/clients?q=lambert+ZOE").Is(t, 200, "1\u00a0client", "Zoé &lt;Lambert&gt;")
		v.Get(t, "/clients?q=personne").Is(t, 200, "Personne ne correspond")
		v.Get(t, card).Is(t, 200, "Ne doit rien", "100,00\u00a0€", "Effacer les données personnelles")
		v.Get(t, card+"/modifier").Is(t, 200, `value="100,00"`)
		v.Post(t, card+"/modifier", "nature", "company", "name", "Zoé SARL", "siret", "732829320", "active", "oui").LeadsTo(t, card)
		v.Post(t, card+"/modifier", "nature", "company", "name", "", "siret", "1").Is(t, 422, "Ce numéro est inexact", `value="1"`)
		v.Get(t, "/fournisseurs/"+key).Is(t, 404)
		v.Post(t, card+"/effacer").LeadsTo(t, card)
		if page := v.Get(t, card).Is(t, 200, "Client effacé", "Données personnelles effacées"); strings.Contains(page.Body, "Zoé") {
			t.Error("the card still says who it was")
		}
		v.Get(t, card+"/modifier").Is(t, 409)
	})
}

func TestAListIsExportedAsItIsSearched(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		add(t, d, company, Party{Kind: Customer, Nature: Person, Name: "Zoé", City: "Arles"}, Party{Kind: Customer, Nature: Company, Name: "=1+1", City: "Lyon", SIRET: "73282932000074"})
		v := visit.As(t, company, New(d, "Encaisse 0.1").Routes())
		csv := v.Get(t, "/clients/export?format=csv&q=lyon")
		if want := "\uFEFFNom;Nature;E-mail;Téléphone;Adresse;Code postal;Ville;SIRET;TVA;Compte;Note;Plafond;Doit\r\n'=1+1;Entreprise;;;;;Lyon;73282932000074;;;;;0,00\r\n"; csv.Status != 200 || csv.Body != want {
			t.Errorf("the file is %d %q, want %q", csv.Status, csv.Body, want)
		}
		if book := v.Get(t, "/clients/export?format=xlsx"); book.Status != 200 || !strings.HasPrefix(book.Body, "PK") {
			t.Errorf("the workbook is %d, %.20q", book.Status, book.Body)
		}
		if paper := v.Get(t, "/clients/export?format=pdf"); paper.Status != 200 || !strings.HasPrefix(paper.Body, "%PDF") {
			t.Errorf("the paper is %d, %.20q", paper.Status, paper.Body)
		}
		v.Get(t, "/clients/export?format=exe").Is(t, 404)
		if found := v.Get(t, "/clients/choix?mots=zo%C3%A9"); found.Status != 200 || !strings.Contains(found.Body, `"said":"1\u00a0client","people":[{"id":"`) && !strings.Contains(found.Body, `"said":"1`+"\u00a0"+`client","people":[{"id":"`) {
			t.Errorf("the search of a list gives %d %s", found.Status, found.Body)
		}
	})
}

func TestBalancesAreShownToThoseWhoMaySeeThem(t *testing.T) {
	d := dbtest.SQLite(t)
	company := dbtest.Company(t, d)
	made := add(t, d, company, Party{Kind: Customer, Nature: Person, Name: "Zoé"})[0]
	v := visit.As(t, company, New(d, "Encaisse 0.1").Routes(), right.PartyView)
	for _, path := range []string{"/clients", "/clients/" + made} {
		if page := v.Get(t, path).Is(t, 200, "Zoé"); strings.Contains(page.Body, "Doit") || strings.Contains(page.Body, "Ne doit rien") || strings.Contains(page.Body, "Modifier") {
			t.Errorf("%s shows what this visitor may not see or do", path)
		}
	}
	v.Post(t, "/clients/"+made+"/effacer").Is(t, 403)
	v.Get(t, "/clients/export?format=csv").Is(t, 403)
}
