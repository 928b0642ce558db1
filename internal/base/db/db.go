// Package db is the door to the store. The same SQL text runs on SQLite, the default, and on PostgreSQL; a room cannot tell
// which one it is on.
//
// Only a *Tx writes, and Write is the only way to get one. Every handle belongs to one company, and every statement on a
// company's tables carries the company's id as its first argument: a statement without it is refused when it runs.
// The company "" is the directory: users, companies, memberships, sessions (see directory.go).
//
// Acts that wait are committed together: each runs in its own savepoint, and is answered only after the common commit.
package db

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"encaisse/internal/base/clock"
)

// Config says which store to open. Exactly one of SQLite and Postgres is set.
type Config struct {
	SQLite   string // path of the database file
	Postgres string // connection string
	Serve    bool   // this process serves: on SQLite, a second server on the same file is refused
	Clock    clock.Clock
	Log      *slog.Logger
}

// DB is an open store.
type DB struct {
	engine  engine
	clock   clock.Clock
	log     *slog.Logger
	readers *sql.DB
	writers []*writer
	release func()
	closing sync.Once
	after   func(*Tx) error // what every act ends with; nil is nothing
	memo    memory
}

// engine is what differs between the two databases.
type engine interface {
	name() string
	begin() string                                    // opens a writing transaction
	enter(company string) string                      // statements that scope a writing transaction to a company and wait for its turn
	scope(company string) string                      // scopes a reading transaction; "" when nothing is needed
	readOptions() *sql.TxOptions                      // options of a reading transaction
	simple(args ...any) []any                         // marks a text of several statements
	parameter(n int) string                           // the n-th parameter of a text whose parameters stand in order, the first excepted
	migrated(ctx context.Context, pool *sql.DB) error // what follows the migrations
	classify(err error) fate                          // what an error means for the act and its group
	cachesStatements() bool                           // whether the writer keeps prepared statements itself
	writerCount() int                                 // how many groups may commit at once
}

// Open opens the store, refuses what would not be durable, and checks that parameters bind as the program expects. It does not migrate.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if (c.SQLite == "") == (c.Postgres == "") {
		return nil, fmt.Errorf("db: give either a SQLite file or a PostgreSQL connection string")
	}
	d := &DB{clock: c.Clock, log: c.Log, release: func() {}}
	var err error
	if c.SQLite != "" {
		err = d.openSQLite(ctx, c)
	} else {
		err = d.openPostgres(ctx, c)
	}
	if err == nil {
		err = d.checkBinding(ctx)
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// Name is the kind of database: sqlite or postgres.
func (d *DB) Name() string { return d.engine.name() }

// Now is the present instant by the store’s clock.
func (d *DB) Now() time.Time { return d.clock.Now().UTC().Truncate(time.Microsecond) }

// Ping tells whether the store answers.
func (d *DB) Ping(ctx context.Context) error { return d.readers.PingContext(ctx) }

// Close ends the writers after what they are doing, and closes the store.
func (d *DB) Close() error {
	var err error
	d.closing.Do(func() {
		for _, w := range d.writers {
			w.stop()
		}
		if d.readers != nil {
			err = d.readers.Close()
		}
		d.release()
	})
	return err
}

// checkBinding makes sure that $1 and $2 bind by number: some SQLite drivers bind them by order of appearance.
func (d *DB) checkBinding(ctx context.Context) error {
	var second, first string
	err := d.readers.QueryRowContext(ctx, `SELECT CAST($2 AS TEXT), CAST($1 AS TEXT)`, "first", "second").Scan(&second, &first)
	if err != nil {
		return fmt.Errorf("db: the store does not answer: %w", err)
	}
	if first != "first" || second != "second" {
		return fmt.Errorf("db: this driver binds $1 and $2 by order, not by number")
	}
	return nil
}
