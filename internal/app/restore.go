package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/schema"
)

// Restore restores a copy made by backup.
type Restore struct {
	File string `arg:"" type:"existingfile" help:"File written by backup."`
}

// Run implements the command. Everything is unpacked and checked beside the data folder before anything takes its place.
func (r Restore) Run(ctx context.Context, p *Program) error {
	for _, path := range []string{p.databasePath(), p.keyPath(), p.witnessPath()} {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s exists already: restore never overwrites; give an empty folder with --data", path)
		}
	}
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		return err
	}
	folder, err := os.MkdirTemp(p.Data, ".restore-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	m, err := unpack(r.File, folder)
	if err != nil {
		return err
	}
	if err := p.place(ctx, folder); err != nil {
		return err
	}
	if err := p.noteRestore(ctx, m); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "Restored the copy made on %s by %s. Check it with: encaisse verify --data %s\n", m.MadeAt.Format("2006-01-02 15:04 MST"), m.Software, p.Data)
	return err
}

// place puts what was unpacked where it belongs, the database last: until then there is no data there.
func (p *Program) place(ctx context.Context, folder string) error {
	if err := moveFile(filepath.Join(folder, keyFile), p.keyPath()); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(folder, headsFolder), p.witnessPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	tables := filepath.Join(folder, tablesFile)
	if _, err := os.Stat(tables); err == nil {
		return p.loadInto(ctx, tables)
	}
	if p.Postgres != "" {
		return errors.New("this is a copy of the embedded database; restore it without --postgres")
	}
	return os.Rename(filepath.Join(folder, databaseFile), p.databasePath())
}

// noteRestore leaves in each company the event that its data came back from a copy.
func (p *Program) noteRestore(ctx context.Context, m manifest) error {
	d, _, err := p.open(ctx, true, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.Migrate(ctx, schema.Files); err != nil {
		return err
	}
	ids, err := companies(ctx, d)
	if err != nil {
		return err
	}
	for _, companyID := range ids {
		err := d.Write(ctx, companyID, func(tx *db.Tx) error {
			return seal.LogEvent(tx, seal.Event{Code: seal.Restored, Label: "Restauration de la copie du " + m.MadeAt.Format("02/01/2006 15:04 MST"), By: programUser, Source: "restore"})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// moveFile moves a private file, to another disk if need be.
func moveFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o600)
}

// loadInto fills an empty database, of either kind, with the tables of a copy.
func (p *Program) loadInto(ctx context.Context, tables string) error {
	d, _, err := p.open(ctx, true, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.Migrate(ctx, schema.Files); err != nil {
		return err
	}
	if empty, err := isEmpty(ctx, d); err != nil {
		return err
	} else if !empty {
		return errors.New("the database already holds companies: restore never overwrites")
	}
	return loadTables(ctx, d, tables)
}
