package app

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"encaisse/internal/app/offsite"
	"encaisse/internal/base/db"
	"encaisse/internal/shop/copies"
)

// S3 are the settings of the storage elsewhere.
type S3 struct {
	Endpoint   string `name:"endpoint" env:"ENCAISSE_S3_ENDPOINT" placeholder:"URL" help:"Storage that speaks S3 where the automatic copies are sent too: https://s3.fr-par.scw.cloud. Needs --backup-recipient."`
	Region     string `name:"region" env:"ENCAISSE_S3_REGION" help:"Its region; asked of it by default."`
	Bucket     string `name:"bucket" env:"ENCAISSE_S3_BUCKET" help:"Its bucket, which must exist."`
	Prefix     string `name:"prefix" env:"ENCAISSE_S3_PREFIX" help:"What the names of the copies begin with, like a folder."`
	AccessKey  string `name:"access-key" env:"ENCAISSE_S3_ACCESS_KEY" help:"Its access key."`
	SecretFile string `name:"secret-file" env:"ENCAISSE_S3_SECRET_FILE" type:"path" placeholder:"FILE" help:"File holding its secret key."`
	Addressing string `name:"addressing" default:"auto" enum:"auto,path,host" env:"ENCAISSE_S3_ADDRESSING" help:"How it names buckets: path (https://host/bucket), host (https://bucket.host), or what suits the endpoint."`
	Identity   string `name:"trial-identity" env:"ENCAISSE_S3_TRIAL_IDENTITY" type:"path" placeholder:"FILE" help:"File of an age private key: the monthly trial then restores a copy fetched from the storage. The key lies on this machine: weigh it."`
}

const (
	awayEvery = time.Minute
	awayLook  = 24 * time.Hour // the list is looked at that often when there is nothing to send
	awayFirst = time.Minute    // the wait after a first failure; each one more doubles it
	awayMost  = 6 * time.Hour  // up to that
)

// away keeps the copies in a storage elsewhere too: those of the folder that are worth keeping are sent there one by one and read back, and
// the old ones thinned out there as here. It goes its own way: nothing waits for the network.
type away struct {
	keeper   *keeper
	store    *offsite.Store
	identity string
	log      *slog.Logger
}

// open gives the storage of the settings, nil when there are none.
func (s S3) open(k *keeper, log *slog.Logger) (*away, error) {
	if s.Endpoint == "" {
		if s.Bucket != "" || s.AccessKey != "" || s.SecretFile != "" {
			return nil, errors.New("s3: the address of the storage is missing (--s3-endpoint)")
		}
		return nil, nil
	}
	if k == nil {
		return nil, errors.New("s3: what is sent are the automatic copies, which are off (--backups none)")
	}
	if k.to == nil {
		return nil, errors.New("s3: a copy holds the signing keys and what is known of customers, and leaves this machine encrypted only: make an age key pair and give its public key (--backup-recipient)")
	}
	if s.Identity != "" && !exists(s.Identity) {
		return nil, errors.New("s3: there is no file " + s.Identity + " (--s3-trial-identity)")
	}
	store, err := offsite.Open(offsite.Config{Endpoint: s.Endpoint, Region: s.Region, Bucket: s.Bucket, Prefix: s.Prefix, AccessKey: s.AccessKey, SecretFile: s.SecretFile, Addressing: s.Addressing})
	if err != nil {
		return nil, err
	}
	return &away{k, store, s.Identity, log}, nil
}

// run looks again and again until the program ends.
func (a *away) run(ctx context.Context) {
	tick := time.NewTicker(awayEvery)
	defer tick.Stop()
	for {
		a.upkeep(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// upkeep sends what waits, unless the last failure is too recent.
func (a *away) upkeep(ctx context.Context) {
	s, err := a.keeper.State()
	now := a.keeper.db.Now()
	if err != nil || now.Before(s.Away.Next) || len(a.waiting(s)) == 0 && now.Sub(s.Away.SeenAt) < awayLook && !a.trialDue() {
		return
	}
	a.keeper.note(func(s *copies.State) { s.Away.Busy = true })
	err = a.sync(ctx)
	if err != nil {
		a.log.Error("copies sent elsewhere", "storage", a.store.Host(), "fault", err)
	}
	a.keeper.note(func(s *copies.State) {
		w := &s.Away
		w.Busy = false
		if err == nil {
			w.Fault, w.FaultAt, w.Tries, w.Next = "", time.Time{}, 0, time.Time{}
			return
		}
		w.Fault, w.FaultAt = offsite.Explain(err), a.keeper.db.Now()
		w.Next = w.FaultAt.Add(min(awayFirst<<min(w.Tries, 10), awayMost))
		w.Tries++
	})
}

// waiting are the copies of the folder to send, the newest first: encrypted, not yet proved there, and not too many there.
func (a *away) waiting(s copies.State) []copies.Copy {
	var list []copies.Copy
	all := union(s.Copies, s.Away.Copies)
	spare := copies.TooMany(all)
	for _, c := range s.Copies {
		_, proved := s.Away.Proved[c.Name]
		if strings.HasSuffix(c.Name, ".age") && !slices.ContainsFunc(spare, func(o copies.Copy) bool { return o.Name == c.Name }) && !(proved && slices.Contains(s.Away.Copies, c)) {
			list = append(list, c)
		}
	}
	return list
}

func has(list []copies.Copy, name string) bool {
	return slices.ContainsFunc(list, func(c copies.Copy) bool { return c.Name == name })
}

// union is two lists in one, the newest first, each name once.
func union(a, b []copies.Copy) []copies.Copy {
	all := slices.Clone(a)
	for _, c := range b {
		if !has(a, c.Name) {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b copies.Copy) int { return b.At.Compare(a.At) })
	return all
}

// sync makes the storage hold what it must.
func (a *away) sync(ctx context.Context) error {
	if err := a.look(ctx); err != nil {
		return err
	}
	s, err := a.keeper.State()
	if err != nil {
		return err
	}
	for _, c := range a.waiting(s) {
		if err := a.store.Put(ctx, c.Name, a.keeper.path(c.Name)); errors.Is(err, os.ErrNotExist) {
			continue // thinned out meanwhile
		} else if err != nil {
			return err
		}
		a.keeper.note(func(s *copies.State) {
			w := &s.Away
			w.Copies, w.SentAt = union([]copies.Copy{c}, w.Copies), a.keeper.db.Now()
			proved := maps.Clone(w.Proved) // the one before is in the hands of readers
			if proved == nil {
				proved = map[string]time.Time{}
			}
			proved[c.Name], w.Proved = w.SentAt, proved
		})
	}
	if err := a.thin(ctx); err != nil {
		return err
	}
	if a.trialDue() {
		return a.try(ctx)
	}
	return nil
}

// look notes what the storage holds.
func (a *away) look(ctx context.Context) error {
	objects, err := a.store.List(ctx)
	if err != nil {
		return err
	}
	var list []copies.Copy
	for _, o := range objects {
		if at, ok := copies.MadeAt(o.Name); ok {
			list = append(list, copies.Copy{Name: o.Name, At: at, Size: o.Size})
		}
	}
	list = union(list, nil)
	a.keeper.note(func(s *copies.State) {
		proved := map[string]time.Time{}
		for name, at := range s.Away.Proved {
			if has(list, name) {
				proved[name] = at
			}
		}
		s.Away.Copies, s.Away.Proved, s.Away.SeenAt = list, proved, a.keeper.db.Now()
	})
	return nil
}

// thin removes the copies too many. A storage that keeps this key from it, or locks what it holds, sees to it by its own rules: that is no
// failure, and safer.
func (a *away) thin(ctx context.Context) error {
	s, err := a.keeper.State()
	if err != nil {
		return err
	}
	locked := false
	for _, c := range copies.TooMany(s.Away.Copies) {
		switch err := a.store.Remove(ctx, c.Name); {
		case err == nil:
			a.keeper.note(func(s *copies.State) {
				s.Away.Copies = slices.DeleteFunc(slices.Clone(s.Away.Copies), func(o copies.Copy) bool { return o.Name == c.Name })
			})
		case offsite.Refused(err):
			locked = true
		default:
			return err
		}
	}
	a.keeper.note(func(s *copies.State) { s.Away.Locked = locked })
	return nil
}

func (a *away) trialDue() bool {
	s, err := a.keeper.State()
	wait := trialEvery
	if s.Away.TrialFault != "" {
		wait = awayLook
	}
	return err == nil && a.identity != "" && len(s.Away.Copies) > 0 && a.keeper.db.Now().Sub(s.Away.TrialAt) >= wait
}

// try fetches the newest copy of the storage, restores it aside and walks every invariant of it.
func (a *away) try(ctx context.Context) error {
	s, err := a.keeper.State()
	if err != nil || len(s.Away.Copies) == 0 {
		return err
	}
	work, err := os.MkdirTemp(a.keeper.folder, ".making-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	name := s.Away.Copies[0].Name
	file := filepath.Join(work, name)
	if err := a.store.Fetch(ctx, name, file); err != nil {
		return err
	}
	fault := a.keeper.prove(ctx, Restore{File: file, Identity: a.identity}, filepath.Join(work, "trial"))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	a.keeper.note(func(s *copies.State) {
		s.Away.TrialAt, s.Away.TrialOf, s.Away.TrialFault = a.keeper.db.Now(), name, ""
		if fault != nil {
			s.Away.TrialFault = fault.Error()
		}
	})
	return nil
}

// keeper makes what sees to the automatic copies, nil when they are off.
func (s Serve) keeper(p *Program, d *db.DB, log *slog.Logger) (*keeper, error) {
	k, err := newKeeper(p, d, s.Backups, s.BackupRecipient, log)
	if err != nil {
		return nil, err
	}
	elsewhere, err := s.S3.open(k, log)
	if err != nil || k == nil {
		return nil, err
	}
	k.away = elsewhere
	return k, nil
}
