package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// Migrate brings the schema up to date from twin folders "sqlite" and "postgres" of files. Each migration is one transaction: killed at
// any point, the schema is the old one or the new one. It gives the names of the migrations it ran.
func (d *DB) Migrate(ctx context.Context, files fs.FS) ([]string, error) {
	provider, err := d.provider(files)
	if err != nil {
		return nil, err
	}
	results, err := provider.Up(ctx)
	names := make([]string, 0, len(results))
	for _, r := range results {
		names = append(names, r.Source.Path)
	}
	if err != nil {
		return names, fmt.Errorf("db: migration: %w", err)
	}
	return names, nil
}

// Pending tells whether migrations wait to be run, and whether the schema is newer than this program knows.
func (d *DB) Pending(ctx context.Context, files fs.FS) (pending bool, err error) {
	provider, err := d.provider(files)
	if err != nil {
		return false, err
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return false, err
	}
	if current > target {
		return false, fmt.Errorf("db: the data is at version %d, made by a newer program; this one knows up to %d", current, target)
	}
	return current < target, nil
}

func (d *DB) provider(files fs.FS) (*goose.Provider, error) {
	own, err := fs.Sub(files, d.Name())
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	if d.Name() == "postgres" {
		dialect = goose.DialectPostgres
	}
	return goose.NewProvider(dialect, d.writers[0].pool, own, goose.WithDisableGlobalRegistry(true))
}

// CopyTo writes a consistent copy of a SQLite store to a new file while it is in use.
func (d *DB) CopyTo(ctx context.Context, path string) error {
	if d.Name() != "sqlite" {
		return errors.New("db: a file copy is for SQLite; use pg_dump for PostgreSQL")
	}
	_, err := d.writers[0].pool.ExecContext(ctx, `VACUUM INTO $1`, path) // readers may not write, not even to another file
	return err
}

// Integrity asks SQLite to check its own file; PostgreSQL checks pages as it reads them.
func (d *DB) Integrity(ctx context.Context) error {
	if d.Name() != "sqlite" {
		return nil
	}
	var said string
	if err := d.readers.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return fmt.Errorf("db: integrity check: %s", said)
	}
	return nil
}
