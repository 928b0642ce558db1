package daysheet

import (
	"encoding/json"
	"slices"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// Page is everything known of a box on a day.
type Page struct {
	Setup
	Draft    *Draft    // nil: nothing typed and not closed
	Versions []Version // the last is the one that counts; none: not closed
}

// Current is the version that counts, nil when the day is not closed.
func (p Page) Current() *Version {
	if len(p.Versions) == 0 {
		return nil
	}
	return &p.Versions[len(p.Versions)-1]
}

// Load reads a box on a day. Fault NotFound for a box that does not exist.
func Load(q db.Querier, box string, on day.Day) (Page, error) {
	var p Page
	var err error
	p.On = on
	if p.Box, err = cashbox.Get(q, box); err != nil {
		return p, err
	}
	if p.Settings, err = company.Load(q); err != nil {
		return p, err
	}
	p.Today = p.Settings.Today(q.Now())
	if p.Versions, err = versionsOf(q, box, on, on); err != nil {
		return p, err
	}
	if p.Draft, err = draftOf(q, box, on); err != nil {
		return p, err
	}
	if err = p.loadRegisters(q); err != nil {
		return p, err
	}
	if p.State, err = period.StateOf(q, box, on); err != nil {
		return p, err
	}
	return p, p.loadDrawer(q)
}

// loadRegisters keeps the categories and methods in use, and those the closed sheet used.
func (p *Page) loadRegisters(q db.Querier) error {
	var used Figures
	if v := p.Current(); v != nil {
		c, err := v.content()
		if err != nil {
			return err
		}
		used = c.Figures
	}
	categories, err := catalog.List(q)
	if err != nil {
		return err
	}
	p.Categories = slices.DeleteFunc(categories, func(c catalog.SalesCategory) bool { _, kept := used.Sales[c.ID]; return !c.Active && !kept })
	methods, err := tender.List(q)
	p.Methods = slices.DeleteFunc(methods, func(m tender.Method) bool {
		_, taken := used.Taken[m.ID]
		_, counted := used.Counted[m.ID]
		return !m.Active && !taken && !counted || !taken && switchedOff(p.Settings.Options, m)
	})
	return err
}

// loadDrawer reads what the accounts of the box say before the day, and at the end of it without the sheet’s own entries.
func (p *Page) loadDrawer(q db.Querier) error {
	prefix := cashbox.Prefix(p.Box.ID)
	opening, err := ledger.BalancesOn(q, prefix, p.On.Add(-1))
	if err != nil {
		return err
	}
	closing, err := ledger.BalancesOn(q, prefix, p.On)
	if err != nil {
		return err
	}
	p.Opening, p.Posted = byMethod(opening, prefix), byMethod(closing, prefix)
	if len(p.Versions) > 0 {
		own, err := ledger.OfSource(q, source(p.Box.ID, p.On))
		if err != nil {
			return err
		}
		for _, e := range own {
			for _, l := range e.Lines {
				if method, ok := strings.CutPrefix(l.Account, prefix); ok && e.On == p.On {
					p.Posted[method] -= l.Amount
				}
			}
		}
	}
	if p.Numbered, err = loadNumbered(q, p.Box.ID, p.On); err != nil {
		return err
	}
	p.Movements, err = cashbox.Movements(q, p.Box.ID, p.On, p.On)
	return err
}

func byMethod(balances map[string]money.Amount, prefix string) map[string]money.Amount {
	out := make(map[string]money.Amount, len(balances))
	for key, b := range balances {
		out[strings.TrimPrefix(key, prefix)] = b
	}
	return out
}

// source names the act in the ledger: all the entries of the sheets of a box on a day.
func source(box string, on day.Day) string { return "daysheet:" + box + ":" + string(on) }

// content is what a version sealed.
func (v Version) content() (Content, error) {
	var c Content
	err := json.Unmarshal([]byte(v.Content), &c)
	return c, err
}

// Figures are the figures a version was closed with.
func (v Version) Figures() (Figures, error) {
	c, err := v.content()
	return c.Figures, err
}
