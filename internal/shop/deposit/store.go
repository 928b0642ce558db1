package deposit

import (
	"database/sql"
	"encoding/json"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/shop/cashbox"
)

const chequeColumns = `c.id, c.box_id, c.method_id, c.on_day, c.drawer, c.bank, c.number, c.party_id, c.amount`

func scanCheque(r *sql.Rows) (c Cheque, err error) {
	err = r.Scan(&c.ID, &c.Box, &c.Method, &c.On, &c.Drawer, &c.Bank, &c.Number, &c.Party, &c.Amount)
	return c, err
}

// chequeByID finds a cheque. Fault NotFound.
func chequeByID(q db.Querier, id string) (Cheque, error) {
	found, err := db.List(q, scanCheque, `SELECT `+chequeColumns+` FROM cheque c WHERE c.company_id = $1 AND c.id = $2`, q.Company(), id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "Ce chèque n’existe pas.")
	}
	if err != nil {
		return Cheque{}, err
	}
	return found[0], nil
}

// InHand lists the cheques of a method of a box that no slip that counts has taken, the oldest first.
func InHand(q db.Querier, box, method string) ([]Cheque, error) {
	all, err := db.List(q, scanCheque, `SELECT `+chequeColumns+` FROM cheque c WHERE c.company_id = $1 AND c.box_id = $2 AND c.method_id = $3
		AND NOT EXISTS (SELECT 1 FROM cheque_withdrawal w WHERE w.company_id = $1 AND w.cheque_id = c.id)
		AND NOT EXISTS (SELECT 1 FROM deposit_slip_cheque l WHERE l.company_id = $1 AND l.cheque_id = c.id
			AND EXISTS (SELECT 1 FROM deposit_event e WHERE e.company_id = $1 AND e.slip_id = l.slip_id AND e.kind = 'credited')
			AND NOT EXISTS (SELECT 1 FROM deposit_event e WHERE e.company_id = $1 AND e.slip_id = l.slip_id AND e.kind IN ('uncredited', 'undone')))
		ORDER BY c.on_day, c.at, c.id`, q.Company(), box, method)
	if err != nil {
		return nil, err
	}
	taken, err := takenByOpenSlips(q, box)
	var list []Cheque
	for _, c := range all {
		if !taken[c.ID] {
			list = append(list, c)
		}
	}
	return list, err
}

// takenByOpenSlips names the cheques of the slips of a box that were not undone.
func takenByOpenSlips(q db.Querier, box string) (map[string]bool, error) {
	type line struct{ cheque, movement string }
	lines, err := db.List(q, func(r *sql.Rows) (l line, err error) {
		err = r.Scan(&l.cheque, &l.movement)
		return l, err
	}, `SELECT l.cheque_id, s.movement_id FROM deposit_slip s JOIN deposit_slip_cheque l ON l.company_id = s.company_id AND l.slip_id = s.id
		JOIN cheque c ON c.company_id = l.company_id AND c.id = l.cheque_id
		WHERE s.company_id = $1 AND s.box_id = $2 AND NOT EXISTS (SELECT 1 FROM deposit_event e WHERE e.company_id = $1 AND e.slip_id = s.id AND e.kind = 'undone')
		AND NOT (EXISTS (SELECT 1 FROM deposit_event e WHERE e.company_id = $1 AND e.slip_id = s.id AND e.kind = 'credited')
			AND NOT EXISTS (SELECT 1 FROM deposit_event e WHERE e.company_id = $1 AND e.slip_id = s.id AND e.kind = 'uncredited'))`, q.Company(), box)
	if err != nil {
		return nil, err
	}
	taken, known := map[string]bool{}, map[string]bool{}
	for _, l := range lines {
		reversed, seen := known[l.movement]
		if !seen {
			m, err := cashbox.MovementByID(q, l.movement)
			if err != nil {
				return nil, err
			}
			reversed = m.Reversed
			known[l.movement] = reversed
		}
		if !reversed {
			taken[l.cheque] = true
		}
	}
	return taken, nil
}

func insertCheque(tx *db.Tx, c Cheque, by string) error {
	_, err := tx.Exec(`INSERT INTO cheque (company_id, id, box_id, method_id, on_day, drawer, bank, number, party_id, amount, by_user, at, sealed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, TRUE)`,
		tx.Company(), c.ID, c.Box, c.Method, string(c.On), c.Drawer, c.Bank, c.Number, c.Party, int64(c.Amount), by, tx.Now().UnixMicro())
	return err
}

func insertWithdrawal(tx *db.Tx, cheque, reason, by string) error {
	_, err := tx.Exec(`INSERT INTO cheque_withdrawal (company_id, cheque_id, reason, by_user, at, sealed) VALUES ($1, $2, $3, $4, $5, TRUE)`, tx.Company(), cheque, reason, by, tx.Now().UnixMicro())
	return err
}

const slipColumns = `id, number, box_id, method_id, on_day, amount, loose, pieces, memo, movement_id, by_user, at`

func scanSlip(r *sql.Rows) (s Recorded, err error) {
	var at int64
	var pieces string
	if err = r.Scan(&s.ID, &s.Number, &s.Box, &s.Method, &s.On, &s.Amount, &s.Loose, &pieces, &s.Memo, &s.Movement, &s.By, &at); err != nil {
		return s, err
	}
	s.At = time.UnixMicro(at).UTC()
	return s, json.Unmarshal([]byte(pieces), &s.Pieces)
}

// SlipByID finds a slip with its cheques and what became of it. Fault NotFound.
func SlipByID(q db.Querier, id string) (Recorded, error) {
	found, err := db.List(q, scanSlip, `SELECT `+slipColumns+` FROM deposit_slip WHERE company_id = $1 AND id = $2`, q.Company(), id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "Cette remise n’existe pas.")
	}
	if err != nil {
		return Recorded{}, err
	}
	s := found[0]
	if s.List, err = db.List(q, scanCheque, `SELECT `+chequeColumns+` FROM deposit_slip_cheque l JOIN cheque c ON c.company_id = l.company_id AND c.id = l.cheque_id
		WHERE l.company_id = $1 AND l.slip_id = $2 ORDER BY l.n`, q.Company(), id); err != nil {
		return s, err
	}
	if s.Events, err = db.List(q, scanEvent, `SELECT `+eventColumns+` FROM deposit_event WHERE company_id = $1 AND slip_id = $2 ORDER BY at, id`, q.Company(), id); err != nil {
		return s, err
	}
	return s, s.settle(q)
}

// settle reads whether the movement of the slip was undone.
func (r *Recorded) settle(q db.Querier) error {
	for _, e := range r.Events {
		r.reversed = r.reversed || e.Kind == Undone
	}
	if r.reversed || r.credit() != nil {
		return nil
	}
	m, err := cashbox.MovementByID(q, r.Movement)
	r.reversed = m.Reversed
	return err
}

// Slips lists the slips, the last first, without their cheques.
func Slips(q db.Querier) ([]Recorded, error) {
	list, err := db.List(q, scanSlip, `SELECT `+slipColumns+` FROM deposit_slip WHERE company_id = $1 ORDER BY number DESC`, q.Company())
	if err != nil {
		return nil, err
	}
	events, err := db.List(q, scanEvent, `SELECT `+eventColumns+` FROM deposit_event WHERE company_id = $1 ORDER BY at, id`, q.Company())
	if err != nil {
		return nil, err
	}
	bySlip := map[string][]Event{}
	for _, e := range events {
		bySlip[e.Slip] = append(bySlip[e.Slip], e)
	}
	for i := range list {
		list[i].Events = bySlip[list[i].ID]
		if err := list[i].settle(q); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func insertSlip(tx *db.Tx, s Recorded) error {
	pieces, err := json.Marshal(s.Pieces)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO deposit_slip (company_id, `+slipColumns+`, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, TRUE)`,
		tx.Company(), s.ID, s.Number, s.Box, s.Method, string(s.On), int64(s.Amount), int64(s.Loose), string(pieces), s.Memo, s.Movement, s.By, tx.Now().UnixMicro()); err != nil {
		return err
	}
	for i, cheque := range s.Cheques {
		if _, err := tx.Exec(`INSERT INTO deposit_slip_cheque (company_id, slip_id, n, cheque_id) VALUES ($1, $2, $3, $4)`, tx.Company(), s.ID, i+1, cheque); err != nil {
			return err
		}
	}
	return nil
}

const eventColumns = `id, slip_id, kind, cheque_id, party_id, on_day, amount, fee, memo, entry_id, by_user, at`

func scanEvent(r *sql.Rows) (e Event, err error) {
	var at int64
	err = r.Scan(&e.ID, &e.Slip, &e.Kind, &e.Cheque, &e.Party, &e.On, &e.Amount, &e.Fee, &e.Memo, &e.EntryID, &e.By, &at)
	e.At = time.UnixMicro(at).UTC()
	return e, err
}

func insertEvent(tx *db.Tx, e Event) error {
	_, err := tx.Exec(`INSERT INTO deposit_event (company_id, `+eventColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		tx.Company(), e.ID, e.Slip, string(e.Kind), e.Cheque, e.Party, string(e.On), int64(e.Amount), int64(e.Fee), e.Memo, e.EntryID, e.By, tx.Now().UnixMicro())
	return err
}
