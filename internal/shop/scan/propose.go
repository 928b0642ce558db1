package scan

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
)

// Target is what a line may count in.
type Target struct{ ID, Label, Group string }

// Registers are what the lines of a ticket are matched with.
type Registers struct {
	Setup  daysheet.Setup
	Labels map[string]string // what a person said: label, bare → target
}

// Targets are what a line may count in, in the order of the list.
func (r Registers) Targets() []Target {
	list := []Target{{leftOut, "Laisser cette ligne", ""}}
	for _, c := range r.Setup.Categories {
		list = append(list, Target{daysheet.FieldSale + c.ID, c.Label, "Ventes TTC"})
	}
	for _, m := range r.Setup.Methods {
		list = append(list, Target{daysheet.FieldTaken + m.ID, m.Label, "Règlements"})
	}
	o := r.Setup.Settings.Options
	list = append(list, Target{daysheet.FieldSalesCount, "Nombre de ventes", "Autres chiffres"})
	if o.Customers {
		list = append(list, Target{daysheet.FieldCustomers, "Nombre de clients", "Autres chiffres"})
	}
	if o.Vouchers {
		list = append(list, Target{daysheet.FieldVouchers, "Bons cadeaux vendus", "Autres chiffres"})
	}
	return append(list, Target{inTotal, "Total des ventes", "Contrôles"}, Target{inPaid, "Total des règlements", "Contrôles"}, Target{inTax, "TVA", "Contrôles"})
}

// known tells whether a target is one of the list; "" is none yet.
func (r Registers) known(target string) bool {
	return slices.ContainsFunc(r.Targets(), func(t Target) bool { return t.ID == target })
}

// counted tells whether what a target takes is a whole number rather than an amount.
func counted(target string) bool {
	return target == daysheet.FieldSalesCount || target == daysheet.FieldCustomers
}

// Row is a line of the ticket as it is proposed.
type Row struct {
	N      int    // its place among the lines read
	Read   string // the line as it was read
	Value  string // the amount or number, as one types it; "" when it does not read
	Target string // "" when nobody knows
	Trust  Trust
	label  string // to be remembered
	guess  string // the target without what was remembered
}

// Proposal is what a photo would bring to the day.
type Proposal struct {
	Z     Row // the number of the ticket; its N is −1
	Dated found
	Date  string // ISO, "" when none is read
	Rows  []Row  // what counts, or waits to be told
	Aside []Row  // figures left out
}

// fieldZ is the name of the number of the ticket in the form.
const fieldZ = "z"

func amountName(n int) string { return "montant-" + strconv.Itoa(n) }

func targetName(n int) string { return "cible-" + strconv.Itoa(n) }

// Propose works out what the lines of a photo bring to a day. typed is a form that comes back, nil the first time.
func Propose(s Scan, r Registers, typed url.Values) Proposal {
	t := readTicket(s.Lines)
	p := Proposal{Z: Row{N: -1, Read: t.z.text, Value: t.z.value, Target: fieldZ, Trust: trust(t.z.sure)}, Dated: t.dated, Date: string(t.on)}
	if t.z.value == "" {
		p.Z.Trust = Unread
	}
	if typed != nil {
		p.Z.Value = strings.TrimSpace(typed.Get(fieldZ))
	}
	rows := r.rows(t)
	for _, row := range rows {
		if typed != nil && typed.Has(targetName(row.N)) {
			row.Value, row.Target = strings.TrimSpace(typed.Get(amountName(row.N))), typed.Get(targetName(row.N))
			if !r.known(row.Target) {
				row.Target = ""
			}
		}
		if row.Target == leftOut {
			p.Aside = append(p.Aside, row)
		} else {
			p.Rows = append(p.Rows, row)
		}
	}
	return p
}

// rows are the lines that hold a figure or should.
func (r Registers) rows(t ticket) []Row {
	var rows []Row
	for _, line := range t.lines {
		if row, worth := r.row(line); worth {
			rows = append(rows, row)
		}
	}
	r.settle(rows, t)
	for i := range rows {
		rows[i].guess = rows[i].Target
		if told, is := r.Labels[rows[i].label]; is && r.known(told) {
			rows[i].Target = told
		}
	}
	return rows
}

// row proposes what a line counts in, and how much.
func (r Registers) row(p printed) (Row, bool) {
	row := Row{N: p.n, Read: p.text, label: p.bare}
	target, weight := r.target(p)
	last, has := p.amount()
	switch target {
	case inTax:
		last, has = p.tax()
	case byRate:
		last, has = p.gross()
	}
	switch {
	case counted(target) && p.count != "":
		row.Value, row.Target, row.Trust = trimZeros(p.count), target, trust(p.certain)
		return row, true
	case has:
		row.Value, row.Target = locale.Input(last.amount), target
		sure := last.sure
		if last.repaired || weight == fuzzy {
			sure = min(sure, sureFrom-1)
		}
		row.Trust = trust(sure)
		return row, true
	case p.in != nowhere && p.count == "" && (strings.HasPrefix(target, daysheet.FieldSale) || strings.HasPrefix(target, daysheet.FieldTaken)):
		row.Target = target // its amount does not read
		return row, true
	}
	return row, false
}

func trimZeros(count string) string {
	if short := strings.TrimLeft(count, "0"); short != "" {
		return short
	}
	return "0"
}

// byRate stands for the category of a rate until the whole ticket is known.
const byRate = "taux"

// How a label was matched.
type weight int

const (
	word  weight = iota // by a word that leaves no doubt
	fuzzy               // within the mistakes of a reading
)

// target is what a line counts in by its words.
func (r Registers) target(p printed) (string, weight) {
	switch {
	case p.bare == "" || says(p.bare, controlWords[leftOut]):
		return leftOut, word
	case says(p.bare, []string{"total", "chiffre d affaires", "ca ttc", "ca brut", "ventes ttc", "net ttc", "recette"}):
		return p.whole(), word
	case says(p.bare, controlWords[inTax]) || p.in == ofTax && p.rated:
		return inTax, word
	}
	if target, length := r.best(p); length > 0 {
		if length == len(p.bare)-1 {
			return target, fuzzy
		}
		return target, word
	}
	switch {
	case p.count != "" && said(p.bare, customerWords):
		return r.customers(), word
	case p.count != "" && said(p.bare, countWords):
		return daysheet.FieldSalesCount, word
	case p.rated && says(p.bare, []string{"ttc", "ventes", "ca", "taux"}):
		return byRate, word
	case p.in == ofSales || p.in == ofPaid:
		return "", word
	}
	return leftOut, word
}

func said(label string, list []string) bool {
	return slices.ContainsFunc(list, func(word string) bool { return alike(label, word) > 0 })
}

// whole is what a total adds up.
func (p printed) whole() string {
	switch {
	case slices.Contains(strings.Fields(p.bare), "ht"):
		return leftOut
	case p.rated && !says(p.bare, controlWords[inTax]):
		return byRate
	case says(p.bare, controlWords[inTax]):
		return inTax
	case says(p.bare, controlWords[inPaid]) || p.in == ofPaid:
		return inPaid
	case p.in == ofTax:
		return inTax
	case len(p.amounts) == 0 && said(strings.TrimPrefix(p.bare, "total "), countWords):
		return daysheet.FieldSalesCount
	}
	return inTotal
}

// customers is where a number of customers counts: tills print one for the number of sales as well.
func (r Registers) customers() string {
	if r.Setup.Settings.Options.Customers {
		return daysheet.FieldCustomers
	}
	return daysheet.FieldSalesCount
}

// best is the category or method whose name a label says best; in a part of the ticket, what belongs there wins a draw.
func (r Registers) best(p printed) (target string, length int) {
	try := func(id string, length2 int) {
		if length2 > length {
			target, length = id, length2
		}
	}
	methods := func() {
		for _, m := range r.Setup.Methods {
			try(daysheet.FieldTaken+m.ID, alike(p.bare, bare(m.Label)))
		}
		for _, m := range r.Setup.Methods {
			for _, w := range tender.Kind(m.Kind).Words() {
				try(daysheet.FieldTaken+m.ID, alike(p.bare, bare(w)))
			}
		}
	}
	categories := func() {
		for _, c := range r.Setup.Categories {
			try(daysheet.FieldSale+c.ID, alike(p.bare, bare(c.Label)))
		}
	}
	if p.in == ofPaid {
		methods()
		if length == 0 {
			categories()
		}
		return target, length
	}
	categories()
	if p.in != ofSales || length == 0 {
		methods()
	}
	return target, length
}

// settle decides what only the whole ticket tells: one total of each kind is a control, sums by rate go to the category of the rate when the
// ticket has no line for it, a number of customers is one of sales when nothing else is.
func (r Registers) settle(rows []Row, t ticket) {
	taken, rates := map[string]int{}, map[int]vat.Rate{}
	for _, line := range t.lines {
		if line.rated {
			rates[line.n] = line.rate
		}
	}
	for i := range rows {
		taken[rows[i].Target]++
		switch rows[i].Target {
		case inTotal, inPaid, daysheet.FieldSalesCount, daysheet.FieldCustomers:
			if taken[rows[i].Target] > 1 {
				rows[i].Target = leftOut
			}
		case inTax:
			if _, rated := rates[rows[i].N]; !rated && taken[inTax] > 1 {
				rows[i].Target = leftOut // the total of the lines above
			}
		}
	}
	for i := range rows {
		if rows[i].Target == byRate {
			rows[i].Target = r.ofRate(rates[rows[i].N], taken)
		}
	}
}

// ofRate is the only category of a rate, when no line names it.
func (r Registers) ofRate(rate vat.Rate, taken map[string]int) string {
	var of []catalog.SalesCategory
	for _, c := range r.Setup.Categories {
		if c.Active && c.Rate == rate {
			of = append(of, c)
		}
	}
	for _, c := range r.Setup.Categories {
		if taken[daysheet.FieldSale+c.ID] > 0 {
			return leftOut // the ticket gives its categories: rates repeat them
		}
	}
	if len(of) != 1 {
		return ""
	}
	return daysheet.FieldSale + of[0].ID
}
