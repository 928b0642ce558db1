package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"encaisse/schema"
)

// Migrate brings the database up to date.
type Migrate struct {
	Check bool `help:"Only say whether the database is up to date; exit with 1 when it is not."`
}

// Run implements the command.
func (m Migrate) Run(ctx context.Context, p *Program) error {
	d, _, err := p.open(ctx, false, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer d.Close()
	pending, err := d.Pending(ctx, schema.Files)
	if err != nil {
		return err
	}
	if m.Check {
		if pending {
			err = errors.New("migrations wait to be run")
		}
		return err
	}
	names, err := d.Migrate(ctx, schema.Files)
	for _, name := range names {
		fmt.Fprintln(p.out, "done:", name)
	}
	if err == nil && len(names) == 0 {
		fmt.Fprintln(p.out, "The database is up to date.")
	}
	return err
}
