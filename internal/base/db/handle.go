package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Querier reads on behalf of one company. Both handles are one: *Snapshot reads only, *Tx also writes.
type Querier interface {
	// Company is the company the handle belongs to, "" for the directory.
	Company() string
	// Now is the instant of the whole transaction.
	Now() time.Time
	// Context carries deadlines and values of the request.
	Context() context.Context
	// Row runs a query that gives at most one row; Scan gives sql.ErrNoRows when there is none.
	Row(query string, args ...any) Row
	each(fn func(*sql.Rows) error, query string, args ...any) error
	memory(tables []string) (m *memory, mark uint64, current bool)
}

// Row is the only row of a query, or the reason why there is none.
type Row struct {
	row   *sql.Row
	err   error
	of    *handle
	query string
}

// Scan copies the columns.
func (r Row) Scan(to ...any) error {
	if r.err != nil {
		return r.err
	}
	err := r.row.Scan(to...)
	if err == nil || errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return r.of.noteFailure(r.query, err)
}

// List runs a query and scans each row with scan.
func List[T any](q Querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	var list []T
	err := q.each(func(rows *sql.Rows) error {
		item, err := scan(rows)
		list = append(list, item)
		return err
	}, query, args...)
	return list, err
}

// Each runs a query and calls fn on each row without keeping any. fn must not use the handle.
func Each(q Querier, fn func(*sql.Rows) error, query string, args ...any) error {
	return q.each(fn, query, args...)
}

// runner is the part of *sql.Tx, *sql.Conn and our statement cache that both handles need.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// handle is what *Snapshot and *Tx share.
type handle struct {
	ctx     context.Context // of the request, for its values
	run     context.Context // of the statements
	company string
	now     time.Time
	on      runner
	memo    *memory
	began   uint64          // tick of the memory when what it sees was fixed
	written map[string]bool // places its group wrote; nil for a snapshot
	shared  *shared         // what its group has in common; nil for a snapshot
	failed  error           // the first statement the database refused
}

func (h *handle) Company() string          { return h.company }
func (h *handle) Now() time.Time           { return h.now }
func (h *handle) Context() context.Context { return h.ctx }

// prepare lets a statement run: it holds to the company, and none before it was refused. A handle with a refused statement does nothing
// more, because PostgreSQL would not and both databases must behave alike.
func (h *handle) prepare(query string, args []any) error {
	if h.failed != nil {
		return h.failed
	}
	if err := h.guard(query, args); err != nil {
		return h.noteFailure(query, err)
	}
	if err := h.settle(query); err != nil {
		return h.noteFailure(query, err)
	}
	if h.written != nil {
		for _, table := range judge(query).writes {
			h.written[place(h.company, table)] = true
		}
	}
	return nil
}

// noteFailure keeps the first refused statement, and names it in the error it gives.
func (h *handle) noteFailure(query string, err error) error {
	err = fmt.Errorf("db: %s: %w", firstWords(query), err)
	if h.failed == nil {
		h.failed = err
	}
	return err
}

func (h *handle) Row(query string, args ...any) Row {
	if err := h.prepare(query, args); err != nil {
		return Row{err: err}
	}
	return Row{row: h.on.QueryRowContext(h.run, query, args...), of: h, query: query}
}

func (h *handle) each(fn func(*sql.Rows) error, query string, args ...any) error {
	if err := h.prepare(query, args); err != nil {
		return err
	}
	rows, err := h.on.QueryContext(h.run, query, args...)
	if err != nil {
		return h.noteFailure(query, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return h.noteFailure(query, err)
	}
	return nil
}

// Snapshot reads one consistent state of the store.
type Snapshot struct{ handle }

// Tx reads and writes within one act. It is valid only inside the function given to Write.
type Tx struct{ handle }

// Exec runs a statement that writes and gives the number of rows it touched.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	if err := tx.prepare(query, args); err != nil {
		return 0, err
	}
	result, err := tx.on.ExecContext(tx.run, query, args...)
	if err != nil {
		return 0, tx.noteFailure(query, err)
	}
	return result.RowsAffected()
}

// Insert adds rows to a table of the company, many in a statement. columns names those after company_id, as many as each row has values.
func (tx *Tx) Insert(table, columns string, rows [][]any) error {
	return tx.insert(insertShape{table: table, columns: columns}, rows)
}

// InsertMissing is Insert for rows that may be there already, which then stay as they are.
func (tx *Tx) InsertMissing(table, columns string, rows [][]any) error {
	return tx.insert(insertShape{table: table, columns: columns, missing: true}, rows)
}

func (tx *Tx) insert(shape insertShape, rows [][]any) error {
	shape.engine = tx.on.(*writer).d.engine    // only a writer makes a Tx
	for size := maxRows; size > 0; size /= 2 { // powers of two: few texts to prepare
		for ; len(rows) >= size; rows = rows[size:] {
			args, width := make([]any, 1, 1+size*len(rows[0])), len(rows[0])
			args[0] = tx.company
			for _, row := range rows[:size] {
				args = append(args, row...)
			}
			shape.width, shape.rows = width, size
			if _, err := tx.Exec(shape.text(), args...); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxRows is how many rows Insert puts in a statement at most: with the widest table, well under the parameters both databases take.
const maxRows = 64

// insertTexts keeps the statements of Insert.
var insertTexts sync.Map // insertShape → string

type insertShape struct {
	engine         engine
	table, columns string
	missing        bool
	width, rows    int
}

func (s insertShape) text() string {
	if text, known := insertTexts.Load(s); known {
		return text.(string)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (company_id, %s) VALUES ", s.table, s.columns)
	for r := range s.rows {
		if r > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + s.engine.parameter(1))
		for c := range s.width {
			b.WriteString(", " + s.engine.parameter(2+r*s.width+c))
		}
		b.WriteString(")")
	}
	if s.missing {
		b.WriteString(" ON CONFLICT DO NOTHING")
	}
	insertTexts.Store(s, b.String())
	return b.String()
}

// Read gives fn a consistent view of one company’s data, or of the directory when company is "".
func (d *DB) Read(ctx context.Context, company string, fn func(q *Snapshot) error) error {
	began := d.memo.tick.Load()
	tx, err := d.readers.BeginTx(ctx, d.engine.readOptions())
	if err != nil {
		return d.translate(err)
	}
	defer tx.Rollback() // a reading transaction has nothing to keep
	if scope := d.engine.scope(company); scope != "" {
		if _, err := tx.ExecContext(ctx, scope, d.engine.simple()...); err != nil {
			return d.translate(err)
		}
	}
	return d.translate(fn(&Snapshot{handle{ctx: ctx, run: ctx, company: company, now: d.Now(), on: tx, memo: &d.memo, began: began}}))
}
