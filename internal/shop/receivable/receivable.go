package receivable

import (
	"strings"
	"time"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/party"
)

// All stands for the customers followed as one amount, in addresses.
const All = "ensemble"

// prefix begins the accounts of customers.
const prefix = "customer/"

// accountOf is the ledger account of a customer, or that of all of them as one amount when there is none.
func accountOf(customer string) string {
	if customer == "" {
		return prefix + "all"
	}
	return party.Account(customer)
}

// overpaidAccount is the ledger account of what a box received too much and kept.
func overpaidAccount(box string) string { return "overpaid/" + box }

// Kind of payment.
type Kind string

// The kinds.
const (
	Repayment   Kind = "repayment"   // a customer pays on account
	Refund      Kind = "refund"      // what a customer paid in advance is given back
	Overpayment Kind = "overpayment" // what a till received too much is given back
)

// label is the French name of a kind.
func (k Kind) label() string {
	return map[Kind]string{Repayment: "Crédit réglé", Refund: "Avance rendue", Overpayment: "Trop-perçu rendu"}[k]
}

// Payment is money a customer pays on account, or is given back.
type Payment struct {
	ID       string // UUIDv7 made by whoever states it: sent twice, it counts once
	Kind     Kind
	Customer string // id; "": the customers followed as one amount
	Box      string
	Method   string
	Amount   money.Amount // cents, > 0
	On       day.Day
	Memo     string
	Advance  bool // a repayment may pass what is owed: the rest is kept in advance
}

// Recorded is a payment as it was posted.
type Recorded struct {
	Payment
	EntryID string
	By      string
	At      time.Time
	Undone  bool
	Reason  string // why it was undone
}

// Moves is what the payment does to its box and method.
func (p Payment) Moves() map[string]money.Amount {
	if p.Kind == Repayment {
		return map[string]money.Amount{p.Method: p.Amount}
	}
	return map[string]money.Amount{p.Method: -p.Amount}
}

func (p Payment) check() error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if p.Amount <= 0 || !p.Amount.InRange() {
		f.Field("amount", "Saisissez un montant supérieur à zéro.")
	}
	if _, err := day.Parse(string(p.On)); err != nil {
		f.Field("on", "Choisissez une date.")
	}
	if p.Box == "" {
		f.Field("box", "Choisissez une caisse.")
	}
	if p.Method == "" {
		f.Field("method", "Choisissez un moyen de paiement.")
	}
	if utf8.RuneCountInString(p.Memo) > 200 {
		f.Field("memo", "Le commentaire s’arrête à 200 caractères.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

// memo is what the journal shows.
func (p Payment) memo(name string) string {
	text := p.Kind.label()
	if name != "" {
		text += ", " + name
	}
	if memo := strings.TrimSpace(p.Memo); memo != "" {
		text += "\u00a0: " + memo
	}
	return text
}

func refuse(field, message string) error {
	return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field(field, message)
}
