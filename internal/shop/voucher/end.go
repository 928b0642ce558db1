package voucher

import (
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/act"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/tender"
)

// Expire turns what is left on a voucher past its last day into an income. The same key counts once.
func Expire(tx *db.Tx, key, voucher string, today day.Day, by string) error {
	return act.Once(tx, key, "voucher.expire", voucher, func() error {
		v, err := ByID(tx, voucher)
		if err != nil {
			return err
		}
		if v.State(today) != Lapsed {
			return fault.New(fault.Conflict, "Seul un bon échu, sur lequel il reste quelque chose, peut expirer.")
		}
		a, err := loadAccounts(tx)
		if err != nil {
			return err
		}
		to := a.expired()
		if v.Purpose == Single {
			to = a.single()
		}
		e := Event{ID: key, Voucher: v.ID, Kind: Expired, Amount: v.Left, On: today, By: by}
		if err := v.take(tx, a, to, &e, step{"voucher.expire", "Bon cadeau " + v.Number + " expiré", today}); err != nil {
			return err
		}
		return insertEvent(tx, e)
	})
}

// Prolong gives a voucher a later last day. The same key counts once.
func Prolong(tx *db.Tx, key, voucher string, until, today day.Day, by string) error {
	if _, err := day.Parse(string(until)); err != nil || until < today {
		return refuse("until", "Choisissez une date à venir.")
	}
	return act.Once(tx, key, "voucher.prolong", []string{voucher, string(until)}, func() error {
		v, err := ByID(tx, voucher)
		if err != nil {
			return err
		}
		if state := v.State(today); state != Live && state != Lapsed {
			return fault.New(fault.Conflict, "Ce bon ne vaut plus rien\u00a0: il ne se prolonge pas.")
		}
		if v.until == "" || until <= v.until {
			return refuse("until", "Choisissez une date après la fin de validité présente.")
		}
		e := Event{ID: key, Voucher: v.ID, Kind: Prolonged, On: today, ValidUntil: until, By: by, At: tx.Now()}
		if err := insertEvent(tx, e); err != nil {
			return err
		}
		return seal.AppendAct(tx, ProlongedKind, e.ID, e.On, e.whole())
	})
}

// Cancel takes a voucher recorded by mistake out of use, when nothing was spent on it: its entry is reversed; on a locked day, what it was
// worth stays owed without a number. The same key counts once.
func Cancel(tx *db.Tx, key, voucher, reason string, today day.Day, by string) error {
	if reason = strings.TrimSpace(reason); reason == "" || utf8.RuneCountInString(reason) > 200 {
		return refuse("reason", "Dites en quelques mots, 200 caractères au plus, pourquoi le bon est annulé.")
	}
	return act.Once(tx, key, "voucher.cancel", []string{voucher, reason}, func() error {
		v, err := ByID(tx, voucher)
		if err != nil {
			return err
		}
		if v.ended != "" || v.Left != v.Amount {
			return fault.New(fault.Conflict, "Ce bon a déjà servi ou n’est plus en cours\u00a0: il ne s’annule pas. Annulez d’abord ses utilisations.")
		}
		state, err := period.StateOf(tx, v.Box, v.On)
		if err != nil {
			return err
		}
		e := Event{ID: key, Voucher: v.ID, Kind: Cancelled, Amount: v.Left, Box: v.Box, On: v.On, Memo: reason, By: by}
		memo := "Bon cadeau " + v.Number + " annulé\u00a0: " + reason
		if state == period.Locked && v.Purpose == Multi {
			a, err := loadAccounts(tx)
			if err != nil {
				return err
			}
			late := e // the day of the sale takes nothing more: what is owed moves today, in no box
			late.Box, late.On = "", today
			if err := v.take(tx, a, a.pool(), &late, step{"voucher.cancel", memo, today}); err != nil {
				return err
			}
			e.EntryID = late.EntryID
		} else {
			posted, err := ledger.Reverse(tx, v.EntryID, v.On, today, by, source(v.ID), memo)
			if err != nil {
				return err
			}
			e.EntryID = posted.ID
		}
		return insertEvent(tx, e)
	})
}

// Payback is what is left on a voucher, given back from a box.
type Payback struct {
	ID      string // UUIDv7 made by whoever states it
	Voucher string
	Box     string
	Method  string
}

// Refund gives back what is left on a multi-purpose voucher. The same payback sent twice counts once. It gives the voucher as it was.
func Refund(tx *db.Tx, p Payback, today day.Day, by string) (v Recorded, err error) {
	if v, err = ByID(tx, p.Voucher); err != nil {
		return v, err
	}
	return v, act.Once(tx, p.ID, "voucher.refund", p, func() error {
		switch {
		case v.ended != "" || v.Left == 0:
			return fault.New(fault.Conflict, "Il ne reste rien sur ce bon.")
		case v.Purpose == Single:
			return fault.New(fault.Conflict, "La TVA de ce bon est due depuis sa vente\u00a0: saisissez son remboursement sur la feuille du jour, en négatif dans son rayon, puis annulez le bon.")
		}
		box, method, plan, err := p.registers(tx)
		if err != nil {
			return err
		}
		to := cashbox.Account(box, method, plan)
		held, err := ledger.Balance(tx, to.Key)
		if err != nil {
			return err
		}
		if method.Kind == tender.Cash && held < v.Left {
			return refuse("box", "Il n’y a que "+locale.Euro(max(0, held))+" d’espèces dans cette caisse.")
		}
		e := Event{ID: p.ID, Voucher: v.ID, Kind: Refunded, Amount: v.Left, Box: p.Box, On: today, By: by}
		if err := v.take(tx, accounts{plan}, to, &e, step{"voucher.refund", "Bon cadeau " + v.Number + " remboursé", today}); err != nil {
			return err
		}
		return insertEvent(tx, e)
	})
}

func (p Payback) registers(tx *db.Tx) (box cashbox.Box, method tender.Method, plan chart.Chart, err error) {
	if box, err = cashbox.ByID(tx, p.Box); err != nil || !box.Active || box.Deleted {
		return box, method, plan, refuse("box", "Choisissez une caisse en service.")
	}
	if method, err = tender.Get(tx, p.Method); err != nil || !method.Active || !box.Keeps(method) {
		return box, method, plan, refuse("method", "Choisissez un moyen de paiement de cette caisse.")
	}
	plan, err = chart.Load(tx)
	return box, method, plan, err
}
