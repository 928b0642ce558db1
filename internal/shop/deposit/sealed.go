package deposit

import (
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/seal"
)

// The kinds of sealed acts of this room that have no entry of their own.
const (
	ChequeKind     = "cheque"
	WithdrawalKind = "cheque-withdrawal"
	SlipKind       = "deposit-slip"
)

// sealedCheque is a cheque as it is sealed.
type sealedCheque struct {
	Cheque
	By string
	At int64 // UTC microseconds
}

// withdrawal is a cheque struck out, as it is sealed.
type withdrawal struct {
	Cheque, Reason, By string
	At                 int64
}

// sealedSlip is a slip as it is sealed: its cheques whole.
type sealedSlip struct {
	Slip
	List     []Cheque
	Number   int64
	Amount   money.Amount
	Movement string
	By       string
	At       int64
}

// whole is the slip as it is sealed. What is empty is nothing, however it was kept.
func (r Recorded) whole() sealedSlip {
	s := sealedSlip{Slip: r.Slip, List: r.List, Number: r.Number, Amount: r.Amount, Movement: r.Movement, By: r.By, At: r.At.UnixMicro()}
	s.Cheques = nil // the list says them
	if len(s.Pieces) == 0 {
		s.Pieces = nil
	}
	return s
}

// said is what is sealed of an event with its entry.
func (e Event) said() Event {
	return Event{ID: e.ID, Slip: e.Slip, Kind: e.Kind, Cheque: e.Cheque, Party: e.Party, On: e.On, Amount: e.Amount, Fee: e.Fee, Memo: e.Memo}
}

// Sources are where the acts sealed by this room are.
func Sources() map[string]seal.Source {
	return map[string]seal.Source{
		ChequeKind: {Content: func(q db.Querier, id string) ([]byte, error) {
			c, err := sealedChequeByID(q, id)
			if err != nil {
				return nil, err
			}
			return seal.Canonical(c)
		}, Each: each(eachCheque)},
		WithdrawalKind: {Content: func(q db.Querier, id string) ([]byte, error) {
			w, err := sealedWithdrawalOf(q, id)
			if err != nil {
				return nil, err
			}
			return seal.Canonical(w)
		}, Each: each(eachWithdrawal)},
		SlipKind: {Content: func(q db.Querier, id string) ([]byte, error) {
			if err := slipSealed(q, id); err != nil {
				return nil, err
			}
			s, err := SlipByID(q, id)
			if err != nil {
				return nil, err
			}
			return seal.Canonical(s.whole())
		}, Each: each(eachSlip)},
	}
}
