package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// oldestPostgres is the first major version the program is tested on.
const oldestPostgres = 15_00_00

type postgresEngine struct{}

func (postgresEngine) name() string           { return "postgres" }
func (postgresEngine) begin() string          { return "BEGIN" }
func (postgresEngine) cachesStatements() bool { return false }
func (postgresEngine) writerCount() int       { return 4 }
func (postgresEngine) parameter(n int) string { return "$" + strconv.Itoa(n) }
func (postgresEngine) simple(args ...any) []any {
	return append([]any{pgx.QueryExecModeSimpleProtocol}, args...)
}

// enter takes the row of the company before anything else of it, so that acts of one company on several servers wait for each other there,
// and never in a circle further on. Nothing rests on it: each head row has its own lock.
func (e postgresEngine) enter(company string) string {
	if !id.Valid(company) {
		return e.scope(company) + ";"
	}
	return e.scope(company) + ";SELECT 1 FROM company WHERE id = '" + company + "' FOR NO KEY UPDATE;"
}

// scope tells row-level security which company the statements that follow act for. The id is checked because it stands in the text.
func (postgresEngine) scope(company string) string {
	if company != "" && !id.Valid(company) {
		company = "invalid"
	}
	return "SET LOCAL encaisse.company = '" + company + "'"
}

func (postgresEngine) readOptions() *sql.TxOptions {
	return &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
}

// migrated does nothing: PostgreSQL counts by itself.
func (postgresEngine) migrated(context.Context, *sql.DB) error { return nil }

func (postgresEngine) classify(err error) fate {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case e.Code == "40001", e.Code == "40P01", e.Code == "55P03":
			return groupAgain
		case e.Code == "57014": // a statement that took too long
			return actFails
		case strings.HasPrefix(e.Code, "53"), strings.HasPrefix(e.Code, "57"), strings.HasPrefix(e.Code, "58"), strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "25"), e.Code == "XX000":
			return groupFails
		}
		return actFails
	}
	if _, ok := errors.AsType[*fault.Fault](err); ok || errors.Is(err, sql.ErrNoRows) {
		return actFails
	}
	if isConnectionLost(err) {
		return groupFails
	}
	return actFails
}

func isConnectionLost(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "57P0")
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return true
	}
	return errors.Is(err, errDrop) || errors.Is(err, sql.ErrConnDone) || pgconn.SafeToRetry(err) || strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "unexpected EOF") || strings.Contains(err.Error(), "connection reset")
}

func (d *DB) openPostgres(ctx context.Context, c Config) error {
	d.engine = postgresEngine{}
	config, err := pgx.ParseConfig(c.Postgres)
	if err != nil {
		return errors.New("db: the PostgreSQL connection string cannot be read")
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "encaisse"
	}
	config.RuntimeParams["timezone"] = "UTC"
	pool := stdlib.OpenDB(*config)
	if err := checkPostgres(ctx, pool); err != nil {
		pool.Close()
		return err
	}
	d.readers = stdlib.OpenDB(*config)
	d.readers.SetMaxOpenConns(16)
	d.readers.SetMaxIdleConns(16)
	pool.SetMaxOpenConns(d.engine.writerCount() + 1)
	pool.SetMaxIdleConns(d.engine.writerCount() + 1)
	before := d.release
	d.release = func() { pool.Close(); before() }
	d.startWriters(pool)
	return nil
}

// checkPostgres refuses a server that could lose an acknowledged act, and a role that row-level security does not bind.
func checkPostgres(ctx context.Context, pool *sql.DB) error {
	var version int
	if err := pool.QueryRowContext(ctx, `SELECT CAST(current_setting('server_version_num') AS INTEGER)`).Scan(&version); err != nil {
		return fmt.Errorf("db: PostgreSQL does not answer: %w", err)
	}
	if version < oldestPostgres {
		return fmt.Errorf("db: PostgreSQL %d is refused: 15 or later is needed", version/10_000)
	}
	for _, name := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		var value string
		if err := pool.QueryRowContext(ctx, `SELECT current_setting($1)`, name).Scan(&value); err != nil {
			return err
		}
		if value == "off" || name == "synchronous_commit" && value == "local" {
			return fmt.Errorf("db: PostgreSQL with %s=%s is refused: an acknowledged act could be lost; set it to on", name, value)
		}
	}
	var bypasses bool
	if err := pool.QueryRowContext(ctx, `SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user`).Scan(&bypasses); err != nil {
		return err
	}
	if bypasses {
		return errors.New("db: the PostgreSQL role is a superuser or bypasses row-level security; give Encaisse a role of its own")
	}
	return nil
}

func translatePostgres(err error) error {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == "53100" {
		return fault.Wrap(fault.StorageFull, "Le disque du serveur est plein\u00a0: rien n’a été enregistré. Libérez de la place puis recommencez.", err)
	} else if ok && e.Code == "57014" || (postgresEngine{}).classify(err) != actFails {
		return fault.Wrap(fault.Unavailable, "La base de données ne répond pas. Réessayez dans un instant\u00a0: ce qui est affiché comme enregistré l’est.", err)
	}
	return err
}
