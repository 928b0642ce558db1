package days

import (
	"context"
	"maps"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
)

// fill types a field of the sheet and keeps the draft, as the page does.
func (s *shop) fill(field, text string) error {
	t := s.now()
	fields := maps.Clone(t.fields)
	fields[field] = text
	err := s.write(func(tx *db.Tx) error {
		draft, err := daysheet.SaveDraft(tx, s.boxID(), s.sheet, fields, t.revision, somebody)
		if err == nil {
			t.fields, t.revision = fields, draft.Revision
		}
		return err
	})
	return err
}

func (s *shop) request(force bool, reason string) daysheet.Request {
	return daysheet.Request{Key: id.New(), Box: s.boxID(), On: s.sheet, Fields: s.now().fields, By: somebody, MayForce: force, MayExceed: force, Reason: reason}
}

func (s *shop) close(force bool) error {
	r := s.request(force, "")
	return s.sealed(s.write(func(tx *db.Tx) error { _, err := daysheet.Close(tx, r); return err }))
}

func (s *shop) correct(force bool, reason string) error {
	r := s.request(force, reason)
	return s.sealed(s.write(func(tx *db.Tx) error { _, err := daysheet.Correct(tx, r); return err }))
}

// sealed forgets the revision of a draft that was closed or corrected. What was typed stays, to be corrected.
func (s *shop) sealed(err error) error {
	if err == nil {
		s.now().revision = 0
	}
	return err
}

func (s *shop) shut() error {
	return s.write(func(tx *db.Tx) error { return daysheet.ShopClosed(tx, s.boxID(), s.sheet, somebody) })
}

func (s *shop) lock() error {
	return s.write(func(tx *db.Tx) error { return daysheet.Lock(tx, s.boxID(), s.sheet, somebody) })
}

func (s *shop) autoLock() error {
	return daysheet.AutoLock(context.Background(), s.d, s.company, somebody)
}

// record records a movement, and makes the sheets already closed follow.
func (s *shop) record(m cashbox.Movement, method, toBox, toMethod, supplier string) error {
	m.ID, m.Box, m.Method, m.Party = id.New(), s.boxID(), s.methods[method], s.parties[supplier]
	if m.On == "" {
		m.On = s.today
	}
	if m.Kind == cashbox.Transfer {
		m.ToBox, m.ToMethod = m.Box, s.methods[toMethod]
		if toBox != "" {
			m.ToBox = s.boxes[toBox].ID
		}
	}
	err := s.write(func(tx *db.Tx) error {
		if err := cashbox.Record(tx, m, s.today, somebody); err != nil {
			return err
		}
		moves, err := cashbox.Effect(tx, m)
		if err != nil {
			return err
		}
		return follow(tx, m.On, moves, m.Memo)
	})
	if err == nil {
		s.movements = append(s.movements, cashbox.Recorded{Movement: m})
	}
	return err
}

func follow(tx *db.Tx, on day.Day, moves cashbox.Moves, why string) error {
	for box, by := range moves {
		if err := daysheet.AfterMovement(tx, box, on, by, somebody, why); err != nil {
			return err
		}
	}
	return nil
}

func (s *shop) setOpening(account string, amount money.Amount) error {
	key := id.New()
	return s.write(func(tx *db.Tx) error {
		moves, err := cashbox.SetOpening(tx, key, s.today, map[string]money.Amount{account: amount}, s.today, somebody)
		if err != nil {
			return err
		}
		return follow(tx, s.today, moves, "Soldes d’ouverture")
	})
}
