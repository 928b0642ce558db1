// Package dbtest gives each test a store of its own, on both databases:
//
//	func TestABalanceFollowsItsLines(t *testing.T) {
//		dbtest.Each(t, func(t *testing.T, d *db.DB) {
//			company := dbtest.Company(t, d)
//			…
//		})
//	}
//
// runs the sub-tests "sqlite" and "postgres". The schema is there, the clock is stopped (see Clock), and on PostgreSQL the
// connection is that of a role that owns nothing and bypasses nothing, so that row-level security and the append-only
// triggers really apply. The PostgreSQL server is that of ENCAISSE_TEST_POSTGRES, or a private one that lives as long as
// the test process.
package dbtest

import (
	"context"
	"database/sql"
	"net/url"
	"sync"
	"testing"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/db"
)

// Morning is the instant at which the clock of a new test store stands: Friday 20 November 2026, 09:00 in Paris.
var Morning = time.Date(2026, time.November, 20, 8, 0, 0, 0, time.UTC)

// store is what is known of a test store beside its handle.
type store struct {
	config db.Config
	clock  *clock.Fake
	admin  string // PostgreSQL only: DSN of the superuser to the same database
}

// stores maps each open *db.DB to its store.
var stores sync.Map

// Each runs test once on SQLite and once on PostgreSQL, each time on a new store with the program's schema.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// EachEmpty runs test once on each database on a store without any table, whose role may create them.
func EachEmpty(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, open(t, emptySQLite(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, emptyPostgres(t))) })
}

// SQLite opens a new SQLite store with the program's schema, until the end of the test.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return open(t, migratedSQLite(t))
}

// Postgres opens a new PostgreSQL store with the program's schema, until the end of the test.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	return open(t, migratedPostgres(t))
}

// NewPostgres makes an empty PostgreSQL database for a program under test and gives the DSN of the role that owns it.
func NewPostgres(t testing.TB) string {
	t.Helper()
	return emptyPostgres(t).config.Postgres
}

// Clock is the clock of a store given by this package. It stands at Morning until the test turns it.
func Clock(t testing.TB, d *db.DB) *clock.Fake {
	t.Helper()
	return of(t, d).clock
}

// SetClock turns the clock of a store to an hour in Paris: 2026-11-21 08:55.
func SetClock(t testing.TB, d *db.DB, local string) {
	t.Helper()
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	now, err := time.ParseInLocation("2006-01-02 15:04", local, place)
	if err != nil {
		t.Fatal(err)
	}
	Clock(t, d).Set(now)
}

// Config is what a second process would need to open the same store.
func Config(t testing.TB, d *db.DB) db.Config {
	t.Helper()
	return of(t, d).config
}

// Raw opens the database under a store the way an intruder with the superuser's password or the file would: without row-level
// security, company or guard. It is for tampering and for looking at what was really written.
func Raw(t testing.TB, d *db.DB) *sql.DB {
	t.Helper()
	s := of(t, d)
	driver, name := "pgx", s.admin
	if s.admin == "" {
		driver, name = "sqlite", "file:"+(&url.URL{Path: s.config.SQLite}).EscapedPath()+"?_pragma=busy_timeout(10000)"
	}
	raw, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}

// of finds what is known of a store.
func of(t testing.TB, d *db.DB) store {
	t.Helper()
	s, known := stores.Load(d)
	if !known {
		t.Fatal("dbtest: this store was not opened by dbtest")
	}
	return s.(store)
}

// open opens a store until the end of the test.
func open(t testing.TB, s store) *db.DB {
	t.Helper()
	if err := useVault(); err != nil {
		t.Fatal(err)
	}
	s.clock = clock.At(Morning)
	s.config.Clock = s.clock
	d, err := db.Open(context.Background(), s.config)
	if err != nil {
		t.Fatal(err)
	}
	stores.Store(d, s)
	t.Cleanup(func() {
		stores.Delete(d)
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}
