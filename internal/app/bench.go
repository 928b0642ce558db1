package app

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"text/tabwriter"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/schema"
)

// Bench measures this machine.
type Bench struct {
	Clients []int         `default:"1,16,64" help:"Numbers of clients to measure with."`
	For     time.Duration `default:"5s" help:"How long each measure lasts."`
	Profile string        `type:"path" placeholder:"FILE" help:"Write a CPU profile of the whole run, for go tool pprof."`
	Books   bool          `help:"Time the file of entries of a large year, imports of 5,000 rows and the screen of a firm with 1,000 companies too."`
	Pages   string        `type:"existingdir" placeholder:"DIR" help:"Data folder, such as one made by demo, whose pages are timed too."`
}

// Run implements the command. It measures in a temporary folder, and on PostgreSQL too when --postgres names an empty database.
func (b Bench) Run(ctx context.Context, p *Program) error {
	fmt.Fprintf(p.out, "%s, %d processors, %s/%s\n", version, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	if b.Profile != "" {
		f, err := os.Create(b.Profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if b.Pages != "" {
		if err := b.pages(ctx, p); err != nil {
			return err
		}
	}
	if b.Books {
		if err := b.books(ctx, p); err != nil {
			return err
		}
	}
	if len(b.Clients) == 0 {
		return nil
	}
	stores := []string{"sqlite"}
	if p.Postgres != "" {
		stores = append(stores, "postgres")
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "database\tclients\tsealed entries/s\tp50 ms\tp95 ms\tp99 ms\tacts/commit\tbare rows, acts/s\tp99 ms\tacts/commit\tratio\t")
	for _, kind := range stores {
		for _, n := range b.Clients {
			if err := b.compare(ctx, p, w, kind, n); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

// compare measures the program through HTTP, then the bare database, one right after the other.
func (b Bench) compare(ctx context.Context, p *Program, w *tabwriter.Writer, kind string, clients int) error {
	var through, bare speed
	err := b.inStore(ctx, p, kind, func(d *db.DB, key seal.MasterKey) (err error) {
		through, err = b.throughHTTP(ctx, p, d, key, clients)
		through.group = groupSize(d)
		return err
	})
	if err != nil {
		return err
	}
	err = b.inStore(ctx, p, kind, func(d *db.DB, _ seal.MasterKey) (err error) {
		bare, err = b.bare(ctx, d, clients)
		bare.group = groupSize(d)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\t%d\t%.0f\t%.2f\t%.2f\t%.2f\t%.0f\t%.0f\t%.2f\t%.0f\t%.2f\t\n", kind, clients, through.rate, through.at(50), through.at(95), through.at(99), through.group,
		bare.rate, bare.at(99), bare.group, through.rate/bare.rate)
	return nil
}

// inStore runs fn on a new store of a kind.
func (b Bench) inStore(ctx context.Context, p *Program, kind string, fn func(*db.DB, seal.MasterKey) error) error {
	folder, err := os.MkdirTemp("", "encaisse-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	config := db.Config{Clock: p.clock, Serve: true, SQLite: filepath.Join(folder, databaseFile), Log: slog.New(slog.DiscardHandler)}
	if kind == "postgres" {
		config.SQLite, config.Postgres = "", p.Postgres
	}
	d, err := db.Open(ctx, config)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.Migrate(ctx, schema.Files); err != nil {
		return err
	}
	key, err := seal.ReadOrMakeMasterKey(filepath.Join(folder, keyFile))
	if err != nil {
		return err
	}
	seal.UseVault(key)
	return fn(d, key)
}

// speed is what a measure gives.
type speed struct {
	rate  float64         // a second
	group float64         // acts committed together, on average
	times []time.Duration // of each act, ascending
}

func groupSize(d *db.DB) float64 {
	s := d.Stats()
	return float64(s.Acts) / float64(max(s.Commits, 1))
}

// at is a percentile in milliseconds.
func (s speed) at(percent int) float64 {
	if len(s.times) == 0 {
		return 0
	}
	return float64(s.times[min(len(s.times)-1, len(s.times)*percent/100)].Microseconds()) / 1000
}

// load runs do from several clients at once, for a while, and measures each call.
func load(ctx context.Context, clients int, during time.Duration, do func(ctx context.Context, client int) error) (speed, error) {
	type result struct {
		times []time.Duration
		err   error
	}
	until, started := time.Now().Add(during), time.Now()
	results := make(chan result, clients)
	for n := range clients {
		go func() {
			var r result
			for time.Now().Before(until) && ctx.Err() == nil && r.err == nil {
				t := time.Now()
				r.err = do(ctx, n)
				r.times = append(r.times, time.Since(t))
			}
			results <- r
		}()
	}
	var s speed
	var err error
	for range clients {
		r := <-results
		s.times = append(s.times, r.times...)
		if r.err != nil {
			err = r.err
		}
	}
	s.rate = float64(len(s.times)) / time.Since(started).Seconds()
	slices.Sort(s.times)
	return s, err
}
