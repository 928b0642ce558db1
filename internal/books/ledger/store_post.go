package ledger

import (
	"database/sql"
	"errors"
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

// errNotOpen says that an account was never opened.
var errNotOpen = errors.New("ledger: an account was never opened")

func moveAccount(tx *db.Tx, key string, net money.Amount, on day.Day) (a Account, lastDay day.Day, err error) {
	a.Key = key
	err = tx.Row(`UPDATE ledger_account SET balance = balance + $3, last_day = CASE WHEN last_day < $4 THEN $4 ELSE last_day END
		WHERE company_id = $1 AND key = $2 RETURNING balance, code, label, sense, never_negative, last_day`,
		tx.Company(), key, int64(net), string(on)).Scan(&a.Balance, &a.Code, &a.Label, &a.Sense, &a.NeverNegative, &lastDay)
	if errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("%w: %s", errNotOpen, key)
	}
	return a, lastDay, err
}

func accountOf(tx *db.Tx, key string) (a Account, lastDay day.Day, err error) {
	a.Key = key
	err = tx.Row(`SELECT balance, label, sense, never_negative, last_day FROM ledger_account WHERE company_id = $1 AND key = $2`, tx.Company(), key).
		Scan(&a.Balance, &a.Label, &a.Sense, &a.NeverNegative, &lastDay)
	return a, lastDay, err
}

// moveDay moves the totals of the day, and the balance at the end of it and of the later days that have one.
func moveDay(tx *db.Tx, key string, m move, on day.Day, later bool) error {
	_, err := tx.Exec(`INSERT INTO ledger_day (company_id, account, on_day, debit, credit, balance)
		VALUES ($1, $2, $3, $4, $5, $6 + COALESCE((SELECT d.balance FROM ledger_day d WHERE d.company_id = $1 AND d.account = $2 AND d.on_day < $3 ORDER BY d.on_day DESC LIMIT 1), 0))
		ON CONFLICT (company_id, account, on_day) DO UPDATE SET debit = ledger_day.debit + excluded.debit, credit = ledger_day.credit + excluded.credit, balance = ledger_day.balance + $6`,
		tx.Company(), key, string(on), int64(m.debit), int64(m.credit), int64(m.net))
	if err != nil || !later {
		return err
	}
	_, err = tx.Exec(`UPDATE ledger_day SET balance = balance + $4 WHERE company_id = $1 AND account = $2 AND on_day > $3`, tx.Company(), key, string(on), int64(m.net))
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

func insertEntry(tx *db.Tx, p Posted) error {
	if _, err := tx.Exec(`INSERT INTO ledger_entry (company_id, seq, id, on_day, at, kind, source, place, by_user, item, memo, reverses, corrects, back_dated)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, tx.Company(), p.Seq, p.ID, string(p.On), p.At.UnixMicro(), p.Kind, p.Source, p.Place, p.By, p.Item,
		p.Memo, p.Reverses, p.Corrects, p.BackDated); err != nil {
		return err
	}
	for first := 0; first < len(p.Lines); first += 50 {
		if err := insertLines(tx, p, first, min(first+50, len(p.Lines))); err != nil {
			return err
		}
	}
	return nil
}

func insertLines(tx *db.Tx, p Posted, first, end int) error {
	args := []any{tx.Company(), p.Seq, string(p.On)}
	rows := make([]string, 0, end-first)
	for n := first; n < end; n++ {
		l, i := p.Lines[n], len(args)
		rows = append(rows, fmt.Sprintf("($1, $2, $3, $%d, $%d, $%d, $%d, $%d, $%d)", i+1, i+2, i+3, i+4, i+5, i+6))
		args = append(args, int64(n+1), l.Account, int64(l.Amount), l.Party, l.Memo, int64(l.BalanceAfter))
	}
	_, err := tx.Exec(`INSERT INTO ledger_line (company_id, entry_seq, on_day, n, account, amount, party, memo, balance_after) VALUES `+strings.Join(rows, ", "), args...)
	return err
}
