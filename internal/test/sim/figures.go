package sim

import "encaisse/internal/base/money"

// The methods of the shop: the first three stay in the box, the last two do not.
const (
	cash, card, cheque   = "cash", "card", "cheque"
	byVoucher, onAccount = "voucher", "on-account"
	tolerance            = money.Amount(500)
	lockDays             = 2
)

var kept = []string{cash, card, cheque}

// figures are what a sheet says.
type figures struct {
	Food, Wine                          money.Amount // sold at 5,5 % and at 20 %
	Sold, Repaid, Overpaid, Remitted    money.Amount
	Taken, Counted                      map[string]money.Amount
	Reasons                             map[string]bool
	Force, BreakdownReason, Explanation bool // the last: of a correction
}

func (f figures) gross() money.Amount { return f.Food + f.Wine }

func (f figures) breakdown() money.Amount {
	var paid money.Amount
	for _, a := range f.Taken {
		paid += a
	}
	return paid - f.gross() - f.Sold - f.Repaid - f.Overpaid
}

// net is an amount without its VAT, rounded half up: 2 × net is the nearest to 2 × gross / (1 + rate).
func net(gross money.Amount, permyriad money.Amount) money.Amount {
	return (2*10000*gross + 10000 + permyriad) / (2 * (10000 + permyriad))
}
