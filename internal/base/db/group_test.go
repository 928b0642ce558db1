package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/test/dbtest"
)

// add is an act that adds one to a number, which it makes when it is not there.
func add(name string) func(tx *db.Tx) error {
	return func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO series (company_id, name, last) VALUES ($1, $2, 1) ON CONFLICT (company_id, name) DO UPDATE SET last = series.last + 1`, tx.Company(), name)
		return err
	}
}

// last is the number under a name, 0 when there is none.
func last(t *testing.T, d *db.DB, company, name string) (n int64) {
	t.Helper()
	err := d.Read(t.Context(), company, func(q *db.Snapshot) error {
		err := q.Row(`SELECT last FROM series WHERE company_id = $1 AND name = $2`, company, name).Scan(&n)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// busy keeps the writer of a company busy until it is let go, so that acts wait for it.
type busy struct {
	free chan bool
	done chan error
}

func keepBusy(t *testing.T, d *db.DB, company string) busy {
	t.Helper()
	b, begun := busy{make(chan bool), make(chan error, 1)}, make(chan bool)
	var once sync.Once
	go func() {
		b.done <- d.Write(context.Background(), company, func(*db.Tx) error {
			once.Do(func() { close(begun) })
			<-b.free
			return nil
		})
	}()
	<-begun
	return b
}

func (b busy) letGo(t *testing.T) {
	t.Helper()
	close(b.free)
	if err := <-b.done; err != nil {
		t.Error(err)
	}
}

// waiting are acts sent while the writer was busy.
type waiting struct {
	answers []chan error
}

// send sends an act and waits until it stands in the queue.
func (w *waiting) send(d *db.DB, ctx context.Context, company string, fn func(*db.Tx) error) {
	before := d.Waiting(company)
	answer := make(chan error, 1)
	w.answers = append(w.answers, answer)
	go func() { answer <- d.Write(ctx, company, fn) }()
	for d.Waiting(company) == before {
		time.Sleep(100 * time.Microsecond)
	}
}

// all are the answers, in the order of sending.
func (w *waiting) all() []error {
	list := make([]error, len(w.answers))
	for i, answer := range w.answers {
		list[i] = <-answer
	}
	return list
}

func TestActsThatWaitAreCommittedTogether(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		b, before := keepBusy(t, d, company), d.Stats()
		var w waiting
		for range 10 {
			w.send(d, t.Context(), company, add("essai"))
		}
		b.letGo(t)
		for i, err := range w.all() {
			if err != nil {
				t.Errorf("act %d: %v", i, err)
			}
		}
		after := d.Stats()
		if commits, acts := after.Commits-before.Commits, after.Acts-before.Acts; commits != 2 || acts != 11 {
			t.Errorf("%d acts in %d commits, want the one that kept busy and ten together", acts, commits)
		}
		if got := last(t, d, company, "essai"); got != 10 {
			t.Errorf("counted %d, want 10", got)
		}
	})
}

func TestAGroupIsBounded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		b, before := keepBusy(t, d, company), d.Stats()
		var w waiting
		for range db.MaxGroup + 1 {
			w.send(d, t.Context(), company, add("essai"))
		}
		b.letGo(t)
		w.all()
		if commits := d.Stats().Commits - before.Commits; commits != 3 {
			t.Errorf("%d commits, want one more for the act beyond a whole group", commits)
		}
	})
}

var errRefused = fault.New(fault.Invalid, "refusé")

// failures are what can go wrong in an act, and what its caller is told.
var failures = []struct {
	name string
	act  func(tx *db.Tx) error
	want string
}{
	{"refused by its own rule after writing", func(tx *db.Tx) error {
		return errors.Join(add("essai")(tx), errRefused)
	}, "refusé"},
	{"refused by a constraint", func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO series (company_id, name, last) VALUES ($1, 'essai', NULL)`, tx.Company())
		return err
	}, "INSERT INTO series"},
	{"a panic after writing", func(tx *db.Tx) error {
		if err := add("essai")(tx); err != nil {
			return err
		}
		panic("the ground gives way")
	}, "the ground gives way"},
	{"a refused statement that the act does not mention", func(tx *db.Tx) error {
		if err := add("essai")(tx); err != nil {
			return err
		}
		tx.Exec(`INSERT INTO series (company_id, name, last) VALUES ($1, 'autre', NULL)`, tx.Company())
		return nil
	}, "INSERT INTO series"},
	{"a refused query that the act does not mention", func(tx *db.Tx) error {
		var n int
		tx.Row(`SELECT no_such_column FROM series WHERE company_id = $1`, tx.Company()).Scan(&n)
		return add("essai")(tx)
	}, "no_such_column"},
	{"a refused list that the act does not mention", func(tx *db.Tx) error {
		db.Each(tx, func(*sql.Rows) error { return nil }, `SELECT no_such_column FROM series WHERE company_id = $1`, tx.Company())
		return add("essai")(tx)
	}, "no_such_column"},
	{"a statement that the handle itself refuses", func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM series`)
		return errors.Join(add("essai")(tx), err)
	}, "company_id"},
}

// What goes wrong in one act of a group concerns that act alone.
func TestAnActThatFailsLeavesTheOthersOfItsGroup(t *testing.T) {
	for _, c := range failures {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				company := dbtest.Company(t, d)
				for _, at := range []int{0, 1, 2} { // first, between the others, last
					name := fmt.Sprint("bon ", at)
					b := keepBusy(t, d, company)
					var w waiting
					for n := range 3 {
						if n == at {
							w.send(d, t.Context(), company, c.act)
						}
						w.send(d, t.Context(), company, add(name))
					}
					b.letGo(t)
					for n, err := range w.all() {
						switch {
						case n == at && (err == nil || !strings.Contains(err.Error(), c.want)):
							t.Errorf("the act says %v, want %q", err, c.want)
						case n != at && err != nil:
							t.Errorf("another act says %v", err)
						}
					}
					if got := last(t, d, company, name); got != 3 {
						t.Errorf("%d of the three others are kept", got)
					}
				}
				if got := last(t, d, company, "essai"); got != 0 {
					t.Errorf("%d of what the failed act wrote is kept", got)
				}
			})
		})
	}
}

func TestAnActSeesTheActsOfItsGroupThatCameBefore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, other := dbtest.Company(t, d), dbtest.Company(t, d)
		b := keepBusy(t, d, company)
		var w waiting
		for range 3 {
			w.send(d, t.Context(), company, add("essai"))
		}
		var seen int64
		w.send(d, t.Context(), company, func(tx *db.Tx) error {
			return tx.Row(`SELECT last FROM series WHERE company_id = $1 AND name = 'essai'`, company).Scan(&seen)
		})
		b.letGo(t)
		for _, err := range w.all() {
			if err != nil {
				t.Error(err)
			}
		}
		if seen != 3 {
			t.Errorf("it sees %d, want 3", seen)
		}
		if got := last(t, d, other, "essai"); got != 0 {
			t.Errorf("another company has %d", got)
		}
	})
}

func TestAnActWhoseCallerHasLeftIsNotStarted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		ctx, leave := context.WithCancel(t.Context())
		b := keepBusy(t, d, company)
		var w waiting
		w.send(d, t.Context(), company, add("essai"))
		w.send(d, ctx, company, add("essai"))
		leave()
		b.letGo(t)
		answers := w.all()
		if answers[0] != nil || !errors.Is(answers[1], context.Canceled) {
			t.Errorf("answers %v", answers)
		}
		if got := last(t, d, company, "essai"); got != 1 {
			t.Errorf("counted %d, want 1", got)
		}
	})
}

func TestAnActUnderWayIsFinishedThoughItsCallerLeaves(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		ctx, leave := context.WithCancel(t.Context())
		err := d.Write(ctx, company, func(tx *db.Tx) error {
			leave()
			return add("essai")(tx)
		})
		if got := last(t, d, company, "essai"); err != nil || got != 1 {
			t.Errorf("counted %d, %v", got, err)
		}
	})
}

func TestAFullQueueSaysSoAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		b := keepBusy(t, d, company)
		var group sync.WaitGroup
		kept := make(chan bool, 2*db.MaxWaiting)
		for range db.MaxWaiting {
			group.Go(func() {
				err := d.Write(t.Context(), company, add("essai"))
				if err != nil {
					t.Error(err)
				}
				kept <- err == nil
			})
		}
		for d.Waiting(company) < db.MaxWaiting {
			time.Sleep(time.Millisecond)
		}
		started := time.Now()
		err := d.Write(t.Context(), company, add("essai"))
		if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "Réessayez") {
			t.Errorf("the act beyond the queue is told %v", err)
		}
		if took := time.Since(started); took > time.Second {
			t.Errorf("it was told after %s", took)
		}
		b.letGo(t)
		group.Wait()
		if got := last(t, d, company, "essai"); got != db.MaxWaiting {
			t.Errorf("%d acts of the queue are kept, want %d", got, db.MaxWaiting)
		}
	})
}

func TestCloseFinishesWhatWaitsAndRefusesTheRest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		b := keepBusy(t, d, company)
		var w waiting
		for range 100 {
			w.send(d, t.Context(), company, add("essai"))
		}
		closed := make(chan error)
		go func() { closed <- d.Close() }()
		refused := func() error {
			for {
				if err := d.Write(context.Background(), company, add("essai")); err != nil {
					return err
				}
			}
		}
		answer := make(chan error)
		go func() { answer <- refused() }()
		time.Sleep(10 * time.Millisecond)
		b.letGo(t)
		if err := <-closed; err != nil {
			t.Error(err)
		}
		if err := <-answer; !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "s’arrête") {
			t.Errorf("an act after the end is told %v", err)
		}
		for i, err := range w.all() {
			if err != nil {
				t.Errorf("act %d, which waited: %v", i, err)
			}
		}
		again, err := db.Open(t.Context(), dbtest.Config(t, d))
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if got := last(t, again, company, "essai"); got < 100 {
			t.Errorf("%d acts are kept of the 100 that waited", got)
		}
	})
}

func TestTheInstantIsTheSameInTheWholeAct(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, clock := dbtest.Company(t, d), dbtest.Clock(t, d)
		err := d.Write(t.Context(), company, func(tx *db.Tx) error {
			before := tx.Now()
			clock.Advance(time.Hour)
			if !tx.Now().Equal(before) || !before.Equal(dbtest.Morning) {
				t.Errorf("%s, then %s", before, tx.Now())
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
