package receivable

import (
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/act"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
)

// Pay posts a payment at once. The same payment sent twice counts once. today is the present business day: an earlier date is back-dated,
// a later one refused. Faults: Invalid with the fields to correct, Locked for a locked day.
func Pay(tx *db.Tx, p Payment, today day.Day, by string) error {
	p.Memo = strings.TrimSpace(p.Memo)
	if err := p.check(); err != nil {
		return err
	}
	return act.Once(tx, p.ID, "receivable.pay", p, func() error {
		if p.On > today {
			return refuse("on", "Un règlement ne s’enregistre pas à une date à venir.")
		}
		s, err := newPosting(tx, p)
		if err != nil {
			return err
		}
		if err := s.check(tx); err != nil {
			return err
		}
		posted, err := ledger.Post(tx, s.entry(today, by))
		if err != nil {
			return err
		}
		return insertPayment(tx, Recorded{Payment: p, EntryID: posted.ID, By: by, At: tx.Now()})
	})
}

// posting is a payment with the registers its entry needs.
type posting struct {
	p      Payment
	box    cashbox.Box
	method tender.Method
	chart  chart.Chart
	name   string // of the customer
}

func newPosting(tx *db.Tx, p Payment) (s posting, err error) {
	s.p = p
	if s.box, err = cashbox.ByID(tx, p.Box); err != nil {
		return s, err
	}
	if s.method, err = tender.Get(tx, p.Method); err != nil {
		return s, err
	}
	if p.Customer != "" {
		customer, err := party.Get(tx, p.Customer)
		if err != nil {
			return s, err
		}
		if customer.Kind != party.Customer {
			return s, fault.New(fault.NotFound, "Ce client n’existe pas.")
		}
		s.name = customer.Name
	}
	s.chart, err = chart.Load(tx)
	return s, err
}

// check refuses what the registers and the balances do not allow.
func (s posting) check(tx *db.Tx) error {
	p := s.p
	switch {
	case !s.box.Active || s.box.Deleted:
		return refuse("box", "Cette caisse est hors service. Choisissez-en une autre.")
	case !s.method.Active || !s.box.Keeps(s.method):
		return refuse("method", "Cette caisse ne garde pas d’argent de ce moyen de paiement. Choisissez-en un autre.")
	case p.On < s.box.FirstDay:
		return refuse("on", "Cette caisse est suivie à partir du "+locale.Date(s.box.FirstDay)+".")
	}
	balance, err := ledger.Balance(tx, s.other().Key)
	if err != nil {
		return err
	}
	switch {
	case p.Kind == Repayment && p.Amount > balance && !p.Advance:
		return refuse("amount", "Ce règlement dépasse ce qui est dû ("+locale.Euro(max(0, balance))+"). Corrigez le montant, ou cochez «\u00a0Garder le surplus en avance\u00a0».")
	case p.Kind == Refund && p.Amount > -balance:
		return refuse("amount", "L’avance à rendre est de "+locale.Euro(max(0, -balance))+".")
	case p.Kind == Overpayment && p.Amount > -balance:
		return refuse("amount", "Les trop-perçus gardés par cette caisse sont de "+locale.Euro(max(0, -balance))+".")
	case p.Kind != Repayment && s.method.Kind == tender.Cash:
		return s.checkCash(tx)
	}
	return nil
}

// checkCash refuses to give back more cash than the box holds.
func (s posting) checkCash(tx *db.Tx) error {
	held, err := ledger.Balance(tx, cashbox.AccountKey(s.box.ID, s.method.ID))
	if err == nil && s.p.Amount > held {
		err = refuse("amount", "Il n’y a que "+locale.Euro(max(0, held))+" d’espèces dans cette caisse.")
	}
	return err
}

// other is the account that faces the box.
func (s posting) other() ledger.Account {
	if s.p.Kind == Overpayment {
		code, label := s.chart.Account("overpaid")
		return ledger.Account{Key: overpaidAccount(s.box.ID), Code: code, Label: label, Sense: ledger.Credit}
	}
	code, label := s.chart.Account("customer")
	return ledger.Account{Key: accountOf(s.p.Customer), Code: code, Label: label, Sense: ledger.Debit}
}

func (s posting) entry(today day.Day, by string) ledger.Entry {
	p, box, other := s.p, cashbox.Account(s.box, s.method, s.chart), s.other()
	amount := p.Moves()[p.Method]
	memo := p.memo(s.name)
	return ledger.Entry{On: p.On, Kind: string(p.Kind), Source: paymentSource + p.ID, Place: p.Box, By: by, Memo: memo, Today: today, Accounts: []ledger.Account{box, other},
		Lines:    []ledger.Line{{Account: box.Key, Amount: amount, Party: p.Customer, Memo: memo}, {Account: other.Key, Amount: -amount, Party: p.Customer, Memo: p.memo("")}},
		Evidence: ledger.Evidence(evidenceKind, p.evidence())}
}
