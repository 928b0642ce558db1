package seal

import (
	"database/sql"
	"errors"
	"time"

	"encaisse/internal/base/db"
)

// page is how many records verify reads at a time.
const page = 500

// kept is the row of a register that changes, as verify finds it.
type kept struct {
	keyID             string
	at, clockAt, jump int64
	heads             string
}

func keptOf(q db.Querier, register string) (kept, error) {
	var k kept
	err := q.Row(`SELECT key_id, at, clock_at, jump, heads FROM seal_head WHERE company_id = $1 AND register = $2`, q.Company(), register).
		Scan(&k.keyID, &k.at, &k.clockAt, &k.jump, &k.heads)
	return k, err
}

// strays are the registers that rows speak of although none was opened under that name.
func strays(q db.Querier) ([]string, error) {
	return db.List(q, scanText, `SELECT DISTINCT s.register FROM (
			SELECT register FROM seal_head WHERE company_id = $1
			UNION SELECT register FROM seal_key WHERE company_id = $1
			UNION SELECT register FROM seal_record WHERE company_id = $1
			UNION SELECT register FROM seal_event WHERE company_id = $1) s
		WHERE NOT EXISTS (SELECT 1 FROM seal_register r WHERE r.company_id = $1 AND r.id = s.register) ORDER BY 1`, q.Company())
}

func scanText(rows *sql.Rows) (string, error) {
	var text string
	err := rows.Scan(&text)
	return text, err
}

// length is how many records a chain has.
type length struct {
	chain string
	count int64
}

func lengths(q db.Querier, register string) ([]length, error) {
	return db.List(q, func(rows *sql.Rows) (length, error) {
		var l length
		err := rows.Scan(&l.chain, &l.count)
		return l, err
	}, `SELECT chain, COUNT(*) FROM seal_record WHERE company_id = $1 AND register = $2 GROUP BY chain ORDER BY chain`, q.Company(), register)
}

// eachSignature walks the signatures of a chain without the rest.
func eachSignature(q db.Querier, register, chain string, fn func(seq int64, signature string) error) error {
	return db.Each(q, func(rows *sql.Rows) error {
		var seq int64
		var signature string
		if err := rows.Scan(&seq, &signature); err != nil {
			return err
		}
		return fn(seq, signature)
	}, `SELECT seq, signature FROM seal_record WHERE company_id = $1 AND register = $2 AND chain = $3 ORDER BY seq`, q.Company(), register, chain)
}

// signatureAt is the signature of a record, "" when there is none.
func signatureAt(q db.Querier, register, chain string, seq int64) (string, error) {
	var signature string
	err := q.Row(`SELECT signature FROM seal_record WHERE company_id = $1 AND register = $2 AND chain = $3 AND seq = $4`, q.Company(), register, chain, seq).Scan(&signature)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return signature, err
}

// event finds an event again; sql.ErrNoRows when it is not there.
func event(q db.Querier, id string) (LoggedEvent, error) {
	e := LoggedEvent{ID: id}
	var at int64
	err := q.Row(`SELECT register, code, label, at, by_user, source FROM seal_event WHERE company_id = $1 AND id = $2`, q.Company(), id).
		Scan(&e.Register, &e.Code, &e.Label, &at, &e.By, &e.Source)
	e.At = time.UnixMicro(at).UTC()
	return e, err
}

func eachEvent(q db.Querier, fn func(id string) error) error {
	return db.Each(q, func(rows *sql.Rows) error {
		id, err := scanText(rows)
		if err != nil {
			return err
		}
		return fn(id)
	}, `SELECT id FROM seal_event WHERE company_id = $1 ORDER BY id`, q.Company())
}

// LoggedEvents are at most limit events of the company from an instant on, in order.
func LoggedEvents(q db.Querier, from time.Time, limit int) ([]LoggedEvent, error) {
	return db.List(q, func(rows *sql.Rows) (LoggedEvent, error) {
		var e LoggedEvent
		var at int64
		err := rows.Scan(&e.ID, &e.Register, &e.Code, &e.Label, &at, &e.By, &e.Source)
		e.At = time.UnixMicro(at).UTC()
		return e, err
	}, `SELECT id, register, code, label, at, by_user, source FROM seal_event WHERE company_id = $1 AND at >= $2 ORDER BY at, id LIMIT $3`, q.Company(), from.UnixMicro(), limit)
}
