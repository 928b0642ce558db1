package deposit

import (
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/act"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/party"
)

// The accounts of the bank.
const (
	transitKey = "transit/bank"
	bankKey    = "bank/main"
	feeKey     = "bankfee/main"
	unpaidKey  = "unpaid/cheque"
)

// accounts opens what a slip posts to.
func account(plan chart.Chart, key, role string) ledger.Account {
	code, label := plan.Account(role)
	return ledger.Account{Key: key, Code: code, Label: label, Sense: ledger.Debit}
}

// source names the acts of a slip in the ledger.
func source(slip string) string { return "slip:" + slip }

// Credit ticks a slip off: the bank credited it on a day. The same key counts once.
func Credit(tx *db.Tx, key, slip string, on, today day.Day, by string) error {
	return act.Once(tx, key, "deposit.credit", []string{slip, string(on)}, func() error {
		s, err := SlipByID(tx, slip)
		if err != nil {
			return err
		}
		if s.State() != InTransit {
			return fault.New(fault.Conflict, "Cette remise n’attend plus d’être créditée.")
		}
		if _, err := day.Parse(string(on)); err != nil || on < s.On || on > today {
			return refuse("on", "Choisissez le jour où la banque a crédité la remise, du "+locale.Date(s.On)+" à aujourd’hui.")
		}
		plan, err := chart.Load(tx)
		if err != nil {
			return err
		}
		bank, transit := account(plan, bankKey, "bank"), account(plan, transitKey, "transit")
		memo := "Remise n°\u00a0" + locale.Int(s.Number) + " créditée"
		e := Event{ID: key, Slip: slip, Kind: Credited, On: on, Amount: s.Amount, By: by}
		posted, err := ledger.Post(tx, ledger.Entry{On: on, Kind: "deposit.credit", Evidence: ledger.Evidence("deposit.credit", e.said()), Source: source(slip), By: by, Memo: memo, Today: today, Accounts: []ledger.Account{bank, transit},
			Lines: []ledger.Line{{Account: bank.Key, Amount: s.Amount, Memo: memo}, {Account: transit.Key, Amount: -s.Amount, Memo: memo}}})
		if err != nil {
			return err
		}
		e.EntryID = posted.ID
		return insertEvent(tx, e)
	})
}

// Uncredit takes back a slip ticked off by mistake. The same key counts once.
func Uncredit(tx *db.Tx, key, slip string, today day.Day, by string) error {
	return act.Once(tx, key, "deposit.uncredit", slip, func() error {
		s, err := SlipByID(tx, slip)
		if err != nil {
			return err
		}
		credit := s.credit()
		if credit == nil {
			return fault.New(fault.Conflict, "Cette remise n’est pas pointée.")
		}
		for _, e := range s.Events {
			if e.Kind == Returned {
				return fault.New(fault.Conflict, "Un chèque de cette remise est revenu impayé\u00a0: la banque l’a bien créditée d’abord.")
			}
		}
		posted, err := ledger.Reverse(tx, credit.EntryID, credit.On, today, by, source(slip), "Remise n°\u00a0"+locale.Int(s.Number)+", pointage enlevé")
		if err != nil {
			return err
		}
		return insertEvent(tx, Event{ID: key, Slip: slip, Kind: Uncredited, On: credit.On, Amount: s.Amount, EntryID: posted.ID, By: by})
	})
}

// Return is a cheque that came back unpaid.
type Return struct {
	ID     string // UUIDv7 made by whoever states it
	Slip   string
	Cheque string
	On     day.Day
	Party  string       // customer who owes it again, "" for a loss
	Fee    money.Amount // taken by the bank, 0: none
	Memo   string
}

// GiveBack records a cheque that came back unpaid: the bank takes its amount back, and a fee; its customer owes it again, or it is lost. The same
// return sent twice counts once, and a cheque comes back once.
func GiveBack(tx *db.Tx, r Return, today day.Day, by string) error {
	r.Memo = strings.TrimSpace(r.Memo)
	if r.Fee < 0 || !r.Fee.InRange() {
		return refuse("fee", "Les frais ne peuvent pas être négatifs.")
	}
	return act.Once(tx, r.ID, "deposit.return", r, func() error {
		s, err := SlipByID(tx, r.Slip)
		if err != nil {
			return err
		}
		credit := s.credit()
		if credit == nil {
			return fault.New(fault.Conflict, "Pointez d’abord la remise\u00a0: la banque crédite un chèque, puis le reprend.")
		}
		if _, err := day.Parse(string(r.On)); err != nil || r.On < credit.On || r.On > today {
			return refuse("on", "Choisissez le jour où la banque a repris le chèque, du "+locale.Date(credit.On)+" à aujourd’hui.")
		}
		cheque, err := s.find(r.Cheque)
		if err != nil {
			return err
		}
		entry, err := r.entry(tx, s, cheque)
		if err != nil {
			return err
		}
		e := Event{ID: r.ID, Slip: s.ID, Kind: Returned, Cheque: cheque.ID, Party: r.Party, On: r.On, Amount: cheque.Amount, Fee: r.Fee, Memo: r.Memo, By: by}
		entry.By, entry.Today, entry.Evidence = by, today, ledger.Evidence("deposit.return", e.said())
		posted, err := ledger.Post(tx, entry)
		if err != nil {
			return err
		}
		e.EntryID = posted.ID
		return insertEvent(tx, e)
	})
}

// find is a cheque of the slip that did not come back yet.
func (r Recorded) find(cheque string) (Cheque, error) {
	for _, c := range r.List {
		if c.ID == cheque {
			if r.returnOf(cheque) != nil {
				return c, fault.New(fault.Conflict, "Ce chèque est déjà revenu impayé.")
			}
			return c, nil
		}
	}
	return Cheque{}, refuse("cheque", "Choisissez un chèque de cette remise.")
}

func (r Return) entry(tx *db.Tx, s Recorded, c Cheque) (ledger.Entry, error) {
	plan, err := chart.Load(tx)
	if err != nil {
		return ledger.Entry{}, err
	}
	memo := "Chèque impayé"
	if c.Number != "" {
		memo += " n°\u00a0" + c.Number
	}
	if c.Drawer != "" {
		memo += ", " + c.Drawer
	}
	bank, to := account(plan, bankKey, "bank"), account(plan, unpaidKey, "unpaid")
	if r.Party != "" {
		p, err := party.Get(tx, r.Party)
		if fault.Is(err, fault.NotFound) || err == nil && p.Kind != party.Customer {
			return ledger.Entry{}, refuse("party", "Choisissez un client de la liste.")
		}
		if err != nil {
			return ledger.Entry{}, err
		}
		to = account(plan, party.Account(r.Party), "customer")
	}
	e := ledger.Entry{On: r.On, Kind: "deposit.return", Source: source(s.ID), Memo: memo, Accounts: []ledger.Account{bank, to},
		Lines: []ledger.Line{{Account: to.Key, Amount: c.Amount, Party: r.Party, Memo: memo}, {Account: bank.Key, Amount: -c.Amount - r.Fee, Memo: memo}}}
	if r.Fee > 0 {
		fee := account(plan, feeKey, "bank.fee")
		e.Accounts = append(e.Accounts, fee)
		e.Lines = append(e.Lines, ledger.Line{Account: fee.Key, Amount: r.Fee, Memo: "Frais de chèque impayé"})
	}
	return e, nil
}
