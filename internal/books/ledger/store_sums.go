package ledger

import (
	"database/sql"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

// DaySum is what moved in a day on several accounts together.
type DaySum struct {
	Part string // what the keys of the accounts have in common after the prefix
	On   day.Day
	Net  money.Amount // + debit, − credit
}

// DaySums adds up, day by day from first to last, the accounts whose key begins with prefix, put together by the length characters that
// follow it: a cash box, for the sales of each. A day without any entry is absent. The cross join keeps SQLite from walking every day of
// the company: it goes from each account to its days.
func DaySums(q db.Querier, prefix string, length int, first, last day.Day) ([]DaySum, error) {
	return db.List(q, func(r *sql.Rows) (s DaySum, err error) {
		err = r.Scan(&s.Part, &s.On, &s.Net)
		return s, err
	}, `SELECT SUBSTR(a.key, CAST($6 AS INTEGER), CAST($7 AS INTEGER)) AS part, d.on_day, CAST(SUM(d.debit - d.credit) AS BIGINT)
		FROM ledger_account a CROSS JOIN ledger_day d
		WHERE a.company_id = $1 AND a.key >= $2 AND a.key < $3 AND d.company_id = $1 AND d.account = a.key AND d.on_day BETWEEN $4 AND $5 GROUP BY part, d.on_day`,
		q.Company(), prefix, upTo(prefix), string(first), string(last), int64(len(prefix)+1), int64(length))
}
