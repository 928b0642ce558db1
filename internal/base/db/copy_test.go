package db_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
)

func TestACopyMadeWhileWritingIsWholeAndOfOneInstant(t *testing.T) {
	d := dbtest.SQLite(t)
	company := dbtest.Company(t, d)
	ctx, stop := context.WithCancel(context.Background())
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for ctx.Err() == nil {
				if err := d.Write(context.Background(), company, func(tx *db.Tx) error { return errors.Join(add("a")(tx), add("b")(tx)) }); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	before := int64(-1)
	for n := range 5 {
		path := filepath.Join(t.TempDir(), fmt.Sprint("copy", n, ".db"))
		if err := d.CopyTo(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		acknowledged := last(t, d, company, "a")
		copied, err := db.Open(t.Context(), db.Config{SQLite: path})
		if err != nil {
			t.Fatal(err)
		}
		if err := copied.Integrity(t.Context()); err != nil {
			t.Error(err)
		}
		a, b := last(t, copied, company, "a"), last(t, copied, company, "b")
		if a != b || a < before || a > acknowledged {
			t.Errorf("the copy counts %d and %d, the copy before %d, the store %d", a, b, before, acknowledged)
		}
		before = acknowledged
		if err := d.CopyTo(t.Context(), path); err == nil {
			t.Error("a copy overwrites a file")
		}
		copied.Close()
	}
	stop()
	group.Wait()
	if before < 10 {
		t.Errorf("%d acts only while copying: too few to prove anything", before)
	}
}

func TestAFileIsNoCopyOfPostgreSQL(t *testing.T) {
	if err := dbtest.Postgres(t).CopyTo(t.Context(), filepath.Join(t.TempDir(), "copy.db")); err == nil {
		t.Error("copied")
	}
}

func TestADamagedFileIsSeen(t *testing.T) {
	d := dbtest.SQLite(t)
	if err := d.Integrity(t.Context()); err != nil {
		t.Errorf("a whole file: %v", err)
	}
	raw := dbtest.Raw(t, d)
	for _, statement := range []string{`PRAGMA writable_schema = 1`, `UPDATE sqlite_master SET rootpage = 2 WHERE name = 'series'`} {
		if _, err := raw.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	damaged, err := db.Open(t.Context(), dbtest.Config(t, d))
	if err == nil {
		defer damaged.Close()
		err = damaged.Integrity(t.Context())
	}
	if err == nil {
		t.Error("nothing is seen of two tables on one page")
	}
}
