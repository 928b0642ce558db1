package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"encaisse/internal/base/db"
	"encaisse/schema"
)

// Backup writes a copy of everything to one file.
type Backup struct {
	File      string `arg:"" type:"path" help:"File to write; it must not exist. It holds the signing keys: keep it as safe as the data."`
	Recipient string `placeholder:"AGE1…" help:"age public key (age1…) the copy is encrypted for."`
}

// Run implements the command. The copy is that of one instant, while the program serves; it becomes visible under its name once whole.
func (b Backup) Run(ctx context.Context, p *Program) error {
	if exists(b.File) {
		return fmt.Errorf("%s exists already; give another name", b.File)
	}
	d, err := p.openExisting(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	folder, err := os.MkdirTemp(filepath.Dir(b.File), ".encaisse-backup-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	whole := filepath.Join(folder, "whole")
	size, err := p.copyInto(ctx, d, folder, whole)
	if err != nil {
		return err
	}
	if b.Recipient != "" {
		if whole, err = encryptFor(b.Recipient, whole); err != nil {
			return err
		}
	}
	if err := publish(whole, b.File); err != nil {
		return fmt.Errorf("%s cannot be written: %w", b.File, err)
	}
	if b.Recipient != "" {
		_, err = fmt.Fprintf(p.out, "Written: %s, readable with the private key of %s alone.\n", b.File, b.Recipient)
		return err
	}
	_, err = fmt.Fprintf(p.out, "Written: %s (%d bytes). Keep it as safe as the data: it holds the signing keys.\n", b.File, size)
	return err
}

// copyInto puts in a folder everything a restore needs (the database, the master key, the heads kept apart) and packs it into a file of
// that folder. It gives the file’s size.
func (p *Program) copyInto(ctx context.Context, d *db.DB, folder, whole string) (size int64, err error) {
	if err := os.CopyFS(filepath.Join(folder, headsFolder), os.DirFS(p.witnessPath())); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	if err := copyPrivate(p.keyPath(), filepath.Join(folder, keyFile)); err != nil {
		return 0, fmt.Errorf("the master key cannot be read: %w", err)
	}
	current, _, err := d.Versions(ctx, schema.Files)
	if err != nil {
		return 0, err
	}
	if d.Name() == "postgres" {
		err = dumpTables(ctx, d, filepath.Join(folder, tablesFile))
	} else {
		err = d.CopyTo(ctx, filepath.Join(folder, databaseFile))
	}
	if err != nil {
		return 0, err
	}
	return pack(whole, folder, manifest{Format: backupFormat, Software: "encaisse " + version, MadeAt: d.Now(), Schema: current})
}

// publish gives a finished file its name, which must be free. A disk that knows no second name for a file, such as that of many USB keys,
// gets it renamed.
func publish(whole, name string) error {
	err := os.Link(whole, name)
	if err != nil && !exists(name) {
		err = os.Rename(whole, name)
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(name))
}
