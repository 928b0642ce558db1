package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/company"
	"encaisse/schema"
)

// databaseFile is the file of the embedded database in the data folder.
const databaseFile = "encaisse.db"

func (p *Program) databasePath() string { return filepath.Join(p.Data, databaseFile) }

func (p *Program) witnessPath() string { return filepath.Join(p.Data, headsFolder) }

func (p *Program) keyPath() string {
	if p.KeyFile != "" {
		return p.KeyFile
	}
	return filepath.Join(p.Data, keyFile)
}

// open opens the store as it is, with the vault of its keys.
func (p *Program) open(ctx context.Context, serve bool, log *slog.Logger) (*db.DB, seal.MasterKey, error) {
	config := db.Config{Postgres: p.Postgres, Serve: serve, Clock: p.clock, Log: log}
	if p.Postgres == "" {
		config.SQLite = p.databasePath()
	}
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		return nil, seal.MasterKey{}, fmt.Errorf("the data folder cannot be made: %w", err)
	}
	d, err := db.Open(ctx, config)
	if err != nil {
		return nil, seal.MasterKey{}, err
	}
	key, err := p.vault(ctx, d)
	if err != nil {
		d.Close()
		return nil, key, err
	}
	seal.UseVault(key)
	return d, key, nil
}

// vault reads the master key. It makes one only for a store that holds nothing yet: for any other, a missing key is a mistake to mend.
func (p *Program) vault(ctx context.Context, d *db.DB) (seal.MasterKey, error) {
	key, err := seal.ReadMasterKey(p.keyPath())
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	empty, err := isEmpty(ctx, d)
	if err != nil {
		return key, err
	}
	if !empty {
		return key, fmt.Errorf("the master key %s is missing: the signing keys of this data are locked with it; put it back from a backup", p.keyPath())
	}
	return seal.ReadOrMakeMasterKey(p.keyPath())
}

// isEmpty tells whether no company was ever created in the store.
func isEmpty(ctx context.Context, d *db.DB) (bool, error) {
	ids, err := companies(ctx, d)
	if isMissingTable(err) {
		return true, nil
	}
	return len(ids) == 0, err
}

// companies lists the ids of all companies of the store.
func companies(ctx context.Context, d *db.DB) (ids []string, err error) {
	err = d.Read(ctx, "", func(q *db.Snapshot) error {
		ids, err = company.AllIDs(q)
		return err
	})
	return ids, err
}

// isMissingTable tells whether a query failed because the schema was never made.
func isMissingTable(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "no such table") || strings.Contains(err.Error(), "does not exist"))
}

// openExisting opens a store that must be there and up to date, for a command that does not make one.
func (p *Program) openExisting(ctx context.Context) (*db.DB, error) {
	d, _, err := p.openWithKey(ctx)
	return d, err
}

// openWithKey is openExisting with the vault of the keys.
func (p *Program) openWithKey(ctx context.Context) (*db.DB, seal.MasterKey, error) {
	if p.Postgres == "" {
		if _, err := os.Stat(p.databasePath()); errors.Is(err, fs.ErrNotExist) {
			return nil, seal.MasterKey{}, fmt.Errorf("there is no data in %s; give its folder with --data, or start with: encaisse serve", p.Data)
		}
	}
	d, key, err := p.open(ctx, false, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, key, err
	}
	pending, err := d.Pending(ctx, schema.Files)
	if err == nil && pending {
		err = errors.New("the database is of an earlier version; bring it up to date with: encaisse migrate")
	}
	if err != nil {
		d.Close()
		return nil, key, err
	}
	return d, key, nil
}
