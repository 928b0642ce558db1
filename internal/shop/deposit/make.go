package deposit

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/act"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/number"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/tender"
)

// series is the name of the number series of slips.
const series = "deposit"

// movementOf is the movement of the box that a slip makes.
func movementOf(slip string) string { return id.Derive("deposit:" + slip) }

// Make takes money out of a box for the bank, on a numbered slip. The same slip sent twice counts once. Faults: Invalid with the fields to
// correct, Conflict for a cheque that is not in hand any more, Locked for a locked day.
func Make(tx *db.Tx, s Slip, today day.Day, by string) error {
	if err := s.check(today); err != nil {
		return err
	}
	return act.Once(tx, s.ID, "deposit.slip", s, func() error {
		r := Recorded{Slip: s, Movement: movementOf(s.ID), By: by}
		method, err := tender.Get(tx, s.Method)
		if err != nil {
			return err
		}
		if r.Amount, r.List, err = s.amount(tx, method); err != nil {
			return err
		}
		if err := s.checkHeld(tx, r.Amount); err != nil {
			return err
		}
		if r.Number, err = number.Next(tx, series); err != nil {
			return err
		}
		m := cashbox.Movement{ID: r.Movement, Box: s.Box, Method: s.Method, Kind: cashbox.Deposit, Amount: r.Amount, On: s.On, Memo: r.words()}
		if err := cashbox.Record(tx, m, today, by); err != nil {
			return err
		}
		r.At = tx.Now()
		if err := insertSlip(tx, r); err != nil {
			return err
		}
		return seal.AppendAct(tx, SlipKind, r.ID, r.On, r.whole())
	})
}

// words say what the slip is, on the movement of the box.
func (r Recorded) words() string {
	text := "bordereau n°\u00a0" + locale.Int(r.Number)
	if n := len(r.Cheques); n > 0 {
		text += ", " + locale.Plural(n, "chèque", "chèques")
	}
	if r.Memo != "" {
		text += ", " + r.Memo
	}
	return text
}

// amount is what the slip comes to: its cheques, its pieces, and what is given as one amount. It gives the cheques.
func (s Slip) amount(tx *db.Tx, method tender.Method) (sum money.Amount, list []Cheque, err error) {
	if method.Kind != tender.Cash && len(s.Pieces) > 0 {
		return 0, nil, refuse("loose", "Les billets et les pièces ne vont que sur une remise d’espèces.")
	}
	sum = s.Loose + s.Counted()
	hand, err := InHand(tx, s.Box, s.Method)
	if err != nil {
		return 0, nil, err
	}
	inHand := map[string]Cheque{}
	for _, c := range hand {
		inHand[c.ID] = c
	}
	for _, cheque := range s.Cheques {
		c, there := inHand[cheque]
		if !there {
			return 0, nil, fault.New(fault.Conflict, "Un des chèques cochés n’est plus en main\u00a0: il vient d’être remis ou retiré. Rechargez la page.")
		}
		delete(inHand, cheque)
		sum, list = sum+c.Amount, append(list, c)
	}
	if sum <= 0 {
		return 0, nil, refuse("loose", "Il n’y a rien à remettre\u00a0: cochez un chèque ou saisissez un montant.")
	}
	return sum, list, nil
}

// checkHeld refuses more than the box holds.
func (s Slip) checkHeld(tx *db.Tx, amount money.Amount) error {
	held, err := ledger.Balance(tx, cashbox.AccountKey(s.Box, s.Method))
	if err == nil && amount > held {
		err = refuse("loose", "La caisse ne compte que "+locale.Euro(max(0, held))+", la remise fait "+locale.Euro(amount)+". Clôturez d’abord la journée qui a reçu cet argent, ou corrigez le montant.")
	}
	return err
}

// Undo takes back a slip that never left: its movement is undone on its day, which must not be locked, and its cheques are in hand again.
func Undo(tx *db.Tx, key, slip, reason string, today day.Day, by string) (Recorded, error) {
	s, err := SlipByID(tx, slip)
	if err != nil {
		return s, err
	}
	if reason, err = reasonOf(reason); err != nil {
		return s, err
	}
	return s, act.Once(tx, key, "deposit.undo", []string{slip, reason}, func() error {
		switch s.State() {
		case InBank:
			return fault.New(fault.Conflict, "Cette remise est créditée. Enlevez d’abord son pointage.")
		case Gone:
			return fault.New(fault.Conflict, "Cette remise est déjà annulée.")
		}
		if _, err := cashbox.Reverse(tx, s.Movement, reason, today, by); err != nil {
			return err
		}
		return insertEvent(tx, Event{ID: key, Slip: slip, Kind: Undone, On: s.On, Amount: s.Amount, Memo: reason, By: by})
	})
}
