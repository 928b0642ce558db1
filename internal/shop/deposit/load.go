package deposit

import (
	"cmp"
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/tender"
)

// Holding is money of a box that may go to the bank.
type Holding struct {
	Box      cashbox.Box
	Method   tender.Method
	Balance  money.Amount // what the ledger says there is
	Cheques  []Cheque     // in hand
	Proposed money.Amount // what a slip would take
}

// InHand is what the cheques in hand come to.
func (h Holding) InHand() money.Amount {
	var sum money.Amount
	for _, c := range h.Cheques {
		sum += c.Amount
	}
	return sum
}

// Loose is what is in the box besides the cheques written down, ≥ 0. Of cash, it is what passes the float, in whole notes.
func (h Holding) Loose() money.Amount {
	switch h.Method.Kind {
	case tender.Cash:
		return max(0, h.Balance-h.Box.TargetFloat) / 500 * 500
	case tender.Cheque:
		return max(0, h.Balance-h.InHand())
	}
	return max(0, h.Balance)
}

// LoadHolding reads a method of a box.
func LoadHolding(q db.Querier, b cashbox.Box, m tender.Method) (h Holding, err error) {
	h.Box, h.Method = b, m
	if h.Balance, err = ledger.Balance(q, cashbox.AccountKey(b.ID, m.ID)); err != nil {
		return h, err
	}
	if m.Kind == tender.Cheque {
		if h.Cheques, err = InHand(q, b.ID, m.ID); err != nil {
			return h, err
		}
	}
	h.Proposed = h.Loose() + h.InHand()
	return h, nil
}

// Holdings reads what boxes hold that may go to the bank: cheques always, the rest when there is some to take.
func Holdings(q db.Querier, boxes []cashbox.Box) (list []Holding, err error) {
	methods, err := tender.List(q)
	if err != nil {
		return nil, err
	}
	for _, b := range boxes {
		for _, m := range tender.Active(methods) {
			if !b.Keeps(m) || b.Virtual {
				continue
			}
			h, err := LoadHolding(q, b, m)
			if err != nil {
				return nil, err
			}
			if m.Kind == tender.Cheque || h.Proposed > 0 {
				list = append(list, h)
			}
		}
	}
	return list, nil
}

// Search chooses slips.
type Search struct {
	Words string // in the number or the comment
	State State
	Sort  Sort
}

// Sort is the order of the slips.
type Sort string

// The orders.
const (
	NewestFirst Sort = ""
	OldestFirst Sort = "ancien"
	ByAmount    Sort = "montant"
)

// List is slips found, with what they come to.
type List struct {
	Slips   []Recorded
	Amount  money.Amount // of those that count
	Transit money.Amount // of those on their way to the bank
}

// Find lists the slips a search finds, of the boxes the person sees.
func Find(q db.Querier, s Search, sees func(box string) bool) (l List, err error) {
	all, err := Slips(q)
	if err != nil {
		return l, err
	}
	words := strings.Fields(locale.Fold(s.Words))
	for _, r := range all {
		if s.State != AnyState && r.State() != s.State || !sees(r.Box) || !r.matches(words) {
			continue
		}
		l.Slips = append(l.Slips, r)
		if r.State() != Gone {
			l.Amount += r.Amount
		}
		if r.State() == InTransit {
			l.Transit += r.Amount
		}
	}
	switch s.Sort {
	case OldestFirst:
		slices.Reverse(l.Slips)
	case ByAmount:
		slices.SortStableFunc(l.Slips, func(a, b Recorded) int { return cmp.Compare(b.Amount, a.Amount) })
	}
	return l, nil
}

func (r Recorded) matches(words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := locale.Fold(locale.Int(r.Number) + " " + r.Memo + " " + locale.Amount(r.Amount))
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
