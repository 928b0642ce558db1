package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/copies"

	"filippo.io/age"
)

// What the keeper does by itself, and how long it keeps.
const (
	copyHour   = 3                   // local hour of the night from which the copy of the day is made; a machine off at night makes it in the morning
	trialEvery = 30 * 24 * time.Hour // a copy is restored for a trial, and proved
	stateFile  = "copies.json"
)

// keeper makes the automatic copies: one a day, checked, encrypted when a recipient is set, the old ones thinned out; and once a month it
// restores one aside and proves it.
type keeper struct {
	program *Program
	db      *db.DB
	folder  string
	to      age.Recipient // nil: not encrypted
	away    *away         // nil: copies stay here
	log     *slog.Logger

	mu      sync.Mutex // guards what follows
	busy    bool       // a copy is being made
	state   copies.State
	running sync.WaitGroup
}

// newKeeper reads what the copies of a folder are; nil when automatic copies are off.
func newKeeper(p *Program, d *db.DB, folder, recipient string, log *slog.Logger) (*keeper, error) {
	if folder == "none" {
		return nil, nil
	}
	if folder == "" {
		folder = filepath.Join(p.Data, "backups")
	}
	k := &keeper{program: p, db: d, folder: folder, log: log}
	if recipient != "" {
		var err error
		if k.to, err = recipientOf(recipient); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("the folder of the copies cannot be made: %w", err)
	}
	text, err := os.ReadFile(k.path(stateFile))
	if err == nil {
		err = json.Unmarshal(text, &k.state)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		log.Warn("what was known of the copies cannot be read", "fault", err)
		k.state = copies.State{}
	}
	return k, nil
}

// shown is the keeper as the page of the copies sees it, nothing when automatic copies are off.
func (k *keeper) shown() copies.Keeper {
	if k == nil {
		return nil
	}
	return k
}

func (k *keeper) path(name string) string { return filepath.Join(k.folder, name) }

// State implements copies.Keeper.
func (k *keeper) State() (copies.State, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.state
	var err error
	s.Copies, err = k.list()
	s.Encrypted, s.Busy = k.to != nil, k.busy
	if k.away == nil {
		s.Away = copies.Away{}
	} else {
		s.Away.Host, s.Away.Tried, s.Away.Waiting = k.away.store.Host(), k.away.identity != "", len(k.away.waiting(s))
	}
	return s, err
}

// list are the copies of the folder, the newest first.
func (k *keeper) list() ([]copies.Copy, error) {
	entries, err := os.ReadDir(k.folder)
	if err != nil {
		return nil, err
	}
	var list []copies.Copy
	for _, e := range entries {
		at, ok := copies.MadeAt(e.Name())
		info, err := e.Info()
		if !ok || err != nil || !info.Mode().IsRegular() {
			continue
		}
		list = append(list, copies.Copy{Name: e.Name(), At: at, Size: info.Size()})
	}
	slices.SortFunc(list, func(a, b copies.Copy) int { return b.At.Compare(a.At) })
	return list, nil
}

// Start implements copies.Keeper.
func (k *keeper) Start() error {
	if !k.take() {
		return copies.ErrBusy
	}
	k.running.Go(func() { k.finish(context.Background()) })
	return nil
}

// take tells whether nobody else makes a copy, and keeps others from it.
func (k *keeper) take() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	free := !k.busy
	k.busy = true
	return free
}

// finish makes the copy that was taken, and notes how it went.
func (k *keeper) finish(ctx context.Context) {
	err := k.make(ctx)
	debug.FreeOSMemory() // a copy and its trial take twice what the program rests on: it is given back at once
	if err != nil {
		k.log.Error("copy", "folder", k.folder, "fault", err)
	}
	k.note(func(s *copies.State) {
		k.busy, s.Fault, s.FaultAt = false, "", time.Time{}
		if err != nil {
			s.Fault, s.FaultAt = err.Error(), k.db.Now()
		}
		s.Away.Next = time.Time{} // the newest copy does not wait for the failures of those before
	})
}

// upkeep makes the copy of the day when its hour has come and none was made that day. After a failure it waits for an hour.
func (k *keeper) upkeep(ctx context.Context) {
	s, err := k.State()
	if err != nil {
		k.log.Error("copies", "folder", k.folder, "fault", err)
		return
	}
	now := k.db.Now()
	if s.Fault != "" && now.Sub(s.FaultAt) < time.Hour {
		return
	}
	today := len(s.Copies) > 0 && s.Copies[0].At.Local().Format(time.DateOnly) >= now.Local().Format(time.DateOnly)
	if today || len(s.Copies) > 0 && now.Local().Hour() < copyHour || !k.take() {
		return
	}
	k.finish(ctx)
}

// make copies, proves the copy readable and whole, tries to restore it when the last trial is old, then gives it its name.
func (k *keeper) make(ctx context.Context) error {
	work, err := os.MkdirTemp(k.folder, ".making-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	files := filepath.Join(work, "files")
	if err := os.Mkdir(files, 0o700); err != nil {
		return err
	}
	at, whole := k.db.Now(), filepath.Join(work, "whole")
	if _, err := k.program.copyInto(ctx, k.db, files, whole); err != nil {
		return err
	}
	if err := os.RemoveAll(files); err != nil {
		return err
	}
	if k.trialDue() {
		if err := k.try(ctx, whole, work, copies.Name(at, k.to != nil)); err != nil {
			return err
		}
	} else if err := check(ctx, whole, work, k.program); err != nil {
		return err
	}
	if k.to != nil {
		clear := whole
		whole += ".age"
		if err := encrypt(clear, whole, k.to); err != nil {
			return err
		}
	}
	if err := publish(whole, k.path(copies.Name(at, k.to != nil))); err != nil {
		return err
	}
	return k.thin()
}

func (k *keeper) trialDue() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.db.Now().Sub(k.state.TrialAt) >= trialEvery || k.state.TrialFault != ""
}

// check unpacks a copy aside and reads its database through.
func check(ctx context.Context, whole, work string, p *Program) error {
	folder, err := os.MkdirTemp(work, "check-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if _, err := unpack(whole, folder); err != nil {
		return err
	}
	path := filepath.Join(folder, databaseFile)
	if !exists(path) {
		return nil // a copy by tables: the digests say it all
	}
	d, err := db.Open(ctx, db.Config{SQLite: path, Clock: p.clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Integrity(ctx)
}

// try restores a copy aside, into an embedded database whatever the one in use, and walks every invariant of it.
func (k *keeper) try(ctx context.Context, whole, work, name string) error {
	err := k.prove(ctx, Restore{File: whole}, filepath.Join(work, "trial"))
	k.note(func(s *copies.State) {
		s.TrialAt, s.TrialOf, s.TrialFault = k.db.Now(), name, ""
		if err != nil {
			s.TrialFault = err.Error()
		}
	})
	return err
}

// prove restores a copy into a folder, walks every invariant of it, and removes it.
func (k *keeper) prove(ctx context.Context, r Restore, data string) error {
	aside := &Program{Data: data, out: io.Discard, errs: io.Discard, clock: k.program.clock}
	err := r.Run(ctx, aside)
	if err == nil {
		err = Verify{}.Run(ctx, aside)
	}
	return errors.Join(err, os.RemoveAll(data))
}

// thin removes the copies too many.
func (k *keeper) thin() error {
	list, err := k.list()
	for _, c := range copies.TooMany(list) {
		err = errors.Join(err, os.Remove(k.path(c.Name)))
	}
	return err
}

// note changes what is known of the copies, and keeps it.
func (k *keeper) note(change func(*copies.State)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	change(&k.state)
	text, err := json.Marshal(k.state)
	if err == nil {
		err = os.WriteFile(k.path(stateFile+".new"), text, 0o600)
	}
	if err == nil {
		err = os.Rename(k.path(stateFile+".new"), k.path(stateFile))
	}
	if err != nil {
		k.log.Error("what is known of the copies", "fault", err)
	}
}
