package demo

import (
	"context"
	"strconv"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/staff"
)

// Person is somebody who signs in to the demonstration.
type Person struct {
	Name, Email, Password string
	Does                  string // what they are, in French, as printed
	id, role              string
	place                 int // index of their shop, −1: all
	hash                  staff.Hash
}

// The people, by their place in the list.
const (
	owner = iota
	manager
	cashier
	reader
	accountant
	colleague
)

const firmName = "Cabinet Delmas et associés"

func newPeople(seed int64) []*Person {
	people := []*Person{
		owner:      {Name: "Hélène Marchand", Email: "helene.marchand@epicerie.example", Does: "dirigeante", role: staff.Administrator, place: -1},
		manager:    {Name: "Karim Benali", Email: "karim.benali@epicerie.example", Does: "gérant", role: staff.Manager, place: -1},
		cashier:    {Name: "Lucie Ferrand", Email: "lucie.ferrand@epicerie.example", Does: "caissière de la place du Marché", role: staff.Cashier, place: 0},
		reader:     {Name: "Paul Tissier", Email: "paul.tissier@epicerie.example", Does: "lecteur", role: staff.Reader, place: -1},
		accountant: {Name: "Sophie Delmas", Email: "sophie.delmas@cabinet.example", Does: "comptable, " + firmName, place: -1},
		colleague:  {Name: "Thomas Rivière", Email: "thomas.riviere@cabinet.example", Does: "collaborateur, " + firmName, place: -1},
	}
	for _, p := range people {
		p.Password = password(seed, p.Email)
	}
	return people
}

// words are what passwords are made of.
var words = strings.Fields(`abricot agrafe ardoise aubier bambou bobine brindille buvard cagette canevas chevron cigale citerne clairon copeau cordage
	crocus dentelle ecume eglantine encrier etrier fagot falaise fougere galet gavotte genet girouette glycine grelot hamac hublot jonquille
	lagune lampion lavoir liseron loriot mangue margelle merisier mousson muguet noisette ocarina osier palourde papyrus pelican pivoine
	quenelle rabot ricochet roseau sabot sarment semoule sillon tamis tilleul topaze trefle vannier verger violon`)

// password is four words and a number: more than the fifty bits a password must be worth.
func password(seed int64, email string) string {
	d := throw(seed, "password", email)
	parts := make([]string, 0, 5)
	for range 4 {
		parts = append(parts, pick(d, words))
	}
	return strings.Join(append(parts, strconv.Itoa(d.between(10, 99))), "-")
}

// hash digests the passwords, before any transaction.
func (b *builder) hash(ctx context.Context) (err error) {
	for _, p := range b.people {
		if p.hash, err = b.Staff.Hash(ctx, p.Password, p.Email, p.Name, shopName); err != nil {
			return err
		}
	}
	return nil
}

// hire adds everybody but the owner, who founded the company. The accountants come through the firm.
func (b *builder) hire(tx *db.Tx) error {
	for i, p := range b.people {
		if i == owner {
			continue
		}
		u, err := staff.CreateUser(tx, staff.NewUser{Email: p.Email, Name: p.Name, Password: p.hash, CreatesCompanies: i == accountant})
		if err != nil {
			return err
		}
		p.id = u.ID
		if i == accountant {
			firm, err := staff.CreateFirm(tx, firmName, u.ID)
			if err != nil {
				return err
			}
			if err := staff.GiveToFirm(tx, firm, b.people[owner].id); err != nil {
				return err
			}
			b.firm = firm
			continue
		}
		if i == colleague {
			if err := staff.JoinFirm(tx, b.firm, p.id, false); err != nil {
				return err
			}
			continue
		}
		var places []string
		if p.place >= 0 {
			places = []string{b.shops[p.place].id}
		}
		if err := staff.Join(tx, tx.Company(), p.id, p.role, places); err != nil {
			return err
		}
	}
	return nil
}
