package number_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/books/number"
	"encaisse/internal/test/dbtest"
)

func next(d *db.DB, company, series string, fails error) (n int64, err error) {
	err = d.Write(context.Background(), company, func(tx *db.Tx) error {
		if n, err = number.Next(tx, series); err != nil {
			return err
		}
		return fails
	})
	return n, err
}

func TestASeriesBeginsAtOneAndEachIsItsOwn(t *testing.T) { // LAW-ISCA-S-2
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		here, there := dbtest.Company(t, d), dbtest.Company(t, d)
		for _, c := range []struct {
			company, series string
			want            int64
		}{{here, "entry", 1}, {here, "entry", 2}, {here, "invoice", 1}, {there, "entry", 1}, {here, "entry", 3}} {
			if got, err := next(d, c.company, c.series, nil); err != nil || got != c.want {
				t.Errorf("%s gives %d %v, want %d", c.series, got, err, c.want)
			}
		}
	})
}

func TestANumberNotUsedIsGivenAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, refused := dbtest.Company(t, d), errors.New("refused")
		for _, c := range []struct {
			fails error
			want  int64
		}{{nil, 1}, {refused, 2}, {refused, 2}, {nil, 2}, {nil, 3}} {
			if got, err := next(d, company, "entry", c.fails); !errors.Is(err, c.fails) || got != c.want {
				t.Errorf("given %d %v, want %d %v", got, err, c.want, c.fails)
			}
		}
	})
}

func TestManyAtOnceGetEachNumberOnce(t *testing.T) { // LAW-ISCA-S-2
	const many = 40
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		var mu sync.Mutex
		var all []int64
		var wait sync.WaitGroup
		for i := range many {
			wait.Go(func() {
				var fails error
				if i%4 == 0 {
					fails = errors.New("refused")
				}
				n, err := next(d, company, "entry", fails)
				if !errors.Is(err, fails) {
					t.Error(err)
				}
				if fails == nil {
					mu.Lock()
					all = append(all, n)
					mu.Unlock()
				}
			})
		}
		wait.Wait()
		slices.Sort(all)
		for i, n := range all {
			if n != int64(i+1) {
				t.Fatalf("numbers given: %d", all)
			}
		}
		if len(all) != many*3/4 {
			t.Errorf("%d numbers given", len(all))
		}
	})
}

func TestTheLastNumberOfASeriesNeverBegunIsZero(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		for _, want := range []int64{0, 1, 2} {
			err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
				got, err := number.Last(q, "entry")
				if got != want {
					t.Errorf("last %d, want %d", got, want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := next(d, company, "entry", nil); err != nil {
				t.Fatal(err)
			}
		}
	})
}
