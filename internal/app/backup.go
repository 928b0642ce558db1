package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"encaisse/internal/base/db"
)

// Backup writes a copy of everything to one file.
type Backup struct {
	File string `arg:"" type:"path" help:"File to write; it must not exist. It holds the signing keys: keep it as safe as the data."`
}

// Run implements the command. The copy is that of one instant, while the program serves; it becomes visible under its name once whole.
func (b Backup) Run(ctx context.Context, p *Program) error {
	if _, err := os.Stat(b.File); !errors.Is(err, fs.ErrNotExist) {
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
	if err := p.copyInto(ctx, d, folder); err != nil {
		return err
	}
	draft := filepath.Join(folder, "whole")
	size, err := pack(draft, folder, d.Now())
	if err != nil {
		return err
	}
	if err := os.Link(draft, b.File); err != nil {
		return fmt.Errorf("%s cannot be written: %w", b.File, err)
	}
	_, err = fmt.Fprintf(p.out, "Written: %s (%d bytes). Keep it as safe as the data: it holds the signing keys.\n", b.File, size)
	return err
}

// copyInto puts in a folder everything a restore needs: the database, the master key, the heads kept apart.
func (p *Program) copyInto(ctx context.Context, d *db.DB, folder string) error {
	if err := os.CopyFS(filepath.Join(folder, headsFolder), os.DirFS(p.witnessPath())); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	key, err := os.ReadFile(p.keyPath())
	if err != nil {
		return fmt.Errorf("the master key cannot be read: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, keyFile), key, 0o600); err != nil {
		return err
	}
	if d.Name() == "postgres" {
		return dumpTables(ctx, d, filepath.Join(folder, tablesFile))
	}
	return d.CopyTo(ctx, filepath.Join(folder, databaseFile))
}

// manifest says what a backup is.
type manifest struct {
	Format   int               `json:"format"`
	Software string            `json:"software"`
	MadeAt   time.Time         `json:"madeAt"`
	Files    map[string]string `json:"files"` // name → SHA-256 in hexadecimal
}
