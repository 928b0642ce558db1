package voucher

import (
	"database/sql"
	"strings"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/ledger"
)

const voucherColumns = `id, number, purpose, category_id, vat_rate, amount, box_id, on_day, valid_until, holder, memo, entry_id, by_user, at`

func scanVoucher(r *sql.Rows) (v Recorded, err error) {
	var at int64
	err = r.Scan(&v.ID, &v.Number, &v.Purpose, &v.Category, &v.Rate, &v.Amount, &v.Box, &v.On, &v.ValidUntil, &v.Holder, &v.Memo, &v.EntryID, &v.By, &at)
	v.At = time.UnixMicro(at).UTC()
	return v, err
}

const eventColumns = `id, voucher_id, kind, amount, box_id, on_day, valid_until, undoes, memo, entry_id, by_user, at`

func scanEvent(r *sql.Rows) (e Event, err error) {
	var at int64
	err = r.Scan(&e.ID, &e.Voucher, &e.Kind, &e.Amount, &e.Box, &e.On, &e.ValidUntil, &e.Undoes, &e.Memo, &e.EntryID, &e.By, &at)
	e.At = time.UnixMicro(at).UTC()
	return e, err
}

// ByID finds a voucher, with what is left on it and what happened to it. Fault NotFound.
func ByID(q db.Querier, id string) (Recorded, error) { return one(q, `id = $2`, id) }

// ByNumber finds a voucher by its number, however it is typed. Fault NotFound.
func ByNumber(q db.Querier, number string) (Recorded, error) {
	return one(q, `number = $2`, clean(number))
}

func one(q db.Querier, where, value string) (Recorded, error) {
	found, err := db.List(q, scanVoucher, `SELECT `+voucherColumns+` FROM voucher WHERE company_id = $1 AND `+where, q.Company(), value)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "Ce bon n’existe pas. Vérifiez son numéro.")
	}
	if err != nil {
		return Recorded{}, err
	}
	v := found[0]
	if v.Events, err = db.List(q, scanEvent, `SELECT `+eventColumns+` FROM voucher_event WHERE company_id = $1 AND voucher_id = $2 ORDER BY at, id`, q.Company(), v.ID); err != nil {
		return v, err
	}
	v.settle()
	balance, err := ledger.Balance(q, idPrefix+v.ID)
	v.Left = -balance
	return v, err
}

// All lists every voucher, the last sold first.
func All(q db.Querier) ([]Recorded, error) {
	list, err := db.List(q, scanVoucher, `SELECT `+voucherColumns+` FROM voucher WHERE company_id = $1 ORDER BY on_day DESC, at DESC, id`, q.Company())
	if err != nil {
		return nil, err
	}
	events, err := db.List(q, scanEvent, `SELECT `+eventColumns+` FROM voucher_event WHERE company_id = $1 ORDER BY at, id`, q.Company())
	if err != nil {
		return nil, err
	}
	balances, err := ledger.Balances(q, idPrefix)
	if err != nil {
		return nil, err
	}
	byVoucher := map[string][]Event{}
	for _, e := range events {
		byVoucher[e.Voucher] = append(byVoucher[e.Voucher], e)
	}
	for i := range list {
		v := &list[i]
		v.Events, v.Left = byVoucher[v.ID], -balances[idPrefix+v.ID]
		v.settle()
	}
	return list, nil
}

// eventByID finds an event. Fault NotFound.
func eventByID(q db.Querier, id string) (Event, error) {
	found, err := db.List(q, scanEvent, `SELECT `+eventColumns+` FROM voucher_event WHERE company_id = $1 AND id = $2`, q.Company(), id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "Cette utilisation n’existe pas.")
	}
	if err != nil {
		return Event{}, err
	}
	return found[0], nil
}

// numberTaken tells whether a voucher has the number already.
func numberTaken(q db.Querier, number string) (bool, error) {
	var n int
	err := q.Row(`SELECT COUNT(*) FROM voucher WHERE company_id = $1 AND number = $2`, q.Company(), strings.TrimSpace(number)).Scan(&n)
	return n > 0, err
}

func insertVoucher(tx *db.Tx, v Recorded) error {
	_, err := tx.Exec(`INSERT INTO voucher (company_id, `+voucherColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		tx.Company(), v.ID, v.Number, string(v.Purpose), v.Category, int64(v.Rate), int64(v.Amount), v.Box, string(v.On), string(v.ValidUntil), v.Holder, v.Memo, v.EntryID, v.By, tx.Now().UnixMicro())
	return err
}

func insertEvent(tx *db.Tx, e Event) error {
	_, err := tx.Exec(`INSERT INTO voucher_event (company_id, `+eventColumns+`, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		tx.Company(), e.ID, e.Voucher, string(e.Kind), int64(e.Amount), e.Box, string(e.On), string(e.ValidUntil), e.Undoes, e.Memo, e.EntryID, e.By, tx.Now().UnixMicro(), e.Kind == Prolonged)
	return err
}
