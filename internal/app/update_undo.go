package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"encaisse/internal/base/db"
	"encaisse/schema"
)

// replacement says what an update under way replaces: it is there from before the first change until everything holds.
type replacement struct {
	From, To          string // versions
	Program, Previous string // paths
	Backup            string
	Schema            int64 // version of the tables before
	At                time.Time
}

// previousOr is the program of before: under its own name once another is in its place.
func (j *replacement) previousOr(program string) string {
	if exists(j.Previous) {
		return j.Previous
	}
	return program
}

func (s *site) journalPath() string { return filepath.Join(s.folder, "journal.json") }

// journal reads the journal of an update that did not end, nil when there is none.
func (s *site) journal() (*replacement, error) {
	text, err := os.ReadFile(s.journalPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var j replacement
	if err := json.Unmarshal(text, &j); err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", s.journalPath(), err)
	}
	return &j, nil
}

// note writes the journal, durably.
func (s *site) note(j replacement) error {
	text, err := json.MarshalIndent(j, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.OpenFile(s.journalPath()+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return errors.Join(os.Rename(s.journalPath()+".new", s.journalPath()), syncFolder(s.folder))
}

// beside is a name beside the program: encaisse-next, encaisse-next.exe.
func (s *site) beside(suffix string) string {
	name, ending := s.program, ""
	if runtime.GOOS == "windows" {
		name, ending = strings.TrimSuffix(name, ".exe"), ".exe"
	}
	return name + "-" + suffix + ending
}

// work is the folder of what is tried.
func (s *site) work() string { return filepath.Join(s.folder, "work") }

func (s *site) fresh() string { return s.beside("next") }

// previous is where the program of before is kept. When it is the one that runs, its name is the same.
func (s *site) previous() string { return s.beside("previous") }

// swap puts the new program under the name of this one, which is kept under another. Where a file may be replaced while it runs, there is
// a program under the name at every instant.
func (s *site) swap(fresh string) error {
	if err := os.Remove(s.previous()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if runtime.GOOS == "windows" {
		if err := os.Rename(s.program, s.previous()); err != nil {
			return err
		}
		if err := os.Rename(fresh, s.program); err != nil {
			return errors.Join(err, os.Rename(s.previous(), s.program))
		}
		return nil
	}
	if err := os.Link(s.program, s.previous()); err != nil {
		return err
	}
	return errors.Join(os.Rename(fresh, s.program), syncFolder(filepath.Dir(s.program)))
}

// undo puts back what was there before an update that was cut, or that did not hold.
func (u Update) undo(ctx context.Context, s *site) error {
	j, err := s.journal()
	if err != nil {
		return err
	}
	if j == nil {
		return errors.New("no update waits for its end: there is nothing to undo")
	}
	if version != j.From {
		return fmt.Errorf("this is version %s; run the one of before: %s update --undo --data %s", version, j.previousOr(j.Program), s.p.Data)
	}
	service := service(u.Service)
	if err := service.stop(ctx, s.p); err != nil {
		return err
	}
	free, err := s.reserve(ctx)
	if err != nil {
		return err
	}
	err = s.goBack(ctx, *j)
	free()
	s.giveBack()
	if err != nil {
		return err
	}
	s.p.say("The program %s and its data are back.", j.From)
	return service.start(ctx, s.p)
}

// goBack puts back the data, when they were changed, then the program. Each step may be done again.
func (s *site) goBack(ctx context.Context, j replacement) error {
	current, err := s.schemaVersion(ctx)
	if err != nil {
		return err
	}
	if current != j.Schema {
		if err := s.bringBack(ctx, j.Backup); err != nil {
			return err
		}
	}
	if exists(j.Previous) {
		if runtime.GOOS == "windows" {
			if err := os.Remove(j.Program); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		if err := os.Rename(j.Previous, j.Program); err != nil {
			return err
		}
	}
	return errors.Join(os.RemoveAll(s.work()), os.RemoveAll(s.fresh()), os.Remove(s.journalPath()))
}

// schemaVersion is the version of the tables of the data.
func (s *site) schemaVersion(ctx context.Context) (int64, error) {
	d, _, err := s.p.open(ctx, false, slog.New(slog.DiscardHandler))
	if err != nil {
		return 0, err
	}
	defer d.Close()
	current, _, err := d.Versions(ctx, schema.Files)
	return current, err
}

// bringBack puts the data of a backup in the place of those there, which are set aside. Nobody has recorded anything since: no server ran.
func (s *site) bringBack(ctx context.Context, backup string) error {
	folder, err := os.MkdirTemp(s.folder, "back-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	m, err := unpack(backup, folder)
	if err != nil {
		return err
	}
	aside := "refused_" + strings.ReplaceAll(s.p.clock.Now().UTC().Format("20060102_150405.000"), ".", "_")
	if s.p.Postgres != "" {
		if err := db.SetAside(ctx, s.p.Postgres, aside); err != nil {
			return err
		}
		s.p.say("The tables of the update are set aside in the schema %s.", aside)
		return s.p.rebuild(ctx, folder, m)
	}
	if err := s.p.rebuild(ctx, folder, m); err != nil {
		return err
	}
	if err := settle(ctx, s.p.databasePath()); err != nil {
		return err
	}
	kept := filepath.Join(s.folder, aside+".db")
	if err := os.Link(s.p.databasePath(), kept); err != nil {
		return err
	}
	s.p.say("The data of the update are set aside: %s", kept)
	return errors.Join(os.Rename(filepath.Join(folder, databaseFile), s.p.databasePath()), syncFolder(s.p.Data))
}

// settle brings the log of a database file into it: what stays beside it would be taken for that of the file that replaces it.
func settle(ctx context.Context, path string) error {
	d, err := db.Open(ctx, db.Config{SQLite: path, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return fmt.Errorf("%s is still used by another program", path)
	}
	return nil
}
