package voucher

import (
	"crypto/sha256"
	"fmt"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/act"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/number"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
)

// series is the name of the number series of vouchers.
const series = "voucher"

// letters make numbers harder to guess. Those that look like others are left out.
const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// Issue records a voucher sold at a till. The same voucher sent twice counts once. today is the present business day. Faults: Invalid with the
// fields to correct, Locked for a locked day.
func Issue(tx *db.Tx, v Voucher, today day.Day, by string) error {
	v = v.normalise()
	if err := v.check(); err != nil {
		return err
	}
	return act.Once(tx, v.ID, "voucher.issue", v, func() error {
		if v.On > today {
			return refuse("on", "Un bon ne se vend pas à une date à venir.")
		}
		if err := checkTill(tx, v.Box, v.On); err != nil {
			return err
		}
		if err := v.category(tx); err != nil {
			return err
		}
		if err := v.name(tx); err != nil {
			return err
		}
		a, err := loadAccounts(tx)
		if err != nil {
			return err
		}
		counter, err := a.counter(tx, v.Purpose, soldKey(v.Box), v.Box, v.On)
		if err != nil {
			return err
		}
		own, memo := a.one(v.ID), "Bon cadeau "+v.Number+" vendu"
		posted, err := ledger.Post(tx, ledger.Entry{On: v.On, Kind: "voucher.issue", Source: source(v.ID), Place: v.Box, By: by, Memo: memo, Today: today, Accounts: []ledger.Account{counter, own},
			Lines:    []ledger.Line{{Account: counter.Key, Amount: v.Amount, Memo: memo}, {Account: own.Key, Amount: -v.Amount, Memo: memo}},
			Evidence: ledger.Evidence("voucher.issue", v)})
		if fault.Is(err, fault.Invalid) && counter.Key == poolKey {
			return refuse("on", "La journée du "+locale.Date(v.On)+" est clôturée et compte moins de bons vendus que cela. Corrigez d’abord ses «\u00a0Bons cadeaux vendus\u00a0».")
		}
		if err != nil {
			return err
		}
		return insertVoucher(tx, Recorded{Voucher: v, EntryID: posted.ID, By: by})
	})
}

// source names the acts of a voucher in the ledger.
func source(voucher string) string { return "voucher:" + voucher }

// checkTill refuses a box that is no till, or is not followed yet.
func checkTill(tx *db.Tx, box string, on day.Day) error {
	b, err := cashbox.ByID(tx, box)
	switch {
	case fault.Is(err, fault.NotFound), err == nil && (!b.IsTill() || !b.Active || b.Deleted):
		return refuse("box", "Choisissez une caisse en service, qui a des journées.")
	case err == nil && on < b.FirstDay:
		return refuse("on", "Cette caisse est suivie à partir du "+locale.Date(b.FirstDay)+".")
	}
	return err
}

// category finds the rate of a single-purpose voucher.
func (v *Voucher) category(tx *db.Tx) error {
	if v.Purpose != Single {
		return nil
	}
	c, err := catalog.Get(tx, v.Category)
	if fault.Is(err, fault.NotFound) || err == nil && !c.Active {
		return refuse("category", "Choisissez un rayon de la liste.")
	}
	v.Rate = c.Rate
	return err
}

// name gives the voucher its number, or refuses one that another has.
func (v *Voucher) name(tx *db.Tx) error {
	if v.Number != "" {
		taken, err := numberTaken(tx, v.Number)
		if err == nil && taken {
			err = refuse("number", "Ce numéro est déjà celui d’un autre bon.")
		}
		return err
	}
	n, err := number.Next(tx, series)
	v.Number = numberOf(n, v.ID)
	return err
}

// numberOf is a number of the series followed by five letters drawn from the id, which nobody else knows.
func numberOf(n int64, id string) string {
	sum := sha256.Sum256([]byte("voucher " + id))
	tail := make([]byte, 5)
	for i := range tail {
		tail[i] = letters[int(sum[i])%len(letters)]
	}
	return fmt.Sprintf("BC%05d-%s", n, tail)
}
