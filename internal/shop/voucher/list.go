package voucher

import (
	"cmp"
	"slices"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
)

// Search chooses vouchers.
type Search struct {
	Words string // in the number, the holder or the comment
	State State
	Sort  Sort
}

// Sort is the order of the vouchers.
type Sort string

// The orders.
const (
	NewestFirst Sort = ""
	MostLeft    Sort = "reste"
	EndingFirst Sort = "echeance"
)

// List is vouchers found, with what they come to.
type List struct {
	Vouchers     []Recorded
	Amount, Left money.Amount
}

// Find lists the vouchers a search finds on a day.
func Find(q db.Querier, s Search, today day.Day) (l List, err error) {
	all, err := All(q)
	words := strings.Fields(locale.Fold(s.Words))
	for _, v := range all {
		if s.State != AnyKind && v.State(today) != s.State || !v.matches(words) {
			continue
		}
		l.Vouchers = append(l.Vouchers, v)
		l.Amount, l.Left = l.Amount+v.Amount, l.Left+v.Left
	}
	switch s.Sort {
	case MostLeft:
		slices.SortStableFunc(l.Vouchers, func(a, b Recorded) int { return cmp.Compare(b.Left, a.Left) })
	case EndingFirst:
		slices.SortStableFunc(l.Vouchers, func(a, b Recorded) int { return cmp.Compare(a.end(), b.end()) })
	}
	return l, err
}

// end is the last day of validity, after all others for a voucher without one.
func (r Recorded) end() day.Day {
	return cmp.Or(r.Until(), "9999-12-31")
}

func (r Recorded) matches(words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := locale.Fold(r.Number + " " + r.Holder + " " + r.Memo)
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// Standing is what is owed to holders of vouchers, and how it is made: the reconciliation with the account of the chart.
type Standing struct {
	Numbered money.Amount // multi-purpose vouchers followed by number, what is left on them
	Single   money.Amount // single-purpose ones: sold with their VAT, owed in goods and in no account
	Pool     money.Amount // sold as one amount
	Waiting  money.Amount // sold by number, signed: on a desk until the sheet of the day counts them
	Account  money.Amount // the account of the chart
}

// Agrees tells whether the parts come to the account.
func (s Standing) Agrees() bool { return s.Numbered+s.Pool-s.Waiting == s.Account }

// LoadStanding reads what is owed from the vouchers on one side, from the ledger on the other.
func LoadStanding(q db.Querier) (s Standing, err error) {
	all, err := All(q)
	if err != nil {
		return s, err
	}
	for _, v := range all {
		if v.Purpose == Single {
			s.Single += v.Left
		} else {
			s.Numbered += v.Left
		}
	}
	balances, err := ledger.Balances(q, Prefix)
	for key, balance := range balances {
		s.Account -= balance
		switch {
		case key == poolKey:
			s.Pool -= balance
		case strings.HasPrefix(key, deskKey):
			s.Waiting += balance
		}
	}
	return s, err
}
