package sim

import (
	"maps"

	"encaisse/internal/base/day"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/daysheet"
)

// figures draws a sheet that balances, counted as the auditor expects or nearly.
func (w *world) figures(b *drawer, on day.Day) figures {
	f := figures{Food: w.cents(40000), Wine: w.cents(20000), Taken: map[string]money.Amount{}, Counted: map[string]money.Amount{}, Reasons: map[string]bool{}, Force: w.chance(50)}
	take := func(kind string, percent, most int) {
		if w.chance(percent) {
			f.Taken[kind] = w.cents(most)
		}
	}
	if left := w.outstanding(); left > 0 && w.chance(40) {
		f.Taken[byVoucher] = w.cents(int(left))
	}
	take(onAccount, 10, 4000)
	take(cheque, 25, 6000)
	if w.chance(35) {
		f.Sold = w.cents(6000)
	}
	if w.chance(10) {
		f.Repaid = w.cents(4000)
	}
	if w.chance(8) {
		f.Overpaid = w.cents(600) - 300
	}
	f.settle(w.rng.IntN(70))
	w.count(b, on, &f)
	return f
}

// outstanding is what vouchers sold and not used come to.
func (w *world) outstanding() (sum money.Amount) {
	for _, b := range w.audit.boxes {
		for _, s := range b.sheets {
			sum += s.Sold - s.Taken[byVoucher]
		}
	}
	return sum
}

// settle shares what is left to pay between cash and card.
func (f *figures) settle(cashPercent int) {
	delete(f.Taken, cash)
	delete(f.Taken, card)
	rest := -f.breakdown()
	if part := rest * money.Amount(cashPercent) / 100; part != 0 {
		f.Taken[cash] = part
	}
	if part := -f.breakdown(); part != 0 {
		f.Taken[card] = part
	}
}

// count counts the box: cash always, the rest sometimes, with small gaps, and large ones that have a reason or not.
func (w *world) count(b *drawer, on day.Day, f *figures) {
	for _, method := range kept {
		if method != cash && !w.chance(35) {
			continue
		}
		expected := b.expected(*f, method, on)
		switch roll := w.rng.IntN(100); {
		case roll < 20:
			expected += w.cents(1001) - 501
		case roll < 32:
			expected += w.cents(12000) - 6000
		}
		f.Counted[method] = max(0, expected)
		if gap := f.Counted[method] - b.expected(*f, method, on); gap.Abs() > tolerance && w.chance(85) {
			f.Reasons[method] = true
		}
	}
	if w.chance(25) && f.Counted[cash] > 0 {
		f.Remitted = w.cents(int(f.Counted[cash]))
	}
}

// spoil now and then makes a sheet one that must be refused, or nearly.
func (w *world) spoil(f *figures) {
	if !w.chance(18) {
		return
	}
	switch w.rng.IntN(8) {
	case 0:
		f.Taken[card] += w.cents(2000) - 1000
		f.BreakdownReason = w.chance(50)
	case 1:
		f.Remitted = f.Counted[cash] + w.cents(100)
	case 2:
		delete(f.Counted, cash)
	case 3:
		f.Counted[cash] = -w.cents(100)
	case 4:
		f.Sold, f.Taken[card] = -500, f.Taken[card]-f.Sold-500
	case 5:
		f.Taken[byVoucher] += 30000
		f.settle(50)
	case 6:
		*f = figures{Taken: map[string]money.Amount{}, Counted: map[string]money.Amount{cash: 0}, Reasons: map[string]bool{cash: true}}
	case 7:
		f.Reasons = map[string]bool{}
	}
	maps.DeleteFunc(f.Taken, func(_ string, a money.Amount) bool { return a == 0 })
}

// amend changes a closed sheet: its sales, how they were paid, perhaps what was counted.
func (w *world) amend(b *drawer, on day.Day, was figures) figures {
	f := was
	f.Taken, f.Counted, f.Reasons = maps.Clone(was.Taken), maps.Clone(was.Counted), maps.Clone(was.Reasons)
	f.Force, f.BreakdownReason = w.chance(60), f.BreakdownReason || w.chance(40)
	switch w.rng.IntN(4) {
	case 0:
		f.Food, f.Wine = w.cents(40000), w.cents(20000)
	case 1:
		f.Sold = money.Amount(w.rng.IntN(5000))
	case 2:
		f.Taken[cheque] = w.cents(5000)
	}
	f.settle(w.rng.IntN(70))
	if w.chance(30) && (on > b.locked || w.chance(20)) {
		clear(f.Counted)
		f.Remitted = 0
		w.count(b, on, &f)
	}
	for method, counted := range f.Counted {
		if (counted-b.expected(f, method, on)).Abs() > tolerance && w.chance(90) {
			f.Reasons[method] = true
		}
	}
	return f
}

// request is a sheet as a page sends it.
func (w *world) request(box string, on day.Day, f figures) daysheet.Request {
	fields := map[string]string{}
	put := func(name string, a money.Amount) {
		if a != 0 {
			fields[name] = locale.Input(a)
		}
	}
	put(daysheet.FieldSale+w.food, f.Food)
	put(daysheet.FieldSale+w.wine, f.Wine)
	put(daysheet.FieldVouchers, f.Sold)
	put(daysheet.FieldRepaid, f.Repaid)
	put(daysheet.FieldOverpayment, f.Overpaid)
	put(daysheet.FieldRemitted, f.Remitted)
	for kind, a := range f.Taken {
		put(daysheet.FieldTaken+w.methods[kind], a)
	}
	for kind, a := range f.Counted {
		fields[daysheet.FieldCounted+w.methods[kind]] = locale.Input(a)
	}
	for kind := range f.Reasons {
		fields[daysheet.FieldReason+w.methods[kind]] = "change"
	}
	if f.BreakdownReason {
		fields[daysheet.FieldBreakdown] = "simulé"
	}
	r := daysheet.Request{Key: id.New(), Box: box, On: on, Fields: fields, By: somebody, MayForce: f.Force}
	if f.Explanation {
		r.Reason = "simulé"
	}
	return r
}
