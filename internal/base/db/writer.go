package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"encaisse/internal/base/fault"
)

const (
	maxGroup   = 64   // acts committed together at most
	maxWaiting = 1024 // acts waiting for a writer; beyond, the caller is told to try again
	maxTries   = 5    // tries of an act the database asked to repeat

	retryFor = 5 * time.Second // how long an act is tried again
)

// fate is what an error means for an act and for the acts committed with it.
type fate int

const (
	actFails   fate = iota // the act alone is undone; the group goes on
	groupAgain             // the database asks to repeat: every act runs again
	groupFails             // the store cannot write now
)

// act is one call of Write waiting for its answer.
type act struct {
	ctx     context.Context
	company string
	fn      func(*Tx) error
	done    chan error
	err     error // of the function itself
}

// writer owns one writing connection and commits the acts that wait for it in groups.
type writer struct {
	d       *DB
	pool    *sql.DB
	conn    *sql.Conn
	stmts   map[string]*sql.Stmt
	queue   chan *act
	ended   chan struct{}
	mu      sync.RWMutex // guards closed against a send on a closed queue
	closed  bool
	commits atomic.Int64
	acts    atomic.Int64
}

func (d *DB) startWriters(pool *sql.DB) {
	for range d.engine.writerCount() {
		w := &writer{d: d, pool: pool, queue: make(chan *act, maxWaiting), ended: make(chan struct{})}
		d.writers = append(d.writers, w)
		go w.serve()
	}
}

// Write runs fn as one act of a company, or of the directory when company is "": everything it does is durable when Write
// returns nil, and nothing of it happened otherwise. fn must not keep the handle and must be ready to run again, which it
// does when the database asks to repeat. Acts of one company run one after the other.
func (d *DB) Write(ctx context.Context, company string, fn func(tx *Tx) error) error {
	fn = d.followed(fn)
	w := d.writers[shard(company, len(d.writers))]
	a := &act{ctx: ctx, company: company, fn: fn, done: make(chan error, 1)}
	w.mu.RLock()
	if w.closed {
		w.mu.RUnlock()
		return errClosed()
	}
	select {
	case w.queue <- a:
		w.mu.RUnlock()
	default:
		w.mu.RUnlock()
		return fault.New(fault.Unavailable, "Trop d’enregistrements attendent. Réessayez dans un instant.")
	}
	return <-a.done
}

// Stats counts what the writers did since the store was opened.
type Stats struct{ Commits, Acts int64 }

// Stats counts commits and the acts they kept.
func (d *DB) Stats() Stats {
	var s Stats
	for _, w := range d.writers {
		s.Commits += w.commits.Load()
		s.Acts += w.acts.Load()
	}
	return s
}

func errClosed() error {
	return fault.New(fault.Unavailable, "Le programme s’arrête. Réessayez dans un instant.")
}

func shard(company string, n int) int {
	sum := uint32(2166136261)
	for i := range len(company) {
		sum = (sum ^ uint32(company[i])) * 16777619
	}
	return int(sum % uint32(n))
}

func (w *writer) stop() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.ended
}

func (w *writer) serve() {
	defer close(w.ended)
	defer w.disconnect()
	for first := range w.queue {
		group := []*act{first}
		for len(group) < maxGroup {
			select {
			case a, open := <-w.queue:
				if open {
					group = append(group, a)
					continue
				}
			default:
			}
			break
		}
		w.commitAll(group)
	}
}

// commitAll commits a group; when the database asks to repeat, each act runs again alone so that one cannot hold back the others.
func (w *writer) commitAll(group []*act) {
	patience := time.Now().Add(retryFor)
	err := w.commit(group)
	if w.fateOf(err) == groupAgain {
		for _, a := range group {
			a.done <- w.d.translate(w.commitAlone(a, err, patience))
		}
		return
	}
	for _, a := range group {
		if err != nil {
			a.done <- w.d.translate(err)
		} else {
			a.done <- w.d.translate(a.err)
		}
	}
}

// commitAlone runs an act again until the database takes it, a number of times and for a while.
func (w *writer) commitAlone(a *act, err error, until time.Time) error {
	for try := 0; try == 0 || try < maxTries && time.Now().Before(until); try++ {
		if err = w.commit([]*act{a}); err == nil {
			return a.err
		}
		if w.fateOf(err) != groupAgain {
			return err
		}
		time.Sleep(time.Duration(5+rand.IntN(20<<try)) * time.Millisecond)
	}
	return err
}

// errAgain asks that each act of a group run again alone.
var errAgain = errors.New("db: the acts run again, each alone")

func (w *writer) fateOf(err error) fate {
	if err == nil {
		return actFails
	}
	if errors.Is(err, errAgain) {
		return groupAgain
	}
	return w.d.engine.classify(err)
}

// commit runs a group in one transaction. The error it gives is that of the whole group; an act refused by its own rules
// keeps its error in act.err and leaves nothing behind.
func (w *writer) commit(group []*act) (err error) {
	ctx := context.Background()
	if err := w.begin(ctx); err != nil {
		return err
	}
	written := map[string]bool{}
	defer func() {
		if err != nil && w.exec(ctx, "ROLLBACK") != nil {
			w.disconnect()
		}
		w.d.memo.changed(written) // kept or not: what an act of the group read of another is no longer good to remember
	}()
	slices.SortStableFunc(group, func(a, b *act) int { return strings.Compare(a.company, b.company) }) // every server takes companies in the same order
	var inside *act                                                                                    // the last one that took its company’s turn
	var last *Tx                                                                                       // of the company whose turn it is
	now, opened, kept := w.d.Now(), "", int64(0)
	for _, a := range group {
		a.err = nil
		if a.err = a.ctx.Err(); a.err != nil {
			continue // the caller has left: do not start
		}
		turn := inside == nil || inside.company != a.company
		if turn { // before the savepoint: an act undone gives back neither the scope nor the turn
			if err := w.settle(last); err != nil {
				return w.refused(err, group)
			}
			opened, inside, last = opened+w.d.engine.enter(a.company), a, nil
		}
		if err := w.exec(ctx, opened+"SAVEPOINT act"); err != nil {
			return err
		}
		if opened = "RELEASE act;"; turn {
			now = w.d.Now() // after waiting, so that acts are stamped in the order of their turns
		}
		common := &shared{pending: map[string]Pending{}}
		if last != nil {
			common = last.shared
		}
		tx, before := &Tx{handle{ctx: a.ctx, run: ctx, company: a.company, now: now, on: w, memo: &w.d.memo, began: math.MaxUint64, written: written, shared: common}}, common.clone()
		last = tx
		a.err = callAct(a.fn, tx)
		if tx.failed != nil && (a.err == nil || w.fateOf(tx.failed) != actFails) {
			a.err = tx.failed // an act cannot go on after a refused statement, nor make its own words of what concerns the group
		}
		if a.err == nil {
			kept++
			continue
		}
		if w.fateOf(a.err) != actFails {
			return a.err
		}
		if err := w.exec(ctx, "ROLLBACK TO act"); err != nil {
			return err
		}
		common.pending = before
	}
	if err := w.settle(last); err != nil {
		return w.refused(err, group)
	}
	// on PostgreSQL a COMMIT alone would answer well after a refused statement, and keep nothing
	if err := w.exec(ctx, opened+"COMMIT"); err != nil {
		return err
	}
	w.commits.Add(1)
	w.acts.Add(kept)
	return nil
}

// settle writes what the acts of a company left to be written together; tx is that of the last of them.
func (w *writer) settle(tx *Tx) error {
	if tx == nil || len(tx.shared.pending) == 0 {
		return nil
	}
	return (&Tx{handle{ctx: tx.run, run: tx.run, company: tx.company, now: tx.now, on: w, memo: tx.memo, began: tx.began, written: tx.written, shared: tx.shared}}).flush()
}

// refused is what becomes of a group whose pending rows the database refuses: each act runs again alone, and the one that runs alone is
// the one to blame.
func (w *writer) refused(err error, group []*act) error {
	if w.fateOf(err) == actFails && len(group) > 1 {
		return errAgain
	}
	return err
}

// begin opens a transaction. A connection lost since the last act is replaced: nothing was asked of it yet.
func (w *writer) begin(ctx context.Context) error {
	for again := w.conn != nil; ; again = false {
		if err := w.connect(ctx); err != nil {
			return err
		}
		err := w.exec(ctx, w.d.engine.begin())
		if err == nil {
			return nil
		}
		w.disconnect()
		if !again || !isConnectionLost(err) {
			return err
		}
	}
}

// callAct runs an act; a panic is the fault of that act alone.
func callAct(fn func(*Tx) error, tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Wrap(fault.Internal, "", fmt.Errorf("panic in an act: %v\n%s", p, debug.Stack()))
		}
	}()
	return fn(tx)
}

func (w *writer) connect(ctx context.Context) error {
	if w.conn != nil {
		return nil
	}
	conn, err := w.pool.Conn(ctx)
	if err != nil {
		return err
	}
	w.conn, w.stmts = conn, map[string]*sql.Stmt{}
	return nil
}

// disconnect drops the connection, so that the next act opens a fresh one and the database recovers what is durable.
func (w *writer) disconnect() {
	if w.conn == nil {
		return
	}
	for _, s := range w.stmts {
		s.Close()
	}
	w.conn.Raw(func(any) error { return errDrop }) // driver.ErrBadConn: the pool discards it
	w.conn.Close()
	w.conn, w.stmts = nil, nil
}

func (w *writer) exec(ctx context.Context, text string) error {
	if w.conn == nil {
		return errors.New("db: the writer lost its connection")
	}
	if w.d.engine.cachesStatements() {
		for one := range strings.SplitSeq(text, ";") {
			if _, err := w.ExecContext(ctx, one); err != nil {
				return err
			}
		}
		return nil
	}
	_, err := w.conn.ExecContext(ctx, text, w.d.engine.simple()...)
	return err
}

// prepared gives the statement of a text, prepared once per connection.
func (w *writer) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := w.stmts[query]; ok {
		return s, nil
	}
	s, err := w.conn.PrepareContext(ctx, query)
	if err == nil {
		w.stmts[query] = s
	}
	return s, err
}

// ExecContext implements runner.
func (w *writer) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if !w.d.engine.cachesStatements() {
		return w.conn.ExecContext(ctx, query, args...)
	}
	s, err := w.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext implements runner.
func (w *writer) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if !w.d.engine.cachesStatements() {
		return w.conn.QueryContext(ctx, query, args...)
	}
	s, err := w.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext implements runner.
func (w *writer) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if !w.d.engine.cachesStatements() {
		return w.conn.QueryRowContext(ctx, query, args...)
	}
	s, err := w.prepared(ctx, query)
	if err != nil {
		return w.conn.QueryRowContext(ctx, query, args...) // gives the same error through Scan
	}
	return s.QueryRowContext(ctx, args...)
}
