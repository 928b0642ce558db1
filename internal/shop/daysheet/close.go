package daysheet

import (
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/act"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/number"
	"encaisse/internal/books/period"
	"encaisse/internal/books/seal"
)

// Request asks to close a day, or to correct a closed one.
type Request struct {
	Key      string // UUIDv7 made by whoever states it: the version’s id. Sent twice, it counts once
	Box      string
	On       day.Day
	Fields   map[string]string // as typed
	By       string
	MayForce bool   // may close in spite of a breakdown difference
	Source   Source // ByHand when empty
	Reason   string // of a correction
}

// Close closes a day: it computes the sheet again from what was typed, posts it, seals it and forgets the draft. It gives the id of the
// version. Faults: Invalid with the fields to correct, Conflict when the day is closed already, Locked.
func Close(tx *db.Tx, r Request) (string, error) {
	return act.Once(tx, r.Key, "daysheet.close", r, func() (string, error) {
		p, err := Load(tx, r.Box, r.On)
		if err != nil {
			return "", err
		}
		if v := p.Current(); v != nil {
			return "", fault.New(fault.Conflict, "Cette journée est déjà clôturée. Pour la changer, choisissez «\u00a0Corriger\u00a0»\u00a0: la correction reste tracée.")
		}
		if err := closable(p); err != nil {
			return "", err
		}
		sheet, err := readAndCheck(r, p.Setup)
		if err != nil {
			return "", err
		}
		if err := p.seal(tx, r, sheet, r.On); err != nil {
			return "", err
		}
		if err := period.Close(tx, r.Box, r.On, r.By); err != nil {
			return "", err
		}
		if err := deleteDraft(tx, r.Box, r.On); err != nil {
			return "", err
		}
		if err := seal.LogEvent(tx, seal.Event{Code: 50, Label: "Clôture de la journée du " + locale.Date(r.On), By: r.By, Source: source(r.Box, r.On)}); err != nil {
			return "", err
		}
		return r.Key, ripple(tx, r.Box, r.On.Add(1), sheet.moved(p.Setup), r.By, "Suite à la clôture du "+locale.Date(r.On))
	})
}

func closable(p Page) error {
	switch {
	case p.On > p.Today:
		return fault.New(fault.Invalid, "Cette journée n’est pas encore commencée.")
	case p.On < p.Box.FirstDay:
		return fault.Newf(fault.Invalid, "Cette caisse est suivie depuis le %s. Changez la date de départ dans Réglages\u00a0› Caisses pour saisir plus tôt.", locale.Date(p.Box.FirstDay))
	}
	return nil
}

func readAndCheck(r Request, s Setup) (Sheet, error) {
	figures, err := Read(r.Fields, s)
	if err != nil {
		return Sheet{}, err
	}
	sheet := Compute(figures, s)
	return sheet, Check(sheet, s, r.MayForce)
}

// seal posts a sheet on a business date, which is its own unless the day is locked, and seals it as the next version.
func (p Page) seal(tx *db.Tx, r Request, sheet Sheet, on day.Day) error {
	lines, guarded, err := entryLines(tx, sheet, p.Setup)
	if err != nil {
		return err
	}
	c := Content{ID: r.Key, Box: r.Box, On: r.On, Version: len(p.Versions) + 1, Source: r.Source, Reason: strings.TrimSpace(r.Reason), By: r.By, At: tx.Now().UnixMicro()}
	if c.Source == "" {
		c.Source = ByHand
	}
	c.fill(sheet)
	memo, corrects := "Journée du "+locale.Date(r.On), ""
	if sheet.ZNumber != "" {
		memo += ", Z n°\u00a0" + sheet.ZNumber
	}
	if before := p.Current(); before != nil {
		memo, corrects = memo+", corrigée", before.EntryID
	}
	if len(lines) > 0 {
		posted, err := ledger.Post(tx, ledger.Entry{On: on, Kind: "daysheet", Source: source(r.Box, r.On), Place: r.Box, By: r.By, Memo: memo, Corrects: corrects, Today: p.Today, Lines: lines, KeepAboveZero: guarded})
		if err != nil {
			return err
		}
		c.EntryID = posted.ID
	}
	if c.Seq, err = number.Next(tx, "daysheet/"+r.Box); err != nil {
		return err
	}
	if err := c.count(tx, p.Current()); err != nil {
		return err
	}
	v := c.version()
	v.At = tx.Now()
	if err := insertVersion(tx, v); err != nil {
		return err
	}
	_, err = seal.Append(tx, c.record())
	return err
}

// count carries the perpetual totals on: a first version adds its turnover, a correction the difference (LAW-ISCA-C: never reset).
func (c *Content) count(tx *db.Tx, before *Version) error {
	perpetual, absolute, err := lastPerpetual(tx, c.Box)
	if err != nil {
		return err
	}
	delta := c.Gross
	if before != nil {
		delta -= before.Gross
	}
	c.Perpetual, c.PerpetualAbs = perpetual+delta, absolute+delta.Abs()
	return nil
}

// moved is, by method held in the box, what a sheet does to the balance at the end of its day.
func (sheet Sheet) moved(s Setup) map[string]money.Amount {
	moves := map[string]money.Amount{}
	for _, m := range sheet.Methods {
		if d := m.Left - s.Posted[m.Method.ID]; m.Method.Held() && d != 0 {
			moves[m.Method.ID] = d
		}
	}
	return moves
}
