package company

import (
	"strconv"
	"time"
	_ "time/tzdata" // the time zones travel with the program: a small machine may have none

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
)

// Settings is everything a company chose about itself. Settings of a company that chose nothing yet are Defaults.
type Settings struct {
	Identity
	Address
	Phone, Email string

	Currency  string // ISO 4217
	TimeZone  string // IANA name
	Cutoff    int    // hour the business day changes, 0 to 12
	VATRegime VATRegime
	YearStart int // month the fiscal year begins, 1 to 12

	Thresholds
	Options
}

// Identity is who the company is in law.
type Identity struct {
	LegalName, TradeName string
	LegalForm            string // SARL, EI, SAS…
	Capital              string // as printed: 10 000 €
	SIREN                string // nine digits, or empty
	VATNumber            string
	RCS                  string // RCS Lyon 732 829 320
	NAF                  string // 47.11B
}

// Address is where something is in France.
type Address struct{ Street, Postcode, City string }

// Thresholds are the limits a day is checked against. Amounts of 0 are no limit, except Tolerance.
type Thresholds struct {
	MinCash   money.Amount // less cash than this in a box after closing raises an alert
	MaxCash   money.Amount // more does too
	Tolerance money.Amount // an over-short beyond it, on either side, needs a reason
	LockDays  int          // a closed day locks by itself after so many days; 0 never
}

// Options are the optional parts. What is off leaves no trace on the screens.
type Options struct {
	Expenses     bool
	Transfers    bool // between payment methods
	Credit       Credit
	Vouchers     bool // gift vouchers
	Overpayments bool
	Customers    bool // number of customers served
}

// Credit is how a company follows what its customers owe.
type Credit string

// The ways to follow customer credit.
const (
	CreditOff        Credit = "off"
	CreditTotal      Credit = "total"    // one amount for all customers
	CreditByCustomer Credit = "customer" // one account a customer
)

// VATRegime is how often VAT is declared.
type VATRegime string

// The regimes.
const (
	Monthly   VATRegime = "monthly"
	Quarterly VATRegime = "quarterly"
	Franchise VATRegime = "franchise" // no VAT collected, CGI art. 293 B
)

// The optional parts by the names pages ask for them.
const (
	FeatureExpenses     = "expenses"
	FeatureTransfers    = "transfers"
	FeatureCredit       = "credit"
	FeatureByCustomer   = "credit-by-customer"
	FeatureVouchers     = "vouchers"
	FeatureOverpayments = "overpayments"
	FeatureCustomers    = "customers"
)

// Features names the parts that are on.
func (o Options) Features() []string {
	var on []string
	for _, f := range []struct {
		name string
		on   bool
	}{
		{FeatureExpenses, o.Expenses}, {FeatureTransfers, o.Transfers}, {FeatureCredit, o.Credit != CreditOff},
		{FeatureByCustomer, o.Credit == CreditByCustomer}, {FeatureVouchers, o.Vouchers},
		{FeatureOverpayments, o.Overpayments}, {FeatureCustomers, o.Customers},
	} {
		if f.on {
			on = append(on, f.name)
		}
	}
	return on
}

// Defaults are the settings of a company that chose nothing yet.
func Defaults() Settings {
	return Settings{
		Currency: "EUR", TimeZone: "Europe/Paris", VATRegime: Monthly, YearStart: 1,
		Thresholds: Thresholds{Tolerance: 500, LockDays: 7},
		Options:    Options{Expenses: true, Credit: CreditOff, Customers: true},
	}
}

// Zone is the time zone of the company, UTC if it cannot be read.
func (s Settings) Zone() *time.Location {
	place, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	return place
}

// Today is the business day of an instant.
func (s Settings) Today(t time.Time) day.Day { return day.At(t, s.Zone(), s.Cutoff) }

// DisplayName is how the company is called on screens and documents: the name over the door, else the legal name.
func (s Settings) DisplayName() string {
	if s.TradeName != "" {
		return s.TradeName
	}
	return s.LegalName
}

// FiscalYear is the first and last day of the fiscal year that holds a day.
func (s Settings) FiscalYear(on day.Day) (first, last day.Day) {
	year, month := on.Time().Year(), int(on.Time().Month())
	if month < s.YearStart {
		year--
	}
	first = day.Of(year, time.Month(s.YearStart), 1)
	return first, first.Month().Add(12).First().Add(-1)
}

// Line is the address on one line.
func (a Address) Line() string {
	town := a.Postcode
	if town != "" && a.City != "" {
		town += " "
	}
	town += a.City
	if a.Street != "" && town != "" {
		return a.Street + ", " + town
	}
	return a.Street + town
}

// validPostcode tells whether text is a French postcode.
func validPostcode(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && len(text) == 5 && n >= 1000
}
