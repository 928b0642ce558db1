package days

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/deposit"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/receivable"
	"encaisse/internal/shop/voucher"
)

// counterActs are the words of what happens at the counter beside the sheet: credit, vouchers by number, slips.
var counterActs = []verb{
	{"plafond", parseLimit}, {"paiement", parsePayment}, {"bon vendu", parseVoucher(false)}, {"bon utilisé", parseVoucher(true)}, {"bordereau", parseSlip},
	{"bon expiré", parseVoucherEnd(expire)}, {"bon prolongé", parseVoucherEnd(prolong)}, {"utilisation reprise", parseVoucherEnd(takeBack)}, {"trop-perçu rendu", parseGivenBack},
}

// parseLimit gives a customer a limit of credit: plafond « Anne Petit » 50,00.
func parseLimit(s *story, l *line) error {
	name, err := l.one("client", s.customers)
	if err != nil {
		return err
	}
	limit, err := l.amount()
	s.add(l, func(s *shop) error {
		return s.write(func(tx *db.Tx) error {
			p, err := party.Get(tx, s.parties[name])
			if err != nil {
				return err
			}
			p.Limited, p.CreditLimit = true, limit
			return party.Change(tx, p)
		})
	})
	return err
}

// parsePayment records what a customer pays on account: paiement 20,00 Espèces de « Anne Petit ».
func parsePayment(s *story, l *line) error {
	amount, err := l.amount()
	if err != nil {
		return err
	}
	method, err := l.one("mode de règlement", s.methodNames())
	if err != nil {
		return err
	}
	if !l.word("de") {
		return l.fail("un paiement dit de qui il vient : paiement 20,00 Espèces de « Anne Petit »")
	}
	name, err := l.one("client", s.customers)
	s.add(l, func(s *shop) error {
		p := receivable.Payment{ID: id.New(), Kind: receivable.Repayment, Customer: s.parties[name], Box: s.boxID(), Method: s.methods[method], Amount: amount, On: s.today}
		return s.write(func(tx *db.Tx) error {
			if err := receivable.Pay(tx, p, s.today, somebody); err != nil {
				return err
			}
			return follow(tx, p.On, cashbox.Moves{p.Box: p.Moves()}, "Paiement")
		})
	})
	return err
}

// parseGivenBack gives back what a till received too much and kept: trop-perçu rendu 2,00 Espèces.
func parseGivenBack(s *story, l *line) error {
	amount, err := l.amount()
	if err != nil {
		return err
	}
	method, err := l.one("mode de règlement", s.methodNames())
	s.add(l, func(s *shop) error {
		p := receivable.Payment{ID: id.New(), Kind: receivable.Overpayment, Box: s.boxID(), Method: s.methods[method], Amount: amount, On: s.today}
		return s.write(func(tx *db.Tx) error {
			if err := receivable.Pay(tx, p, s.today, somebody); err != nil {
				return err
			}
			return follow(tx, p.On, cashbox.Moves{p.Box: p.Moves()}, "Trop-perçu rendu")
		})
	})
	return err
}

// parseVoucher sells a voucher under a number, or uses it: bon vendu « NOEL-1 » 50,00 jusqu’au 2026-12-31, bon utilisé « NOEL-1 » 20,00.
func parseVoucher(use bool) func(s *story, l *line) error {
	return func(s *story, l *line) error {
		number, err := l.quoted()
		if err != nil {
			return err
		}
		amount, err := l.amount()
		if err != nil {
			return err
		}
		var until day.Day
		if !use && l.word("jusqu’au") {
			until, err = l.date()
		}
		s.add(l, func(s *shop) error { return s.voucher(number, amount, until, use) })
		return err
	}
}

func (s *shop) voucher(number string, amount money.Amount, until day.Day, use bool) error {
	key := id.New()
	return s.write(func(tx *db.Tx) error {
		if !use {
			return voucher.Issue(tx, voucher.Voucher{ID: key, Number: number, Purpose: voucher.Multi, Amount: amount, Box: s.boxID(), On: s.today, ValidUntil: until}, s.today, somebody)
		}
		v, err := voucher.ByNumber(tx, number)
		if err != nil {
			return err
		}
		return voucher.Use(tx, voucher.Usage{ID: key, Voucher: v.ID, Amount: amount, Box: s.boxID(), On: s.today}, s.today, somebody)
	})
}

// parseVoucherEnd does something to a voucher by its number, which a date may follow: bon expiré « NOEL-1 », bon prolongé « NOEL-1 » jusqu’au 2027-01-31.
func parseVoucherEnd(do func(tx *db.Tx, s *shop, v voucher.Recorded, until day.Day) error) func(s *story, l *line) error {
	return func(s *story, l *line) error {
		number, err := l.quoted()
		if err != nil {
			return err
		}
		var until day.Day
		if l.word("jusqu’au") {
			until, err = l.date()
		}
		s.add(l, func(s *shop) error {
			return s.write(func(tx *db.Tx) error {
				v, err := voucher.ByNumber(tx, number)
				if err != nil {
					return err
				}
				return do(tx, s, v, until)
			})
		})
		return err
	}
}

func expire(tx *db.Tx, s *shop, v voucher.Recorded, _ day.Day) error {
	return voucher.Expire(tx, id.New(), v.ID, s.today, somebody)
}

func prolong(tx *db.Tx, s *shop, v voucher.Recorded, until day.Day) error {
	return voucher.Prolong(tx, id.New(), v.ID, until, s.today, somebody)
}

// takeBack undoes the last use of a voucher.
func takeBack(tx *db.Tx, s *shop, v voucher.Recorded, _ day.Day) error {
	last := ""
	for _, e := range v.Events {
		if e.Kind == voucher.Used {
			last = e.ID
		}
	}
	_, err := voucher.TakeBack(tx, id.New(), last, s.today, somebody)
	return err
}

// leftOn is what is left on a voucher: bon « NOEL-1 ».
func leftOn(_ *story, l *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	number, err := l.quoted()
	return func(s *shop, q db.Querier) (money.Amount, error) {
		v, err := voucher.ByNumber(q, number)
		return v.Left, err
	}, err
}

// parseSlip takes an amount to the bank on a slip: bordereau 120,00 Chèques.
func parseSlip(s *story, l *line) error {
	amount, err := l.amount()
	if err != nil {
		return err
	}
	method, err := l.one("mode de règlement", s.methodNames())
	s.add(l, func(s *shop) error {
		slip := deposit.Slip{ID: id.New(), Box: s.boxID(), Method: s.methods[method], On: s.today, Loose: amount}
		return s.write(func(tx *db.Tx) error {
			if err := deposit.Make(tx, slip, s.today, somebody); err != nil {
				return err
			}
			return follow(tx, slip.On, cashbox.Moves{slip.Box: {slip.Method: -amount}}, "Remise")
		})
	})
	return err
}
