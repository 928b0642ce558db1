package db_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
)

// tally is a pending that adds to numbers, and inserts others as they are.
type tally struct {
	added    map[string]int64
	inserted []string
	writes   *int
}

func (c *tally) Tables() []string { return []string{"series"} }

func (c *tally) Clone() db.Pending {
	return &tally{maps.Clone(c.added), slices.Clone(c.inserted), c.writes}
}

func (c *tally) Flush(tx *db.Tx) error {
	var rows [][]any
	for _, name := range c.inserted {
		rows = append(rows, []any{name, int64(1)})
	}
	for _, name := range slices.Sorted(maps.Keys(c.added)) {
		*c.writes++
		if _, err := tx.Exec(`INSERT INTO series (company_id, name, last) VALUES ($1, $2, $3) ON CONFLICT (company_id, name) DO UPDATE SET last = series.last + excluded.last`,
			tx.Company(), name, c.added[name]); err != nil {
			return err
		}
	}
	clear(c.added)
	c.inserted = nil
	return tx.Insert("series", "name, last", rows)
}

// tallied gives acts that share a tally, and how many statements it took.
func tallied() (of func(tx *db.Tx) *tally, writes *int) {
	writes = new(int)
	return func(tx *db.Tx) *tally {
		return db.Held(tx, "tally", func() *tally { return &tally{added: map[string]int64{}, writes: writes} })
	}, writes
}

// together runs acts of a company in one group, and gives their answers.
func together(t *testing.T, d *db.DB, company string, acts ...func(tx *db.Tx) error) []error {
	t.Helper()
	b := keepBusy(t, d, company)
	var w waiting
	for _, act := range acts {
		w.send(d, t.Context(), company, act)
	}
	b.letGo(t)
	return w.all()
}

func TestWhatActsLeavePendingIsWrittenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		of, writes := tallied()
		one := func(tx *db.Tx) error { of(tx).added["n"]++; return nil }
		for _, err := range together(t, d, company, one, one, one, one) {
			if err != nil {
				t.Error(err)
			}
		}
		if n := last(t, d, company, "n"); n != 4 || *writes != 1 {
			t.Errorf("four acts leave %d in %d statements", n, *writes)
		}
	})
}

func TestWhoNamesATableFindsWhatIsPendingOnIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		of, _ := tallied()
		var seen, cached int64
		read := func(tx *db.Tx) (n int64, err error) {
			err = tx.Row(`SELECT last FROM series WHERE company_id = $1 AND name = 'n'`, tx.Company()).Scan(&n)
			return n, err
		}
		err := errors.Join(together(t, d, company,
			func(tx *db.Tx) error { of(tx).added["n"] += 5; return nil },
			func(tx *db.Tx) (err error) {
				if cached, err = db.Cached(tx, "n", []string{"series"}, func() (int64, error) { return read(tx) }); err != nil {
					return err
				}
				of(tx).added["n"] += 2
				seen, err = read(tx)
				return err
			},
			add("n"),
			func(tx *db.Tx) error { of(tx).added["n"]++; return nil },
		)...)
		if n := last(t, d, company, "n"); err != nil || cached != 5 || seen != 7 || n != 9 {
			t.Errorf("remembered %d, read %d, in the end %d, %v; want 5, 7, 9", cached, seen, n, err)
		}
	})
}

func TestAnActThatFailsTakesBackWhatItLeftPending(t *testing.T) {
	refused := errors.New("refused")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		of, _ := tallied()
		one := func(tx *db.Tx) error { of(tx).added["n"]++; return nil }
		answers := together(t, d, company,
			one,
			func(tx *db.Tx) error { of(tx).added["n"] += 100; return refused },
			one,
			func(tx *db.Tx) error { // writes what is pending, its own and that of those before, and fails
				of(tx).added["n"] += 1000
				if _, err := tx.Exec(`UPDATE series SET last = last + 10000 WHERE company_id = $1 AND name = 'n'`, tx.Company()); err != nil {
					return err
				}
				return refused
			},
			one)
		for i, err := range answers {
			if (i == 1 || i == 3) != errors.Is(err, refused) {
				t.Errorf("act %d answers %v", i, err)
			}
		}
		if n := last(t, d, company, "n"); n != 3 {
			t.Errorf("three acts of five leave %d", n)
		}
	})
}

func TestWhatTheStoreRefusesInTheEndIsTheFaultOfItsActAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		if err := d.Write(t.Context(), company, add("taken")); err != nil {
			t.Fatal(err)
		}
		of, _ := tallied()
		leave := func(name string) func(*db.Tx) error {
			return func(tx *db.Tx) error { c := of(tx); c.inserted = append(c.inserted, name); return nil }
		}
		answers := together(t, d, company, leave("a"), leave("taken"), leave("b"))
		if answers[0] != nil || answers[1] == nil || answers[2] != nil {
			t.Errorf("the acts answer %v", answers)
		}
		for name, want := range map[string]int64{"a": 1, "taken": 1, "b": 1} {
			if n := last(t, d, company, name); n != want {
				t.Errorf("%s is %d, want %d", name, n, want)
			}
		}
	})
}
