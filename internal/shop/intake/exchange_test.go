package intake

import (
	"cmp"
	"reflect"
	"slices"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/shop/party"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/shoptest"
	"encaisse/internal/test/visit"
)

// What one company exports of its customers and suppliers comes whole into another, from both kinds of file.
func TestCardsGoFromOneCompanyToAnother(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		from, to := shoptest.New(t, d), shoptest.New(t, d)
		for kind, of := range map[Kind]party.Kind{Customers: party.Customer, Suppliers: party.Supplier} {
			list := []party.Party{
				{Kind: of, Nature: party.Company, Name: "Brasserie du Port; fils", Email: "port@exemple.fr", Phone: "04 90 00 00 00", Street: "1, quai \"Nord\"", Postcode: "13002", City: "Marseille", SIRET: "73282932000074", VATNumber: "FR44732829320", AccountCode: "40PORT", Note: "Livre le mardi.\nSonner.", Active: true},
				{Kind: of, Nature: party.Person, Name: "=Zoé Lambert", City: "Arles", Active: true},
			}
			if of == party.Customer {
				list[1].Limited, list[1].CreditLimit = true, 1_250_050
			}
			from.Write(t, func(tx *db.Tx) error {
				for _, p := range list {
					p.ID = id.New()
					if _, err := party.Add(tx, p); err != nil {
						return err
					}
				}
				return nil
			})
			path := map[Kind]string{Customers: "/clients", Suppliers: "/fournisseurs"}[kind]
			file := visit.As(t, from.Company, party.New(d, "Encaisse 0.1").Routes()).Get(t, path+"/export?format=csv")
			i := started(t, to, received(t, to, kind, file.Body))
			if i.State != Done || i.Done != 2 {
				t.Fatalf("%s: %+v of %s", kind, i, file.Body)
			}
			sent, came := cardsOf(t, from, of), cardsOf(t, to, of)
			if !reflect.DeepEqual(sent, came) {
				t.Errorf("%s:\n%+v came as\n%+v", kind, sent, came)
			}
		}
	})
}

// cardsOf are the cards of a company by name, without what differs by nature.
func cardsOf(t *testing.T, s *shoptest.Shop, kind party.Kind) (list []party.Party) {
	t.Helper()
	s.Read(t, func(q *db.Snapshot) (err error) {
		list, _, err = party.Find(q, party.Search{Kind: kind, Sort: party.ByName})
		return err
	})
	for i := range list {
		bare := party.Party{Kind: list[i].Kind, Nature: list[i].Nature, Name: list[i].Name, Email: list[i].Email, Phone: list[i].Phone, Street: list[i].Street, Postcode: list[i].Postcode, City: list[i].City,
			SIRET: list[i].SIRET, VATNumber: list[i].VATNumber, AccountCode: list[i].AccountCode, Note: list[i].Note, Limited: list[i].Limited, CreditLimit: list[i].CreditLimit, Active: list[i].Active}
		list[i] = bare
	}
	slices.SortFunc(list, func(a, b party.Party) int { return cmp.Compare(a.Name, b.Name) })
	return list
}
