package voucher

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/act"
	"encaisse/internal/books/ledger"
)

// Usage is a voucher used at a till, wholly or in part.
type Usage struct {
	ID      string // UUIDv7 made by whoever states it: sent twice, it counts once
	Voucher string // id
	Amount  money.Amount
	Box     string
	On      day.Day
}

// Use takes an amount off a voucher. The same use sent twice counts once. Two tills cannot spend the same money: the account of the voucher
// never goes below zero. Faults: Conflict for a voucher that is worth nothing any more, Invalid on « amount » past what is left.
func Use(tx *db.Tx, u Usage, today day.Day, by string) error {
	if u.Amount <= 0 || !u.Amount.InRange() {
		return refuse("amount", "Saisissez un montant supérieur à zéro.")
	}
	return act.Once(tx, u.ID, "voucher.use", u, func() error {
		if u.On > today {
			return refuse("on", "Un bon ne s’utilise pas à une date à venir.")
		}
		v, err := ByID(tx, u.Voucher)
		if err != nil {
			return err
		}
		if err := v.usable(u.On); err != nil {
			return err
		}
		if u.On < v.On {
			return refuse("on", "Ce bon a été vendu le "+locale.Date(v.On)+".")
		}
		if u.Amount > v.Left {
			return refuse("amount", "Il ne reste que "+locale.Euro(v.Left)+" sur ce bon.")
		}
		if err := checkTill(tx, u.Box, u.On); err != nil {
			return err
		}
		a, err := loadAccounts(tx)
		if err != nil {
			return err
		}
		counter, err := a.counter(tx, v.Purpose, usedKey(u.Box), u.Box, u.On)
		if err != nil {
			return err
		}
		e := Event{ID: u.ID, Voucher: v.ID, Kind: Used, Amount: u.Amount, Box: u.Box, On: u.On, By: by}
		if err := v.take(tx, a, counter, &e, step{"voucher.use", "Bon cadeau " + v.Number + " utilisé", today}); err != nil {
			return err
		}
		return insertEvent(tx, e)
	})
}

// step is how the journal tells what takes an amount off a voucher.
type step struct {
	kind, memo string
	today      day.Day
}

// take moves the amount of an event from the account of its voucher to another, on the day and in the box of the event, and notes the entry.
func (r Recorded) take(tx *db.Tx, a accounts, to ledger.Account, e *Event, s step) error {
	own := a.one(r.ID)
	posted, err := ledger.Post(tx, ledger.Entry{On: e.On, Kind: s.kind, Source: source(r.ID), Place: e.Box, By: e.By, Memo: s.memo, Today: s.today, Accounts: []ledger.Account{own, to},
		Lines:    []ledger.Line{{Account: own.Key, Amount: e.Amount, Memo: s.memo}, {Account: to.Key, Amount: -e.Amount, Memo: s.memo}},
		Evidence: ledger.Evidence(s.kind, e.said())})
	e.EntryID = posted.ID
	return err
}

// TakeBack undoes a use: its entry is reversed on its own day, which must not be locked, and the amount is on the voucher again.
func TakeBack(tx *db.Tx, key, use string, today day.Day, by string) (Event, error) {
	e, err := eventByID(tx, use)
	if err != nil {
		return e, err
	}
	return e, act.Once(tx, key, "voucher.takeback", use, func() error {
		v, err := ByID(tx, e.Voucher)
		switch {
		case err != nil:
			return err
		case e.Kind != Used:
			return fault.New(fault.NotFound, "Cette utilisation n’existe pas.")
		case v.undone(e.ID):
			return fault.New(fault.Conflict, "Cette utilisation est déjà annulée.")
		case v.ended != "":
			return fault.New(fault.Conflict, "Ce bon ne vaut plus rien\u00a0: ses utilisations ne s’annulent plus.")
		}
		posted, err := ledger.Reverse(tx, e.EntryID, e.On, today, by, source(v.ID), "Bon cadeau "+v.Number+", utilisation annulée")
		if err != nil {
			return err
		}
		return insertEvent(tx, Event{ID: key, Voucher: v.ID, Kind: Undone, Amount: e.Amount, Box: e.Box, On: e.On, Undoes: e.ID, EntryID: posted.ID, By: by})
	})
}
