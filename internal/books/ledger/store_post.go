package ledger

import (
	"database/sql"
	"fmt"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

// Open makes sure that accounts exist, with the code and label they have now in the chart. It keeps their balances.
func Open(tx *db.Tx, accounts ...Account) error {
	for len(accounts) > 100 {
		if err := Open(tx, accounts[:100]...); err != nil {
			return err
		}
		accounts = accounts[100:]
	}
	if len(accounts) == 0 {
		return nil
	}
	args, named := []any{tx.Company()}, map[string]bool{}
	var rows []string
	for _, a := range accounts {
		if named[a.Key] {
			continue // PostgreSQL refuses to touch a row twice in one statement
		}
		named[a.Key] = true
		n := len(args)
		rows = append(rows, fmt.Sprintf("($1, $%d, $%d, $%d, $%d, $%d)", n+1, n+2, n+3, n+4, n+5))
		args = append(args, a.Key, a.Code, a.Label, int64(a.Sense), a.NeverNegative)
	}
	_, err := tx.Exec(`INSERT INTO ledger_account (company_id, key, code, label, sense, never_negative) VALUES `+strings.Join(rows, ", ")+`
		ON CONFLICT (company_id, key) DO UPDATE SET code = excluded.code, label = excluded.label
		WHERE ledger_account.code <> excluded.code OR ledger_account.label <> excluded.label`, args...)
	return err
}

// moveAccounts moves those of the accounts that exist, each by a net and up to a day, and gives them as they are after it.
func moveAccounts(tx *db.Tx, keys []string, by func(key string) (net money.Amount, on day.Day)) (map[string]moved, error) {
	args := []any{tx.Company()}
	rows := make([]string, len(keys))
	for i, key := range keys {
		n := len(args)
		net, on := by(key)
		rows[i] = fmt.Sprintf("(CAST($%d AS TEXT), CAST($%d AS BIGINT), CAST($%d AS TEXT))", n+1, n+2, n+3)
		args = append(args, key, int64(net), string(on))
	}
	done := make(map[string]moved, len(keys))
	err := db.Each(tx, func(r *sql.Rows) error {
		var m moved
		err := r.Scan(&m.Key, &m.Balance, &m.Code, &m.Label, &m.Sense, &m.NeverNegative, &m.lastDay)
		done[m.Key] = m
		return err
	}, `WITH moves (account, net, on_day) AS (VALUES `+strings.Join(rows, ", ")+`)
		UPDATE ledger_account SET balance = balance + moves.net, last_day = CASE WHEN last_day < moves.on_day THEN moves.on_day ELSE last_day END
		FROM moves WHERE company_id = $1 AND key = moves.account RETURNING key, balance, code, label, sense, never_negative, last_day`, args...)
	return done, err
}

func accountOf(tx *db.Tx, key string) (moved, error) {
	m := moved{Account: Account{Key: key}}
	err := tx.Row(`SELECT balance, code, label, sense, never_negative, last_day FROM ledger_account WHERE company_id = $1 AND key = $2`, tx.Company(), key).
		Scan(&m.Balance, &m.Code, &m.Label, &m.Sense, &m.NeverNegative, &m.lastDay)
	return m, err
}

// moveDays moves the totals of one day, and the balances at the end of it.
func moveDays(tx *db.Tx, keys []dayKey, moves map[dayKey]move) error {
	args := []any{tx.Company(), string(keys[0].on)}
	rows := make([]string, len(keys))
	for i, key := range keys {
		n, m := len(args), moves[key]
		rows[i] = fmt.Sprintf(`($1, $%[1]d, $2, $%[2]d, $%[3]d, CAST($%[2]d AS BIGINT) - CAST($%[3]d AS BIGINT) + COALESCE((SELECT d.balance FROM ledger_day d
			WHERE d.company_id = $1 AND d.account = $%[1]d AND d.on_day < $2 ORDER BY d.on_day DESC LIMIT 1), 0))`, n+1, n+2, n+3)
		args = append(args, key.account, int64(m.debit), int64(m.credit))
	}
	_, err := tx.Exec(`INSERT INTO ledger_day (company_id, account, on_day, debit, credit, balance) VALUES `+strings.Join(rows, ", ")+`
		ON CONFLICT (company_id, account, on_day) DO UPDATE SET debit = ledger_day.debit + excluded.debit, credit = ledger_day.credit + excluded.credit,
		balance = ledger_day.balance + excluded.debit - excluded.credit`, args...)
	return err
}

// moveLaterDays moves the balances at the end of the days after one.
func moveLaterDays(tx *db.Tx, key string, net money.Amount, on day.Day) error {
	_, err := tx.Exec(`UPDATE ledger_day SET balance = balance + $4 WHERE company_id = $1 AND account = $2 AND on_day > $3`, tx.Company(), key, string(on), int64(net))
	return err
}

// lowestSince is the lowest end-of-day balance of an account, on its own side, from a day on.
func lowestSince(tx *db.Tx, a Account, on day.Day, later bool) (worst money.Amount, worstOn day.Day, err error) {
	if !later {
		err = tx.Row(`SELECT balance, on_day FROM ledger_day WHERE company_id = $1 AND account = $2 AND on_day = $3`, tx.Company(), a.Key, string(on)).Scan(&worst, &worstOn)
		return worst, worstOn, err
	}
	err = tx.Row(`SELECT balance, on_day FROM ledger_day WHERE company_id = $1 AND account = $2 AND on_day >= $3 ORDER BY balance * $4, on_day LIMIT 1`,
		tx.Company(), a.Key, string(on), int64(a.Sense)).Scan(&worst, &worstOn)
	return worst, worstOn, err
}

func insertEntries(tx *db.Tx, entries []Posted) error {
	var rows, lines [][]any
	for _, p := range entries {
		rows = append(rows, []any{p.Seq, p.ID, string(p.On), p.At.UnixMicro(), p.Kind, p.Source, p.Place, p.By, p.Item, p.Memo, p.Reverses, p.Corrects, p.BackDated, p.Evidence})
		for n, l := range p.Lines {
			lines = append(lines, []any{p.Seq, string(p.On), int64(n + 1), l.Account, int64(l.Amount), l.Party, l.Memo, int64(l.BalanceAfter)})
		}
	}
	if err := tx.Insert(`ledger_entry`, `seq, id, on_day, at, kind, source, place, by_user, item, memo, reverses, corrects, back_dated, evidence`, rows); err != nil {
		return err
	}
	return tx.Insert(`ledger_line`, `entry_seq, on_day, n, account, amount, party, memo, balance_after`, lines)
}
