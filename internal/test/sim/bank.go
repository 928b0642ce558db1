package sim

import (
	"fmt"
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/deposit"
)

// paper is a cheque written down.
type paper struct {
	deposit.Cheque
	slip *slip // that took it, nil while it is in hand
	back bool  // it came back unpaid
}

// slip is a deposit slip as the auditor sees it.
type slip struct {
	deposit.Slip
	kind     string // of the method
	amount   money.Amount
	papers   []*paper
	credited day.Day // "" while the bank has nothing
	gone     bool
}

// bank is what the auditor says of the bank: what it holds, what it took, what it will not pay.
type bank struct{ main, fees, unpaid money.Amount }

// bankAct draws what happens to cheques and slips.
func (w *world) bankAct(box string) act {
	switch roll := w.rng.IntN(100); {
	case roll < 25:
		return w.cheque(box)
	case roll < 55 || len(w.slips) == 0:
		return w.slip(box)
	}
	s := w.slips[w.rng.IntN(len(w.slips))]
	switch roll := w.rng.IntN(100); {
	case roll < 45:
		return w.credit(s)
	case roll < 60:
		return w.uncredit(s)
	case roll < 80:
		return w.slipUndone(s)
	}
	return w.comesBack(s)
}

func (w *world) cheque(box string) act {
	p := &paper{Cheque: deposit.Cheque{ID: id.New(), Box: box, Method: w.methods[cheque], On: w.someDay(), Drawer: "simulé", Amount: w.cents(6000)}}
	receive := func(tx *db.Tx, c deposit.Cheque) error { return deposit.Receive(tx, c, w.today(), somebody) }
	return act{
		what: fmt.Sprintf("cheque of %d written down on %s", p.Amount, p.On), allowed: p.On <= w.today(),
		do:    func(tx *db.Tx) (string, error) { return "", receive(tx, p.Cheque) },
		other: func(tx *db.Tx) error { more := p.Cheque; more.Amount++; return receive(tx, more) },
		apply: func() { w.papers = append(w.papers, p) },
	}
}

// slip takes some money of a box to the bank: cheques in hand, or an amount.
func (w *world) slip(box string) act {
	s := &slip{kind: w.kindOfMethod(), Slip: deposit.Slip{ID: id.New(), Box: box, On: w.someDay()}}
	s.Method = w.methods[s.kind]
	if s.kind == cheque {
		for _, p := range w.papers {
			if p.Box == box && p.slip == nil && w.chance(70) {
				s.papers, s.Cheques, s.amount = append(s.papers, p), append(s.Cheques, p.ID), s.amount+p.Amount
			}
		}
	}
	if len(s.papers) == 0 || w.chance(30) {
		s.Loose = w.cents(9000)
		s.amount += s.Loose
	}
	b := w.audit.boxes[box]
	record := func(tx *db.Tx, slip deposit.Slip) error {
		if err := deposit.Make(tx, slip, w.today(), somebody); err != nil {
			return err
		}
		return follow(tx, s.On, cashbox.Moves{box: {s.Method: -s.amount}})
	}
	return act{
		what:    fmt.Sprintf("slip of %d in %s with %d cheques on %s", s.amount, s.kind, len(s.papers), s.On),
		allowed: s.On <= w.today() && s.On >= b.first && s.On > b.locked && s.amount <= b.balance(s.kind, endOfTime, ""),
		do:      func(tx *db.Tx) (string, error) { return "", record(tx, s.Slip) },
		other:   func(tx *db.Tx) error { more := s.Slip; more.Loose++; return record(tx, more) },
		apply: func() {
			b.move(s.On, s.kind, -s.amount)
			w.slips = append(w.slips, s)
			for _, p := range s.papers {
				p.slip = s
			}
		},
	}
}

func (w *world) credit(s *slip) act {
	key, on := id.New(), s.On.Add(w.rng.IntN(3))
	return act{
		what: fmt.Sprintf("slip of %d credited on %s", s.amount, on), allowed: !s.gone && s.credited == "" && on <= w.today(),
		do:    func(tx *db.Tx) (string, error) { return "", deposit.Credit(tx, key, s.ID, on, w.today(), somebody) },
		apply: func() { s.credited = on; w.bank.main += s.amount },
	}
}

func (w *world) uncredit(s *slip) act {
	key := id.New()
	return act{
		what: fmt.Sprintf("slip of %d credited no more", s.amount), allowed: s.credited != "" && !slices.ContainsFunc(s.papers, func(p *paper) bool { return p.back }),
		do:    func(tx *db.Tx) (string, error) { return "", deposit.Uncredit(tx, key, s.ID, w.today(), somebody) },
		apply: func() { s.credited = ""; w.bank.main -= s.amount },
	}
}

func (w *world) slipUndone(s *slip) act {
	key := id.New()
	return act{
		what: fmt.Sprintf("slip of %d of %s taken back", s.amount, s.On), allowed: !s.gone && s.credited == "" && s.On > w.audit.boxes[s.Box].locked,
		do: func(tx *db.Tx) (string, error) {
			if _, err := deposit.Undo(tx, key, s.ID, "simulé", w.today(), somebody); err != nil {
				return "", err
			}
			return "", follow(tx, s.On, cashbox.Moves{s.Box: {s.Method: s.amount}})
		},
		apply: func() {
			s.gone = true
			w.audit.boxes[s.Box].move(s.On, s.kind, s.amount)
			for _, p := range s.papers {
				p.slip = nil
			}
		},
	}
}

// comesBack is a cheque of a slip that comes back unpaid.
func (w *world) comesBack(s *slip) act {
	if len(s.papers) == 0 {
		return w.credit(s)
	}
	p := s.papers[w.rng.IntN(len(s.papers))]
	r := deposit.Return{ID: id.New(), Slip: s.ID, Cheque: p.ID, On: w.someDay(), Fee: money.Amount(w.rng.IntN(2) * 1200)}
	return act{
		what:    fmt.Sprintf("cheque of %d comes back on %s with %d of fees", p.Amount, r.On, r.Fee),
		allowed: s.credited != "" && p.slip == s && !p.back && r.On >= s.credited && r.On <= w.today(),
		do:      func(tx *db.Tx) (string, error) { return "", deposit.GiveBack(tx, r, w.today(), somebody) },
		other:   func(tx *db.Tx) error { more := r; more.Fee++; return deposit.GiveBack(tx, more, w.today(), somebody) },
		apply: func() {
			p.back = true
			w.bank.main -= p.Amount + r.Fee
			w.bank.fees, w.bank.unpaid = w.bank.fees+r.Fee, w.bank.unpaid+p.Amount
		},
	}
}

// compareBank compares what is at the bank, on its way there, and came back.
func (w *world) compareBank(q db.Querier) error {
	var transit money.Amount
	for _, s := range w.slips {
		if !s.gone && s.credited == "" {
			transit += s.amount
		}
	}
	for _, m := range w.recorded {
		if m.Kind == cashbox.Deposit && !m.undone {
			transit += m.Amount
		}
	}
	for _, b := range w.audit.boxes {
		for _, s := range b.sheets {
			transit += s.Remitted
		}
	}
	return firstOf(same(q, "bank/main", w.bank.main), same(q, "bankfee/main", w.bank.fees), same(q, "unpaid/cheque", w.bank.unpaid), same(q, "transit/bank", transit))
}
