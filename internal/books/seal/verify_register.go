package seal

import (
	"crypto/ecdsa"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// audit is the walk through one register.
type audit struct {
	*verifier
	register string
	kept     kept
	heads    []Head
	keys     map[string]*ecdsa.PublicKey
	order    []string // keys in the order events brought them in
	said     map[string][]said
}

// said is a head that a closing repeats.
type said struct {
	seq       int64
	signature string
	chain     string // the closing's
	by        int64  // its number
}

func (v *verifier) register(register string) error {
	a := &audit{verifier: v, register: register, said: map[string][]said{}}
	if err := a.load(); err != nil {
		return err
	}
	found, err := lengths(v.q, register)
	if err != nil {
		return err
	}
	counts := map[string]int64{}
	names := []string{}
	for _, l := range found {
		counts[l.chain] = l.count
		names = append(names, l.chain)
	}
	for _, h := range a.heads {
		if !slices.Contains(names, h.Chain) {
			names = append(names, h.Chain)
		}
	}
	slices.SortFunc(names, walkOrder)
	if counts[Events] == 0 {
		return &Broken{register, Events, 1, "is missing: it is the event that names the first key"}
	}
	for _, name := range names {
		if err := a.chain(name, counts[name]); err != nil {
			return err
		}
	}
	if err := a.sweep(); err != nil {
		return err
	}
	return a.close()
}

// walkOrder puts the events first, for they bring in the keys, then the closings, whose repeated heads the other chains are compared with.
func walkOrder(a, b string) int {
	rank := func(name string) string {
		switch {
		case name == Events:
			return "1"
		case chains[name]:
			return "2" + name
		}
		return "3" + name
	}
	return strings.Compare(rank(a), rank(b))
}

// load reads the row that changes and the keys, and checks each key by itself.
func (a *audit) load() error {
	var err error
	if a.kept, err = keptOf(a.q, a.register); errors.Is(err, sql.ErrNoRows) {
		return &Broken{Register: a.register, What: "the row of its heads is missing"}
	} else if err != nil {
		return err
	}
	a.heads, err = readHeads(a.register, a.kept.heads)
	if err != nil || writeHeads(a.heads) != a.kept.heads || twice(a.heads) {
		return &Broken{Register: a.register, What: "the heads cannot be read"}
	}
	list, err := Keys(a.q, a.register)
	if err != nil {
		return err
	}
	a.keys = make(map[string]*ecdsa.PublicKey, len(list))
	for _, k := range list {
		public, err := k.publicKey()
		if err != nil {
			return &Broken{Register: a.register, What: fmt.Sprintf("key %s: %v", k.ID, err)}
		}
		if current.Load() != nil {
			if _, err := unlock(a.q.Company(), k); err != nil {
				return &Broken{Register: a.register, What: fmt.Sprintf("key %s: its private part does not open, or was changed", k.ID)}
			}
		}
		a.keys[k.ID] = public
	}
	return nil
}

// twice tells whether a chain has two heads.
func twice(heads []Head) bool {
	for i := 1; i < len(heads); i++ {
		if heads[i].Chain == heads[i-1].Chain {
			return true
		}
	}
	return false
}

// sweep compares the heads that closings repeat of the chains walked before them.
func (a *audit) sweep() error {
	for _, name := range slices.SortedFunc(maps.Keys(a.said), walkOrder) {
		m := a.meeting(name)
		if len(m.rest) == 0 {
			continue
		}
		last := int64(0)
		err := eachSignature(a.q, a.register, name, func(seq int64, signature string) error {
			last = seq
			return m.meet(seq, signature)
		})
		if err != nil {
			return err
		}
		if err := m.end(last); err != nil {
			return err
		}
	}
	return nil
}

// close checks what the row that changes says beside the heads of each chain, and that every key was brought in by an event.
func (a *audit) close() error {
	broken := func(format string, args ...any) error {
		return &Broken{Register: a.register, What: fmt.Sprintf(format, args...)}
	}
	if len(a.order) != len(a.keys) {
		for id := range a.keys {
			if !slices.Contains(a.order, id) {
				return broken("key %s: no event brought it in", id)
			}
		}
	}
	if current := a.order[len(a.order)-1]; a.kept.keyID != current {
		return broken("it says that it signs with the key %s; the last event of a new key names %s", a.kept.keyID, current)
	}
	var at int64
	for _, h := range a.heads {
		at = max(at, h.At.UnixMicro())
	}
	if a.kept.at != at {
		return broken("its last instant is not that of its last record")
	}
	if a.kept.clockAt > at || a.kept.jump < 0 || a.kept.jump > 0 && a.kept.clockAt+a.kept.jump > at {
		return broken("what it keeps of the clock does not fit its last instant")
	}
	a.counts.Keys += len(a.keys)
	return nil
}
