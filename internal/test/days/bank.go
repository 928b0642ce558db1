package days

import (
	"fmt"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/deposit"
	"encaisse/internal/shop/tender"
)

// bankActs are the words of cheques one by one, and of what becomes of a slip.
var bankActs = []verb{
	{"chèque reçu", parseCheque}, {"bordereau des chèques", parseChequeSlip}, {"annule le bordereau", parseSlipUndo}, {"pointe", parseTick(false)}, {"dépointe", parseTick(true)}, {"chèque impayé", parseReturned},
}

// parseCheque writes a cheque down: chèque reçu « A. Petit » 80,00.
func parseCheque(s *story, l *line) error {
	drawer, err := l.quoted()
	if err != nil {
		return err
	}
	amount, err := l.amount()
	s.add(l, func(s *shop) error {
		return s.write(func(tx *db.Tx) error {
			method, err := chequeMethod(tx)
			if err != nil {
				return err
			}
			return deposit.Receive(tx, deposit.Cheque{ID: id.New(), Box: s.boxID(), Method: method, On: s.today, Drawer: drawer, Amount: amount}, s.today, somebody)
		})
	})
	return err
}

func chequeMethod(q db.Querier) (string, error) {
	methods, err := tender.List(q)
	if err != nil {
		return "", err
	}
	for _, m := range methods {
		if m.Kind == tender.Cheque {
			return m.ID, nil
		}
	}
	return "", fmt.Errorf("days: the shop takes no cheques")
}

// parseChequeSlip takes every cheque in hand to the bank.
func parseChequeSlip(s *story, l *line) error {
	s.add(l, func(s *shop) error {
		return s.write(func(tx *db.Tx) error {
			method, err := chequeMethod(tx)
			if err != nil {
				return err
			}
			hand, err := deposit.InHand(tx, s.boxID(), method)
			if err != nil {
				return err
			}
			slip := deposit.Slip{ID: id.New(), Box: s.boxID(), Method: method, On: s.today}
			moves := cashbox.Moves{slip.Box: {}}
			for _, c := range hand {
				slip.Cheques = append(slip.Cheques, c.ID)
				moves[slip.Box][method] -= c.Amount
			}
			if err := deposit.Make(tx, slip, s.today, somebody); err != nil {
				return err
			}
			return follow(tx, slip.On, moves, "Remise")
		})
	})
	return nil
}

// numbered finds a slip by its number.
func numbered(q db.Querier, n int) (deposit.Recorded, error) {
	slips, err := deposit.Slips(q)
	if err != nil {
		return deposit.Recorded{}, err
	}
	for _, slip := range slips {
		if slip.Number == int64(n) {
			return deposit.SlipByID(q, slip.ID)
		}
	}
	return deposit.Recorded{}, fmt.Errorf("days: no slip n° %d", n)
}

// parseTick ticks off a slip by its number, or takes the tick back: pointe 1, dépointe 1.
func parseTick(back bool) func(s *story, l *line) error {
	return func(s *story, l *line) error {
		n, err := l.number()
		s.add(l, func(s *shop) error {
			key := id.New()
			return s.write(func(tx *db.Tx) error {
				slip, err := numbered(tx, n)
				if err != nil {
					return err
				}
				if back {
					return deposit.Uncredit(tx, key, slip.ID, s.today, somebody)
				}
				return deposit.Credit(tx, key, slip.ID, s.today, s.today, somebody)
			})
		})
		return err
	}
}

// parseSlipUndo takes back a slip that never left: annule le bordereau 1 « banque fermée ».
func parseSlipUndo(s *story, l *line) error {
	n, err := l.number()
	if err != nil {
		return err
	}
	reason, err := l.quoted()
	s.add(l, func(s *shop) error {
		key := id.New()
		return s.write(func(tx *db.Tx) error {
			slip, err := numbered(tx, n)
			if err != nil {
				return err
			}
			if _, err := deposit.Undo(tx, key, slip.ID, reason, s.today, somebody); err != nil {
				return err
			}
			return follow(tx, slip.On, cashbox.Moves{slip.Box: {slip.Method: slip.Amount}}, reason)
		})
	})
	return err
}

// parseReturned records a cheque that came back unpaid: chèque impayé 1 « A. Petit » frais 12,00 dû par « Anne Petit ».
func parseReturned(s *story, l *line) error {
	n, err := l.number()
	if err != nil {
		return err
	}
	r := deposit.Return{ID: id.New()}
	drawer, err := l.quoted()
	if err != nil {
		return err
	}
	if l.word("frais") {
		if r.Fee, err = l.amount(); err != nil {
			return err
		}
	}
	customer := ""
	if l.word("dû par") {
		if customer, err = l.one("client", s.customers); err != nil {
			return err
		}
	}
	s.add(l, func(s *shop) error {
		return s.write(func(tx *db.Tx) error {
			slip, err := numbered(tx, n)
			if err != nil {
				return err
			}
			r := r
			r.Slip, r.On, r.Party = slip.ID, s.today, s.parties[customer]
			for _, c := range slip.List {
				if c.Drawer == drawer {
					r.Cheque = c.ID
				}
			}
			return deposit.GiveBack(tx, r, s.today, somebody)
		})
	})
	return nil
}
