package assistant

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// Preset is how a trade usually works: where a company starts from, never what it is kept to.
type Preset struct {
	Key, Name, About string
	Lines            []Line
	Pays             []Pay
	Options          company.Options
	Week             company.Week
	Float            money.Amount // left in the drawer for change
	MaxCash          money.Amount // above, take some to the bank
	Tolerance        money.Amount
}

// Line is a line of the ticket Z of a trade.
type Line struct {
	Label   string
	Class   Class
	Service bool
	Account string
	Note    string
}

// Pay is a payment method of a trade.
type Pay struct {
	Label string
	Kind  tender.Kind
}

// Class is what decides the VAT of a line; its rate depends on the place and the day.
type Class int

// The classes.
const (
	Normal       Class = iota // CGI art. 278
	Intermediate              // eaten here or at once, flowers, medicines not reimbursed (art. 278 bis, 279, 278 quater)
	Reduced                   // food, books (art. 278-0 bis)
	Special                   // medicines reimbursed, press (art. 281 octies, 298 septies)
	OnBehalf                  // sold for somebody else: tobacco, games, stamps; no sale of the shop
)

// rateOf is the rate of a class in a zone on a day. Corsica has 2,1 % where the mainland has 5,5 % (art. 297), Guadeloupe, Martinique
// and Réunion have it for everything that is not at the normal rate (art. 296).
func rateOf(class Class, zone vat.Zone, on day.Day) vat.Rate {
	if class == OnBehalf || zone == vat.None {
		return 0
	}
	rates := vat.Rates(zone, on)
	normal, wanted := rates[0].Rate, vat.Rate(0)
	switch {
	case class == Normal:
		return normal
	case zone == vat.Antilles || class == Special || zone == vat.Corsica && class == Reduced:
		wanted = 210
	case class == Reduced:
		wanted = 550
	case vat.InForce(zone, 1000, on):
		wanted = 1000
	default:
		wanted = 700 // before 2014
	}
	if vat.InForce(zone, wanted, on) {
		return wanted
	}
	return normal
}

// category is the sales category a line makes for a company.
func (l Line) category(zone vat.Zone, regime company.VATRegime, on day.Day) catalog.SalesCategory {
	c := catalog.SalesCategory{Label: l.Label, Rate: rateOf(l.Class, zone, on), Kind: catalog.Goods, AccountCode: l.Account, Note: l.Note, Active: true}
	if l.Service {
		c.Kind = catalog.Service
	}
	if regime == company.Franchise {
		c.Rate = 0
	}
	return c
}

// method is the payment method a pay makes.
func (p Pay) method(float money.Amount) tender.Method {
	m := tender.Method{Kind: p.Kind, Label: p.Label, Active: true}
	m.Prefilled = p.Kind != tender.Cash && m.Held()
	if p.Kind == tender.Cash {
		m.Float = float
	}
	return m
}

// FindPreset is the preset of a trade; that of any shop when there is none.
func FindPreset(key string) Preset {
	all := Presets()
	for _, p := range all {
		if p.Key == key {
			return p
		}
	}
	return all[len(all)-1]
}
