package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/intake"
	"encaisse/internal/shop/tender"
)

const benchRows = 5000

// imports times files that come in: day sheets, then customers, from the press of the button to the end of the job.
func (b Bench) imports(ctx context.Context, p *Program, d *db.DB) error {
	companyID := id.New()
	var today day.Day
	err := d.Write(ctx, companyID, func(tx *db.Tx) error {
		settings := company.Defaults()
		today = settings.Today(tx.Now())
		_, err := company.Create(tx, "Imports")
		if err != nil {
			return err
		}
		locations, err := company.Locations(tx)
		if err != nil {
			return err
		}
		_, box := cashbox.Create(tx, cashbox.Box{Location: locations[0].ID, Name: "Caisse 1", FirstDay: today.Add(-benchRows)})
		_, sales := catalog.Save(tx, programUser, catalog.SalesCategory{Label: "Épicerie", Rate: 550, Kind: catalog.Goods, Active: true})
		_, cash := tender.Save(tx, programUser, tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true})
		return errors.Join(box, sales, cash)
	})
	if err != nil {
		return err
	}
	days, cards := "Date;Épicerie;Espèces\n", "Nom;Courriel\n"
	var text, people strings.Builder
	for n := range benchRows {
		fmt.Fprintf(&text, "%s;%d,50;%d,50\n", today.Add(-1-n), 100+n%900, 100+n%900)
		fmt.Fprintf(&people, "Client %05d;client%05d@exemple.fr\n", n, n)
	}
	sheets, err := b.bringIn(ctx, d, companyID, intake.Days, days+text.String())
	if err != nil {
		return err
	}
	customers, err := b.bringIn(ctx, d, companyID, intake.Customers, cards+people.String())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "imports of %d rows: day sheets %.0f rows/s, customers %.0f rows/s\n", benchRows, benchRows/sheets.Seconds(), benchRows/customers.Seconds())
	return err
}

// bringIn imports a file and gives how long it took.
func (b Bench) bringIn(ctx context.Context, d *db.DB, companyID string, kind intake.Kind, text string) (time.Duration, error) {
	i := intake.Intake{ID: id.New(), Kind: kind, Name: "mesure.csv", By: programUser}
	started := time.Now()
	err := d.Write(ctx, companyID, func(tx *db.Tx) error {
		r, err := intake.LoadRegisters(tx, func(string) bool { return true })
		if err != nil {
			return err
		}
		if err := intake.Receive(tx, i, []byte(text), r); err != nil {
			return err
		}
		return intake.Start(tx, i.ID, programUser, r)
	})
	if err != nil {
		return 0, err
	}
	w := intake.Worker{DB: d, Log: slog.New(slog.DiscardHandler)}
	if err := w.Work(ctx, job.Job{Company: companyID, Kind: intake.Job, Payload: i.ID}); err != nil {
		return 0, err
	}
	err = d.Read(ctx, companyID, func(q *db.Snapshot) error {
		done, err := intake.Get(q, i.ID)
		if err == nil && done.State != intake.Done {
			err = fmt.Errorf("the import of %s is %s: %s", kind, done.State, done.Message)
		}
		return err
	})
	return time.Since(started), err
}
