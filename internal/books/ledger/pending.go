package ledger

import (
	"cmp"
	"maps"
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
)

// unwritten is what the acts committed together posted: accounts are read once, and moved once by what all of them did.
type unwritten struct {
	accounts map[string]moved        // as they are after the acts, those touched only
	moves    map[string]money.Amount // by account, not yet written
	days     map[dayKey]move         // not yet written
	entries  []Posted                // not yet written
}

func unwrittenOf(tx *db.Tx) *unwritten {
	return db.Held(tx, "ledger", func() *unwritten {
		return &unwritten{accounts: map[string]moved{}, moves: map[string]money.Amount{}, days: map[dayKey]move{}}
	})
}

// Tables implements db.Pending.
func (u *unwritten) Tables() []string {
	return []string{"ledger_account", "ledger_day", "ledger_entry", "ledger_line"}
}

// Clone implements db.Pending.
func (u *unwritten) Clone() db.Pending {
	return &unwritten{maps.Clone(u.accounts), maps.Clone(u.moves), maps.Clone(u.days), slices.Clone(u.entries)}
}

// Flush implements db.Pending.
func (u *unwritten) Flush(tx *db.Tx) error {
	if len(u.moves) > 0 {
		_, err := moveAccounts(tx, slices.Sorted(maps.Keys(u.moves)), func(key string) (money.Amount, day.Day) { return u.moves[key], u.accounts[key].lastDay })
		if err != nil {
			return err
		}
		clear(u.moves)
	}
	if err := u.flushDays(tx); err != nil || len(u.entries) == 0 {
		return err
	}
	err := insertEntries(tx, u.entries)
	u.entries = nil
	return err
}

// flushDays writes the totals of days, earlier ones first: a later one begins from their balance.
func (u *unwritten) flushDays(tx *db.Tx) error {
	keys := slices.SortedFunc(maps.Keys(u.days), func(a, b dayKey) int { return cmp.Or(cmp.Compare(a.on, b.on), cmp.Compare(a.account, b.account)) })
	for len(keys) > 0 {
		n := 1
		for n < len(keys) && keys[n].on == keys[0].on {
			n++
		}
		if err := moveDays(tx, keys[:n], u.days); err != nil {
			return err
		}
		keys = keys[n:]
	}
	clear(u.days)
	return nil
}

// read makes sure that the accounts that exist are known, and locks them. Those it did not know are moved at once, and named.
func (u *unwritten) read(tx *db.Tx, keys []string, moves map[string]*move, on day.Day) (map[string]moved, error) {
	var unknown []string
	for _, key := range keys {
		if _, known := u.accounts[key]; !known {
			unknown = append(unknown, key)
		}
	}
	if len(unknown) == 0 {
		return nil, nil
	}
	var read map[string]moved
	err := tx.Apart(func() (err error) {
		read, err = moveAccounts(tx, unknown, func(key string) (money.Amount, day.Day) { return moves[key].net, on })
		return err
	})
	maps.Copy(u.accounts, read)
	return read, err
}

// follow opens accounts, or gives them another code and label.
func (u *unwritten) follow(tx *db.Tx, accounts []Account) error {
	return tx.Apart(func() error {
		if err := Open(tx, accounts...); err != nil {
			return err
		}
		for _, a := range accounts {
			m, known := u.accounts[a.Key]
			if !known {
				m.Account = a
				m.Balance = 0
			}
			m.Code, m.Label = a.Code, a.Label
			u.accounts[a.Key] = m
		}
		return nil
	})
}

// move adds to accounts what an entry does to them, but for those moved already, and gives all as they are after it.
func (u *unwritten) move(keys []string, done map[string]moved, moves map[string]*move, on day.Day) map[string]moved {
	after := make(map[string]moved, len(keys))
	for _, key := range keys {
		m := u.accounts[key]
		if _, already := done[key]; !already {
			m.Balance += moves[key].net
			m.lastDay = max(m.lastDay, on)
			u.moves[key] += moves[key].net
			u.accounts[key] = m
		}
		after[key] = m
	}
	return after
}

// moveDays adds to the totals of a day, and moves the balances of the days after it of accounts that moved later.
func (u *unwritten) moveDays(tx *db.Tx, keys []string, moves map[string]*move, on day.Day) error {
	var later []string
	for _, key := range keys {
		if u.accounts[key].lastDay > on {
			later = append(later, key)
		}
	}
	return tx.Apart(func() error {
		if len(later) > 0 { // the days after are written without this entry, then moved by it
			if err := u.flushDays(tx); err != nil {
				return err
			}
		}
		for _, key := range keys {
			at := dayKey{key, string(on)}
			total, m := u.days[at], moves[key]
			u.days[at] = move{debit: total.debit + m.debit, credit: total.credit + m.credit}
		}
		if len(later) == 0 {
			return nil
		}
		if err := u.flushDays(tx); err != nil {
			return err
		}
		for _, key := range later {
			if err := moveLaterDays(tx, key, moves[key].net, on); err != nil {
				return err
			}
		}
		return nil
	})
}
