package db_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/dbtest/postgres"
	"encaisse/internal/test/need"
)

// refuses opens a store that must be refused with words.
func refuses(t *testing.T, c db.Config, words ...string) {
	t.Helper()
	d, err := db.Open(t.Context(), c)
	if err == nil {
		d.Close()
		t.Errorf("opened, want a refusal that says %q", words)
		return
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("it says %q, want %q", err, word)
		}
	}
}

func TestAStoreIsOneOfTheTwo(t *testing.T) {
	refuses(t, db.Config{}, "either")
	refuses(t, db.Config{SQLite: "a.db", Postgres: "postgres://localhost"}, "either")
	refuses(t, db.Config{Postgres: "postgres://user:secret@host:port/base"}, "connection string")
	if _, err := db.Open(t.Context(), db.Config{Postgres: "postgres://user:secret@host:port/base"}); strings.Contains(err.Error(), "secret") {
		t.Errorf("the password is said: %v", err)
	}
	refuses(t, db.Config{Postgres: "postgres://user:secret@127.0.0.1:1/base?connect_timeout=2"}, "does not answer")
}

func TestSQLiteVersionsThatCanCorruptAreRefused(t *testing.T) {
	for version, good := range map[string]bool{
		"3.51.3": true, "3.51.4": true, "3.51.10": true, "3.52.0": true, "3.54.1": true, "4.0.0": true,
		"3.51.2": false, "3.51.0": false, "3.50.9": false, "3.9.9": false, "3.40.1": false, "2.99.99": false, "3.51": false, "3": false, "": false, "3.x.9": false,
	} {
		if got := db.VersionAtLeast(version, db.OldestSQLite); got != good {
			t.Errorf("SQLite %q: taken %v, want %v", version, got, good)
		}
	}
	var version string
	if err := dbtest.SQLite(t).Reading().QueryRow(`SELECT sqlite_version()`).Scan(&version); err != nil || !db.VersionAtLeast(version, db.OldestSQLite) {
		t.Errorf("ours is %s, %v", version, err)
	}
}

func TestSQLiteSynchronisesEachCommitOnEveryConnection(t *testing.T) {
	d := dbtest.SQLite(t)
	for name, pool := range map[string]*sql.DB{"writing": d.Writing(), "reading": d.Reading()} {
		for _, c := range []struct{ pragma, want string }{{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"}} {
			var got string
			if err := pool.QueryRow(`PRAGMA ` + c.pragma).Scan(&got); err != nil || got != c.want {
				t.Errorf("%s: %s is %s, want %s, %v", name, c.pragma, got, c.want, err)
			}
		}
	}
}

func TestTheFileOfAStoreIsForItsOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // files have no such mode there
	}
	path := filepath.Join(t.TempDir(), "new", "encaisse.db")
	d, err := db.Open(t.Context(), db.Config{SQLite: path})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for path, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v, %v", path, info.Mode().Perm(), want, err)
		}
	}
}

func TestTwoServersOnOneFileAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "encaisse.db")
	first, err := db.Open(t.Context(), db.Config{SQLite: path, Serve: true})
	if err != nil {
		t.Fatal(err)
	}
	refuses(t, db.Config{SQLite: path, Serve: true}, "another server already serves", path, "stop it first")
	command, err := db.Open(t.Context(), db.Config{SQLite: path}) // a command beside the server is welcome
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(command.Close(), first.Close()); err != nil {
		t.Fatal(err)
	}
	again, err := db.Open(t.Context(), db.Config{SQLite: path, Serve: true})
	if err != nil {
		t.Fatalf("after the first one ended: %v", err)
	}
	again.Close()
}

func TestAFileThatCannotBeWrittenOrIsNoDatabaseIsRefused(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("this is no database. ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	refuses(t, db.Config{SQLite: text}, "database file cannot be opened", "not a database")
	refuses(t, db.Config{SQLite: filepath.Join(text, "encaisse.db")}, "not a directory")
	if runtime.GOOS == "linux" {
		refuses(t, db.Config{SQLite: "/proc/encaisse.db"}, "database file cannot be opened")
	}
}

func TestAPostgreSQLThatCouldLoseAnAcknowledgedActIsRefused(t *testing.T) {
	d := dbtest.Postgres(t)
	raw := dbtest.Raw(t, d)
	var name string
	if err := raw.QueryRow(`SELECT current_database()`).Scan(&name); err != nil {
		t.Fatal(err)
	}
	for value, durable := range map[string]bool{"off": false, "local": false, "on": true, "remote_write": true, "remote_apply": true} {
		if _, err := raw.Exec(`ALTER DATABASE ` + name + ` SET synchronous_commit = ` + value); err != nil {
			t.Fatal(err)
		}
		if !durable {
			refuses(t, dbtest.Config(t, d), "synchronous_commit="+value, "could be lost")
			continue
		}
		opened, err := db.Open(t.Context(), dbtest.Config(t, d))
		if err != nil {
			t.Errorf("synchronous_commit=%s: %v", value, err)
			continue
		}
		opened.Close()
	}
}

func TestAPostgreSQLServerThatDoesNotSynchroniseOrBindTheRoleIsRefused(t *testing.T) {
	need.PostgresPrograms(t)
	server, err := postgres.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	}()
	admin, err := sql.Open("pgx", server.DSN)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	do := func(statement string) {
		t.Helper()
		if _, err := admin.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for _, setting := range []string{"fsync", "full_page_writes"} {
		do(`ALTER SYSTEM SET ` + setting + ` = off`)
		do(`SELECT pg_reload_conf()`)
		follows(t, admin, setting, "off")
		refuses(t, db.Config{Postgres: server.DSN}, setting+"=off", "could be lost")
		do(`ALTER SYSTEM RESET ` + setting)
		do(`SELECT pg_reload_conf()`)
		follows(t, admin, setting, "on")
	}
	refuses(t, db.Config{Postgres: server.DSN}, "superuser", "a role of its own")
	do(`CREATE ROLE passing LOGIN BYPASSRLS`)
	refuses(t, db.Config{Postgres: strings.Replace(server.DSN, "postgres@", "passing@", 1)}, "bypasses row-level security")
	do(`ALTER ROLE passing NOBYPASSRLS`)
	d, err := db.Open(t.Context(), db.Config{Postgres: strings.Replace(server.DSN, "postgres@", "passing@", 1)})
	if err != nil {
		t.Fatalf("a role that nothing is wrong with: %v", err)
	}
	d.Close()
}

// follows waits until new connections of a server have a setting.
func follows(t *testing.T, admin *sql.DB, setting, want string) {
	t.Helper()
	admin.SetMaxIdleConns(0)
	value := ""
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if err := admin.QueryRow(`SELECT current_setting($1)`, setting).Scan(&value); err != nil {
			t.Fatal(err)
		}
		if value == want {
			return
		}
	}
	t.Fatalf("%s stays %s", setting, value)
}

func TestArgumentsBindByTheirNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, pool := range map[string]*sql.DB{"writing": d.Writing(), "reading": d.Reading()} {
			if err := db.BindsByNumber(pool); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		company := dbtest.Company(t, d)
		var c, b, a string
		err := d.Write(t.Context(), company, func(tx *db.Tx) error {
			return tx.Row(`SELECT CAST($3 AS TEXT), CAST($2 AS TEXT), CAST($1 AS TEXT)`, "a", "b", "c").Scan(&c, &b, &a)
		})
		if err != nil || a+b+c != "abc" {
			t.Errorf("an act reads %s%s%s, %v", a, b, c, err)
		}
	})
	orderly := sql.OpenDB(orderlyDriver{})
	defer orderly.Close()
	if err := db.BindsByNumber(orderly); err == nil || !strings.Contains(err.Error(), "by order") {
		t.Errorf("a driver that binds by order: %v", err)
	}
}

// orderlyDriver answers any query with its arguments in their order.
type orderlyDriver struct{}

func (d orderlyDriver) Connect(context.Context) (driver.Conn, error) { return d, nil }
func (d orderlyDriver) Driver() driver.Driver                        { return nil }
func (d orderlyDriver) Prepare(string) (driver.Stmt, error)          { return d, nil }
func (d orderlyDriver) Begin() (driver.Tx, error)                    { return nil, errors.ErrUnsupported }
func (d orderlyDriver) Close() error                                 { return nil }
func (d orderlyDriver) NumInput() int                                { return -1 }
func (d orderlyDriver) Exec([]driver.Value) (driver.Result, error)   { return nil, errors.ErrUnsupported }
func (d orderlyDriver) Query(args []driver.Value) (driver.Rows, error) {
	return &orderlyRows{values: args}, nil
}

type orderlyRows struct{ values []driver.Value }

func (r *orderlyRows) Columns() []string { return make([]string, len(r.values)) }
func (r *orderlyRows) Close() error      { return nil }
func (r *orderlyRows) Next(to []driver.Value) error {
	if len(r.values) == 0 {
		return io.EOF
	}
	copy(to, r.values)
	r.values = nil
	return nil
}
