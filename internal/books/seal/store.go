package seal

import (
	"crypto/ecdsa"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
)

// lock takes the lock of a register until the end of the transaction, and stamps the record to come. The row is read by the first act of
// those committed together.
func lock(tx *db.Tx, register string) (*state, error) {
	b := bookOf(tx)
	if s, known := b.states[register]; known {
		s.stamp(tx.Now())
		return s, nil
	}
	s := &state{register: register}
	var at, clockAt int64
	var text string
	err := tx.Apart(func() error {
		return tx.Row(`UPDATE seal_head SET clock_at = clock_at WHERE company_id = $1 AND register = $2 RETURNING key_id, at, clock_at, heads`, tx.Company(), register).
			Scan(&s.keyID, &at, &clockAt, &text)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%w: %s", ErrNotOpen, register)
	}
	if err != nil {
		return nil, fmt.Errorf("seal: lock of register %s: %w", register, err)
	}
	heads, err := readHeads(register, text)
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		s.heads = append(s.heads, link{Head: h})
	}
	s.at, s.clockAt = time.UnixMicro(at).UTC(), time.UnixMicro(clockAt).UTC()
	s.stamp(tx.Now())
	b.states[register] = s
	return s, nil
}

// keepHead writes the row of a register whose lock is held.
func keepHead(tx *db.Tx, s *state, heads []Head) error {
	_, err := tx.Exec(`UPDATE seal_head SET key_id = $3, at = $4, clock_at = $5, jump = $6, heads = $7 WHERE company_id = $1 AND register = $2`,
		tx.Company(), s.register, s.keyID, s.at.UnixMicro(), s.clockAt.UnixMicro(), s.jump.Microseconds(), writeHeads(heads))
	return err
}

func insertRecords(tx *db.Tx, records []*signing) error {
	rows := make([][]any, len(records))
	for i, made := range records {
		r := made.stored
		rows[i] = []any{r.Register, r.Chain, r.Seq, r.At.UnixMicro(), string(r.On), r.SourceKind, r.SourceID, r.Fields, r.Digest, r.KeyID, r.Format, r.Signature}
	}
	return tx.Insert(`seal_record`, `register, chain, seq, at, on_day, source_kind, source_id, fields, digest, key_id, format, signature`, rows)
}

func insertRegister(tx *db.Tx, r Register) error {
	_, err := tx.Exec(`INSERT INTO seal_register (company_id, id, kind, label, opened_at) VALUES ($1, $2, $3, $4, $5)`, tx.Company(), r.ID, r.Kind, r.Label, r.OpenedAt.UnixMicro())
	return err
}

func insertHead(tx *db.Tx, s *state) error {
	_, err := tx.Exec(`INSERT INTO seal_head (company_id, register, key_id, at, clock_at, jump, heads) VALUES ($1, $2, $3, $4, $4, 0, '')`, tx.Company(), s.register, s.keyID, s.at.UnixMicro())
	return err
}

func insertKey(tx *db.Tx, k Key) error {
	_, err := tx.Exec(`INSERT INTO seal_key (company_id, id, register, algorithm, public_key, private_key, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		tx.Company(), k.ID, k.Register, k.Algorithm, k.Public, k.private, k.CreatedAt.UnixMicro())
	return err
}

func insertEvent(tx *db.Tx, e LoggedEvent) error {
	_, err := tx.Exec(`INSERT INTO seal_event (company_id, id, register, code, label, at, by_user, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Company(), e.ID, e.Register, e.Code, e.Label, e.At.UnixMicro(), e.By, e.Source)
	return err
}

// privateKey gives the key that signs, unlocked once per process.
func privateKey(q db.Querier, id string) (*ecdsa.PrivateKey, error) {
	if key, known := opened.Load(q.Company() + "\n" + id); known {
		return key.(*ecdsa.PrivateKey), nil
	}
	k, err := keyOf(q, id)
	if err != nil {
		return nil, err
	}
	private, err := unlock(q.Company(), k)
	if err != nil {
		return nil, err
	}
	opened.Store(q.Company()+"\n"+id, private)
	return private, nil
}

func keyOf(q db.Querier, id string) (Key, error) {
	var k Key
	var at int64
	err := q.Row(`SELECT id, register, algorithm, public_key, private_key, created_at FROM seal_key WHERE company_id = $1 AND id = $2`, q.Company(), id).
		Scan(&k.ID, &k.Register, &k.Algorithm, &k.Public, &k.private, &at)
	k.CreatedAt = time.UnixMicro(at).UTC()
	if err != nil {
		return k, fmt.Errorf("seal: key %s: %w", id, err)
	}
	return k, nil
}

// Keys are the keys a register ever had, in the order they were made.
func Keys(q db.Querier, register string) ([]Key, error) {
	return db.List(q, func(rows *sql.Rows) (Key, error) {
		var k Key
		var at int64
		err := rows.Scan(&k.ID, &k.Register, &k.Algorithm, &k.Public, &k.private, &at)
		k.CreatedAt = time.UnixMicro(at).UTC()
		return k, err
	}, `SELECT id, register, algorithm, public_key, private_key, created_at FROM seal_key WHERE company_id = $1 AND register = $2 ORDER BY created_at, id`, q.Company(), register)
}

// Registers are the registers of the company, by identifier.
func Registers(q db.Querier) ([]Register, error) {
	return db.List(q, func(rows *sql.Rows) (Register, error) {
		var r Register
		var at int64
		err := rows.Scan(&r.ID, &r.Kind, &r.Label, &at)
		r.OpenedAt = time.UnixMicro(at).UTC()
		return r, err
	}, `SELECT id, kind, label, opened_at FROM seal_register WHERE company_id = $1 ORDER BY id`, q.Company())
}

// Heads are the last records of the chains of a register, by name of chain.
func Heads(q db.Querier, register string) ([]Head, error) {
	var text string
	err := q.Row(`SELECT heads FROM seal_head WHERE company_id = $1 AND register = $2`, q.Company(), register).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("%w: %s", ErrNotOpen, register)
	}
	if err != nil {
		return nil, err
	}
	return readHeads(register, text)
}

const columns = `register, chain, seq, at, on_day, source_kind, source_id, fields, digest, key_id, format, signature`

func scanRecord(row interface{ Scan(...any) error }) (Stored, error) {
	var r Stored
	var at int64
	var on string
	err := row.Scan(&r.Register, &r.Chain, &r.Seq, &at, &on, &r.SourceKind, &r.SourceID, &r.Fields, &r.Digest, &r.KeyID, &r.Format, &r.Signature)
	r.At, r.On = time.UnixMicro(at).UTC(), day.Day(on)
	return r, err
}

// OfSource is the record of an act; sql.ErrNoRows when it was not sealed.
func OfSource(q db.Querier, kind, id string) (Stored, error) {
	return scanRecord(q.Row(`SELECT `+columns+` FROM seal_record WHERE company_id = $1 AND source_kind = $2 AND source_id = $3`, q.Company(), kind, id))
}

// firstOfKind is the instant of the first record of a kind of act in a chain of the back office, the end of time when there is none.
func firstOfKind(q db.Querier, chain, kind string) (at int64, err error) {
	err = q.Row(`SELECT COALESCE(MIN(at), $5) FROM seal_record WHERE company_id = $1 AND register = $2 AND chain = $3 AND source_kind = $4`,
		q.Company(), Office, chain, kind, int64(math.MaxInt64)).Scan(&at)
	return at, err
}

// Range is at most limit records of a chain from a number on, in order.
func Range(q db.Querier, register, chain string, from int64, limit int) ([]Stored, error) {
	return db.List(q, func(rows *sql.Rows) (Stored, error) { return scanRecord(rows) },
		`SELECT `+columns+` FROM seal_record WHERE company_id = $1 AND register = $2 AND chain = $3 AND seq >= $4 ORDER BY seq LIMIT $5`,
		q.Company(), register, chain, from, limit)
}

func registerOf(q db.Querier, id string) (Register, error) {
	r := Register{ID: id}
	var at int64
	err := q.Row(`SELECT kind, label, opened_at FROM seal_register WHERE company_id = $1 AND id = $2`, q.Company(), id).Scan(&r.Kind, &r.Label, &at)
	r.OpenedAt = time.UnixMicro(at).UTC()
	if err != nil {
		return r, fmt.Errorf("seal: register %s: %w", id, err)
	}
	return r, nil
}

// AllHeads are the heads of every register of the company, which the witness keeps.
func AllHeads(q db.Querier) ([]Head, error) {
	lists, err := db.List(q, func(rows *sql.Rows) ([]Head, error) {
		var register, text string
		if err := rows.Scan(&register, &text); err != nil {
			return nil, err
		}
		return readHeads(register, text)
	}, `SELECT register, heads FROM seal_head WHERE company_id = $1 ORDER BY register`, q.Company())
	return slices.Concat(lists...), err
}
