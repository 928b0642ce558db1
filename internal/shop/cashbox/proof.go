package cashbox

import (
	"encaisse/internal/base/locale"
	"encaisse/internal/paper/pdf"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
)

// ProofKind is a paper handed over for an income or an expense that has no invoice.
type ProofKind string

// The papers.
const (
	PaymentReceipt ProofKind = "recu"     // of an income
	PaymentSlip    ProofKind = "bon"      // of an expense: the order to pay it
	Discharge      ProofKind = "decharge" // of an expense: who received the money says so
)

func proofKind(text string) (ProofKind, bool) {
	k := ProofKind(text)
	return k, k.Label() != ""
}

// Label is the title of a paper.
func (k ProofKind) Label() string {
	return map[ProofKind]string{PaymentReceipt: "Reçu de paiement", PaymentSlip: "Bon de paiement", Discharge: "Décharge"}[k]
}

// fits tells whether a movement can be handed over with the paper: a receipt for what came in, the others for what went out.
func (k ProofKind) fits(m Recorded) bool {
	if m.Kind == Transfer || m.Kind == Deposit || m.Kind == Fee {
		return false
	}
	return (k == PaymentReceipt) == m.Kind.comesIn()
}

// Proof is a paper about one movement.
type Proof struct {
	Kind                         ProofKind
	Movement                     Recorded
	Box, Method, Party, By, What string
}

// document prints the paper: who, to whom, how much in figures and in words, for what, and room to sign.
func (p Proof) document(h company.Letterhead) *pdf.Document {
	m := p.Movement
	d := h.Document(company.Report{Title: p.Kind.Label(), Subtitle: p.Box, Period: "Le " + locale.LongDate(m.On), Notes: []string{"Référence de l’opération\u00a0: " + m.ID}})
	d.Add(pdf.Figures{Items: [][2]string{{"Montant", locale.Euro(m.Amount)}, {"Mode de règlement", p.Method}}})
	d.Add(pdf.Proof{Title: p.title(), Text: p.sentence(h), Table: p.table()})
	d.Add(pdf.Visa{Labels: p.visas()})
	return d
}

func (p Proof) title() string { return locale.Title(locale.EuroWords(p.Movement.Amount)) }

// other names who is on the other side, or leaves room to write it.
func (p Proof) other() string {
	if p.Party != "" {
		return p.Party
	}
	return "........................................................"
}

// sentence is what the paper states.
func (p Proof) sentence(h company.Letterhead) string {
	amount := "la somme de " + locale.Euro(p.Movement.Amount) + " (" + locale.EuroWords(p.Movement.Amount) + ")"
	switch p.Kind {
	case PaymentReceipt:
		return h.Issuer.Name + " reconnaît avoir reçu de " + p.other() + " " + amount + ", pour le motif ci-dessous."
	case Discharge:
		return "Je soussigné(e) " + p.other() + " reconnais avoir reçu de " + h.Issuer.Name + " " + amount + ", pour le motif ci-dessous, et en donne décharge."
	}
	return "Bon pour le paiement à " + p.other() + " de " + amount + ", pour le motif ci-dessous."
}

func (p Proof) table() table.Table {
	t := table.Table{Title: "Détail", Columns: []table.Column{{Label: ""}, {Label: "", Weight: 3}}}
	add := func(label, value string) {
		if value != "" {
			t.Add(table.Plain, table.Text(label), table.Text(value))
		}
	}
	add("Motif", p.Movement.Memo)
	add("Nature", p.What)
	add("Caisse", p.Box)
	add("Enregistré par", p.By)
	return t
}

func (p Proof) visas() []string {
	switch p.Kind {
	case PaymentReceipt:
		return []string{"Pour la société (nom, date, signature)", "Le payeur (nom, date, signature)"}
	case Discharge:
		return []string{"Le bénéficiaire (nom, date, signature, «\u00a0lu et approuvé\u00a0»)", "Pour la société (nom, date, signature)"}
	}
	return []string{"Ordonné par (nom, date, signature)", "Payé par (nom, date, signature)", "Reçu par (nom, date, signature)"}
}
