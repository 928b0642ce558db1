package ledger

import (
	"database/sql"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

// replayed is one line met while walking the ledger in the order of recording. n is 0 for an entry without line.
type replayed struct {
	seq, n        int64
	entryOn, on   day.Day
	account       string
	amount, after money.Amount
}

func eachLine(q db.Querier, fn func(replayed) error) error {
	return db.Each(q, func(r *sql.Rows) error {
		var l replayed
		if err := r.Scan(&l.seq, &l.entryOn, &l.n, &l.on, &l.account, &l.amount, &l.after); err != nil {
			return err
		}
		return fn(l)
	}, `SELECT e.seq, e.on_day, COALESCE(l.n, 0), COALESCE(l.on_day, e.on_day), COALESCE(l.account, ''), COALESCE(l.amount, 0), COALESCE(l.balance_after, 0)
		FROM ledger_entry e LEFT JOIN ledger_line l ON l.company_id = e.company_id AND l.entry_seq = e.seq
		WHERE e.company_id = $1 ORDER BY e.seq, l.n`, q.Company())
}

func eachDay(q db.Querier, fn func(DayTotal) error) error {
	return db.Each(q, func(r *sql.Rows) error {
		var t DayTotal
		if err := r.Scan(&t.Account, &t.On, &t.Debit, &t.Credit, &t.Balance); err != nil {
			return err
		}
		return fn(t)
	}, `SELECT account, on_day, debit, credit, balance FROM ledger_day WHERE company_id = $1 ORDER BY account, on_day`, q.Company())
}

// wrongLastDay is the first account whose last day is not that of its day totals, "" when there is none.
func wrongLastDay(q db.Querier) (account string, err error) {
	err = q.Row(`SELECT COALESCE(MIN(a.key), '') FROM ledger_account a WHERE a.company_id = $1
		AND a.last_day <> COALESCE((SELECT MAX(d.on_day) FROM ledger_day d WHERE d.company_id = $1 AND d.account = a.key), '')`, q.Company()).Scan(&account)
	return account, err
}

// EachID calls fn with the id of every entry, in order, so that the seal can tell whether each was sealed.
func EachID(q db.Querier, fn func(entryID string) error) error {
	return db.Each(q, func(r *sql.Rows) error {
		var entryID string
		if err := r.Scan(&entryID); err != nil {
			return err
		}
		return fn(entryID)
	}, `SELECT id FROM ledger_entry WHERE company_id = $1 ORDER BY seq`, q.Company())
}
