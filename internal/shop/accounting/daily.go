package accounting

import (
	"cmp"
	"slices"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
)

// DayEntry is what a cash box did in a day, as one entry of the accounting program.
type DayEntry struct {
	On      day.Day
	Place   string // the box, "" for what concerns the whole company
	Journal Journal
	Piece   string
	Label   string
	Lines   []DayLine
}

// DayLine is an account in the entry of a day; an account moved both ways has a line for each.
type DayLine struct {
	Account, AccountLabel string
	Third, ThirdLabel     string
	Amount                money.Amount // + debit, − credit
}

// balance is 0 when the entry balances.
func (e DayEntry) balance() (sum money.Amount) {
	for _, l := range e.Lines {
		sum += l.Amount
	}
	return sum
}

type dayKey struct {
	on             day.Day
	place, journal string
}

type lineKey struct {
	code, third string
	debit       bool
}

// dayOf gathers the entries of a day and a box.
type dayOf struct {
	entry  DayEntry
	sheet  bool
	sums   map[lineKey]money.Amount
	labels map[lineKey][2]string
}

// Daily puts the entries of a period together, one a day, a box and a journal, in the order of days. An entry undone the same day is left
// out with what undid it: both count on the same side of their accounts, one negative.
func Daily(q db.Querier, first, last day.Day) ([]DayEntry, error) {
	b, err := loadBooks(q)
	if err != nil {
		return nil, err
	}
	return b.daily(q, first, last)
}

func (b books) daily(q db.Querier, first, last day.Day) ([]DayEntry, error) {
	days := map[dayKey]*dayOf{}
	undoes := map[string]bool{} // entry → it undoes another, rather than restores it
	err := ledger.Walk(q, first, last, func(p ledger.Posted) error {
		if b.leftOut(p) {
			return nil
		}
		if p.Reverses != "" {
			undoes[p.ID] = !undoes[p.Reverses]
		}
		j := b.journal(p)
		k := dayKey{p.On, p.Place, j.Code}
		d := days[k]
		if d == nil {
			d = &dayOf{entry: DayEntry{On: p.On, Place: p.Place, Journal: j}, sums: map[lineKey]money.Amount{}, labels: map[lineKey][2]string{}}
			days[k] = d
		}
		d.sheet = d.sheet || strings.HasPrefix(p.Source, "daysheet:")
		b.add(d, p, undoes[p.ID])
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b.sorted(days), nil
}

// add counts an entry in its day: on the side of what it undoes, when it undoes something.
func (b books) add(d *dayOf, p ledger.Posted, undoes bool) {
	for _, l := range p.Lines {
		a := b.accounts[l.Account]
		third, name := b.third(a, l.Party)
		k := lineKey{a.code, third, (l.Amount > 0) != undoes}
		d.sums[k] += l.Amount
		d.labels[k] = [2]string{firstPart(d.labels[k][0], a.label), name}
	}
}

// sorted are the days in order, each with its lines: debits, then credits, by account.
func (b books) sorted(days map[dayKey]*dayOf) []DayEntry {
	var list []DayEntry
	for k, d := range days {
		e := d.entry
		for l, sum := range d.sums {
			if sum != 0 {
				e.Lines = append(e.Lines, DayLine{l.code, d.labels[l][0], l.third, d.labels[l][1], sum})
			}
		}
		if len(e.Lines) == 0 {
			continue
		}
		slices.SortFunc(e.Lines, func(x, y DayLine) int {
			return cmp.Or(cmp.Compare(side(x), side(y)), strings.Compare(x.Account, y.Account), strings.Compare(x.Third, y.Third), cmp.Compare(y.Amount, x.Amount))
		})
		e.Piece, e.Label = b.sheetPiece(k.place, k.on), b.dayLabel(k, d.sheet)
		list = append(list, e)
	}
	slices.SortFunc(list, func(x, y DayEntry) int {
		return cmp.Or(strings.Compare(string(x.On), string(y.On)), cmp.Compare(b.boxes[x.Place].n, b.boxes[y.Place].n), strings.Compare(x.Place, y.Place), strings.Compare(x.Journal.Code, y.Journal.Code))
	})
	return list
}

func side(l DayLine) int {
	if l.Amount > 0 {
		return 0
	}
	return 1
}

// dayLabel says what the entry of a day is.
func (b books) dayLabel(k dayKey, sheet bool) string {
	what := "Opérations"
	if sheet {
		what = "Recettes"
	}
	label := what + " du " + locale.Date(k.on)
	if one, known := b.boxes[k.place]; known && len(b.boxes) > 1 {
		label += " " + one.Name
	}
	return label
}
