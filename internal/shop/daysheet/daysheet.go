package daysheet

import (
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// Source tells how a sheet was filled.
type Source string

// The sources. A sheet has one shape whatever its source.
const (
	ByHand Source = "hand"
	ByTill Source = "till"
	ByFile Source = "file"
	ByAPI  Source = "api"
	ByScan Source = "scan" // the photo of a ticket Z
)

// Setup is everything a sheet is computed with besides what is typed.
type Setup struct {
	Box        cashbox.Box
	On         day.Day
	Today      day.Day // present business day
	Settings   company.Settings
	Categories []catalog.SalesCategory // those in use, and those the sheet already uses, in the order of the ticket Z
	Methods    []tender.Method
	Opening    map[string]money.Amount // by method held in the box: its balance at the end of the day before
	Posted     map[string]money.Amount // by method: its balance at the end of the day, without the sheet’s own entry
	Movements  []cashbox.Recorded
	Numbered   Numbered // vouchers recorded by number
	State      period.State
}

// CustomerAmount is an amount of customer credit of one customer.
type CustomerAmount struct {
	Party  string       `json:"party"`
	Amount money.Amount `json:"amount"`
}

// Reason says why the drawer does not match.
type Reason struct {
	Code string `json:"code"`
	Note string `json:"note,omitempty"`
}

// ReasonCode is a reason a person can tap.
type ReasonCode struct{ Code, Label string }

// Reasons lists the reasons of an over-short.
func Reasons() []ReasonCode {
	return []ReasonCode{{"change", "Erreur de rendu"}, {"entry", "Erreur de saisie"}, {"expense", "Dépense oubliée"}, {"other", "Autre"}}
}

// ReasonLabel is the French text of a reason.
func ReasonLabel(code string) string {
	for _, r := range Reasons() {
		if r.Code == code {
			return r.Label
		}
	}
	return code
}

// Figures are the figures of a sheet, as typed. Amounts are cents. A category or method left blank is absent from its map.
type Figures struct {
	ZNumber         string                  `json:"z,omitempty"`
	Sales           map[string]money.Amount `json:"sales"` // by category
	Taken           map[string]money.Amount `json:"taken"` // by method
	VouchersSold    money.Amount            `json:"vouchers,omitempty"`
	Repaid          money.Amount            `json:"repaid,omitempty"` // customer credit repaid
	RepaidBy        []CustomerAmount        `json:"repaidBy,omitempty"`
	GrantedTo       []CustomerAmount        `json:"grantedTo,omitempty"`
	Overpayment     money.Amount            `json:"overpayment,omitempty"`
	SalesCount      *int                    `json:"salesCount,omitempty"`
	CustomerCount   *int                    `json:"customerCount,omitempty"`
	Counted         map[string]money.Amount `json:"counted,omitempty"` // by method; absent: not counted
	Pieces          map[int]int             `json:"pieces,omitempty"`  // denomination in cents → how many
	Loose           money.Amount            `json:"loose,omitempty"`   // rolls and other cash counted as a sum
	Reasons         map[string]Reason       `json:"reasons,omitempty"` // by method
	Remitted        money.Amount            `json:"remitted,omitempty"`
	BreakdownReason string                  `json:"breakdownReason,omitempty"`
	Note            string                  `json:"note,omitempty"`
}

// Denominations are the notes and coins of the euro, in cents, the largest first, in the order of the form staff are taught.
var Denominations = []int{50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1}

// SaleLine is a category of a computed sheet.
type SaleLine struct {
	Category        catalog.SalesCategory
	Gross, Net, Tax money.Amount
	Typed           bool
}

// MethodLine is a payment method of a computed sheet.
type MethodLine struct {
	Method    tender.Method
	Taken     money.Amount
	Typed     bool
	Opening   money.Amount
	PaidIn    money.Amount // all ≥ 0
	PaidOut   money.Amount
	Expenses  money.Amount
	Deposits  money.Amount
	Transfers money.Amount // signed: + received
	Other     money.Amount // signed: anything else posted that day, such as the correction of a locked day
	Expected  money.Amount
	Counted   money.Amount
	IsCounted bool
	OverShort money.Amount // 0 when not counted
	Beyond    bool         // the over-short passes the tolerance: a reason is due
	Remitted  money.Amount // taken out for the bank at closing
	Left      money.Amount // what stays
}

// Sheet is a computed sheet.
type Sheet struct {
	Figures
	Sales     []SaleLine
	Rates     []vat.Total
	Methods   []MethodLine
	Gross     money.Amount // S, including VAT: the turnover
	Net, Tax  money.Amount
	Due       money.Amount // what the methods must come to
	Paid      money.Amount // what they come to
	Breakdown money.Amount // Paid − Due: 0 when balanced
	OverShort money.Amount // sum over the methods
	Basket    money.Amount // average basket, 0 when the number of sales is not known
	Blanks    int          // fields of sales and takings left blank
}

// Version is a sheet as it was closed.
type Version struct {
	ID            string
	Box           string
	On            day.Day
	Number        int   // 1, then one more for each correction
	Seq           int64 // number of the sheet in its box, corrections included, without hole
	EntryID       string
	Source        Source
	ZNumber       string
	SalesCount    int
	CustomerCount int
	Gross         money.Amount
	Net, Tax      money.Amount
	Taken         money.Amount
	Breakdown     money.Amount
	OverShort     money.Amount
	Unexplained   money.Amount // part of the over-short beyond the tolerance and without a reason
	Perpetual     money.Amount // turnover of the box since its first sheet, this version included
	PerpetualAbs  money.Amount // same with every movement of it counted positive
	Reason        string       // why it was corrected
	Content       string       // JSON of the sealed content
	By            string
	At            time.Time
}

// Draft is what is typed and not closed.
type Draft struct {
	Box      string
	On       day.Day
	Revision int
	Fields   map[string]string // as typed, by the name of the field
	Gross    money.Amount
	By       string
	At       time.Time
}
