package voucher

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
)

// The keys of the accounts of vouchers. All begin with Prefix.
const (
	Prefix    = "voucher/"
	idPrefix  = Prefix + "id/"
	poolKey   = Prefix + "gift" // sold as one amount
	singleKey = Prefix + "single"
	deskKey   = Prefix + "desk/"
)

func soldKey(box string) string { return deskKey + box + "/sold" }
func usedKey(box string) string { return deskKey + box + "/used" }

// accounts gives the ledger accounts of vouchers by the chart of the company.
type accounts struct{ chart chart.Chart }

func loadAccounts(tx *db.Tx) (a accounts, err error) {
	a.chart, err = chart.Load(tx)
	return a, err
}

func (a accounts) of(key string, sense ledger.Sense, kept bool) ledger.Account {
	code, label := a.chart.Account("voucher")
	return ledger.Account{Key: key, Code: code, Label: label, Sense: sense, NeverNegative: kept}
}

// one is the account of a voucher, never below zero.
func (a accounts) one(voucher string) ledger.Account {
	return a.of(idPrefix+voucher, ledger.Credit, true)
}

// pool is the account of vouchers without number, never below zero.
func (a accounts) pool() ledger.Account { return a.of(poolKey, ledger.Credit, true) }

// single is what stands against single-purpose vouchers, whose sale was counted when they were sold.
func (a accounts) single() ledger.Account { return a.of(singleKey, ledger.Debit, false) }

func (a accounts) expired() ledger.Account {
	code, label := a.chart.Account("voucher.expired")
	return ledger.Account{Key: "expired/gift", Code: code, Label: label, Sense: ledger.Credit}
}

// counter is what stands against a voucher sold or used at a till on a day: the desk, which the sheet of the day will count, or the pool
// when that sheet is closed already.
func (a accounts) counter(q db.Querier, purpose Purpose, desk, box string, on day.Day) (ledger.Account, error) {
	if purpose == Single {
		return a.single(), nil
	}
	state, err := period.StateOf(q, box, on)
	if err != nil || state == period.Open {
		return a.of(desk, ledger.Debit, false), err
	}
	return a.pool(), nil
}
