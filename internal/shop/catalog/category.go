package catalog

import (
	"encaisse/internal/base/vat"
)

// SalesCategory is a line of the ticket Z.
type SalesCategory struct {
	ID          string
	Label       string
	Rate        vat.Rate
	Kind        Kind
	AccountCode string    // account of the chart; empty is that of the role
	Reporting   Reporting // category of e-reporting
	Colour      string    // name of a tile colour, or empty
	Note        string    // what a person entering it should know
	Active      bool
}

// Kind is what is sold.
type Kind string

// The kinds.
const (
	Goods   Kind = "goods"
	Service Kind = "service"
)

// Reporting is the category of operation of the e-reporting (flux 10, TT-81).
type Reporting string

// The categories.
const (
	ReportGoods    Reporting = "TLB1" // goods subject to VAT
	ReportServices Reporting = "TPS1" // services subject to VAT
	ReportUntaxed  Reporting = "TNT1" // not subject to VAT in France
	ReportMargin   Reporting = "TMA1" // VAT on the margin
)

// Role is the role of the chart the sales of the category are posted to when it has no account of its own.
func (c SalesCategory) Role() string {
	if c.Kind == Service {
		return "sale.service"
	}
	return "sale"
}

// reportingOf is the usual category of e-reporting of a kind at a rate.
func reportingOf(kind Kind, rate vat.Rate) Reporting {
	switch {
	case rate == 0:
		return ReportUntaxed
	case kind == Service:
		return ReportServices
	}
	return ReportGoods
}

// Active keeps the categories in use.
func Active(all []SalesCategory) []SalesCategory {
	var list []SalesCategory
	for _, c := range all {
		if c.Active {
			list = append(list, c)
		}
	}
	return list
}
