package vatprep

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
)

// Part is what a detail counts in.
type Part string

// The parts.
const (
	Base  Part = "base" // sales before VAT
	Tax   Part = "taxe" // VAT collected
	Input Part = "deduction"
)

// Detail is one line of the ledger that counts.
type Detail struct {
	Code   string // line of the form
	Rate   vat.Rate
	Part   Part
	On     day.Day
	Seq    int64 // number of the entry
	Box    string
	Sheet  day.Day // day of the sheet that posted it, "" for another act
	Label  string
	Amount money.Amount
}

// Row is a line of the form: a rate in a zone.
type Row struct {
	Code, Label string
	Rate        vat.Rate
	Base, Tax   money.Amount
}

// Control compares what the lines come to with the balances of the same accounts.
type Control struct {
	Label           string
	Lines, Balances money.Amount
}

// Difference is 0 when all is well.
func (c Control) Difference() money.Amount { return c.Lines - c.Balances }

// Statement is the preparation of the return of a period.
type Statement struct {
	First, Last day.Day
	Settings    company.Settings
	Rows        []Row // by rate, the highest first, what is not taxed last
	Inputs      []Row // VAT to deduct by rate; no base
	Controls    []Control
	Details     []Detail
	Boxes       map[string]cashbox.Box
	Partial     bool // the person does not see every shop: the company’s return needs them all
	OnAccount   bool // customers buy on account: VAT on services may be due later
}

// Load prepares the return of a period.
func Load(q db.Querier, first, last day.Day, sees func(location string) bool) (Statement, error) {
	s := Statement{First: first, Last: last, Boxes: map[string]cashbox.Box{}}
	l := loader{q: q, s: &s, zones: map[string]vat.Zone{}, rates: map[string]map[string]vat.Rate{}}
	for _, step := range []func() error{func() error { return l.scope(sees) }, l.sales, l.collected, l.deductible} {
		if err := step(); err != nil {
			return s, err
		}
	}
	l.sum()
	return s, l.control()
}

type loader struct {
	q      db.Querier
	s      *Statement
	zones  map[string]vat.Zone            // by box
	rates  map[string]map[string]vat.Rate // by entry, by category
	labels map[string]catalog.SalesCategory
}

func (l *loader) scope(sees func(string) bool) (err error) {
	if l.s.Settings, err = company.Load(l.q); err != nil {
		return err
	}
	l.s.OnAccount = l.s.Settings.Credit != company.CreditOff
	locations, err := company.Locations(l.q)
	if err != nil {
		return err
	}
	boxes, err := cashbox.List(l.q)
	if err != nil {
		return err
	}
	zoneOf := map[string]vat.Zone{"": vat.Mainland}
	for i, place := range locations {
		zoneOf[place.ID] = place.Zone.VAT()
		if i == 0 {
			zoneOf[""] = place.Zone.VAT()
		}
	}
	for _, b := range boxes {
		switch {
		case b.Virtual:
		case b.Location != "" && !sees(b.Location):
			l.s.Partial = true
		default:
			l.s.Boxes[b.ID], l.zones[b.ID] = b, zoneOf[b.Location]
		}
	}
	categories, err := catalog.List(l.q)
	l.labels = make(map[string]catalog.SalesCategory, len(categories))
	for _, c := range categories {
		l.labels[c.ID] = c
	}
	return err
}

// lines reads the lines of some accounts that concern the boxes; rest is what follows the box in the key of the account.
func (l *loader) lines(prefix string, fn func(line ledger.StatementLine, box, rest string) error) error {
	lines, err := ledger.Statement(l.q, ledger.Filter{Prefix: prefix, First: l.s.First, Last: l.s.Last})
	if err != nil {
		return err
	}
	for _, line := range lines {
		box, rest, _ := strings.Cut(strings.TrimPrefix(line.Account, prefix), "/")
		if _, ours := l.s.Boxes[box]; !ours {
			continue
		}
		if err := fn(line, box, rest); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) detail(line ledger.StatementLine, part Part, box string, rate vat.Rate, label string, amount money.Amount) {
	d := Detail{Code: lineDeductible, Rate: rate, Part: part, On: line.Entry.On, Seq: line.Entry.Seq, Box: box, Label: label, Amount: amount}
	if part != Input {
		d.Code = BoxOf(l.zones[box], rate, line.Entry.On).Code
	}
	if _, on, is := daysheet.OfSource(line.Entry.Source); is {
		d.Sheet = on
	}
	if line.Entry.Memo != "" && !strings.Contains(label, line.Entry.Memo) {
		d.Label += " · " + line.Entry.Memo
	}
	l.s.Details = append(l.s.Details, d)
}

// sales reads the bases: what was sold before VAT.
func (l *loader) sales() error {
	return l.lines("sale/", func(line ledger.StatementLine, box, category string) error {
		rate, err := l.rateOf(line.Entry, category)
		if err != nil {
			return err
		}
		label := line.Memo
		if label == "" {
			label = l.labels[category].Label
		}
		l.detail(line, Base, box, rate, label, -line.Amount)
		return nil
	})
}

// rateOf is the rate a category was sold at in an entry: that of the sheet which posted the entry, or the one it reverses; for another act,
// that of the only VAT in the entry.
func (l *loader) rateOf(e ledger.Posted, category string) (vat.Rate, error) {
	id := e.ID
	if e.Reverses != "" {
		id = e.Reverses
	}
	if _, read := l.rates[id]; !read {
		if err := l.readRates(e, id); err != nil {
			return 0, err
		}
	}
	if rate, known := l.rates[id][category]; known {
		return rate, nil
	}
	return l.labels[category].Rate, nil
}

func (l *loader) readRates(e ledger.Posted, id string) error {
	if box, on, is := daysheet.OfSource(e.Source); is {
		first, last := l.s.First, l.s.Last // the whole period at once; the day alone for the correction of an earlier one
		if on < first || on > last {
			first, last = on, on
		}
		entries, err := daysheet.EntryRates(l.q, box, first, last)
		for entry, rates := range entries {
			l.rates[entry] = rates
		}
		if _, found := l.rates[id]; found || err != nil {
			return err
		}
	}
	posted, err := ledger.Get(l.q, id)
	if err != nil {
		return err
	}
	l.rates[id] = soleRate(posted.Lines)
	return nil
}

// soleRate gives every category of an entry the rate of its only VAT line; with none or several the catalogue decides.
func soleRate(lines []ledger.PostedLine) map[string]vat.Rate {
	found := map[vat.Rate]bool{}
	var sole vat.Rate
	for _, line := range lines {
		if strings.HasPrefix(line.Account, "vat/") {
			if rate, err := rateIn(line.Account); err == nil {
				found[rate], sole = true, rate
			}
		}
	}
	rates := map[string]vat.Rate{}
	if len(found) != 1 {
		return rates
	}
	for _, line := range lines {
		if strings.HasPrefix(line.Account, "sale/") {
			rates[line.Account[strings.LastIndexByte(line.Account, '/')+1:]] = sole
		}
	}
	return rates
}

// rateIn is the rate at the end of the key of an account.
func rateIn(key string) (vat.Rate, error) {
	n, err := strconv.ParseInt(key[strings.LastIndexByte(key, '/')+1:], 10, 64)
	return vat.Rate(n), err
}

// collected reads the VAT on sales.
func (l *loader) collected() error {
	return l.lines("vat/", func(line ledger.StatementLine, box, _ string) error {
		rate, err := rateIn(line.Account)
		l.detail(line, Tax, box, rate, line.Memo, -line.Amount)
		return err
	})
}

// deductible reads the VAT on expenses.
func (l *loader) deductible() error {
	return l.lines("inputvat/", func(line ledger.StatementLine, box, _ string) error {
		rate, err := rateIn(line.Account)
		l.detail(line, Input, box, rate, line.Memo, line.Amount)
		return err
	})
}

// sum adds the details up into the lines of the form.
func (l *loader) sum() {
	type key struct {
		code string
		rate vat.Rate
	}
	rows, inputs := map[key]*Row{}, map[vat.Rate]*Row{}
	for _, d := range l.s.Details {
		if d.Part == Input {
			if inputs[d.Rate] == nil {
				inputs[d.Rate] = &Row{Code: d.Code, Label: "Autres biens et services", Rate: d.Rate}
			}
			inputs[d.Rate].Tax += d.Amount
			continue
		}
		k := key{d.Code, d.Rate}
		if rows[k] == nil {
			rows[k] = &Row{Code: d.Code, Label: BoxOf(l.zones[d.Box], d.Rate, d.On).Label, Rate: d.Rate}
		}
		if d.Part == Base {
			rows[k].Base += d.Amount
		} else {
			rows[k].Tax += d.Amount
		}
	}
	l.s.Rows, l.s.Inputs = sorted(rows), sorted(inputs)
}

func sorted[K comparable](rows map[K]*Row) []Row {
	var list []Row
	for _, r := range rows {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b Row) int { return cmp.Or(cmp.Compare(b.Rate, a.Rate), cmp.Compare(a.Code, b.Code)) })
	return list
}

// control reads the same amounts another way: the difference of the balances the ledger keeps of the accounts.
func (l *loader) control() error {
	var total [3]Control
	for i, c := range []struct {
		part   Part
		prefix string
		label  string
		sign   money.Amount
	}{{Base, "sale/", "Ventes hors taxes", -1}, {Tax, "vat/", "TVA collectée", -1}, {Input, "inputvat/", "TVA déductible", 1}} {
		before, err := ledger.BalancesOn(l.q, c.prefix, l.s.First.Add(-1))
		if err != nil {
			return err
		}
		after, err := ledger.BalancesOn(l.q, c.prefix, l.s.Last)
		if err != nil {
			return err
		}
		total[i].Label = c.label
		for key, balance := range after {
			box, _, _ := strings.Cut(strings.TrimPrefix(key, c.prefix), "/")
			if _, ours := l.s.Boxes[box]; ours {
				total[i].Balances += c.sign * (balance - before[key])
			}
		}
		for _, d := range l.s.Details {
			if d.Part == c.part {
				total[i].Lines += d.Amount
			}
		}
	}
	l.s.Controls = total[:]
	return nil
}
