package days

import (
	"fmt"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/cashbox"
)

// parseSafe and parseAccount open a safe, and a box without cash, of the whole company.
func parseSafe(s *story, l *line) error {
	return parseShape(s, l, cashbox.Box{Kind: cashbox.Safe, Holds: cashbox.HoldsCash})
}

func parseAccount(s *story, l *line) error {
	return parseShape(s, l, cashbox.Box{Kind: cashbox.Other, Holds: cashbox.HoldsCashless})
}

func parseShape(s *story, l *line, box cashbox.Box) error {
	name, err := l.quoted()
	s.boxes = append(s.boxes, name)
	if s.shapes == nil {
		s.shapes = map[string]cashbox.Box{}
	}
	s.shapes[name] = box
	return err
}

// shape is a box to open by its name: a till unless the file says otherwise.
func (st *story) shape(name, location string) cashbox.Box {
	box, other := st.shapes[name]
	if !other {
		box.Location, box.FirstDay = location, st.first
	}
	box.Name = name
	return box
}

// parseFees reads the fees of the present box, one condition a line: 2 % sur recettes, 10,00 sur dépenses. The first line of a day replaces
// those there were.
func parseFees(s *story, l *line) error {
	amount, err := l.amount()
	if err != nil {
		return err
	}
	condition := cashbox.Condition{Fixed: amount}
	if l.word("%") {
		condition = cashbox.Condition{Rate: int64(amount)}
	}
	sides := map[string]cashbox.Side{"recettes": cashbox.In, "dépenses": cashbox.Out, "tout": cashbox.Both}
	if !l.word("sur") {
		return l.fail("des frais disent sur quoi : « sur recettes », « sur dépenses » ou « sur tout »")
	}
	token := l.token()
	side, known := sides[token]
	if !known {
		return l.fail("des frais sont sur recettes, dépenses ou tout, pas sur « %s »", token)
	}
	condition.Side = side
	s.add(l, func(s *shop) error {
		return s.write(func(tx *db.Tx) error {
			list, err := cashbox.Fees(tx, s.boxID())
			if err != nil {
				return err
			}
			return cashbox.SetFees(tx, somebody, s.boxID(), append(list, condition))
		})
	})
	return nil
}

func parseRestore(s *story, l *line) error {
	memo, err := l.quoted()
	s.add(l, func(s *shop) error { return s.restore(memo) })
	return err
}

// named finds the last movement with a memo.
func (s *shop) named(memo string) (cashbox.Recorded, error) {
	for i := len(s.movements) - 1; i >= 0; i-- {
		if s.movements[i].Memo == memo {
			return s.movements[i], nil
		}
	}
	return cashbox.Recorded{}, fmt.Errorf("aucune opération ne porte le commentaire « %s »", memo)
}

// reverse undoes the last movement with a memo.
func (s *shop) reverse(memo, reason string) error {
	m, err := s.named(memo)
	if err != nil {
		return err
	}
	return s.write(func(tx *db.Tx) error {
		moves, err := cashbox.Effect(tx, m.Movement)
		if err != nil {
			return err
		}
		if _, err := cashbox.Reverse(tx, m.ID, reason, s.today, somebody); err != nil {
			return err
		}
		return follow(tx, m.On, moves.Undone(), reason)
	})
}

// restore gives back the last movement with a memo.
func (s *shop) restore(memo string) error {
	m, err := s.named(memo)
	if err != nil {
		return err
	}
	return s.write(func(tx *db.Tx) error {
		moves, err := cashbox.Effect(tx, m.Movement)
		if err != nil {
			return err
		}
		if _, err := cashbox.Restore(tx, m.ID, s.today, somebody); err != nil {
			return err
		}
		return follow(tx, m.On, moves, memo)
	})
}
