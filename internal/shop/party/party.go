package party

import (
	"strings"
	"time"
	"unicode"

	"encaisse/internal/base/money"

	"golang.org/x/text/unicode/norm"
)

// Party is a customer or a supplier.
type Party struct {
	ID           string
	Kind         Kind
	Nature       Nature
	Name         string
	Email, Phone string
	Street       string
	Postcode     string
	City         string
	SIRET        string // or a SIREN, or empty
	VATNumber    string
	AccountCode  string // subsidiary account: 411MARTIN
	Limited      bool   // whether CreditLimit holds
	CreditLimit  money.Amount
	Note         string
	Active       bool
	CreatedAt    time.Time
	ErasedAt     time.Time // zero while the personal data are there
}

// Kind is what the party is to the company.
type Kind string

// The kinds.
const (
	Customer Kind = "customer"
	Supplier Kind = "supplier"
)

// Nature is what the party is in law.
type Nature string

// The natures.
const (
	Person  Nature = "person"
	Company Nature = "company"
	Public  Nature = "public" // public body
)

// Account is the ledger account of what a customer owes.
func (p Party) Account() string { return Account(p.ID) }

// Account is the ledger account of a customer by id.
func Account(id string) string { return "customer/" + id }

// Erased tells whether the personal data were erased.
func (p Party) Erased() bool { return !p.ErasedAt.IsZero() }

// sortKey is the name as lists are sorted: without accents or case.
func (p Party) sortKey() string { return plain(p.Name) }

// searchKey is all that a search looks into.
func (p Party) searchKey() string {
	return plain(strings.Join([]string{p.Name, p.Email, strings.ReplaceAll(p.Phone, " ", ""), p.City, p.Postcode, p.SIRET, p.AccountCode}, " "))
}

// plain is a text in lower case without accents.
func plain(text string) string {
	text = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae", "’", "'").Replace(text)
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}
