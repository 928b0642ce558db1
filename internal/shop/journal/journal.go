package journal

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/tender"

	"golang.org/x/text/unicode/norm"
)

// Query chooses what a journal covers.
type Query struct {
	First, Last day.Day
	Box         string // id, "" for every box the reader may see
	Method      string // id, "" for every method that keeps money in a box
	Text        string // words to find in the lines, "" for all; balances are then those of all lines all the same
}

// Journal is the cash journal of a period.
type Journal struct {
	Query
	Accounts []Account // those that moved or are not empty, in the order of the boxes then of the methods
	Proof    Proof
}

// Account is what happened to the money of one payment method in one box.
type Account struct {
	Box              cashbox.Box
	Method           tender.Method
	Opening, Closing money.Amount // at the end of the day before the period, and of its last day
	In, Out          money.Amount // both ≥ 0
	Lines            []Line
}

// Line is a line of the journal.
type Line struct {
	On        day.Day // business date
	Seq       int64   // number of the entry
	EntryID   string
	At        time.Time // of recording
	Label     string
	Party     string // name of the third party
	Amount    money.Amount
	Balance   money.Amount // of the account after this line, in the order of the journal
	BackDated bool
	Reversed  bool // undone since
}

// In is what entered, 0 when money left.
func (l Line) In() money.Amount { return max(l.Amount, 0) }

// Out is what left, 0 when money entered.
func (l Line) Out() money.Amount { return max(-l.Amount, 0) }

// Proof ties a journal to the sealed register.
type Proof struct {
	Entries     int // entries of the document, each counted once
	First, Last Sealed
	Chains      []Chain // of the whole register, at the time of printing
}

// Sealed is an entry of the document with its record.
type Sealed struct {
	Entry   int64 // number of the entry
	Extract string
	At      time.Time
}

// Chain is a chain of the register, from its first record to its last.
type Chain struct {
	Name        string
	First, Last seal.Stored
}

// Name is how an account is called: Caisse 1, Espèces.
func (a Account) Name() string { return a.Box.Name + ", " + a.Method.Label }

// run puts after each line the balance it leaves.
func (a *Account) run() {
	balance := a.Opening
	for i := range a.Lines {
		balance += a.Lines[i].Amount
		a.Lines[i].Balance = balance
	}
}

// Totals are what all the accounts of a journal come to.
func (j Journal) Totals() (opening, in, out, closing money.Amount) {
	for _, a := range j.Accounts {
		opening, in, out, closing = opening+a.Opening, in+a.In, out+a.Out, closing+a.Closing
	}
	return opening, in, out, closing
}

// Count is the number of lines.
func (j Journal) Count() int {
	n := 0
	for _, a := range j.Accounts {
		n += len(a.Lines)
	}
	return n
}

// Find gives the journal with only the lines that hold every word of the query, and what these lines come to. Balances stay those of
// the whole journal.
func (j Journal) Find() (found Journal, in, out money.Amount) {
	words := strings.Fields(fold(j.Text))
	found = j
	found.Accounts = nil
	for _, a := range j.Accounts {
		a.Lines = slices.DeleteFunc(slices.Clone(a.Lines), func(l Line) bool { return !l.has(words) })
		for _, l := range a.Lines {
			in, out = in+l.In(), out+l.Out()
		}
		if len(a.Lines) > 0 || len(words) == 0 {
			found.Accounts = append(found.Accounts, a)
		}
	}
	return found, in, out
}

// has tells whether a line holds every word, in its label, its third party, its number or its amount.
func (l Line) has(words []string) bool {
	text := fold(strings.Join([]string{l.Label, l.Party, locale.Int(l.Seq), locale.Amount(l.Amount.Abs()), locale.Input(l.Amount.Abs()), locale.Date(l.On)}, " "))
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// fold is a text without case nor accents, as searches compare it.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == '\u00a0', r == '\u202f':
			return ' '
		case r == '’':
			return '\''
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}

// Period says a period the French way: le 20 novembre 2026, novembre 2026, du 3 au 20 novembre 2026, du 1er octobre au 20 novembre 2026.
func Period(first, last day.Day) string {
	year := func(d day.Day) string { return string(d[:4]) }
	name := func(d day.Day) string { return locale.DayOfMonth(d) + locale.NBSP + locale.MonthName(d.Month()) }
	month := func(d day.Day) string { return strings.TrimSuffix(name(d), " "+year(d)) }
	switch {
	case first == last:
		return "le " + name(first)
	case first == first.Month().First() && last == first.Month().Last():
		return locale.MonthName(first.Month())
	case first.Month() == last.Month():
		return "du " + locale.DayOfMonth(first) + " au " + name(last)
	case year(first) == year(last):
		return "du " + month(first) + " au " + name(last)
	}
	return "du " + name(first) + " au " + name(last)
}
