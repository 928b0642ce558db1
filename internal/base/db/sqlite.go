package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"encaisse/internal/base/fault"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

var errDrop = driver.ErrBadConn

// oldestSQLite is the first version without the WAL-reset bug, which could corrupt a database with several connections (fixed 13 March 2026).
var oldestSQLite = [3]int{3, 51, 3}

type sqliteEngine struct{}

func (sqliteEngine) name() string                { return "sqlite" }
func (sqliteEngine) begin() string               { return "BEGIN IMMEDIATE" }
func (sqliteEngine) enter(string) string         { return "" }
func (sqliteEngine) scope(string) string         { return "" }
func (sqliteEngine) readOptions() *sql.TxOptions { return nil }
func (sqliteEngine) simple(...any) []any         { return nil }
func (sqliteEngine) cachesStatements() bool      { return true }
func (sqliteEngine) writerCount() int            { return 1 }

// parameter names the first parameter only: each time a statement runs, the driver looks every name up from the start of the list.
func (sqliteEngine) parameter(n int) string {
	if n == 1 {
		return "$1"
	}
	return "?"
}

func (sqliteEngine) migrated(ctx context.Context, pool *sql.DB) error {
	return tellStatistics(ctx, pool)
}

func (sqliteEngine) classify(err error) fate {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return actFails
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED: // after waiting for busy_timeout: trying again would only wait more
		return groupFails
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB:
		return groupFails
	}
	return actFails
}

func (d *DB) openSQLite(ctx context.Context, c Config) error {
	d.engine = sqliteEngine{}
	path, err := filepath.Abs(c.SQLite)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if c.Serve {
		if d.release, err = lockFile(path + ".lock"); err != nil {
			return fmt.Errorf("db: another server already serves %s; stop it first: %w", path, err)
		}
	}
	pool, err := sql.Open("sqlite", sqliteDSN(path, "_txlock=immediate"))
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(2) // the writer, and a migration or a copy
	if err := checkSQLite(ctx, pool); err != nil {
		pool.Close()
		return err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		pool.Close()
		return err
	}
	if d.readers, err = sql.Open("sqlite", sqliteDSN(path, "_pragma=query_only(1)")); err != nil {
		pool.Close()
		return err
	}
	d.readers.SetMaxOpenConns(8)
	d.readers.SetMaxIdleConns(8)
	d.memo.alone = c.Serve
	before := d.release
	d.release = func() { pool.Close(); before() }
	d.startWriters(pool)
	return nil
}

// sqliteDSN asks for a write-ahead log synchronised at each commit. synchronous=NORMAL would lose acknowledged acts in a power cut.
// Without recursive_triggers, INSERT OR REPLACE would pass by the trigger that keeps recorded rows.
func sqliteDSN(path string, more string) string {
	pragmas := "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=recursive_triggers(1)&_pragma=cache_size(-8000)&_pragma=temp_store(2)&_pragma=wal_autocheckpoint(1000)"
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + pragmas + "&" + more
}

func checkSQLite(ctx context.Context, pool *sql.DB) error {
	var version, mode string
	var synchronous int
	if err := pool.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version); err != nil {
		return fmt.Errorf("db: the database file cannot be opened: %w", err)
	}
	if !versionAtLeast(version, oldestSQLite) {
		return fmt.Errorf("db: SQLite %s is refused: versions before 3.51.3 can corrupt a database in WAL mode", version)
	}
	if err := pool.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode); err != nil {
		return err
	}
	if err := pool.QueryRowContext(ctx, `PRAGMA synchronous`).Scan(&synchronous); err != nil {
		return err
	}
	if mode != "wal" || synchronous < 2 {
		return fmt.Errorf("db: SQLite in mode %s with synchronous=%d is refused: an acknowledged act could be lost", mode, synchronous)
	}
	return nil
}

func versionAtLeast(version string, least [3]int) bool {
	parts := strings.SplitN(version, ".", 3)
	for i, want := range least {
		if i >= len(parts) {
			return false
		}
		got, err := strconv.Atoi(parts[i])
		if err != nil {
			return false
		}
		if got != want {
			return got > want
		}
	}
	return true
}

// translate turns what the database says into a fault people can act on; anything else passes unchanged.
func (d *DB) translate(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Fault](err); ok {
		return err
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch {
		case e.Code()&0xff == sqlite3.SQLITE_FULL, e.Code() == sqlite3.SQLITE_IOERR_WRITE:
			return fault.Wrap(fault.StorageFull, "Le disque est plein\u00a0: rien n’a été enregistré. Libérez de la place puis recommencez\u00a0; ce qui est déjà enregistré reste lisible.", err)
		case e.Code()&0xff == sqlite3.SQLITE_BUSY, e.Code()&0xff == sqlite3.SQLITE_LOCKED:
			return fault.Wrap(fault.Unavailable, "La base est occupée par un autre programme. Réessayez dans un instant.", err)
		case d.engine.classify(err) == groupFails:
			return fault.Wrap(fault.Unavailable, "Le disque ne répond pas correctement\u00a0: rien n’a été enregistré. Réessayez\u00a0; si cela dure, lancez «\u00a0encaisse verify\u00a0».", err)
		}
	}
	return translatePostgres(err)
}
