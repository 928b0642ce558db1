package daysheet

import (
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/act"
	"encaisse/internal/books/period"
	"encaisse/internal/books/seal"
)

// Correct replaces a closed sheet by a new version that points to it: the entry before is reversed and another is posted, both on the day
// itself, or today once the day is locked. What was counted on a locked day stays. It gives the id of the version.
func Correct(tx *db.Tx, r Request) (string, error) {
	return r.Key, act.Once(tx, r.Key, "daysheet.correct", r, func() error {
		p, err := Load(tx, r.Box, r.On)
		if err != nil {
			return err
		}
		if p.Current() == nil {
			return fault.New(fault.NotFound, "Cette journée n’est pas clôturée\u00a0: il n’y a rien à corriger.")
		}
		if reason := strings.TrimSpace(r.Reason); reason == "" || len(reason) > 200 {
			return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("raison", "Dites en quelques mots pourquoi la journée est corrigée\u00a0: la correction reste tracée.")
		}
		sheet, err := readAndCheck(tx, r, p.Setup)
		if err != nil {
			return err
		}
		if err := p.checkLimits(tx, r, sheet.Figures); err != nil {
			return err
		}
		if p.State == period.Locked {
			if err := keepsCount(p, sheet); err != nil {
				return err
			}
		}
		return p.replace(tx, r, sheet)
	})
}

// replace reverses the current version’s entry, posts and seals the next, then makes the later sheets follow.
func (p Page) replace(tx *db.Tx, r Request, sheet Sheet) error {
	before, on, next := p.Current(), r.On, r.On.Add(1)
	if p.State == period.Locked {
		on, next = p.Today, p.Today
	}
	why := "Correction de la journée du " + locale.Date(r.On) + "\u00a0: " + strings.TrimSpace(r.Reason)
	earlier, err := before.moved()
	if err != nil {
		return err
	}
	if err := p.seal(tx, r, sheet, on, why); err != nil {
		return err
	}
	if err := deleteDraft(tx, r.Box, r.On); err != nil {
		return err
	}
	if err := seal.LogEvent(tx, seal.Event{Code: 190, Label: "Correction de la journée du " + locale.Date(r.On), By: r.By, Source: source(r.Box, r.On)}); err != nil {
		return err
	}
	shift := sheet.moved()
	for _, m := range sheet.Methods {
		id := m.Method.ID
		if shift[id] == earlier[id] {
			delete(shift, id)
		} else if m.Method.Held() {
			shift[id] -= earlier[id]
		}
	}
	return ripple(tx, r.Box, next, shift, r.By, "Suite à la correction du "+locale.Date(r.On))
}

// moved is, by method, what the entry of a version does to the balance of those held in the box.
func (v Version) moved() (map[string]money.Amount, error) {
	c, err := v.content()
	moves := map[string]money.Amount{}
	for _, m := range c.Methods {
		moves[m.ID] = m.Taken + m.OverShort - m.Remitted
	}
	return moves, err
}

// keepsCount refuses to change what was counted on a locked day: later days were counted on top of it.
func keepsCount(p Page, sheet Sheet) error {
	before, err := p.Current().Figures()
	if err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	for _, m := range sheet.Methods {
		was, counted := before.Counted[m.Method.ID]
		if counted != m.IsCounted || was != m.Counted {
			f.Field(FieldCounted+m.Method.ID, "Ce qui a été compté un jour verrouillé ne change plus\u00a0; une différence se constate au comptage d’aujourd’hui.")
		}
	}
	if before.Remitted != sheet.Remitted {
		f.Field(FieldRemitted, "Ce qui a été remis un jour verrouillé ne change plus. Enregistrez la différence aujourd’hui.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

// AfterMovement makes the sheets follow what was posted in a box on a day after it was closed: a forgotten expense explains an over-short.
// moves is, by method, what changed in the balance at the end of that day.
func AfterMovement(tx *db.Tx, box string, on day.Day, moves map[string]money.Amount, by, why string) error {
	return ripple(tx, box, on, moves, by, why)
}

// ripple goes through the closed sheets from a day on, after the balances before them moved by shift. A method that a sheet counted
// absorbs the shift in its over-short, which a new version of that sheet records; a method not counted passes it on. It stops when
// nothing is left to pass on: days lock in order, so every sheet met is still open to correction.
func ripple(tx *db.Tx, box string, from day.Day, shift map[string]money.Amount, by, why string) error {
	for len(shift) > 0 {
		on, found, err := nextClosed(tx, box, from)
		if err != nil || !found {
			return err
		}
		p, err := Load(tx, box, on)
		if err != nil {
			return err
		}
		figures, err := p.Current().Figures()
		if err != nil {
			return err
		}
		changed := false
		for method := range shift {
			if _, counted := figures.Counted[method]; counted {
				delete(shift, method)
				changed = true
			}
		}
		if changed {
			if err := p.follow(tx, figures, by, why); err != nil {
				return err
			}
		}
		from = on.Add(1)
	}
	return nil
}

// follow seals a new version of a sheet with the same figures, computed on what the ledger says now.
func (p Page) follow(tx *db.Tx, figures Figures, by, why string) error {
	sheet := Compute(figures, p.Setup)
	before := p.Current()
	if sheet.OverShort == before.OverShort && sheet.Breakdown == before.Breakdown {
		same, err := sameOverShorts(*before, sheet)
		if err != nil || same {
			return err
		}
	}
	r := Request{Key: id.New(), Box: p.Box.ID, On: p.On, By: by, Source: before.Source, Reason: why}
	return p.seal(tx, r, sheet, p.On, why)
}

func sameOverShorts(v Version, sheet Sheet) (bool, error) {
	c, err := v.content()
	if err != nil {
		return false, err
	}
	before := map[string]money.Amount{}
	for _, m := range c.Methods {
		before[m.ID] = m.OverShort
	}
	for _, m := range sheet.Methods {
		if before[m.Method.ID] != m.OverShort {
			return false, nil
		}
	}
	return true, nil
}
