package assistant

import (
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

// The classes. The articles are those of the CGI.
const (
	Normal        Class = iota // art. 278
	ServedAlcohol              // drunk on the spot: normal, but art. 297-I-1-5°-d in Corsica
	Intermediate               // eaten here or at once, medicines not reimbursed (art. 279, 278 quater)
	Flowers                    // flowers and plants (art. 278 bis)
	Reduced                    // food, books (art. 278-0 bis)
	Bread                      // food too, untaxed in Guadeloupe, Martinique and Réunion
	Equipment                  // for disabled people (art. 278-0 bis, A, 2°)
	Medicine                   // reimbursed (art. 281 octies)
	Press                      // art. 298 septies
	OnBehalf                   // sold for somebody else: tobacco, games, stamps; no sale of the shop
)

// classRates are the rates of each class on the mainland, in Corsica (art. 297), in Guadeloupe, Martinique and Réunion (art. 296).
var classRates = map[Class]map[vat.Zone]vat.Rate{
	Normal:        {vat.Mainland: 2000, vat.Corsica: 2000, vat.Antilles: 850},
	ServedAlcohol: {vat.Mainland: 2000, vat.Corsica: 1000, vat.Antilles: 850},
	Intermediate:  {vat.Mainland: 1000, vat.Corsica: 1000, vat.Antilles: 210},
	Flowers:       {vat.Mainland: 1000, vat.Corsica: 210, vat.Antilles: 210},
	Reduced:       {vat.Mainland: 550, vat.Corsica: 210, vat.Antilles: 210},
	Bread:         {vat.Mainland: 550, vat.Corsica: 210, vat.Antilles: 0},
	Equipment:     {vat.Mainland: 550, vat.Corsica: 550, vat.Antilles: 210},
	Medicine:      {vat.Mainland: 210, vat.Corsica: 210, vat.Antilles: 210},
	Press:         {vat.Mainland: 210, vat.Corsica: 210, vat.Antilles: 105},
}

// rateOf is the rate of a class in a zone; 0 where there is no VAT. A shop is set up for today: a test keeps these rates in force.
func rateOf(class Class, zone vat.Zone) vat.Rate { return classRates[class][zone] }

// category is the sales category a line makes for a company.
func (l Line) category(zone vat.Zone, regime company.VATRegime) catalog.SalesCategory {
	c := catalog.SalesCategory{Label: l.Label, Rate: rateOf(l.Class, zone), Kind: catalog.Goods, AccountCode: l.Account, Note: l.Note, Active: true}
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
