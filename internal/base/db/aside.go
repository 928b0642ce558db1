package db

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
)

// OtherConnections counts who uses a PostgreSQL database beside the one who asks.
func OtherConnections(ctx context.Context, dsn string) (n int, err error) {
	pool, err := sql.Open("pgx", dsn)
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	err = pool.QueryRowContext(ctx, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`).Scan(&n)
	return n, err
}

var schemaName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,60}$`)

// SetAside moves every table of a PostgreSQL database into a schema of another name, and leaves the database empty.
func SetAside(ctx context.Context, dsn, name string) error {
	if !schemaName.MatchString(name) {
		return fmt.Errorf("db: %q is no name of a schema", name)
	}
	pool, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := pool.ExecContext(ctx, `ALTER SCHEMA public RENAME TO `+name+`; CREATE SCHEMA public`); err != nil {
		return fmt.Errorf("db: the tables cannot be set aside: %w", err)
	}
	return nil
}
