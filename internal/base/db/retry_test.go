package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/test/dbtest"

	"github.com/jackc/pgx/v5/pgconn"
)

// second opens a store again, as another server on the same database does.
func second(t *testing.T, d *db.DB) *db.DB {
	t.Helper()
	other, err := db.Open(t.Context(), dbtest.Config(t, d))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	})
	return other
}

// renames is an act that adds to the names of companies, one after the other.
func renames(tx *db.Tx, companies ...string) error {
	for _, c := range companies {
		if _, err := tx.Exec(`UPDATE company SET name = name || '+' WHERE id = $1`, c); err != nil {
			return err
		}
	}
	return nil
}

func TestActsOfTwoServersThatBlockEachOtherAreBothKept(t *testing.T) {
	one := dbtest.Postgres(t)
	two := second(t, one)
	a, b := dbtest.Company(t, one), dbtest.Company(t, one)
	var runs [2]int
	held := [2]chan bool{make(chan bool), make(chan bool)}
	cross := func(n int, first, then string) func(*db.Tx) error {
		return func(tx *db.Tx) error {
			if err := renames(tx, first); err != nil {
				return err
			}
			if runs[n]++; runs[n] == 1 { // both hold their first row before either asks for its second
				close(held[n])
				<-held[1-n]
			}
			return renames(tx, then)
		}
	}
	var group sync.WaitGroup
	errs := make([]error, 2)
	group.Go(func() { errs[0] = one.Write(t.Context(), "", cross(0, a, b)) })
	group.Go(func() { errs[1] = two.Write(t.Context(), "", cross(1, b, a)) })
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	if runs[0]+runs[1] < 3 {
		t.Errorf("run %v times: the database met no deadlock, and the test proves nothing", runs)
	}
	for _, c := range []string{a, b} {
		var name string
		if err := one.Read(t.Context(), "", func(q *db.Snapshot) error { return q.Row(`SELECT name FROM company WHERE id = $1`, c).Scan(&name) }); err != nil || !strings.HasSuffix(name, "++") || strings.HasSuffix(name, "+++") {
			t.Errorf("the name is %s, %v", name, err)
		}
	}
}

// Acts of one company on two servers, whatever rows they touch in whatever order, never wait for each other in a circle: each is run once.
func TestActsOfOneCompanyOnTwoServersTakeTurns(t *testing.T) {
	one := dbtest.Postgres(t)
	two := second(t, one)
	companies := []string{dbtest.Company(t, one), dbtest.Company(t, one), dbtest.Company(t, one)}
	slices.Sort(companies)
	var runs atomic.Int64
	var group sync.WaitGroup
	const acts = 120
	for n := range acts {
		group.Go(func() {
			server, company := []*db.DB{one, two}[n%2], companies[n/2%3]
			names := []string{"a", "b", "c", "d"}
			rand.Shuffle(4, func(i, j int) { names[i], names[j] = names[j], names[i] })
			err := server.Write(context.Background(), company, func(tx *db.Tx) error {
				runs.Add(1)
				for _, name := range names {
					if err := add(name)(tx); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if runs.Load() != acts {
		t.Errorf("%d acts were run %d times", acts, runs.Load())
	}
	var sum int64
	for _, company := range companies {
		sum += last(t, one, company, "a")
	}
	if sum != acts {
		t.Errorf("%d are kept, want %d", sum, acts)
	}
}

// The instant of an act is that of its turn: one that waited for another server is not stamped before what that server did meanwhile.
func TestAnActThatWaitedForAnotherServerIsStampedAfterIt(t *testing.T) {
	one := dbtest.Postgres(t)
	two := second(t, one)
	company, raw := dbtest.Company(t, one), dbtest.Raw(t, one)
	b := keepBusy(t, one, company)
	at, done := time.Time{}, make(chan error)
	go func() {
		done <- two.Write(context.Background(), company, func(tx *db.Tx) error { at = tx.Now(); return nil })
	}()
	for waiting := 0; waiting == 0; time.Sleep(time.Millisecond) {
		if err := raw.QueryRow(`SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
	dbtest.Clock(t, one).Advance(time.Hour)
	b.letGo(t)
	if err := <-done; err != nil || !at.Equal(dbtest.Morning.Add(time.Hour)) {
		t.Errorf("stamped %s, %v", at, err)
	}
}

func TestAnActTheDatabaseAsksToRepeatRunsAgainAloneAndFromTheStart(t *testing.T) {
	for _, code := range []string{"40001", "40P01", "55P03"} {
		t.Run(code, func(t *testing.T) {
			d := dbtest.Postgres(t)
			company := dbtest.Company(t, d)
			b := keepBusy(t, d, company)
			var w waiting
			runs := map[string]int{}
			count := func(name string, times int) func(tx *db.Tx) error {
				return func(tx *db.Tx) error {
					if err := add(name)(tx); err != nil {
						return err
					}
					if runs[name]++; runs[name] <= times {
						return fmt.Errorf("somewhere below: %w", &pgconn.PgError{Code: code})
					}
					return nil
				}
			}
			w.send(d, t.Context(), company, count("avant", 0))
			w.send(d, t.Context(), company, count("repris", 2))
			w.send(d, t.Context(), company, count("après", 0))
			b.letGo(t)
			for i, err := range w.all() {
				if err != nil {
					t.Errorf("act %d: %v", i, err)
				}
			}
			if runs["avant"] != 2 || runs["repris"] != 3 || runs["après"] != 1 {
				t.Errorf("run %v times", runs)
			}
			for name := range runs {
				if got := last(t, d, company, name); got != 1 {
					t.Errorf("%s counts %d, want 1", name, got)
				}
			}
		})
	}
}

func TestAnActIsNotRepeatedForEver(t *testing.T) {
	d := dbtest.Postgres(t)
	company := dbtest.Company(t, d)
	runs := 0
	err := d.Write(t.Context(), company, func(tx *db.Tx) error {
		runs++
		return errors.Join(add("essai")(tx), &pgconn.PgError{Code: "40001"})
	})
	if runs != 1+db.MaxTries || !fault.Is(err, fault.Unavailable) {
		t.Errorf("run %d times, then told %v", runs, err)
	}
	if got := last(t, d, company, "essai"); got != 0 {
		t.Errorf("%d is kept", got)
	}
}

// An act that gives its own words to what the database asked to repeat is repeated all the same.
func TestAnActCannotHideThatItMustBeRepeated(t *testing.T) {
	d := dbtest.Postgres(t)
	company := dbtest.Company(t, d)
	slow, err := sql.Open("pgx", dbtest.Config(t, d).Postgres)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	if err := d.Write(t.Context(), company, add("essai")); err != nil {
		t.Fatal(err)
	}
	runs := 0
	err = d.Write(t.Context(), company, func(tx *db.Tx) error {
		if runs++; runs > 1 {
			return add("essai")(tx)
		}
		// a lock that is not there at once is 55P03, which the database asks to repeat
		blocker, err := slow.BeginTx(context.Background(), nil)
		if err != nil {
			return err
		}
		defer blocker.Rollback()
		if _, err := blocker.Exec(`SELECT set_config('encaisse.company', $1, true)`, company); err != nil {
			return err
		}
		if _, err := blocker.Exec(`UPDATE series SET last = 50 WHERE company_id = $1`, company); err != nil {
			return err
		}
		var n int
		if err := tx.Row(`SELECT last FROM series WHERE company_id = $1 AND name = 'essai' FOR UPDATE NOWAIT`, company).Scan(&n); err != nil {
			return fault.New(fault.Conflict, "Quelqu’un d’autre est passé avant.")
		}
		return nil
	})
	if got := last(t, d, company, "essai"); err != nil || runs != 2 || got != 2 {
		t.Errorf("run %d times, counts %d, told %v", runs, got, err)
	}
}

// A connection that was lost while nothing was asked of it is replaced, and nobody notices.
func TestALostConnectionIsReplaced(t *testing.T) {
	d := dbtest.Postgres(t)
	company := dbtest.Company(t, d)
	cut := func() {
		t.Helper()
		if _, err := dbtest.Raw(t, d).Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		if err := d.Write(t.Context(), company, add("essai")); err != nil {
			t.Errorf("after a cut: %v", err)
		}
		cut()
	}
	if err := d.Write(t.Context(), company, add("essai")); err != nil {
		t.Fatal(err)
	}
	runs := 0
	err := d.Write(t.Context(), company, func(tx *db.Tx) error {
		runs++
		if err := add("essai")(tx); err != nil {
			return err
		}
		cut()
		return add("essai")(tx)
	})
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "Réessayez") || runs != 1 {
		t.Errorf("cut in the middle of an act, run %d times: %v", runs, err)
	}
	if err := d.Write(t.Context(), company, add("essai")); err != nil {
		t.Errorf("the act after it: %v", err)
	}
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if d.Read(t.Context(), company, func(q *db.Snapshot) error { return nil }) == nil {
			break
		}
	}
	if got := last(t, d, company, "essai"); got != 5 {
		t.Errorf("counts %d, want 5", got)
	}
}
