package days

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/accounting"
	"encaisse/internal/shop/intake"
	"encaisse/internal/shop/vatprep"
)

// fileActs are the words of files that come in and go out.
var fileActs = []verb{{"fichier", parseFileRow}, {"importe et clôture", parseImport(true)}, {"importe", parseImport(false)}, {"annule l’import", parseUndoImport}, {"export comptable", parseExport}}

// parseFileRow writes a row of a file to import, the titles first: fichier « Date;Épicerie;Espèces ».
func parseFileRow(s *story, l *line) error {
	row, err := l.quoted()
	s.add(l, func(s *shop) error { s.file = append(s.file, row); return nil })
	return err
}

func parseImport(closes bool) func(s *story, l *line) error {
	return func(s *story, l *line) error {
		s.add(l, func(s *shop) error { return s.bring(closes) })
		return nil
	}
}

func everywhere(string) bool { return true }

// bring imports the day sheets of the file that was written, into the box of the moment.
func (s *shop) bring(closes bool) error {
	i := intake.Intake{ID: id.New(), Kind: intake.Days, Name: "journées.csv", By: somebody}
	body := []byte(strings.Join(s.file, "\n") + "\n")
	s.file, s.imported = nil, i.ID
	err := s.write(func(tx *db.Tx) error {
		r, err := intake.LoadRegisters(tx, everywhere)
		if err != nil {
			return err
		}
		if err := intake.Receive(tx, i, body, r); err != nil {
			return err
		}
		if i, err = intake.Get(tx, i.ID); err != nil {
			return err
		}
		i.Mapping.Box, i.Mapping.Close, i.Mapping.Expected = s.boxID(), closes, closes
		if err := intake.Match(tx, i.ID, i.Mapping, r); err != nil {
			return err
		}
		return intake.Start(tx, i.ID, somebody, r)
	})
	if err != nil {
		return err
	}
	return s.work(intake.Done)
}

func parseUndoImport(s *story, l *line) error {
	s.add(l, func(s *shop) error {
		if err := s.write(func(tx *db.Tx) error { return intake.Undo(tx, s.imported, somebody) }); err != nil {
			return err
		}
		return s.work(intake.Undone)
	})
	return nil
}

// work lets the job do its work, which must end well.
func (s *shop) work(want intake.State) error {
	w := intake.Worker{DB: s.d, Log: slog.New(slog.DiscardHandler)}
	runner := job.Runner{DB: s.d, Handlers: map[string]job.Handler{intake.Job: w.Work}, Log: w.Log}
	if err := runner.Work(context.Background()); err != nil {
		return err
	}
	return s.read(func(q *db.Snapshot) error {
		i, err := intake.Get(q, s.imported)
		if err == nil && i.State != want {
			err = fault.New(fault.Conflict, i.Message)
		}
		return err
	})
}

// parseExport hands the entries of a period over: export comptable du 2026-11-18 au 2026-11-19.
func parseExport(s *story, l *line) error {
	first, last, err := l.period()
	s.add(l, func(s *shop) error {
		return s.write(func(tx *db.Tx) error {
			_, err := accounting.Give(tx, accounting.Request{Period: accounting.Period{First: first, Last: last}, By: somebody})
			return err
		})
	})
	return err
}

// period takes two dates: du 2026-11-01 au 2026-11-30.
func (l *line) period() (first, last day.Day, err error) {
	if !l.word("du") {
		return "", "", l.fail("une période s’écrit : du 2026-11-01 au 2026-11-30")
	}
	if first, err = l.date(); err != nil {
		return "", "", err
	}
	if !l.word("au") {
		return "", "", l.fail("une période s’écrit : du 2026-11-01 au 2026-11-30")
	}
	last, err = l.date()
	return first, last, err
}

// lineOfReturn is the exact amount of a line of the VAT return of the month: CA3 08 base, CA3 08 taxe.
func lineOfReturn(_ *story, l *line) (func(*shop, db.Querier) (money.Amount, error), error) {
	code := l.token()
	base := l.word("base")
	if !base && !l.word("taxe") {
		return nil, l.fail("une ligne de la CA3 a une base ou une taxe : « CA3 08 base » ou « CA3 08 taxe »")
	}
	return func(s *shop, q db.Querier) (money.Amount, error) {
		month := s.sheet.Month()
		statement, err := vatprep.Load(q, month.First(), month.Last(), everywhere)
		if err != nil {
			return 0, err
		}
		for _, c := range statement.Controls {
			if c.Difference() != 0 {
				return 0, fmt.Errorf("%s : les lignes et les soldes diffèrent de %d centimes", c.Label, c.Difference())
			}
		}
		for _, line := range statement.Form() {
			switch {
			case line.Code != code:
			case base:
				return line.Base, nil
			default:
				return line.Tax, nil
			}
		}
		return 0, nil
	}, nil
}
