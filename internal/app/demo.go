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

	"encaisse/internal/app/demo"
	"encaisse/internal/base/clock"
	"encaisse/internal/base/db"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/schema"
)

// demoFile keeps what the command said, sign-ins included, in the data folder.
const demoFile = "demo.txt"

// Demo builds a demonstration company.
type Demo struct {
	Seed    int64 `default:"1" help:"What every figure is drawn from: the same seed on the same day gives the same figures."`
	Years   int   `default:"2" help:"Years the company has lived, up to yesterday (1 to 8)."`
	Shops   int   `default:"2" help:"Shops of the company, 2 to 20; twenty make a large company to measure with."`
	Clients int   `default:"12" help:"Other companies its accounting firm looks after (0 to 12)."`
	Days    int   `help:"Days it has lived, instead of years (at least 30)."`
}

// Run implements the command. Run again on what it made, it only says the sign-ins again.
func (c Demo) Run(ctx context.Context, p *Program) error {
	if c.Years < 1 || c.Years > 8 || c.Days != 0 && c.Days < 30 || c.Shops < 2 || c.Shops > demo.MaxShops || c.Clients < 0 || c.Clients > demo.MaxClients {
		return errors.New("give 1 to 8 years (seals begin in 2018), 30 days at least, 2 to 20 shops, 0 to 12 other companies")
	}
	said, err := os.ReadFile(filepath.Join(p.Data, demoFile))
	if err == nil {
		_, err = fmt.Fprintf(p.out, "The demonstration is already there.\n%s", said)
		return err
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	fresh := p.Postgres == "" && !exists(p.databasePath())
	freshKey := !exists(p.keyPath())
	err = c.build(ctx, p)
	if err != nil && fresh { // half a demonstration would be in the way of a whole one
		for _, suffix := range []string{"", "-wal", "-shm"} {
			os.Remove(p.databasePath() + suffix)
		}
		if freshKey {
			os.Remove(p.keyPath())
		}
	}
	return err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// build makes the store and the company in it, with a clock of its own that ends at the present instant.
func (c Demo) build(ctx context.Context, p *Program) error {
	now := p.clock.Now()
	past := *p
	turned := clock.At(now)
	past.clock = turned
	d, key, err := past.open(ctx, true, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.Pending(ctx, schema.Files); err != nil {
		return err
	}
	if _, err := d.Migrate(ctx, schema.Files); err != nil {
		return err
	}
	if err := refuseData(ctx, p, d); err != nil {
		return err
	}
	room, err := staff.New(staff.Config{DB: d, Vault: key})
	if err != nil {
		return err
	}
	today := company.Defaults().Today(now)
	first := today.Month().Add(-12 * c.Years).First().Add(today.Time().Day() - 1)
	if c.Days != 0 {
		first = today.Add(-c.Days)
	}
	fmt.Fprintf(p.out, "Building the demonstration from seed %d, %s to %s…\n", c.Seed, first, today)
	built, err := demo.Build(ctx, demo.Config{DB: d, Clock: turned, Staff: room, Seed: c.Seed, Shops: c.Shops, Clients: c.Clients, Now: now, First: first, Today: today,
		Progress: func(text string) { fmt.Fprintln(p.out, " ", text) }})
	if err != nil {
		return err
	}
	said := c.said(p, built)
	if err := os.WriteFile(filepath.Join(p.Data, demoFile), []byte(said), 0o600); err != nil {
		return err
	}
	_, err = fmt.Fprint(p.out, said)
	return err
}

// refuseData refuses a store in which somebody works already.
func refuseData(ctx context.Context, p *Program, d *db.DB) error {
	empty, err := isEmpty(ctx, d)
	if err == nil && empty {
		err = d.Read(ctx, "", func(q *db.Snapshot) (err error) {
			empty, err = staff.SetupNeeded(q)
			return err
		})
	}
	if err == nil && !empty {
		err = fmt.Errorf("there is data already in %s, which a demonstration must not touch; choose another folder with --data", p.Data)
	}
	return err
}

// said is what the command says: the company, who signs in and how.
func (c Demo) said(p *Program, built demo.Built) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %d days closed, seed %d. These people sign in:\n", built.Company.Name, built.Sheets, c.Seed)
	for _, person := range built.People {
		fmt.Fprintf(&b, "  %-34s %-40s %s, %s\n", person.Email, person.Password, person.Name, person.Does)
	}
	fmt.Fprintf(&b, "Serve it with: encaisse serve --data %s\n", p.Data)
	return b.String()
}
