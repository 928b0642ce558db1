package deposit

import (
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/act"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
)

// Receive writes down a cheque. The same cheque sent twice counts once. It moves no money: the sheet of the day, or a payment, did.
func Receive(tx *db.Tx, c Cheque, today day.Day, by string) error {
	c.Drawer, c.Bank, c.Number = strings.TrimSpace(c.Drawer), strings.TrimSpace(c.Bank), strings.TrimSpace(c.Number)
	if err := c.check(today); err != nil {
		return err
	}
	return act.Once(tx, c.ID, "deposit.cheque", c, func() error {
		if _, _, err := chequeBox(tx, c.Box, c.Method); err != nil {
			return err
		}
		if c.Party != "" {
			p, err := party.Get(tx, c.Party)
			if fault.Is(err, fault.NotFound) || err == nil && p.Kind != party.Customer {
				return refuse("party", "Choisissez un client de la liste.")
			}
			if err != nil {
				return err
			}
		}
		if err := insertCheque(tx, c, by); err != nil {
			return err
		}
		return seal.AppendAct(tx, ChequeKind, c.ID, c.On, sealedCheque{c, by, tx.Now().UnixMicro()})
	})
}

// chequeBox finds a box and its method of cheques. Fault NotFound when the method is none.
func chequeBox(q db.Querier, box, method string) (b cashbox.Box, m tender.Method, err error) {
	if b, err = cashbox.ByID(q, box); err != nil {
		return b, m, err
	}
	if m, err = tender.Get(q, method); err != nil {
		return b, m, err
	}
	if m.Kind != tender.Cheque || !b.Keeps(m) {
		return b, m, fault.New(fault.NotFound, "Cette caisse ne garde pas de chèques de ce moyen de paiement.")
	}
	return b, m, nil
}

// Withdraw strikes out a cheque written down by mistake. It must be in hand. The same key counts once.
func Withdraw(tx *db.Tx, key, cheque, reason, by string) error {
	reason, err := reasonOf(reason)
	if err != nil {
		return err
	}
	return act.Once(tx, key, "deposit.withdraw", []string{cheque, reason}, func() error {
		c, err := chequeByID(tx, cheque)
		if err != nil {
			return err
		}
		hand, err := InHand(tx, c.Box, c.Method)
		if err != nil {
			return err
		}
		for _, h := range hand {
			if h.ID == cheque {
				if err := insertWithdrawal(tx, cheque, reason, by); err != nil {
					return err
				}
				return seal.AppendAct(tx, WithdrawalKind, cheque, c.On, withdrawal{cheque, reason, by, tx.Now().UnixMicro()})
			}
		}
		return fault.New(fault.Conflict, "Ce chèque n’est plus en main\u00a0: il est remis, ou déjà retiré.")
	})
}
