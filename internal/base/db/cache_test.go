package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
)

// small reads the number of a name through the memory, and counts how often it is really read.
type small struct{ reads int }

func (s *small) read(q db.Querier) (int64, error) {
	return db.Cached(q, "essai", []string{"series"}, func() (n int64, err error) {
		s.reads++
		return n, q.Row(`SELECT COALESCE(MAX(last), 0) FROM series WHERE company_id = $1`, q.Company()).Scan(&n)
	})
}

func (s *small) is(t *testing.T, d *db.DB, company string, want int64) {
	t.Helper()
	err := d.Read(t.Context(), company, func(q *db.Snapshot) error {
		got, err := s.read(q)
		if got != want {
			t.Errorf("reads %d, want %d", got, want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func write(t *testing.T, d *db.DB, company string, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), company, fn); err != nil {
		t.Fatal(err)
	}
}

func TestAReadingIsRememberedUntilItsTableChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, other, s := dbtest.Company(t, d), dbtest.Company(t, d), &small{}
		s.is(t, d, company, 0)
		write(t, d, other, add("essai")) // another company’s changes are not ours
		write(t, d, company, func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO chart_account (company_id, role, code, label) VALUES ($1, 'essai', '1', '')`, company)
			return err
		})
		s.is(t, d, company, 0)
		if s.reads != 1 {
			t.Errorf("read %d times, want once", s.reads)
		}
		for n := range int64(3) {
			write(t, d, company, add("essai"))
			s.is(t, d, company, n+1) // at once
		}
		s.is(t, d, other, 1)
	})
}

func TestAnActSeesItsOwnChangesThroughTheMemoryAndNobodyElseDoes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, s := dbtest.Company(t, d), &small{}
		s.is(t, d, company, 0)
		write(t, d, company, func(tx *db.Tx) error {
			if err := add("essai")(tx); err != nil {
				return err
			}
			got, err := s.read(tx)
			if got != 1 {
				t.Errorf("the act reads %d, want 1", got)
			}
			s.is(t, d, company, 0)
			return err
		})
		s.is(t, d, company, 1)
	})
}

func TestWhatIsRolledBackIsNotRemembered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, s, refused := dbtest.Company(t, d), &small{}, errors.New("refused")
		b := keepBusy(t, d, company)
		var w waiting
		w.send(d, t.Context(), company, func(tx *db.Tx) error {
			if err := add("essai")(tx); err != nil {
				return err
			}
			if got, err := s.read(tx); got != 1 || err != nil {
				t.Errorf("the act reads %d, %v", got, err)
			}
			return refused
		})
		w.send(d, t.Context(), company, func(tx *db.Tx) error { // in the same group
			got, err := s.read(tx)
			if got != 0 {
				t.Errorf("the act after it reads %d, want 0", got)
			}
			return err
		})
		b.letGo(t)
		if errs := w.all(); !errors.Is(errs[0], refused) || errs[1] != nil {
			t.Error(errs)
		}
		s.is(t, d, company, 0)
	})
}

// An act that comes after another in its group sees what that one changed, as if it had been committed alone.
func TestAnActSeesTheChangesOfItsGroupThroughTheMemory(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, s := dbtest.Company(t, d), &small{}
		s.is(t, d, company, 0)
		b := keepBusy(t, d, company)
		var w waiting
		w.send(d, t.Context(), company, add("essai"))
		w.send(d, t.Context(), company, func(tx *db.Tx) error {
			got, err := s.read(tx)
			if got != 1 {
				t.Errorf("it reads %d, want 1", got)
			}
			return err
		})
		b.letGo(t)
		if err := errors.Join(w.all()...); err != nil {
			t.Error(err)
		}
	})
}

// What a snapshot older than a change reads is its own state; it must not be remembered for those who come after.
func TestAnOldSnapshotIsNotRemembered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, s := dbtest.Company(t, d), &small{}
		err := d.Read(t.Context(), company, func(q *db.Snapshot) error {
			var n int
			if err := q.Row(`SELECT COUNT(*) FROM series WHERE company_id = $1`, company).Scan(&n); err != nil { // fixes what it sees
				return err
			}
			write(t, d, company, add("essai"))
			got, err := s.read(q)
			if got != 0 {
				t.Errorf("the old snapshot reads %d, want 0", got)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		s.is(t, d, company, 1)
	})
}

func TestTheChangeOfAnotherServerShowsWithinASecond(t *testing.T) {
	one := dbtest.Postgres(t)
	two := second(t, one)
	company, s := dbtest.Company(t, one), &small{}
	s.is(t, one, company, 0)
	write(t, two, company, add("essai"))
	time.Sleep(1100 * time.Millisecond)
	s.is(t, one, company, 1)
}

func TestWhatADecisionRestsOnIsRememberedOnlyByTheServerOfAFile(t *testing.T) {
	count := func(d *db.DB, company string) (reads int) {
		for range 3 {
			err := d.Read(t.Context(), company, func(q *db.Snapshot) error {
				_, err := db.CachedAlone(q, "seul", []string{"series"}, func() (int, error) { reads++; return 0, nil })
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
		return reads
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if reads := count(d, dbtest.Company(t, d)); reads != 3 {
			t.Errorf("read %d times, want each time", reads)
		}
	})
	config := dbtest.Config(t, dbtest.SQLite(t))
	config.Serve = true
	server, err := db.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if reads := count(server, dbtest.Company(t, server)); reads != 1 {
		t.Errorf("the server reads %d times, want once", reads)
	}
}

func TestAMemoIsForgottenWhenItsTablesChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, memo, tables := dbtest.Company(t, d), db.NewMemo[string](2), []string{"series"}
		_, known, mark := memo.Get(d, "clé", company, tables)
		if known {
			t.Error("known before anything")
		}
		memo.Put("clé", mark, "un")
		if value, known, _ := memo.Get(d, "clé", company, tables); !known || value != "un" {
			t.Errorf("remembers %q, %v", value, known)
		}
		write(t, d, company, add("essai"))
		_, known, mark = memo.Get(d, "clé", company, tables)
		if known {
			t.Error("known after a change")
		}
		write(t, d, company, add("essai")) // while the value was worked out
		memo.Put("clé", mark, "trop tard")
		if value, known, _ := memo.Get(d, "clé", company, tables); known {
			t.Errorf("remembers %q, worked out before the last change", value)
		}
		for _, key := range []string{"a", "b", "c"} {
			_, _, mark := memo.Get(d, key, company, tables)
			memo.Put(key, mark, key)
		}
		if value, known, _ := memo.Get(d, "c", company, tables); !known || value != "c" {
			t.Errorf("the last one is %q, %v", value, known)
		}
		if _, known, _ := memo.Get(d, "a", company, tables); known {
			t.Error("remembers more than its limit")
		}
	})
}

func TestAListOfTheMemoIsACopyForEachCaller(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		for range 2 {
			err := d.Read(t.Context(), company, func(q *db.Snapshot) error {
				list, err := db.CachedList(q, "liste", []string{"series"}, func() ([]int, error) { return []int{1, 2}, nil })
				if list[0] != 1 {
					t.Errorf("another caller changed it to %d", list[0])
				}
				list[0] = 9
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
}

// Readers beside writers: a reading begun after an act was acknowledged never shows the state before it.
func TestNobodyReadsThroughTheMemoWhatWasTrueBeforeAnAcknowledgedAct(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		ctx, stop := context.WithCancel(context.Background())
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() {
				s := &small{}
				for ctx.Err() == nil {
					if err := d.Read(context.Background(), company, func(q *db.Snapshot) error { _, err := s.read(q); return err }); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		s := &small{}
		for n := range int64(150) {
			write(t, d, company, add("essai"))
			s.is(t, d, company, n+1)
		}
		stop()
		group.Wait()
	})
}
