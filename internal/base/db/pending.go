package db

import (
	"maps"
	"slices"
	"strings"
)

// Pending is what acts leave to be written once for all the acts committed together: a number given several times, a balance moved
// several times, rows that can be inserted in one statement. It is written before the commit, and before any statement that names one of
// its tables, so that nobody can read the store without it.
type Pending interface {
	// Tables names what Flush writes and what the pending remembers.
	Tables() []string
	// Clone is the pending as it is now, to go back to when an act fails. Neither may change with the other.
	Clone() Pending
	// Flush writes what is not written yet. The pending may go on remembering what it knows of its tables.
	Flush(tx *Tx) error
}

// shared is what the acts of one company committed together have in common.
type shared struct {
	pending map[string]Pending
	apart   bool // the statements that run now are those of a pending itself
}

// Held gives the pending of a name, made when no act of the group did before. It is valid until the act ends or a statement of another
// names one of its tables: it is asked for again each time.
func Held[P Pending](tx *Tx, name string, make func() P) P {
	if p, known := tx.shared.pending[name]; known {
		return p.(P)
	}
	p := make()
	tx.shared.pending[name] = p
	return p
}

// Apart runs the statements of a pending that names its own tables: nothing is written because of them.
func (tx *Tx) Apart(fn func() error) error {
	defer func(was bool) { tx.shared.apart = was }(tx.shared.apart)
	tx.shared.apart = true
	return fn()
}

// clone is what an act goes back to when it fails.
func (s *shared) clone() map[string]Pending {
	kept := maps.Clone(s.pending)
	for name, p := range kept {
		kept[name] = p.Clone()
	}
	return kept
}

// flush writes everything that is pending, in the order of the names: seals come last, for their signatures are still being made.
func (tx *Tx) flush() error {
	for _, name := range slices.Sorted(maps.Keys(tx.shared.pending)) {
		if err := tx.Apart(func() error { return tx.shared.pending[name].Flush(tx) }); err != nil {
			return err
		}
	}
	return nil
}

// settle writes what is pending on the tables a statement names, and forgets what is known of those it changes.
func (h *handle) settle(query string) error {
	if h.shared == nil || h.shared.apart || len(h.shared.pending) == 0 {
		return nil
	}
	tx, v := &Tx{*h}, judge(query)
	for name, p := range h.shared.pending {
		for _, table := range p.Tables() {
			if !strings.Contains(query, table) {
				continue
			}
			if err := tx.Apart(func() error { return p.Flush(tx) }); err != nil {
				return err
			}
			if v.changes(p.Tables()) {
				delete(h.shared.pending, name)
			}
			break
		}
	}
	return nil
}

// holds tells whether something is pending on one of some tables.
func (h *handle) holds(tables []string) bool {
	if h.shared == nil {
		return false
	}
	for _, p := range h.shared.pending {
		if slices.ContainsFunc(p.Tables(), func(held string) bool { return slices.Contains(tables, held) }) {
			return true
		}
	}
	return false
}
