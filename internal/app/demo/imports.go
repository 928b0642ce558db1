package demo

import (
	"context"
	"fmt"
	"log/slog"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/shop/intake"
)

// files are what the manager brought in these days: the first stayed, with how its columns are read; the second was a mistake.
var files = []struct {
	name, body string
	kind       intake.Kind
	undone     bool
}{
	{"fournisseurs-2026.csv", "Nom du fournisseur;Ville;E-mail\nLaiterie du Diois;Die;commandes@laiterie.example\nPaysans du Val;Saillans;\nCafés Morin;Valence;contact@morin.example\n", intake.Suppliers, false},
	{"anciens-clients.csv", "Nom;Ville\nHôtel des Voyageurs;Crest\nCantine de l’école;Crest\n", intake.Customers, true},
}

// bring brings the files in, and undoes what was a mistake.
func (b *builder) bring(ctx context.Context) error {
	worker := intake.Worker{DB: b.DB, Log: slog.New(slog.DiscardHandler)}
	runner := job.Runner{DB: b.DB, Handlers: map[string]job.Handler{intake.Job: worker.Work}, Log: worker.Log}
	by := b.people[manager].id
	for n, f := range files {
		i := intake.Intake{ID: id.Derive(fmt.Sprint(b.Seed, " import ", f.name)), Kind: f.kind, Name: f.name, By: by}
		err := b.act(ctx, b.minutesAgo(90-20*n), func(tx *db.Tx) error {
			registers, err := intake.LoadRegisters(tx, func(string) bool { return true })
			if err != nil {
				return err
			}
			if err := intake.Receive(tx, i, []byte(f.body), registers); err != nil {
				return err
			}
			return intake.Start(tx, i.ID, by, registers)
		})
		if err == nil {
			err = runner.Work(ctx)
		}
		if err == nil && f.undone {
			if err = b.act(ctx, b.minutesAgo(60), func(tx *db.Tx) error { return intake.Undo(tx, i.ID, by) }); err == nil {
				err = runner.Work(ctx)
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}
