package daysheet

import (
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// Compute computes a sheet. It is the one place where a sheet’s figures come from: the screen, the entry and the print show these.
func Compute(f Figures, s Setup) Sheet {
	sheet := Sheet{Figures: f}
	sheet.computeSales(s)
	sheet.Due = sheet.Gross + f.VouchersSold + f.Repaid + f.Overpayment
	for _, m := range s.Methods {
		amount, typed := f.Taken[m.ID]
		line := MethodLine{Method: m, Taken: amount, Typed: typed}
		if !typed {
			sheet.Blanks++
		}
		sheet.Paid += amount
		if m.Held() {
			line.computeDrawer(f, s)
			sheet.OverShort += line.OverShort
		}
		sheet.Methods = append(sheet.Methods, line)
	}
	sheet.Breakdown = sheet.Paid - sheet.Due
	if f.SalesCount != nil && *f.SalesCount > 0 {
		sheet.Basket = money.Amount(money.DivRound(int64(sheet.Gross), int64(*f.SalesCount)))
	}
	return sheet
}

func (sheet *Sheet) computeSales(s Setup) {
	parts := make([]vat.Part, len(s.Categories))
	for i, c := range s.Categories {
		amount, typed := sheet.Figures.Sales[c.ID]
		parts[i] = vat.Part{Rate: c.Rate, Gross: amount}
		if !typed {
			sheet.Blanks++
		}
		sheet.Sales = append(sheet.Sales, SaleLine{Category: c, Gross: amount, Typed: typed})
	}
	shared, totals := vat.Split(parts)
	for i := range shared {
		sheet.Sales[i].Net, sheet.Sales[i].Tax = shared[i].Net, shared[i].Tax
	}
	for _, t := range totals {
		sheet.Gross, sheet.Net, sheet.Tax = sheet.Gross+t.Gross, sheet.Net+t.Net, sheet.Tax+t.Tax
		if t.Gross != 0 {
			sheet.Rates = append(sheet.Rates, t)
		}
	}
}

// computeDrawer computes what should be in the box for one method, and what is.
func (l *MethodLine) computeDrawer(f Figures, s Setup) {
	id := l.Method.ID
	l.Opening = s.Opening[id]
	var moved money.Amount
	for _, m := range s.Movements {
		signed := m.Signed(s.Box.ID, id)
		moved += signed
		switch {
		case signed == 0:
		case m.Kind.Group() == cashbox.PaidIn:
			l.PaidIn += signed
		case m.Kind.Group() == cashbox.PaidOut:
			l.PaidOut -= signed
		case m.Kind.Group() == cashbox.Expense:
			l.Expenses -= signed
		case m.Kind.Group() == cashbox.Deposit:
			l.Deposits -= signed
		case m.Kind.Group() == cashbox.Transfer:
			l.Transfers += signed
		}
	}
	l.Other = s.Posted[id] - l.Opening - moved
	l.Expected = s.Posted[id] + l.Taken
	l.Counted, l.IsCounted = f.Counted[id]
	if l.IsCounted {
		l.OverShort = l.Counted - l.Expected
	}
	l.Beyond = l.OverShort.Abs() > s.Settings.Tolerance
	l.Left = l.Expected + l.OverShort
	if l.Method.Kind == tender.Cash {
		l.Remitted = f.Remitted
		l.Left -= f.Remitted
	}
}

// CountOf is what a count of notes, coins and loose cash comes to.
func CountOf(pieces map[int]int, loose money.Amount) money.Amount {
	total := loose
	for value, n := range pieces {
		total += money.Amount(value) * money.Amount(n)
	}
	return total
}

// Cash is the line of cash, nil when the shop takes none.
func (sheet Sheet) Cash() *MethodLine {
	for i := range sheet.Methods {
		if sheet.Methods[i].Method.Kind == tender.Cash {
			return &sheet.Methods[i]
		}
	}
	return nil
}

// takenBy is what was taken by the methods of a kind.
func (sheet Sheet) takenBy(kind tender.Kind) money.Amount {
	var sum money.Amount
	for _, m := range sheet.Methods {
		if m.Method.Kind == kind {
			sum += m.Taken
		}
	}
	return sum
}

// Granted is the customer credit granted in the day.
func (sheet Sheet) Granted() money.Amount { return sheet.takenBy(tender.OnAccount) }

// VouchersUsed is the gift vouchers used in the day.
func (sheet Sheet) VouchersUsed() money.Amount { return sheet.takenBy(tender.Voucher) }

// Unexplained is the part of the over-short, without its sign, that passes the tolerance and has no reason.
func (sheet Sheet) Unexplained() money.Amount {
	var sum money.Amount
	for _, m := range sheet.Methods {
		if m.Beyond && sheet.Reasons[m.Method.ID].Code == "" {
			sum += m.OverShort.Abs()
		}
	}
	return sum
}

// switchedOff tells whether a method belongs to an optional part that the company does not use.
func switchedOff(o company.Options, m tender.Method) bool {
	return m.Kind == tender.Voucher && !o.Vouchers || m.Kind == tender.OnAccount && o.Credit == company.CreditOff
}
