package ledger

import (
	"fmt"
	"slices"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/books/number"
	"encaisse/internal/books/period"
	"encaisse/internal/books/seal"
)

// Series is the name of the number series of entries.
const Series = "entry"

// Post writes one balanced entry, moves the balances and seals it, all in the transaction of the act. Faults: Locked when the
// business date no longer takes entries, Invalid when an account that may not go below zero would.
func Post(tx *db.Tx, e Entry) (Posted, error) { return post(tx, e, true) }

func post(tx *db.Tx, e Entry, limited bool) (Posted, error) {
	if err := e.check(); err != nil {
		return Posted{}, err
	}
	if err := period.Check(tx, e.Place, e.On); err != nil {
		return Posted{}, err
	}
	if e.ID == "" {
		e.ID = id.New()
	}
	seq, err := number.Next(tx, Series)
	if err != nil {
		return Posted{}, err
	}
	p := Posted{Seq: seq, ID: e.ID, On: e.On, At: tx.Now(), Kind: e.Kind, Source: e.Source, Place: e.Place, By: e.By, Item: e.Item, Memo: e.Memo,
		Reverses: e.Reverses, Corrects: e.Corrects, Evidence: e.Evidence, BackDated: e.Today != "" && e.On < e.Today}
	after, err := moveBalances(tx, e, limited)
	if err != nil {
		return Posted{}, err
	}
	p.Lines = runningBalances(e.Lines, after)
	all := unwrittenOf(tx)
	all.entries = append(all.entries, p)
	return p, seal.AppendUnread(tx, p.record())
}

// moveBalances moves each account by what the entry does to it, in the order of the keys so that two acts never wait for each
// other in a circle, and gives the balances after it. Limits are looked at only where limited.
func moveBalances(tx *db.Tx, e Entry, limited bool) (map[string]money.Amount, error) {
	moves := map[string]*move{}
	for _, l := range e.Lines {
		m := moves[l.Account]
		if m == nil {
			m = &move{}
			moves[l.Account] = m
		}
		if m.net += l.Amount; l.Amount > 0 {
			m.debit += l.Amount
		} else {
			m.credit -= l.Amount
		}
	}
	keys := make([]string, 0, len(moves))
	for key := range moves {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	all := unwrittenOf(tx)
	moved, err := e.moveAccounts(tx, all, keys, moves)
	if err != nil {
		return nil, err
	}
	if err := all.moveDays(tx, keys, moves, e.On); err != nil {
		return nil, err
	}
	after := make(map[string]money.Amount, len(keys))
	for _, key := range keys {
		m := moved[key]
		if keep := slices.Contains(e.KeepAboveZero, key); limited && (m.NeverNegative || keep) {
			if err := refuseBelowZero(tx, m, e.On); err != nil {
				return nil, err
			}
		}
		after[key] = m.Balance
	}
	return after, nil
}

// moved is an account after an entry, and the last day it ever moved on.
type moved struct {
	Account
	lastDay day.Day
}

// moveAccounts moves accounts, opened first when they are not there yet, and makes their codes and labels follow what the entry says of them.
func (e Entry) moveAccounts(tx *db.Tx, all *unwritten, keys []string, moves map[string]*move) (map[string]moved, error) {
	done, err := all.read(tx, keys, moves, e.On)
	if err != nil {
		return nil, err
	}
	var follow []Account
	for _, key := range keys {
		m, there := all.accounts[key]
		at := slices.IndexFunc(e.Accounts, func(a Account) bool { return a.Key == key })
		if !there && at < 0 {
			return nil, fmt.Errorf("ledger: account %s was never opened", key)
		}
		if at >= 0 && (!there || m.Code != e.Accounts[at].Code || m.Label != e.Accounts[at].Label) {
			follow = append(follow, e.Accounts[at])
		}
	}
	if len(follow) > 0 {
		if err := all.follow(tx, follow); err != nil {
			return nil, err
		}
	}
	return all.move(keys, done, moves, e.On), nil
}

// move is what one entry does to one account.
type move struct{ net, debit, credit money.Amount }

// refuseBelowZero refuses an account on its wrong side at the end of a day, and for one that never may be, of a later one. Nothing moved it
// after its last day.
func refuseBelowZero(tx *db.Tx, m moved, on day.Day) error {
	if m.Balance*money.Amount(m.Sense) < 0 && (m.NeverNegative || m.lastDay <= on) {
		return belowZero(m.Account, m.Balance, on)
	}
	if m.lastDay <= on {
		return nil
	}
	worst, worstOn, err := lowestSince(tx, m.Account, on, m.NeverNegative)
	if err == nil && worst*money.Amount(m.Sense) < 0 {
		return belowZero(m.Account, worst, worstOn)
	}
	return err
}

// runningBalances gives the balance of its account after each line, from the balances after the whole entry.
func runningBalances(lines []Line, after map[string]money.Amount) []PostedLine {
	posted := make([]PostedLine, len(lines))
	for i := len(lines) - 1; i >= 0; i-- {
		l := lines[i]
		posted[i] = PostedLine{Line: l, BalanceAfter: after[l.Account]}
		after[l.Account] -= l.Amount
	}
	return posted
}

// Reverse undoes an entry by its opposite, linked to it. An entry is reversed once at most; a reversal can be reversed in its
// turn, which restores. The reversal bears its own date, which must still take entries.
func Reverse(tx *db.Tx, entryID string, on, today day.Day, by, source, memo string) (Posted, error) {
	e, err := reversal(tx, entryID, on, today, by, source, memo)
	if err != nil {
		return Posted{}, err
	}
	return Post(tx, e)
}

// Correct undoes an entry and posts the one that replaces it, with the same date, author and source; why is the memo of the reversal. An
// account that may not go below zero is looked at after both: what the first put there is often used by later ones.
func Correct(tx *db.Tx, entryID, why string, e Entry) (Posted, error) {
	undo, err := reversal(tx, entryID, e.On, e.Today, e.By, e.Source, why)
	if err != nil {
		return Posted{}, err
	}
	if _, err := post(tx, undo, false); err != nil {
		return Posted{}, err
	}
	e.Corrects = entryID
	posted, err := Post(tx, e)
	if err != nil {
		return Posted{}, err
	}
	for _, l := range undo.Lines {
		if err := checkLimit(tx, l.Account, e.On); err != nil {
			return Posted{}, err
		}
	}
	return posted, nil
}

// reversal is the opposite of an entry.
func reversal(tx *db.Tx, entryID string, on, today day.Day, by, source, memo string) (Entry, error) {
	e, err := Get(tx, entryID)
	if err != nil {
		return Entry{}, err
	}
	if reversed, err := ReversedBy(tx, entryID); err != nil {
		return Entry{}, err
	} else if reversed != "" {
		return Entry{}, fault.New(fault.Conflict, "Cette écriture est déjà annulée.")
	}
	lines := make([]Line, len(e.Lines))
	for i, l := range e.Lines {
		lines[i] = Line{Account: l.Account, Amount: -l.Amount, Party: l.Party, Memo: l.Memo}
	}
	return Entry{On: on, Kind: "reversal", Source: source, Place: e.Place, By: by, Item: e.Item, Memo: memo, Reverses: e.ID, Today: today, Lines: lines}, nil
}

// checkLimit refuses an account that may not go below zero and does, on a day or later.
func checkLimit(tx *db.Tx, key string, on day.Day) error {
	m, err := accountOf(tx, key)
	if err != nil || !m.NeverNegative {
		return err
	}
	return refuseBelowZero(tx, m, on)
}

// record is what the seal keeps of an entry. The content is rebuilt the same way by verify.
func (p Posted) record() seal.Record {
	var debit money.Amount
	for _, l := range p.Lines {
		if l.Amount > 0 {
			debit += l.Amount
		}
	}
	return seal.Record{Register: seal.Office, Chain: "entry", SourceKind: "entry", SourceID: p.ID, On: p.On,
		Fields: []string{fmt.Sprint(p.Seq), p.Kind, fmt.Sprint(int64(debit)), fmt.Sprint(len(p.Lines))}, Content: p.canonical()}
}

// canonical is the whole entry as bytes: one field a line, each with its name and its length, so that no two entries have the same bytes.
func (p Posted) canonical() []byte {
	var b strings.Builder
	field := func(name, value string) { fmt.Fprintf(&b, "%s %d %s\n", name, len(value), value) }
	number := func(name string, n int64) { fmt.Fprintf(&b, "%s %d\n", name, n) }
	number("entry", p.Seq)
	field("id", p.ID)
	field("on", string(p.On))
	number("at", p.At.UnixMicro())
	field("kind", p.Kind)
	field("source", p.Source)
	field("place", p.Place)
	field("by", p.By)
	field("item", p.Item)
	field("memo", p.Memo)
	field("reverses", p.Reverses)
	field("corrects", p.Corrects)
	field("backdated", fmt.Sprint(p.BackDated))
	if p.Evidence != "" {
		field("evidence", p.Evidence)
	}
	for _, l := range p.Lines {
		field("account", l.Account)
		number("amount", int64(l.Amount))
		field("party", l.Party)
		field("memo", l.Memo)
		number("after", int64(l.BalanceAfter))
	}
	return []byte(b.String())
}
