package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/staff"
	"encaisse/schema"
)

// Restore restores a copy made by backup.
type Restore struct {
	File     string `arg:"" type:"existingfile" help:"File written by backup, or one of the automatic copies of serve."`
	Identity string `type:"existingfile" placeholder:"FILE" help:"File of the age private key (AGE-SECRET-KEY-1…) of an encrypted copy."`
}

// Run implements the command. Everything is unpacked, checked and brought up to date beside the data folder before anything takes its
// place; when something fails, nothing is left behind.
func (r Restore) Run(ctx context.Context, p *Program) (err error) {
	for _, path := range []string{p.databasePath(), p.databasePath() + "-wal", p.keyPath(), p.witnessPath()} {
		if exists(path) {
			return fmt.Errorf("%s exists already: restore never overwrites; give an empty folder with --data", path)
		}
	}
	fresh := !exists(p.Data)
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		return err
	}
	defer func() {
		if err != nil && fresh {
			os.Remove(p.Data) // only when it is empty
		}
	}()
	folder, err := os.MkdirTemp(p.Data, ".restore-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	m, err := r.unpack(folder)
	if err != nil {
		return err
	}
	if m.Company != "" {
		return errors.New("this file holds one company: bring it in with encaisse import company")
	}
	if err := p.rebuild(ctx, folder, m); err != nil {
		return err
	}
	if err := p.place(folder); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "Restored the copy made on %s by %s. Check it with: encaisse verify --data %s\n", m.MadeAt.Format("2006-01-02 15:04 MST"), m.Software, p.Data)
	return err
}

// unpack writes the files of the copy into a folder, decrypted when they must be.
func (r Restore) unpack(folder string) (manifest, error) {
	if !isEncrypted(r.File) {
		return unpack(r.File, folder)
	}
	if r.Identity == "" {
		return manifest{}, fmt.Errorf("%s is encrypted; give the file of its age private key with --identity", r.File)
	}
	clear := filepath.Join(folder, "clear")
	defer os.Remove(clear)
	if err := decrypt(r.File, clear, r.Identity); err != nil {
		return manifest{}, err
	}
	return unpack(clear, folder)
}

// rebuild makes the database of a copy whole and up to date: its file in the folder itself, or the PostgreSQL database asked for.
func (p *Program) rebuild(ctx context.Context, folder string, m manifest) error {
	tables := filepath.Join(folder, tablesFile)
	config := db.Config{Postgres: p.Postgres, Clock: p.clock, Log: slog.New(slog.DiscardHandler)}
	if p.Postgres == "" {
		config.SQLite = filepath.Join(folder, databaseFile)
	} else if !exists(tables) {
		return errors.New("this is a copy of the embedded database; restore it without --postgres")
	}
	key, err := seal.ReadMasterKey(filepath.Join(folder, keyFile))
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, config)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, known, err := d.Versions(ctx, schema.Files); err != nil {
		return err
	} else if m.Schema > known {
		return fmt.Errorf("the copy was made by a newer program (%s): restore it with that one", m.Software)
	}
	if exists(tables) {
		if err := fill(ctx, d, tables, m.Schema); err != nil {
			return err
		}
	}
	if _, err := d.Migrate(ctx, schema.Files); err != nil {
		return err
	}
	seal.UseVault(key)
	if err := noteRestored(ctx, d, m); err != nil {
		return err
	}
	return d.Close()
}

// fill fills an empty database, of either kind, with the tables of a copy, under the schema they come from.
func fill(ctx context.Context, d *db.DB, tables string, version int64) error {
	if current, _, err := d.Versions(ctx, schema.Files); err != nil {
		return err
	} else if current > 0 {
		if err := refuseUsed(ctx, d); err != nil {
			return err
		}
		if current > version {
			return errors.New("the database was made by a newer program than the copy: make it anew, without tables")
		}
	}
	if _, err := d.MigrateTo(ctx, schema.Files, version); err != nil {
		return err
	}
	if err := loadTables(ctx, d, tables); err != nil {
		if d.Name() == "postgres" {
			return fmt.Errorf("the restore stopped midway: %w; make the PostgreSQL database anew before you try again", err)
		}
		return err
	}
	return nil
}

// refuseUsed refuses a database that holds companies or people.
func refuseUsed(ctx context.Context, d *db.DB) error {
	empty, err := isEmpty(ctx, d)
	if err == nil && empty {
		err = d.Read(ctx, "", func(q *db.Snapshot) error {
			empty, err = staff.SetupNeeded(q)
			return err
		})
	}
	if err == nil && !empty {
		err = errors.New("the database already holds companies or people: restore never overwrites")
	}
	return err
}

// noteRestored seals in each company that its data come from a copy.
func noteRestored(ctx context.Context, d *db.DB, m manifest) error {
	ids, err := companies(ctx, d)
	if err != nil {
		return err
	}
	for _, companyID := range ids {
		err := d.Write(ctx, companyID, func(tx *db.Tx) error {
			return seal.LogEvent(tx, seal.Event{Code: seal.Restored, By: programUser, Source: "backup:" + m.MadeAt.UTC().Format("2006-01-02T15:04:05Z")})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// place puts what was rebuilt where it belongs, the database last: until then there is no data there.
func (p *Program) place(folder string) (err error) {
	var placed []string
	defer func() {
		if err != nil {
			for _, path := range placed {
				os.RemoveAll(path)
			}
		}
	}()
	if err := os.MkdirAll(filepath.Dir(p.keyPath()), 0o700); err != nil {
		return err
	}
	if err := copyPrivate(filepath.Join(folder, keyFile), p.keyPath()); err != nil {
		return err
	}
	placed = append(placed, p.keyPath())
	if heads := filepath.Join(folder, headsFolder); exists(heads) {
		if err := os.Rename(heads, p.witnessPath()); err != nil {
			return err
		}
		placed = append(placed, p.witnessPath())
	}
	if p.Postgres == "" {
		if err := os.Rename(filepath.Join(folder, databaseFile), p.databasePath()); err != nil {
			return err
		}
	}
	return errors.Join(syncFolder(filepath.Dir(p.keyPath())), syncFolder(p.Data))
}
