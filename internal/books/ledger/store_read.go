package ledger

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
)

// Balance is the present balance of an account, + on the debit side; 0 for an account never opened.
func Balance(q db.Querier, account string) (money.Amount, error) {
	var b money.Amount
	err := q.Row(`SELECT COALESCE(MAX(balance), 0) FROM ledger_account WHERE company_id = $1 AND key = $2`, q.Company(), account).Scan(&b)
	return b, err
}

// BalanceOn is the balance of an account at the end of a day.
func BalanceOn(q db.Querier, account string, on day.Day) (money.Amount, error) {
	var b money.Amount
	err := q.Row(`SELECT balance FROM ledger_day WHERE company_id = $1 AND account = $2 AND on_day <= $3 ORDER BY on_day DESC LIMIT 1`, q.Company(), account, string(on)).Scan(&b)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return b, err
}

// upTo is the end of the range of keys that begin with prefix: '~' sorts after every character a key may hold.
func upTo(prefix string) string { return prefix + "~" }

// Accounts lists the accounts whose key begins with prefix, in the order of the keys.
func Accounts(q db.Querier, prefix string) ([]Account, error) {
	return db.List(q, func(r *sql.Rows) (a Account, err error) {
		err = r.Scan(&a.Key, &a.Code, &a.Label, &a.Sense, &a.NeverNegative, &a.Balance)
		return a, err
	}, `SELECT key, code, label, sense, never_negative, balance FROM ledger_account WHERE company_id = $1 AND key >= $2 AND key < $3 ORDER BY key`, q.Company(), prefix, upTo(prefix))
}

// Balances are the present balances of the accounts whose key begins with prefix.
func Balances(q db.Querier, prefix string) (map[string]money.Amount, error) {
	accounts, err := Accounts(q, prefix)
	balances := make(map[string]money.Amount, len(accounts))
	for _, a := range accounts {
		balances[a.Key] = a.Balance
	}
	return balances, err
}

// BalancesOn are the balances at the end of a day of the accounts whose key begins with prefix.
func BalancesOn(q db.Querier, prefix string, on day.Day) (map[string]money.Amount, error) {
	balances := map[string]money.Amount{}
	err := db.Each(q, func(r *sql.Rows) error {
		var key string
		var b money.Amount
		err := r.Scan(&key, &b)
		balances[key] = b
		return err
	}, `SELECT a.key, COALESCE((SELECT d.balance FROM ledger_day d WHERE d.company_id = $1 AND d.account = a.key AND d.on_day <= $4 ORDER BY d.on_day DESC LIMIT 1), 0)
		FROM ledger_account a WHERE a.company_id = $1 AND a.key >= $2 AND a.key < $3`, q.Company(), prefix, upTo(prefix), string(on))
	return balances, err
}

// DayTotals are the totals, day by day from first to last, of the accounts whose key begins with prefix.
func DayTotals(q db.Querier, prefix string, first, last day.Day) ([]DayTotal, error) {
	return db.List(q, func(r *sql.Rows) (t DayTotal, err error) {
		err = r.Scan(&t.Account, &t.On, &t.Debit, &t.Credit, &t.Balance)
		return t, err
	}, `SELECT d.account, d.on_day, d.debit, d.credit, d.balance FROM ledger_account a CROSS JOIN ledger_day d
		WHERE d.company_id = a.company_id AND d.account = a.key AND a.company_id = $1 AND a.key >= $2 AND a.key < $3 AND d.on_day BETWEEN $4 AND $5 ORDER BY d.on_day, d.account`,
		q.Company(), prefix, upTo(prefix), string(first), string(last))
}

const entryColumns = `seq, id, on_day, at, kind, source, place, by_user, item, memo, reverses, corrects, back_dated, evidence`

func scanEntry(r interface{ Scan(...any) error }) (p Posted, err error) {
	var at int64
	err = r.Scan(&p.Seq, &p.ID, &p.On, &at, &p.Kind, &p.Source, &p.Place, &p.By, &p.Item, &p.Memo, &p.Reverses, &p.Corrects, &p.BackDated, &p.Evidence)
	p.At = time.UnixMicro(at).UTC()
	return p, err
}

// Get gives an entry with its lines. Fault NotFound.
func Get(q db.Querier, entryID string) (Posted, error) {
	p, err := scanEntry(q.Row(`SELECT `+entryColumns+` FROM ledger_entry WHERE company_id = $1 AND id = $2`, q.Company(), entryID))
	if errors.Is(err, sql.ErrNoRows) {
		return p, fault.New(fault.NotFound, "Cette écriture n’existe pas.")
	}
	if err != nil {
		return p, err
	}
	p.Lines, err = linesOf(q, p.Seq)
	return p, err
}

func linesOf(q db.Querier, seq int64) ([]PostedLine, error) {
	return db.List(q, func(r *sql.Rows) (l PostedLine, err error) {
		err = r.Scan(&l.Account, &l.Amount, &l.Party, &l.Memo, &l.BalanceAfter)
		return l, err
	}, `SELECT account, amount, party, memo, balance_after FROM ledger_line WHERE company_id = $1 AND entry_seq = $2 ORDER BY n`, q.Company(), seq)
}

// OfSource lists the entries an act posted, in order, with their lines.
func OfSource(q db.Querier, source string) ([]Posted, error) {
	entries, err := db.List(q, func(r *sql.Rows) (Posted, error) { return scanEntry(r) },
		`SELECT `+entryColumns+` FROM ledger_entry WHERE company_id = $1 AND source = $2 ORDER BY seq`, q.Company(), source)
	for i := range entries {
		if entries[i].Lines, err = linesOf(q, entries[i].Seq); err != nil {
			return nil, err
		}
	}
	return entries, err
}

// ReversedBy is the id of the entry that reverses another, "" when none does.
func ReversedBy(q db.Querier, entryID string) (string, error) {
	var by string
	err := q.Row(`SELECT COALESCE(MAX(id), '') FROM ledger_entry WHERE company_id = $1 AND reverses = $2 AND reverses <> ''`, q.Company(), entryID).Scan(&by)
	return by, err
}

// StatementLine is a line of an account with the entry it belongs to.
type StatementLine struct {
	Entry      Posted // without its lines
	Account    string
	Amount     money.Amount
	Party      string
	Memo       string
	After      money.Amount // balance when it was recorded
	ReversedBy string
}

// Filter chooses lines of statements.
type Filter struct {
	Prefix      string // of the accounts’ keys
	First, Last day.Day
	Text        string // found in the memo of the line or of the entry
	Limit       int    // 0: all
	Offset      int
}

// The account comes first: CROSS JOIN keeps SQLite from walking through the whole history of the accounts instead of their days.
const filterWhere = ` FROM ledger_account a CROSS JOIN ledger_line l
	JOIN ledger_entry e ON e.company_id = l.company_id AND e.seq = l.entry_seq
	WHERE l.company_id = a.company_id AND l.account = a.key AND a.company_id = $1 AND a.key >= $2 AND a.key < $3 AND l.on_day BETWEEN $4 AND $5
	AND ($6 = '' OR LOWER(l.memo) LIKE $6 OR LOWER(e.memo) LIKE $6)`

func (f Filter) args(q db.Querier) []any {
	text := ""
	if f.Text != "" {
		text = "%" + strings.NewReplacer("%", "", "_", "").Replace(strings.ToLower(f.Text)) + "%"
	}
	return []any{q.Company(), f.Prefix, upTo(f.Prefix), string(f.First), string(f.Last), text}
}

const statementColumns = `e.seq, e.id, e.on_day, e.at, e.kind, e.source, e.place, e.by_user, e.item, e.memo, e.reverses, e.corrects, e.back_dated, e.evidence,
	l.account, l.amount, l.party, l.memo, l.balance_after,
	COALESCE((SELECT r.id FROM ledger_entry r WHERE r.company_id = $1 AND r.reverses = e.id AND r.reverses <> ''), '')`

// Statement gives the lines of accounts over a period, by business date then in the order they were recorded.
func Statement(q db.Querier, f Filter) ([]StatementLine, error) {
	limit := f.Limit
	if limit == 0 {
		limit = 1 << 30
	}
	return db.List(q, scanStatementLine, `SELECT `+statementColumns+filterWhere+`
		ORDER BY l.on_day, l.entry_seq, l.n LIMIT $7 OFFSET $8`, append(f.args(q), int64(limit), int64(f.Offset))...)
}

func scanStatementLine(r *sql.Rows) (s StatementLine, err error) {
	var at int64
	p := &s.Entry
	err = r.Scan(&p.Seq, &p.ID, &p.On, &at, &p.Kind, &p.Source, &p.Place, &p.By, &p.Item, &p.Memo, &p.Reverses, &p.Corrects, &p.BackDated, &p.Evidence,
		&s.Account, &s.Amount, &s.Party, &s.Memo, &s.After, &s.ReversedBy)
	p.At = time.UnixMicro(at).UTC()
	return s, err
}

// errEnough ends a walk that its reader ends.
var errEnough = errors.New("enough")

// Backwards walks the lines of an account from the last one, in the order of Statement, as long as fn asks for more. fn must not use the
// handle. Finding what an account is made of costs what it takes to find it, whatever its history.
func Backwards(q db.Querier, account string, fn func(StatementLine) bool) error {
	err := db.Each(q, func(r *sql.Rows) error {
		line, err := scanStatementLine(r)
		if err == nil && !fn(line) {
			err = errEnough
		}
		return err
	}, `SELECT `+statementColumns+` FROM ledger_line l JOIN ledger_entry e ON e.company_id = l.company_id AND e.seq = l.entry_seq
		WHERE l.company_id = $1 AND l.account = $2 ORDER BY l.on_day DESC, l.entry_seq DESC, l.n DESC`, q.Company(), account)
	if errors.Is(err, errEnough) {
		err = nil
	}
	return err
}

// CountLines counts the lines Statement would give without Limit.
func CountLines(q db.Querier, f Filter) (int, error) {
	var n int
	err := q.Row(`SELECT COUNT(*)`+filterWhere, f.args(q)...).Scan(&n)
	return n, err
}
