package ledger

import (
	"database/sql"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

// MemoSum is what the lines that bear the same words moved on an account.
type MemoSum struct {
	Account, Place, Memo string
	Net                  money.Amount // + debit, − credit
}

// MemoSums adds up, from first to last, the lines of the accounts whose key begins with prefix, for the entries whose source begins with
// source, put together by account, place and words. It tells apart what one account received for several reasons.
func MemoSums(q db.Querier, prefix, source string, first, last day.Day) ([]MemoSum, error) {
	return db.List(q, func(r *sql.Rows) (s MemoSum, err error) {
		err = r.Scan(&s.Account, &s.Place, &s.Memo, &s.Net)
		return s, err
	}, `SELECT l.account, e.place, l.memo, CAST(SUM(l.amount) AS BIGINT) FROM ledger_account a CROSS JOIN ledger_line l
		JOIN ledger_entry e ON e.company_id = l.company_id AND e.seq = l.entry_seq
		WHERE l.company_id = a.company_id AND l.account = a.key AND a.company_id = $1 AND a.key >= $2 AND a.key < $3 AND l.on_day BETWEEN $4 AND $5
		AND e.source >= $6 AND e.source < $7 GROUP BY l.account, e.place, l.memo`,
		q.Company(), prefix, upTo(prefix), string(first), string(last), source, upTo(source))
}
