package accounting

import (
	"bytes"
	"crypto/sha256"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/period"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
)

// Export is a file handed over.
type Export struct {
	ID string
	Period
	Format  string
	Version int // 1, and one more each time it was made anew on request
	Name    string
	Digest  []byte // SHA-256 of the file
	Entries int
	Lines   int
	Debit   money.Amount
	By      string
	At      time.Time
}

// Request asks for the file of a period, in the format of the settings.
type Request struct {
	Period
	By     string
	Afresh bool // make the file again, because accounts or journals changed since
}

// Give gives the file of a period, and locks its days. The same period again gives the same file, unless it is asked afresh. Faults:
// Invalid for a period that is not over, Conflict for one the control blocks.
func Give(tx *db.Tx, r Request) (Export, error) {
	on, err := today(tx)
	if err != nil {
		return Export{}, err
	}
	if err := r.Check(on); err != nil {
		return Export{}, err
	}
	settings, err := Load(tx)
	if err != nil {
		return Export{}, err
	}
	before, known, err := lastExport(tx, r.First, r.Last, settings.Format)
	if err != nil || known && !r.Afresh {
		return before, err
	}
	c, err := Examine(tx, r.Period)
	if err != nil {
		return Export{}, err
	}
	if c.Blocked() {
		return Export{}, fault.New(fault.Conflict, "Cette période ne peut pas partir\u00a0: "+firstBlock(c)+" Le contrôle dit tout ce qui reste à faire.")
	}
	if len(c.Entries) == 0 {
		return Export{}, fault.New(fault.Conflict, "Cette période n’a aucune écriture.")
	}
	e, content := c.file(settings, r)
	if known && bytes.Equal(before.Digest, e.Digest) {
		return before, nil
	}
	e.Version, e.At = before.Version+1, tx.Now()
	if err := insertExport(tx, e, content); err != nil {
		return Export{}, err
	}
	if err := lock(tx, r); err != nil {
		return Export{}, err
	}
	if err := daysheet.NoteExported(tx, r.First, r.Last); err != nil {
		return Export{}, err
	}
	return e, seal.LogEvent(tx, seal.Event{Code: 290, Label: "Écritures du " + locale.Date(r.First) + " au " + locale.Date(r.Last) + " remises au comptable\u00a0: " + e.Name, By: r.By, Source: "export:" + e.ID})
}

func firstBlock(c Control) string {
	for _, f := range c.Findings {
		if f.Blocks {
			return f.Text
		}
	}
	return ""
}

// file is the export of a controlled period, with its content.
func (c Control) file(settings Settings, r Request) (Export, []byte) {
	layout, _ := LayoutOf(settings.Format)
	var content bytes.Buffer
	layout.write(&content, c.Entries)
	digest := sha256.Sum256(content.Bytes())
	e := Export{ID: id.New(), Period: r.Period, Format: settings.Format, Name: fileName(r.Period, layout), Digest: digest[:], Entries: len(c.Entries), Lines: c.Lines, Debit: c.Debit, By: r.By}
	return e, content.Bytes()
}

// fileName is ecritures_2026-11_fec.txt for a month, ecritures_2026-11-01_2026-11-15_fec.txt for anything else.
func fileName(p Period, l Layout) string {
	name := string(p.First) + "_" + string(p.Last)
	if p.First == p.First.Month().First() && p.Last == p.First.Month().Last() {
		name = string(p.First.Month())
	}
	return "ecritures_" + name + "_" + l.Format + "." + l.Extension
}

// lock keeps every box as it left: no entry bears a date of the period any more.
func lock(tx *db.Tx, r Request) error {
	boxes, err := cashbox.Everything(tx)
	if err != nil {
		return err
	}
	places := []string{""}
	for _, b := range boxes {
		if !b.Virtual {
			places = append(places, b.ID)
		}
	}
	for _, place := range places {
		if err := period.LockThrough(tx, place, r.Last, r.By); err != nil {
			return err
		}
	}
	return nil
}

// IsExported tells which days of an interval left for the accountant.
func IsExported(q db.Querier, first, last day.Day) (map[day.Day]bool, error) {
	ranges, err := exportedRanges(q, first, last)
	days := map[day.Day]bool{}
	for _, e := range ranges {
		for _, on := range day.Range(max(first, e.First), min(last, e.Last)) {
			days[on] = true
		}
	}
	return days, err
}

// Content gives a file handed over, as it was. Fault NotFound.
func Content(q db.Querier, exportID string) (name string, content []byte, err error) {
	name, content, known, err := exportContent(q, strings.TrimSpace(exportID))
	if err == nil && !known {
		err = fault.New(fault.NotFound, "Cet export n’existe pas.")
	}
	return name, content, err
}
