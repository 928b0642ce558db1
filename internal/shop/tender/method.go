package tender

import "encaisse/internal/base/money"

// Method is a way to pay.
type Method struct {
	ID          string
	Kind        Kind
	Label       string
	AccountCode string       // account of the chart; empty is that of the role
	Prefilled   bool         // its counted balance is proposed equal to what is expected; never for cash
	Float       money.Amount // cash only: what stays in the drawer for change, by default for each box
	Active      bool
}

// Kind is what a method is made of. It is chosen once.
type Kind string

// The kinds.
const (
	Cash      Kind = "cash"
	Card      Kind = "card"
	Cheque    Kind = "cheque"
	Meal      Kind = "meal"       // meal vouchers, on paper or by card
	Transfer  Kind = "transfer"   // bank transfer
	Voucher   Kind = "voucher"    // gift voucher used
	OnAccount Kind = "on-account" // customer credit granted
	Other     Kind = "other"
)

// KindLabel is a kind with its French name.
type KindLabel struct {
	Kind  Kind
	Label string
}

// Kinds lists the kinds in the order a page shows them.
func Kinds() []KindLabel {
	return []KindLabel{
		{Cash, "Espèces"}, {Card, "Carte bancaire"}, {Cheque, "Chèques"}, {Meal, "Titres-restaurant"}, {Transfer, "Virements"},
		{Voucher, "Bon cadeau utilisé"}, {OnAccount, "Crédit client accordé"}, {Other, "Autre"},
	}
}

// Icon is the name of the drawing of a kind.
func (k Kind) Icon() string {
	switch k {
	case Cash:
		return "especes"
	case Card:
		return "carte"
	case Cheque:
		return "cheque"
	case Meal:
		return "resto"
	case Transfer:
		return "banque"
	case Voucher:
		return "cadeau"
	case OnAccount:
		return "personne"
	}
	return "points"
}

// Label is the French name of a kind.
func (k Kind) Label() string {
	for _, l := range Kinds() {
		if l.Kind == k {
			return l.Label
		}
	}
	return string(k)
}

// Icon is the name of the drawing of the method.
func (m Method) Icon() string { return m.Kind.Icon() }

// Role is the role of the chart the method is posted to when it has no account of its own.
func (m Method) Role() string {
	switch m.Kind {
	case Voucher:
		return "voucher"
	case OnAccount:
		return "customer"
	}
	return "box." + string(m.Kind)
}

// Held tells whether what is paid this way stays in the box, so that it has a balance to count: not a voucher used nor customer credit.
func (m Method) Held() bool { return m.Kind != Voucher && m.Kind != OnAccount }

// Active keeps the methods in use.
func Active(all []Method) []Method {
	var list []Method
	for _, m := range all {
		if m.Active {
			list = append(list, m)
		}
	}
	return list
}
