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
	"encaisse/internal/shop/party"
)

// Request asks to close a day, or to correct a closed one.
type Request struct {
	Key       string // UUIDv7 made by whoever states it: the version’s id. Sent twice, it counts once
	Box       string
	On        day.Day
	Fields    map[string]string // as typed
	By        string
	MayForce  bool   // may close in spite of a breakdown difference
	MayExceed bool   // may grant credit past the limit of a customer
	Source    Source // ByHand when empty
	Reason    string // of a correction
}

// Close closes a day: it computes the sheet again from what was typed, posts it, seals it and forgets the draft. It gives the id of the
// version. Faults: Invalid with the fields to correct, Conflict when the day is closed already, Locked.
func Close(tx *db.Tx, r Request) (string, error) {
	return r.Key, act.Once(tx, r.Key, "daysheet.close", r, func() error {
		p, err := Load(tx, r.Box, r.On)
		if err != nil {
			return err
		}
		if v := p.Current(); v != nil {
			return fault.New(fault.Conflict, "Cette journée est déjà clôturée. Pour la changer, choisissez «\u00a0Corriger\u00a0»\u00a0: la correction reste tracée.")
		}
		if err := closable(p); err != nil {
			return err
		}
		sheet, err := readAndCheck(tx, r, p.Setup)
		if err != nil {
			return err
		}
		if err := p.checkLimits(tx, r, sheet.Figures); err != nil {
			return err
		}
		if err := p.seal(tx, r, sheet, r.On, ""); err != nil {
			return err
		}
		if err := period.Close(tx, r.Box, r.On, r.By); err != nil {
			return err
		}
		if err := deleteDraft(tx, r.Box, r.On); err != nil {
			return err
		}
		if err := seal.LogEvent(tx, seal.Event{Code: 50, Label: "Clôture de la journée du " + locale.Date(r.On), By: r.By, Source: source(r.Box, r.On)}); err != nil {
			return err
		}
		return ripple(tx, r.Box, r.On.Add(1), sheet.moved(), r.By, "Suite à la clôture du "+locale.Date(r.On))
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

func readAndCheck(tx *db.Tx, r Request, s Setup) (Sheet, error) {
	figures, err := Read(r.Fields, s)
	if err != nil {
		return Sheet{}, err
	}
	sheet := Compute(figures, s)
	if err := Check(sheet, s, r.MayForce); err != nil {
		return sheet, err
	}
	return sheet, checkCustomers(tx, figures)
}

// checkCustomers refuses credit of somebody who is not a customer of the company.
func checkCustomers(tx *db.Tx, f Figures) error {
	for field, list := range map[string][]CustomerAmount{FieldGrantedTo: f.GrantedTo, FieldRepaidBy: f.RepaidBy} {
		for _, c := range list {
			p, err := party.Get(tx, c.Party)
			if fault.Is(err, fault.NotFound) || err == nil && p.Kind != party.Customer {
				return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field(field+c.Party, "Choisissez un client de la liste.")
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// seal posts a sheet on a business date, which is its own unless the day is locked, in place of the version before when there is one, and
// seals it as the next version. why is the memo of the reversal of the entry before.
func (p Page) seal(tx *db.Tx, r Request, sheet Sheet, on day.Day, why string) (err error) {
	c := Content{ID: r.Key, Box: r.Box, On: r.On, Version: len(p.Versions) + 1, Source: r.Source, Reason: strings.TrimSpace(r.Reason), By: r.By, At: tx.Now().UnixMicro()}
	if c.Source == "" {
		c.Source = ByHand
	}
	c.fill(sheet)
	if c.EntryID, err = p.post(tx, r, sheet, on, why); err != nil {
		return err
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
	if err = seal.AppendUnread(tx, c.record()); err != nil {
		return err
	}
	return refresh(tx, r.On, r.On)
}

// post posts the entry of a sheet, in place of that of the version before when it has one. It gives the id of the entry, "" for a sheet that
// moves nothing.
func (p Page) post(tx *db.Tx, r Request, sheet Sheet, on day.Day, why string) (entryID string, err error) {
	posting, err := newPosting(tx, sheet, p.Setup)
	if err != nil {
		return "", err
	}
	if on != r.On {
		posting.guarded = nil // the sheet of that day guards its own cash
	}
	memo, before := "Journée du "+locale.Date(r.On), ""
	if sheet.ZNumber != "" {
		memo += ", Z n°\u00a0" + sheet.ZNumber
	}
	if v := p.Current(); v != nil {
		memo, before = memo+", corrigée", v.EntryID
	}
	e := ledger.Entry{On: on, Kind: "daysheet", Source: source(r.Box, r.On), Place: r.Box, By: r.By, Memo: memo, Today: p.Today, Accounts: posting.accounts, Lines: posting.lines, KeepAboveZero: posting.guarded}
	var posted ledger.Posted
	switch {
	case before == "" && len(posting.lines) == 0:
		return "", nil
	case before == "":
		posted, err = ledger.Post(tx, e)
	case len(posting.lines) == 0:
		_, err = ledger.Reverse(tx, before, on, p.Today, r.By, e.Source, why)
	default:
		posted, err = ledger.Correct(tx, before, why, e)
	}
	return posted.ID, err
}

// count carries the perpetual totals on: a first version adds its turnover, a correction the difference (LAW-ISCA-C-2: never reset).
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

// moved is, by method held in the box, what the entry of a sheet does to the balance.
func (sheet Sheet) moved() map[string]money.Amount {
	moves := map[string]money.Amount{}
	for _, m := range sheet.Methods {
		if d := m.Taken + m.OverShort - m.Remitted; m.Method.Held() && d != 0 {
			moves[m.Method.ID] = d
		}
	}
	return moves
}
