package daysheet

import (
	"context"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
)

// Summary is a month of a company, a letter a day: what somebody who looks after many companies reads without opening any. It is written in
// the transaction of each act that changes a day. It does not know what day it is: a day to enter is late, due or to come by the reader’s clock.
type Summary struct {
	Company   string
	Month     day.Month
	Boxes     int
	ChangedAt time.Time
	days      string // a letter a day
	exported  string // « 1 » for each day that left for the accountant
}

// The letters, the worst first: a day of several tills shows the worst of them.
const (
	markGap    = 'g'
	markOpen   = 'o' // the shop is open and nothing is closed yet
	markDraft  = 'd'
	markDone   = 'c'
	markLocked = 'l'
	markClosed = 'x'
	markNone   = '-' // no till yet
)

const marks = "godclx-"

// NewSummary makes a summary from its letters, for samples and tests.
func NewSummary(companyID string, month day.Month, boxes int, days, exported string) Summary {
	return Summary{Company: companyID, Month: month, Boxes: boxes, days: days, exported: exported}
}

// State is what a day of the summary is on the day it is read, and whether it left for the accountant.
func (s Summary) State(n int, today day.Day) (state CellState, exported bool) {
	if n < 1 || n > len(s.days) {
		return CellBefore, false
	}
	exported = n <= len(s.exported) && s.exported[n-1] == '1'
	switch s.days[n-1] {
	case markGap:
		return CellGap, exported
	case markDraft:
		return CellDraft, exported
	case markDone:
		return CellDone, exported
	case markLocked:
		return CellLocked, exported
	case markClosed:
		return CellClosed, exported
	case markOpen:
		on := s.Month.First().Add(n - 1)
		switch {
		case on > today:
			return CellFuture, exported
		case on == today:
			return CellToday, exported
		}
		return CellMissing, exported
	}
	return CellBefore, exported
}

func mark(state CellState) byte {
	switch state {
	case CellGap:
		return markGap
	case CellMissing, CellToday, CellFuture:
		return markOpen
	case CellDraft:
		return markDraft
	case CellDone:
		return markDone
	case CellLocked:
		return markLocked
	case CellClosed, CellHoliday:
		return markClosed
	}
	return markNone
}

// worse is the worse of two letters.
func worse(a, b byte) byte {
	if strings.IndexByte(marks, b) < strings.IndexByte(marks, a) {
		return b
	}
	return a
}

// letters gives the letters of consecutive days of one month, over the tills in use.
func letters(q db.Querier, first, last day.Day) (text []byte, boxes int, err error) {
	tills, err := cashbox.List(q)
	if err != nil {
		return nil, 0, err
	}
	text = []byte(strings.Repeat(string(markNone), last.Since(first)+1))
	for _, b := range tills {
		if !b.Active {
			continue
		}
		boxes++
		cells, err := Days(q, b.ID, first, last)
		if err != nil {
			return nil, 0, err
		}
		for i, c := range cells {
			text[i] = worse(text[i], mark(c.State))
		}
	}
	return text, boxes, nil
}

// refresh writes the summary of some days again, all of one company. A month never written is written whole.
func refresh(tx *db.Tx, first, last day.Day) error {
	for month := first.Month(); month <= last.Month(); month = month.Add(1) {
		s, known, err := summaryOf(tx, month)
		if err != nil {
			return err
		}
		from, to := max(first, month.First()), min(last, month.Last())
		if !known {
			s, from, to = blank(tx.Company(), month), month.First(), month.Last()
		}
		text, boxes, err := letters(tx, from, to)
		if err != nil {
			return err
		}
		at := from.Since(month.First())
		if days := s.days[:at] + string(text) + s.days[at+len(text):]; !known || days != s.days || boxes != s.Boxes {
			s.days, s.Boxes = days, boxes
			if err := putSummary(tx, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func blank(companyID string, month day.Month) Summary {
	n := len(month.Days())
	return Summary{Company: companyID, Month: month, days: strings.Repeat(string(markNone), n), exported: strings.Repeat("0", n)}
}

// NoteExported keeps in the summary that days left for the accountant, and how they stand after it.
func NoteExported(tx *db.Tx, first, last day.Day) error {
	if err := refresh(tx, first, last); err != nil {
		return err
	}
	for month := first.Month(); month <= last.Month(); month = month.Add(1) {
		s, _, err := summaryOf(tx, month)
		if err != nil {
			return err
		}
		flags := []byte(s.exported)
		for on := max(first, month.First()); on <= min(last, month.Last()); on = on.Add(1) {
			flags[on.Since(month.First())] = '1'
		}
		s.exported = string(flags)
		if err := putSummary(tx, s); err != nil {
			return err
		}
	}
	return nil
}

// RefreshSummary writes the summary of a month of a company again when it is no longer true: after the calendar or the tills changed, or
// when the month begins. It is read first, so that a company where nothing changed costs no writing.
func RefreshSummary(ctx context.Context, d *db.DB, companyID string, month day.Month) error {
	stale := false
	err := d.Read(ctx, companyID, func(q *db.Snapshot) error {
		s, known, err := summaryOf(q, month)
		if err != nil || !known {
			stale = true
			return err
		}
		text, boxes, err := letters(q, month.First(), month.Last())
		stale = string(text) != s.days || boxes != s.Boxes
		return err
	})
	if err != nil || !stale {
		return err
	}
	return d.Write(ctx, companyID, func(tx *db.Tx) error { return refresh(tx, month.First(), month.Last()) })
}

// KeepSummaries writes the summaries of the present month and of the one before again where they are no longer true.
func KeepSummaries(ctx context.Context, d *db.DB, companyID string) error {
	var month day.Month
	err := d.Read(ctx, companyID, func(q *db.Snapshot) error {
		settings, err := company.Load(q)
		month = settings.Today(q.Now()).Month()
		return err
	})
	if err != nil {
		return err
	}
	if err := RefreshSummary(ctx, d, companyID, month.Add(-1)); err != nil {
		return err
	}
	return RefreshSummary(ctx, d, companyID, month)
}
