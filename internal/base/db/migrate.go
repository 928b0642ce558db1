package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"time"

	"github.com/pressly/goose/v3"
)

// Migrate brings the schema up to date from twin folders "sqlite" and "postgres" of files. Each migration is one transaction: killed at
// any point, the schema is the old one or the new one. Several programs may migrate at once: one does, the others find it done. It gives
// the names of the migrations it ran.
func (d *DB) Migrate(ctx context.Context, files fs.FS) ([]string, error) {
	return d.migrate(ctx, files, (*goose.Provider).Up)
}

// MigrateTo is Migrate up to a version and no further.
func (d *DB) MigrateTo(ctx context.Context, files fs.FS, version int64) ([]string, error) {
	return d.migrate(ctx, files, func(p *goose.Provider, ctx context.Context) ([]*goose.MigrationResult, error) {
		return p.UpTo(ctx, version)
	})
}

func (d *DB) migrate(ctx context.Context, files fs.FS, run func(*goose.Provider, context.Context) ([]*goose.MigrationResult, error)) (names []string, err error) {
	provider, err := d.provider(files)
	if err != nil {
		return nil, err
	}
	seen := int64(-1)
	for try := 0; try < maxTries; try++ {
		var results []*goose.MigrationResult
		if results, err = run(provider, ctx); err == nil {
			for _, r := range results {
				names = append(names, r.Source.Path)
			}
			return names, d.engine.migrated(ctx, d.writers[0].pool)
		}
		if partial, cut := errors.AsType[*goose.PartialError](err); cut {
			for _, r := range partial.Applied {
				names = append(names, r.Source.Path)
			}
		}
		if ctx.Err() != nil {
			break
		}
		if current, _, failed := provider.GetVersions(ctx); failed == nil && current > seen {
			seen, try = current, 0 // another program was first, for this migration at least
		}
		time.Sleep(time.Duration(20+rand.IntN(100)) * time.Millisecond)
	}
	return names, fmt.Errorf("db: migration: %w", err)
}

// Versions gives the version of the schema and the one this program knows.
func (d *DB) Versions(ctx context.Context, files fs.FS) (current, known int64, err error) {
	provider, err := d.provider(files)
	if err != nil {
		return 0, 0, err
	}
	return provider.GetVersions(ctx)
}

// Pending tells whether migrations wait to be run, and whether the schema is newer than this program knows.
func (d *DB) Pending(ctx context.Context, files fs.FS) (pending bool, err error) {
	current, known, err := d.Versions(ctx, files)
	if err != nil {
		return false, err
	}
	if current > known {
		return false, fmt.Errorf("db: the data is at version %d, made by a newer program; this one knows up to %d", current, known)
	}
	return current < known, nil
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
