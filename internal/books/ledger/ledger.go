// Package ledger is the courtyard every room opens on: one room posts what happened, another reads the balance.
//
// Every act that moves value posts one balanced entry (écriture). Entries are never changed nor deleted: what was wrong is
// reversed by another entry. Balances are read, never summed: the current balance of each account and its balance at the
// end of each day are kept by the posting itself, so that reading one costs the same with ten entries or ten million.
//
// An account is named by a key one grain finer than the chart: box/<cash box>/<method>, sale/<cash box>/<category>… The chart
// code it carries groups accounts for the accountant. Amounts are signed cents: + debit, − credit.
package ledger

import (
	"fmt"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

// Sense is the side on which an account normally stands.
type Sense int

// The two sides.
const (
	Debit  Sense = 1
	Credit Sense = -1
)

// Account is a place where value stands.
type Account struct {
	Key           string // box/<id>/<method>…
	Code          string // of the chart, at the time the account was last opened
	Label         string
	Sense         Sense
	NeverNegative bool // every posting that would leave it on its wrong side is refused
	Balance       money.Amount
}

// Line moves an amount on an account.
type Line struct {
	Account string
	Amount  money.Amount // + debit, − credit, never 0
	Party   string       // id of the customer or supplier, "" when there is none
	Memo    string
}

// Entry is what is asked to be posted.
type Entry struct {
	ID       string  // UUIDv7 of the act; made here when empty
	On       day.Day // business date
	Kind     string  // of act: daysheet, movement, opening, reversal…
	Source   string  // the act: kind:id
	Place    string  // cash box whose days lock, "" for the company
	By       string  // user id
	Item     string  // cash-flow item, when the act has one
	Memo     string
	Reverses string    // id of the entry it undoes
	Corrects string    // id of the entry it corrects
	Evidence string    // digest of what the act says beyond its lines: see Evidence
	Today    day.Day   // business date of the place at the moment of posting; an earlier On is back-dated. Empty: not checked
	Accounts []Account // those the lines need, opened when they are not yet; their code and label follow the chart
	Lines    []Line
	// KeepAboveZero names accounts this entry must leave on their right side at the end of its day. Later days are not looked at: what was
	// spent on them is often written before what was sold.
	KeepAboveZero []string
}

// PostedLine is a line with the balance its account had just after it, in the order of recording.
type PostedLine struct {
	Line
	BalanceAfter money.Amount
}

// Posted is an entry as it stands in the ledger.
type Posted struct {
	Seq       int64 // number in the company’s ledger, without hole
	ID        string
	On        day.Day
	At        time.Time
	Kind      string
	Source    string
	Place     string
	By        string
	Item      string
	Memo      string
	Reverses  string
	Corrects  string
	Evidence  string // "" of an entry posted before there was any
	BackDated bool
	Lines     []PostedLine
}

// DayTotal is what moved on an account in a day, and its balance at the end of it.
type DayTotal struct {
	Account       string
	On            day.Day
	Debit, Credit money.Amount // both ≥ 0
	Balance       money.Amount
}

const maxLines = 2000

// check refuses an entry that is not whole. What it refuses is a defect of the caller, except an amount out of range.
func (e Entry) check() error {
	if len(e.Lines) < 2 || len(e.Lines) > maxLines {
		return fmt.Errorf("ledger: an entry of %d lines", len(e.Lines))
	}
	if _, err := day.Parse(string(e.On)); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	if e.Kind == "" || e.Source == "" || e.By == "" {
		return fmt.Errorf("ledger: an entry says its kind, its source and its author: %+v", e)
	}
	var sum money.Amount
	for _, l := range e.Lines {
		if l.Amount == 0 || l.Account == "" {
			return fmt.Errorf("ledger: line without amount or account in %s", e.Source)
		}
		if !l.Amount.InRange() {
			return fault.New(fault.Invalid, "Un montant dépasse ce que le programme accepte (dix milliards d’euros).")
		}
		sum += l.Amount
	}
	if sum != 0 {
		return fmt.Errorf("ledger: entry %s is out of balance by %d", e.Source, sum)
	}
	return nil
}

func belowZero(a Account, balance money.Amount, on day.Day) error {
	return fault.Newf(fault.Invalid, "%s\u00a0: le solde deviendrait négatif (%s) le %s. Vérifiez le montant et la date.", a.Label, locale.Euro(balance*money.Amount(a.Sense)), locale.Date(on))
}
