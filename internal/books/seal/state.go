package seal

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"encaisse/internal/base/db"
)

// state is the row of a register that changes, as it is while this transaction holds its lock, and the records that are not written yet.
type state struct {
	register string
	keyID    string
	at       time.Time     // of the record to come: never earlier than the last one
	clockAt  time.Time     // the clock at the last act
	jump     time.Duration // how far the clock went back at the last act
	heads    []link
	records  []*signing
	changed  bool // the row is to be written
}

// stamp is the instant of the record to come.
func (s *state) stamp(now time.Time) {
	s.jump, s.clockAt, s.changed = max(0, s.clockAt.Sub(now)), now, true
	if now.After(s.at) {
		s.at = now
	}
}

// signedHeads waits for the signatures of the last records.
func (s *state) signedHeads() ([]Head, error) {
	heads := make([]Head, len(s.heads))
	for i, l := range s.heads {
		signature, err := l.signed()
		if err != nil {
			return nil, err
		}
		heads[i] = l.Head
		heads[i].Signature = signature
	}
	slices.SortFunc(heads, func(a, b Head) int { return cmp.Compare(a.Chain, b.Chain) })
	return heads, nil
}

// book is what the acts committed together seal: each register is read once and written once.
type book struct{ states map[string]*state }

func bookOf(tx *db.Tx) *book {
	return db.Held(tx, "seal", func() *book { return &book{states: map[string]*state{}} })
}

// Tables implements db.Pending.
func (b *book) Tables() []string { return []string{"seal_head", "seal_record"} }

// Clone implements db.Pending.
func (b *book) Clone() db.Pending {
	states := maps.Clone(b.states)
	for register, s := range states {
		c := *s
		c.heads, c.records = slices.Clone(s.heads), slices.Clone(s.records)
		states[register] = &c
	}
	return &book{states}
}

// Flush implements db.Pending.
func (b *book) Flush(tx *db.Tx) error {
	for _, register := range slices.Sorted(maps.Keys(b.states)) {
		s := b.states[register]
		if !s.changed {
			continue
		}
		heads, err := s.signedHeads()
		if err != nil {
			return err
		}
		if err := insertRecords(tx, s.records); err != nil {
			return err
		}
		if err := keepHead(tx, s, heads); err != nil {
			return err
		}
		s.records, s.changed = nil, false
	}
	return nil
}
