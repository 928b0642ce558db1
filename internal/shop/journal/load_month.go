package journal

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
)

// LoadMonth reads the summary of a month up to today. sees tells which locations the reader may see. Fault NotFound for a box that does
// not exist or is not theirs.
func LoadMonth(q db.Querier, month day.Month, box string, today day.Day, sees func(location string) bool) (Month, error) {
	l := monthLoader{q: q, first: month.First(), last: month.Last(), days: map[day.Day]*Figures{}, boxes: map[string]bool{}}
	boxes, _, err := Boxes(q, box, sees)
	if err != nil {
		return Month{}, err
	}
	for _, b := range boxes {
		l.boxes[b.ID] = true
	}
	for _, on := range month.Days() {
		f := newFigures(on)
		l.days[on] = &f
	}
	for _, step := range []func() error{l.totals, l.takings, l.shared, l.owner, l.deposits, func() error { return l.counts(boxes) }} {
		if err := step(); err != nil {
			return Month{}, err
		}
	}
	m, start := Month{Month: month, Box: box, Total: newFigures("")}, firstDay(boxes)
	for _, on := range month.Days() {
		if f := l.days[on]; start <= on && on <= today || !f.empty() {
			m.Days = append(m.Days, *f)
		}
		m.Total.add(*l.days[on])
	}
	m.Rates = slices.Sorted(maps.Keys(m.Total.Tax))
	return m, m.loadRegisters(q, boxes, l)
}

// firstDay is the first day any of the boxes has a sheet.
func firstDay(boxes []cashbox.Box) day.Day {
	var first day.Day = "9999-12-31"
	for _, b := range boxes {
		first = min(first, b.FirstDay)
	}
	return first
}

// empty tells whether nothing happened.
func (f Figures) empty() bool {
	return len(f.Tax) == 0 && len(f.Taken) == 0 && f.Net == 0 && f.VouchersSold == 0 && f.Repaid == 0 && f.PaidIn == 0 && f.PaidOut == 0 && f.Expenses == 0 && f.Deposits == 0 && f.Sales == 0
}

// monthLoader gathers the figures of a month.
type monthLoader struct {
	q           db.Querier
	first, last day.Day
	boxes       map[string]bool // ids the summary is about
	days        map[day.Day]*Figures
	moved       []ledger.DayTotal // of the accounts of the boxes
}

// totals reads what the ledger keeps for each day of each account that belongs to a box: sales, VAT, expenses, over-short…
func (l *monthLoader) totals() error {
	for _, kind := range []string{"box", "sale", "vat", "expense", "inputvat", "over", "short", "overpaid", "underpaid", "breakdown"} {
		totals, err := ledger.DayTotals(l.q, l.prefix(kind), l.first, l.last)
		if err != nil {
			return err
		}
		for _, t := range totals {
			box, part, _ := strings.Cut(strings.TrimPrefix(t.Account, kind+"/"), "/")
			if !l.boxes[box] {
				continue
			}
			if kind == "box" {
				l.moved = append(l.moved, t)
				continue
			}
			if err := l.days[t.On].total(kind, part, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// prefix begins the keys of the accounts of a kind: those of the box, when the summary is about one.
func (l *monthLoader) prefix(kind string) string {
	if len(l.boxes) == 1 {
		for box := range l.boxes {
			return kind + "/" + box
		}
	}
	return kind + "/"
}

// total adds what moved on an account in a day.
func (f *Figures) total(kind, part string, t ledger.DayTotal) error {
	credit, debit := t.Credit-t.Debit, t.Debit-t.Credit
	switch kind {
	case "sale":
		f.Net += credit
	case "vat":
		rate, err := strconv.ParseInt(part, 10, 64)
		if err != nil {
			return fmt.Errorf("journal: rate of account %s: %w", t.Account, err)
		}
		f.Tax[vat.Rate(rate)] += credit
	case "expense":
		f.Expenses += debit
	case "inputvat":
		f.Expenses += debit
		f.InputTax += debit
	case "over", "short":
		f.OverShort += credit
	case "overpaid", "underpaid":
		f.Overpayment += credit
	case "breakdown":
		f.Breakdown += credit
	}
	return nil
}

// The words by which the entry of a day sheet says what a line is, where the account alone does not say it.
const (
	sheetSource   = "daysheet:"
	overShortMemo = "Écart de caisse"
	depositMemo   = "Remise en banque"
	vouchersMemo  = "Bons cadeaux vendus"
	grantedMemo   = "Crédit accordé"
)

// takings reads, in the accounts of the boxes, what the sheets took by each method: their lines, less the over-short and what left for
// the bank at closing.
func (l *monthLoader) takings() error {
	return l.sheetLines(l.prefix("box"), func(f *Figures, m ledger.Move) {
		if !strings.HasPrefix(m.Memo, overShortMemo) && !strings.HasPrefix(m.Memo, depositMemo) {
			f.Taken[m.Account[strings.LastIndexByte(m.Account, '/')+1:]] += m.Amount
		}
	})
}

// sheetLines calls fn with each line that a sheet of one of the boxes posted to some accounts.
func (l *monthLoader) sheetLines(prefix string, fn func(*Figures, ledger.Move)) error {
	return l.eachLine(prefix, func(f *Figures, m ledger.Move) {
		if strings.HasPrefix(m.Source, sheetSource) {
			fn(f, m)
		}
	})
}

// eachLine calls fn with each line of some accounts, of an entry of one of the boxes, and with the figures of its day.
func (l *monthLoader) eachLine(prefix string, fn func(*Figures, ledger.Move)) error {
	return ledger.Moves(l.q, prefix, l.first, l.last, func(m ledger.Move) {
		if l.boxes[m.Place] {
			fn(l.days[m.On], m)
		}
	})
}

// shared reads the accounts that the boxes share: gift vouchers and customer credit. The place of the entry says which box it concerns.
func (l *monthLoader) shared() error {
	methods, err := tender.List(l.q)
	if err != nil {
		return err
	}
	voucher, onAccount := methodOf(methods, tender.Voucher), methodOf(methods, tender.OnAccount)
	err = l.sheetLines("voucher/", func(f *Figures, m ledger.Move) {
		if m.Memo == vouchersMemo {
			f.VouchersSold -= m.Amount
		} else {
			f.Taken[voucher] += m.Amount
		}
	})
	if err != nil {
		return err
	}
	return l.sheetLines("customer/", func(f *Figures, m ledger.Move) {
		if m.Memo == grantedMemo {
			f.Taken[onAccount] += m.Amount
		} else {
			f.Repaid -= m.Amount
		}
	})
}

// owner reads what the owner put in and took out. The reversal of a movement takes away from the side the movement was on.
func (l *monthLoader) owner() error {
	return l.eachLine(l.prefix("owner"), func(f *Figures, m ledger.Move) {
		switch paidIn := m.Amount < 0; {
		case paidIn != (m.Reverses != ""):
			f.PaidIn -= m.Amount
		default:
			f.PaidOut += m.Amount
		}
	})
}

// deposits reads what left for the bank, at the closing of a day or apart.
func (l *monthLoader) deposits() error {
	return l.eachLine("transit/bank", func(f *Figures, m ledger.Move) { f.Deposits += m.Amount })
}

// methodOf is the first method of a kind.
func methodOf(methods []tender.Method, kind tender.Kind) string {
	for _, m := range methods {
		if m.Kind == kind {
			return m.ID
		}
	}
	return string(kind)
}

// counts reads the numbers of sales and of customers on the sheets.
func (l *monthLoader) counts(boxes []cashbox.Box) error {
	for _, b := range boxes {
		cells, err := daysheet.Days(l.q, b.ID, l.first, l.last)
		if err != nil {
			return err
		}
		for _, c := range cells {
			if c.Version == 0 {
				continue
			}
			f := l.days[c.On]
			f.Sales, f.Customers = f.Sales+c.SalesCount, f.Customers+c.Customers
			if c.SalesCount > 0 {
				f.counted += c.Gross
			}
		}
	}
	return nil
}

// loadRegisters names the methods that took something, and reads the balances of the accounts of the boxes.
func (m *Month) loadRegisters(q db.Querier, boxes []cashbox.Box, l monthLoader) error {
	methods, err := tender.List(q)
	if err != nil {
		return err
	}
	for _, method := range methods {
		if _, took := m.Total.Taken[method.ID]; took {
			m.Methods = append(m.Methods, method)
		}
	}
	opening, err := ledger.BalancesOn(q, "box/", l.first.Add(-1))
	if err != nil {
		return err
	}
	in, out := map[string]money.Amount{}, map[string]money.Amount{}
	for _, t := range l.moved {
		in[t.Account] += t.Debit
		out[t.Account] += t.Credit
	}
	for _, b := range boxes {
		for _, method := range methods {
			key := cashbox.AccountKey(b.ID, method.ID)
			a := Account{Box: b, Method: method, Opening: opening[key], In: in[key], Out: out[key]}
			if a.Closing = a.Opening + a.In - a.Out; a.Opening != 0 || a.In != 0 || a.Out != 0 {
				m.Accounts = append(m.Accounts, a)
			}
		}
	}
	return nil
}
