package cashbox

import (
	"strings"
	"time"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
)

// SupplierBill is the chart role of an expense that pays a bill already in the books: it moves 401, and its VAT was deducted there.
const SupplierBill = "expense.supplier"

// Movement is money that enters or leaves a box without a sale.
type Movement struct {
	ID         string // UUIDv7 made by whoever states it: sent twice, it counts once
	Box        string
	Method     string
	Kind       Kind
	Amount     money.Amount // cents, > 0
	On         day.Day
	Party      string   // supplier of an expense or of an income, "" for other
	Role       string   // chart role of an expense or of an income: expense.post…
	Rate       vat.Rate // VAT to deduct on an expense, 0: none
	ToBox      string   // of a transfer
	ToMethod   string
	Memo       string
	Attachment string // id of the photo or PDF of the receipt
	Item       string `json:",omitempty"` // cash-flow item (rubrique), "" for none
	FeeOf      string `json:",omitempty"` // of a fee: the movement it was taken on
}

// Recorded is a movement as it was posted, with what happened to it since.
type Recorded struct {
	Movement
	EntryID   string
	By        string
	At        time.Time
	BackDated bool
	Reversed  bool   // undone: shown struck through
	Reason    string // why it was undone
}

// Signed is what a movement does to a method of a box: + in, − out, 0 when it does not concern it or was undone.
func (r Recorded) Signed(box, method string) money.Amount {
	if r.Reversed {
		return 0
	}
	var sum money.Amount
	if r.Box == box && r.Method == method {
		sum += r.drawer()
	}
	if r.Kind == Transfer && r.ToBox == box && r.ToMethod == method {
		sum += r.Amount
	}
	return sum
}

// Moves is what the movement does to the boxes it concerns.
func (m Movement) Moves() Moves {
	moves := Moves{}
	moves.add(m.Box, m.Method, m.drawer())
	if m.Kind == Transfer {
		moves.add(m.ToBox, m.ToMethod, m.Amount)
	}
	return moves
}

// Undone is what undoing does.
func (m Moves) Undone() Moves {
	undone := Moves{}
	for box, methods := range m {
		for method, amount := range methods {
			undone.add(box, method, -amount)
		}
	}
	return undone
}

// normalise drops what does not concern the kind of a movement: a form without script sends every field.
func (m Movement) normalise() Movement {
	m.Memo = strings.TrimSpace(m.Memo)
	if !m.hasNature() {
		m.Party, m.Role, m.Item = "", "", ""
	}
	if m.Kind != Expense {
		m.Rate = 0
	}
	if m.Kind != Transfer {
		m.ToBox, m.ToMethod = "", ""
	}
	if m.Kind != Fee {
		m.FeeOf = ""
	}
	return m
}

// hasNature tells whether the movement says what the money was for: a role of the chart, and an item.
func (m Movement) hasNature() bool { return m.Kind == Expense || m.Kind == Income || m.Kind == Fee }

func (m Movement) check() error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if m.Amount <= 0 || !m.Amount.InRange() {
		f.Field("amount", "Saisissez un montant supérieur à zéro.")
	}
	if _, err := day.Parse(string(m.On)); err != nil {
		f.Field("on", "Choisissez une date.")
	}
	if utf8.RuneCountInString(m.Memo) > 200 {
		f.Field("memo", "Le commentaire s’arrête à 200 caractères.")
	}
	switch m.Kind {
	case Income:
		if m.Role == "" {
			f.Field("role_in", "Choisissez la nature de la recette.")
		}
		if m.Party == "" && m.Memo == "" {
			f.Field("memo", "Dites de qui ou pour quoi\u00a0: un fournisseur ou un commentaire.")
		}
	case Expense:
		if m.Role == "" {
			f.Field("role", "Choisissez la nature de la dépense.")
		}
		if m.Rate != 0 && !vat.Exists(m.Rate) {
			f.Field("rate", "Choisissez un taux de TVA de la liste.")
		} else if m.Rate != 0 && m.Role == SupplierBill {
			f.Field("rate", "La TVA d’une facture de fournisseur se déduit avec la facture, pas avec son règlement\u00a0: choisissez «\u00a0sans TVA\u00a0».")
		}
		if m.Party == "" && m.Memo == "" {
			f.Field("memo", "Dites à qui ou pour quoi\u00a0: un fournisseur ou un commentaire.")
		}
	case Transfer:
		if m.ToBox == "" || m.ToMethod == "" {
			f.Field("to", "Choisissez où va l’argent.")
		} else if m.ToBox == m.Box && m.ToMethod == m.Method {
			f.Field("to", "L’argent doit aller ailleurs que d’où il vient.")
		}
	case PaidIn, PaidOut, Deposit, Fee:
	default:
		f.Field("kind", "Choisissez le type d’opération.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}
