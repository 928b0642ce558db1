package journal

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/tender"
)

// Month is the summary of the cash activity of a month.
type Month struct {
	Month    day.Month
	Box      string // id of the box it is about, "" for every box the reader may see
	Rates    []vat.Rate
	Methods  []tender.Method // that took something
	Days     []Figures       // every day of the month up to the present one
	Total    Figures         // of the month; On is empty
	Accounts []Account       // balances before and after, without their lines
}

// Figures are what happened in a day, or in the month. Amounts are those of the ledger; counts are those of the sheets.
type Figures struct {
	On           day.Day
	Net          money.Amount              // sales before VAT (HT)
	Tax          map[vat.Rate]money.Amount // VAT collected by rate
	Taken        map[string]money.Amount   // by method, gift vouchers used and customer credit granted included
	VouchersSold money.Amount              // gift vouchers sold
	Repaid       money.Amount              // customer credit repaid
	Overpayment  money.Amount              // signed: + received too much
	Breakdown    money.Amount              // signed: takings − what they should be
	PaidIn       money.Amount              // ≥ 0, like the four below
	PaidOut      money.Amount              //
	Expenses     money.Amount              // VAT included
	InputTax     money.Amount              // VAT to deduct on expenses
	Deposits     money.Amount              // to the bank, at closing or apart
	OverShort    money.Amount              // signed: counted − expected
	Sales        int                       // number of sales
	Customers    int                       // number of customers
	counted      money.Amount              // turnover of the days whose sales were counted, for the basket
}

// Gross is the turnover including VAT (TTC).
func (f Figures) Gross() money.Amount { return f.Net + f.VAT() }

// VAT is the VAT collected at all rates.
func (f Figures) VAT() money.Amount {
	var sum money.Amount
	for _, tax := range f.Tax {
		sum += tax
	}
	return sum
}

// Takings is what was taken by all methods.
func (f Figures) Takings() money.Amount {
	var sum money.Amount
	for _, amount := range f.Taken {
		sum += amount
	}
	return sum
}

// Basket is the average basket over the days whose sales were counted, 0 when none were.
func (f Figures) Basket() money.Amount {
	if f.Sales == 0 {
		return 0
	}
	return money.Amount(money.DivRound(int64(f.counted), int64(f.Sales)))
}

// add adds the figures of a day.
func (f *Figures) add(d Figures) {
	for rate, tax := range d.Tax {
		f.Tax[rate] += tax
	}
	for method, amount := range d.Taken {
		f.Taken[method] += amount
	}
	f.Net, f.VouchersSold, f.Repaid = f.Net+d.Net, f.VouchersSold+d.VouchersSold, f.Repaid+d.Repaid
	f.Overpayment, f.Breakdown, f.OverShort = f.Overpayment+d.Overpayment, f.Breakdown+d.Breakdown, f.OverShort+d.OverShort
	f.PaidIn, f.PaidOut, f.Expenses = f.PaidIn+d.PaidIn, f.PaidOut+d.PaidOut, f.Expenses+d.Expenses
	f.InputTax, f.Deposits = f.InputTax+d.InputTax, f.Deposits+d.Deposits
	f.Sales, f.Customers, f.counted = f.Sales+d.Sales, f.Customers+d.Customers, f.counted+d.counted
}

// newFigures are figures with nothing in them.
func newFigures(on day.Day) Figures {
	return Figures{On: on, Tax: map[vat.Rate]money.Amount{}, Taken: map[string]money.Amount{}}
}
