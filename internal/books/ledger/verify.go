package ledger

import (
	"fmt"

	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/number"
)

// Counts is how much Verify walked through.
type Counts struct{ Entries, Lines, Accounts, Days int }

// Verify walks the whole ledger of the handle’s company and names the first fault: an entry out of balance, a number missing,
// a balance after a line, at the end of a day or at present that is not the sum of the lines.
func Verify(q db.Querier) (Counts, error) {
	w := walk{q: q, current: map[string]money.Amount{}, days: map[dayKey]*DayTotal{}}
	if err := w.entries(); err != nil {
		return w.counts, err
	}
	if err := w.dayTotals(); err != nil {
		return w.counts, err
	}
	if err := w.accounts(); err != nil {
		return w.counts, err
	}
	account, err := wrongLastDay(q)
	if err == nil && account != "" {
		err = fmt.Errorf("ledger: account %s keeps a last day that is not the last of its totals", account)
	}
	return w.counts, err
}

type dayKey struct {
	account string
	on      string
}

type walk struct {
	q       db.Querier
	counts  Counts
	n       int64 // number in its entry of the line met last
	current map[string]money.Amount
	days    map[dayKey]*DayTotal
}

// entries replays every line in the order of recording.
func (w *walk) entries() error {
	var seq int64
	var sum money.Amount
	err := eachLine(w.q, func(l replayed) error {
		if l.seq != seq {
			if sum != 0 {
				return fmt.Errorf("ledger: entry n° %d is out of balance by %d cents", seq, sum)
			}
			if l.seq != seq+1 {
				return fmt.Errorf("ledger: entry n° %d is missing", seq+1)
			}
			seq, w.n, w.counts.Entries = l.seq, 0, w.counts.Entries+1
		}
		if l.n == 0 {
			return fmt.Errorf("ledger: entry n° %d has no line", l.seq)
		}
		w.counts.Lines++
		sum += l.amount
		return w.line(l)
	})
	if err != nil {
		return err
	}
	if sum != 0 {
		return fmt.Errorf("ledger: entry n° %d is out of balance by %d cents", seq, sum)
	}
	return w.lastNumber(seq)
}

func (w *walk) line(l replayed) error {
	if w.n++; l.n != w.n {
		return fmt.Errorf("ledger: entry n° %d line %d is missing", l.seq, w.n)
	}
	if l.on != l.entryOn {
		return fmt.Errorf("ledger: entry n° %d line %d bears the date %s, its entry %s", l.seq, l.n, l.on, l.entryOn)
	}
	w.current[l.account] += l.amount
	if w.current[l.account] != l.after {
		return fmt.Errorf("ledger: entry n° %d line %d says account %s stood at %d cents after it; the lines come to %d", l.seq, l.n, l.account, l.after, w.current[l.account])
	}
	key := dayKey{l.account, string(l.on)}
	t := w.days[key]
	if t == nil {
		t = &DayTotal{Account: l.account, On: l.on}
		w.days[key] = t
	}
	if l.amount > 0 {
		t.Debit += l.amount
	} else {
		t.Credit -= l.amount
	}
	return nil
}

func (w *walk) lastNumber(seq int64) error {
	last, err := number.Last(w.q, Series)
	if err == nil && last != seq {
		return fmt.Errorf("ledger: the series gave numbers up to %d, the last entry is n° %d", last, seq)
	}
	return err
}

// dayTotals checks each day kept against the lines: totals of the day, and balance = balance of the day before + lines of the day.
func (w *walk) dayTotals() error {
	var account string
	var balance money.Amount
	err := eachDay(w.q, func(t DayTotal) error {
		if t.Account != account {
			account, balance = t.Account, 0
		}
		key := dayKey{t.Account, string(t.On)}
		want := w.days[key]
		if want == nil {
			return fmt.Errorf("ledger: account %s has totals on %s and no line that day", t.Account, t.On)
		}
		balance += want.Debit - want.Credit
		if t.Debit != want.Debit || t.Credit != want.Credit || t.Balance != balance {
			return fmt.Errorf("ledger: account %s on %s keeps debit %d, credit %d, balance %d; the lines come to %d, %d, %d", t.Account, t.On, t.Debit, t.Credit, t.Balance, want.Debit, want.Credit, balance)
		}
		delete(w.days, key)
		w.counts.Days++
		return nil
	})
	if err != nil {
		return err
	}
	for key := range w.days {
		return fmt.Errorf("ledger: account %s has lines on %s and no totals that day", key.account, key.on)
	}
	return nil
}

// accounts checks present balances, and that the sum over all accounts is zero.
func (w *walk) accounts() error {
	list, err := Accounts(w.q, "")
	if err != nil {
		return err
	}
	var sum money.Amount
	for _, a := range list {
		if a.Balance != w.current[a.Key] {
			return fmt.Errorf("ledger: account %s keeps a balance of %d cents; its lines come to %d", a.Key, a.Balance, w.current[a.Key])
		}
		if a.NeverNegative && a.Balance*money.Amount(a.Sense) < 0 {
			return fmt.Errorf("ledger: account %s may not be negative and stands at %d cents", a.Key, a.Balance)
		}
		delete(w.current, a.Key)
		sum += a.Balance
		w.counts.Accounts++
	}
	for key := range w.current {
		return fmt.Errorf("ledger: lines name account %s, which does not exist", key)
	}
	if sum != 0 {
		return fmt.Errorf("ledger: the balances of all accounts come to %d cents instead of zero", sum)
	}
	return nil
}

// Content rebuilds, from the tables, the bytes that were sealed for an entry.
func Content(q db.Querier, entryID string) ([]byte, error) {
	p, err := Get(q, entryID)
	if err != nil {
		return nil, err
	}
	return p.canonical(), nil
}
