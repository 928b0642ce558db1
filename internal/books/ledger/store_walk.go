package ledger

import (
	"database/sql"
	"fmt"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

// walkChunk is how many numbers of entries are read at once when many entries are walked through: what it takes of memory is bounded by it.
const walkChunk = 4000

// Walk calls fn with every entry of a period, in the order they were recorded, with its lines without the balance after them. However
// many there are, few are held at a time: fn must not keep what it is given, and does not use the handle.
func Walk(q db.Querier, first, last day.Day, fn func(Posted) error) error {
	var low, high int64
	err := q.Row(`SELECT COALESCE(MIN(seq), 0), COALESCE(MAX(seq), -1) FROM ledger_entry WHERE company_id = $1 AND on_day BETWEEN $2 AND $3`, q.Company(), string(first), string(last)).Scan(&low, &high)
	if err != nil {
		return err
	}
	var entries []Posted
	var lines []PostedLine // of all the entries of a chunk, one after the other: the same room serves every chunk
	var ends []int
	for ; low <= high; low += walkChunk {
		to := min(high, low+walkChunk-1)
		entries, lines, ends = entries[:0], lines[:0], ends[:0]
		err := db.Each(q, func(r *sql.Rows) error {
			p, err := scanEntry(r)
			entries = append(entries, p)
			return err
		}, `SELECT `+entryColumns+` FROM ledger_entry WHERE company_id = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq`, q.Company(), low, to)
		if err != nil {
			return err
		}
		if lines, ends, err = linesBetween(q, entries, lines, ends, low, to); err != nil {
			return err
		}
		start := 0
		for i := range entries {
			p := entries[i]
			p.Lines = lines[start:ends[i]]
			start = ends[i]
			if p.On < first || p.On > last {
				continue
			}
			if err := fn(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// linesBetween reads the lines of consecutive entries: ends says where those of each end.
func linesBetween(q db.Querier, entries []Posted, lines []PostedLine, ends []int, low, high int64) ([]PostedLine, []int, error) {
	var seq int64
	at := 0
	err := db.Each(q, func(r *sql.Rows) error {
		var l PostedLine
		if err := r.Scan(&seq, &l.Account, &l.Amount, &l.Party, &l.Memo); err != nil {
			return err
		}
		for at < len(entries) && entries[at].Seq < seq {
			ends = append(ends, len(lines))
			at++
		}
		if at == len(entries) || entries[at].Seq != seq {
			return fmt.Errorf("ledger: a line of entry %d, which does not exist", seq)
		}
		lines = append(lines, l)
		return nil
	}, `SELECT entry_seq, account, amount, party, memo FROM ledger_line WHERE company_id = $1 AND entry_seq BETWEEN $2 AND $3 ORDER BY entry_seq, n`, q.Company(), low, high)
	for len(ends) < len(entries) {
		ends = append(ends, len(lines))
	}
	return lines, ends, err
}

// EntryDays are the first and the last day of each calendar month that has entries, in order: what financial years are found from.
func EntryDays(q db.Querier) ([]day.Day, error) {
	var days []day.Day
	err := db.Each(q, func(r *sql.Rows) error {
		var first, last day.Day
		if err := r.Scan(&first, &last); err != nil {
			return err
		}
		if days = append(days, first); last != first {
			days = append(days, last)
		}
		return nil
	}, `SELECT MIN(on_day) AS first, MAX(on_day) FROM ledger_entry WHERE company_id = $1 GROUP BY SUBSTR(on_day, 1, 7) ORDER BY first`, q.Company())
	return days, err
}

// Move is what a line moved on an account, with what tells its reason.
type Move struct {
	Account          string
	On               day.Day
	Amount           money.Amount // + debit, − credit
	Memo             string
	Place            string // of its entry
	Source, Reverses string
}

// Moves calls fn with each line, from first to last, of the accounts whose key begins with prefix, in no order. It reads less of each line than
// Statement: use it to add up. fn must not use the handle.
func Moves(q db.Querier, prefix string, first, last day.Day, fn func(Move)) error {
	return db.Each(q, func(r *sql.Rows) error {
		var m Move
		err := r.Scan(&m.Account, &m.On, &m.Amount, &m.Memo, &m.Place, &m.Source, &m.Reverses)
		if err == nil {
			fn(m)
		}
		return err
	}, `SELECT l.account, l.on_day, l.amount, l.memo, e.place, e.source, e.reverses FROM ledger_account a CROSS JOIN ledger_line l
		JOIN ledger_entry e ON e.company_id = l.company_id AND e.seq = l.entry_seq
		WHERE l.company_id = a.company_id AND l.account = a.key AND a.company_id = $1 AND a.key >= $2 AND a.key < $3 AND l.on_day BETWEEN $4 AND $5`,
		q.Company(), prefix, upTo(prefix), string(first), string(last))
}
