package party

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/books/ledger"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

func add(t *testing.T, d *db.DB, company string, list ...Party) []string {
	t.Helper()
	ids := make([]string, len(list))
	err := d.Write(context.Background(), company, func(tx *db.Tx) (err error) {
		for i, p := range list {
			if ids[i], err = Add(tx, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func names(t *testing.T, d *db.DB, company string, s Search) ([]string, int) {
	t.Helper()
	var found []string
	var total int
	err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
		list, n, err := Find(q, s)
		for _, p := range list {
			found = append(found, p.Name)
		}
		total = n
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, total
}

func TestASearchFindsEveryWordWithoutAccentsOrCase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		add(t, d, company,
			Party{Kind: Customer, Nature: Person, Name: "Zoé Lambert", City: "Arles", Phone: "06 12 34 56 78"},
			Party{Kind: Customer, Nature: Person, Name: "Élodie Garnier", City: "Lyon"},
			Party{Kind: Customer, Nature: Company, Name: "L’Œuf 100 % fermier", City: "Lyon", AccountCode: "411oeuf"},
			Party{Kind: Supplier, Nature: Company, Name: "Élodie et Fils", City: "Lyon"},
		)
		for _, c := range []struct {
			search Search
			want   []string
		}{
			{Search{Kind: Customer}, []string{"Élodie Garnier", "L’Œuf 100 % fermier", "Zoé Lambert"}},
			{Search{Kind: Customer, Words: "ELODIE lyon"}, []string{"Élodie Garnier"}},
			{Search{Kind: Customer, Words: "elodie arles"}, nil},
			{Search{Kind: Customer, Words: "oeuf"}, []string{"L’Œuf 100 % fermier"}},
			{Search{Kind: Customer, Words: "100 %"}, []string{"L’Œuf 100 % fermier"}},
			{Search{Kind: Customer, Words: "_"}, nil},
			{Search{Kind: Customer, Words: "0612345678"}, []string{"Zoé Lambert"}},
			{Search{Kind: Customer, Sort: ByCity}, []string{"Zoé Lambert", "Élodie Garnier", "L’Œuf 100 % fermier"}},
			{Search{Kind: Supplier}, []string{"Élodie et Fils"}},
		} {
			if got, total := names(t, d, company, c.search); !slices.Equal(got, c.want) || total != len(c.want) {
				t.Errorf("%+v finds %q of %d, want %q", c.search, got, total, c.want)
			}
		}
	})
}

func TestAListComesByPagesThatTogetherHoldEverybodyOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		var many []Party
		for i := range 12 {
			many = append(many, Party{Kind: Customer, Nature: Person, Name: fmt.Sprintf("Client %02d", i%6)}) // names come twice
		}
		ids := add(t, d, company, many...)
		seen := map[string]int{}
		err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
			for page := range 3 {
				list, total, err := Find(q, Search{Kind: Customer, Limit: 5, Offset: page * 5})
				if err != nil || total != 12 {
					return fmt.Errorf("%d in all: %w", total, err)
				}
				for _, p := range list {
					seen[p.ID]++
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, added := range ids {
			if seen[added] != 1 {
				t.Errorf("%s is on %d pages", added, seen[added])
			}
		}
	})
}

func TestAFormSentTwiceMakesOneCard(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		p := Party{ID: id.New(), Kind: Customer, Nature: Person, Name: "Zoé Lambert"}
		add(t, d, company, p, p)
		if got, _ := names(t, d, company, Search{Kind: Customer}); len(got) != 1 {
			t.Errorf("cards are %q", got)
		}
	})
}

func TestACardIsChangedWholeAndGoesOutOfUse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		made := add(t, d, company, Party{Kind: Customer, Nature: Person, Name: "Zoé"})[0]
		want := Party{
			ID: made, Kind: Customer, Nature: Company, Name: "Zoé SARL", Email: "zoe@example.fr", Phone: "06", Street: "1 rue", Postcode: "13200", City: "Arles",
			SIRET: "73282932000074", VATNumber: "FR44732829320", AccountCode: "411ZOE", Limited: true, CreditLimit: 5000, Note: "Le matin",
		}
		given := want
		given.SIRET, given.AccountCode = "732 829 320 00074", "411zoe"
		err := d.Write(context.Background(), company, func(tx *db.Tx) error { return Change(tx, given) })
		if err != nil {
			t.Fatal(err)
		}
		err = d.Read(context.Background(), company, func(q *db.Snapshot) error {
			got, err := Get(q, made)
			want.CreatedAt = dbtest.Morning
			if got != want {
				t.Errorf("read back %+v, want %+v", got, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := names(t, d, company, Search{Kind: Customer}); len(got) != 0 {
			t.Errorf("a card out of use is still proposed: %q", got)
		}
		if got, _ := names(t, d, company, Search{Kind: Customer, Inactive: true}); len(got) != 1 {
			t.Errorf("a card out of use is not found when asked for: %q", got)
		}
		other := dbtest.Company(t, d)
		if err := d.Write(context.Background(), other, func(tx *db.Tx) error { return Change(tx, given) }); !fault.Is(err, fault.NotFound) {
			t.Errorf("the card of another company: %v", err)
		}
	})
}

func TestPersonalDataAreErasedOnceNothingIsOwed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		made := add(t, d, company, Party{Kind: Customer, Nature: Person, Name: "Zoé Lambert", Email: "zoe@example.fr", Note: "Le matin"})[0]
		post := func(amount int64) error {
			return d.Write(context.Background(), company, func(tx *db.Tx) error {
				sale := ledger.Account{Key: "sale/x", Code: "707", Label: "Ventes", Sense: ledger.Credit}
				owed := ledger.Account{Key: Account(made), Code: "411", Label: "Clients", Sense: ledger.Debit}
				if err := ledger.Open(tx, sale, owed); err != nil {
					return err
				}
				lines := []ledger.Line{{Account: owed.Key, Amount: 100}, {Account: sale.Key, Amount: -100}}
				if amount < 0 {
					lines[0].Amount, lines[1].Amount = -100, 100
				}
				_, err := ledger.Post(tx, ledger.Entry{ID: id.New(), On: "2026-11-20", Kind: "sale", Source: "test:1", By: "u1", Memo: "Crédit", Lines: lines})
				return err
			})
		}
		erase := func() error {
			return d.Write(context.Background(), company, func(tx *db.Tx) error { return Erase(tx, "u1", made) })
		}
		if err := post(100); err != nil {
			t.Fatal(err)
		}
		if err := erase(); !fault.Is(err, fault.Conflict) {
			t.Errorf("a customer who owes 1,00 €: %v", err)
		}
		if err := post(-100); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time nothing is left to do
			if err := erase(); err != nil {
				t.Fatal(err)
			}
		}
		err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
			got, err := Get(q, made)
			if got.Name != "Client effacé" || got.Email+got.Note != "" || !got.Erased() || got.Active {
				t.Errorf("after erasure: %+v", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var found int
		if err := dbtest.Raw(t, d).QueryRow(`SELECT COUNT(*) FROM party WHERE search_key LIKE '%zoe%' OR name LIKE '%Zoé%'`).Scan(&found); err != nil || found != 0 {
			t.Errorf("%d rows still hold the name (%v)", found, err)
		}
		if err := d.Write(context.Background(), company, func(tx *db.Tx) error {
			return Change(tx, Party{ID: made, Kind: Customer, Nature: Person, Name: "Zoé"})
		}); !fault.Is(err, fault.Conflict) {
			t.Errorf("an erased card is written again: %v", err)
		}
	})
}

func TestWhatACardMayNotBe(t *testing.T) {
	good := Party{Kind: Customer, Nature: Person, Name: "Zoé"}
	if err := good.check(); err != nil {
		t.Fatalf("a card that is right: %v", err)
	}
	for field, spoil := range map[string]func(*Party){
		"name": func(p *Party) { p.Name = "" }, "kind": func(p *Party) { p.Kind = "" }, "nature": func(p *Party) { p.Nature = "ghost" },
		"email": func(p *Party) { p.Email = "zoe@" }, "siret": func(p *Party) { p.SIRET = "123" }, "vat_number": func(p *Party) { p.VATNumber = "FR00732829320" },
		"account": func(p *Party) { p.AccountCode = "ZOE" }, "credit_limit": func(p *Party) { p.CreditLimit = -1 },
	} {
		p := good
		spoil(&p)
		f, _ := p.check().(*fault.Fault)
		if f == nil || f.Fields[field] == "" || len(f.Fields) != 1 {
			t.Errorf("%s spoilt: %v", field, f)
		}
	}
}

func TestWordsChooseSomebodyWhenTheyFindOnePersonOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		ids := add(t, d, company, Party{Kind: Customer, Nature: Person, Name: "Zoé Lambert"}, Party{Kind: Customer, Nature: Person, Name: "Élodie Lambert"}, Party{Kind: Supplier, Nature: Company, Name: "Zoé et fils"})
		for _, c := range []struct{ id, words, want, refused string }{
			{"", "", "", ""},
			{ids[1], "zoe", ids[1], ""},
			{"", " ZOE ", ids[0], ""},
			{"", "lambert", "", "2 fiches répondent à «\u00a0lambert\u00a0»\u00a0: choisissez dans la liste."},
			{"", "durand", "", "Personne ne répond à «\u00a0durand\u00a0». Cherchez un autre mot du nom, ou videz la recherche."},
		} {
			err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
				got, err := Chosen(q, Customer, "client", c.id, c.words)
				if got != c.want {
					t.Errorf("%q among %q: %q, want %q", c.id, c.words, got, c.want)
				}
				return err
			})
			var said string
			if f, ok := errors.AsType[*fault.Fault](err); ok {
				said = f.Fields["client"]
			}
			if said != c.refused {
				t.Errorf("%q: %v, want %q", c.words, err, c.refused)
			}
		}
	})
}
