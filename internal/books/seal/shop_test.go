package seal_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/internal/test/dbtest"
)

// shop is a company whose acts stand in memory instead of tables.
type shop struct {
	t       *testing.T
	d       *db.DB
	company string
	mu      sync.Mutex
	acts    map[string]string // id → whole act
}

// newShop has an office and a till.
func newShop(t *testing.T, d *db.DB) *shop {
	t.Helper()
	s := &shop{t: t, d: d, company: dbtest.Company(t, d), acts: map[string]string{}}
	s.write(func(tx *db.Tx) error { return seal.OpenRegister(tx, "till-1", "till", "Caisse 1") })
	return s
}

func (s *shop) write(fn func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.d.Write(context.Background(), s.company, fn); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) read(fn func(q *db.Snapshot) error) {
	s.t.Helper()
	if err := s.d.Read(context.Background(), s.company, fn); err != nil {
		s.t.Fatal(err)
	}
}

// record makes the record of a new act.
func (s *shop) record(register, chain, id string) seal.Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acts[id] = "the whole act " + id
	return seal.Record{Register: register, Chain: chain, SourceKind: "act", SourceID: id, On: "2026-11-20", Fields: []string{"2000:12000", "12000", id}, Content: []byte(s.acts[id])}
}

// seal seals a new act.
func (s *shop) seal(register, chain, id string) seal.Sealed {
	s.t.Helper()
	var sealed seal.Sealed
	s.write(func(tx *db.Tx) error {
		var err error
		sealed, err = seal.Append(tx, s.record(register, chain, id))
		return err
	})
	return sealed
}

// sources rebuild the acts.
func (s *shop) sources() map[string]seal.Source {
	return map[string]seal.Source{"act": {
		Content: func(_ db.Querier, id string) ([]byte, error) {
			if act, there := s.acts[id]; there {
				return []byte(act), nil
			}
			return nil, fmt.Errorf("act %s: %w", id, sql.ErrNoRows)
		},
		Each: func(_ db.Querier, fn func(string) error) error {
			for _, id := range slices.Sorted(maps.Keys(s.acts)) {
				if err := fn(id); err != nil {
					return err
				}
			}
			return nil
		},
	}}
}

func (s *shop) verify(witness ...seal.Head) (seal.Counts, error) {
	var counts seal.Counts
	err := s.d.Read(context.Background(), s.company, func(q *db.Snapshot) error {
		var err error
		counts, err = seal.Verify(q, s.sources(), witness)
		return err
	})
	return counts, err
}

// whole fails the test when verify finds a fault.
func (s *shop) whole() seal.Counts {
	s.t.Helper()
	counts, err := s.verify()
	if err != nil {
		s.t.Fatal(err)
	}
	return counts
}

// broken fails the test when verify does not find a fault of the seal at that place.
func (s *shop) broken(register, chain string, seq int64, witness ...seal.Head) string {
	s.t.Helper()
	_, err := s.verify(witness...)
	b, is := errors.AsType[*seal.Broken](err)
	if !is {
		s.t.Fatalf("verify says %v, want a fault in register %s, chain %s, n° %d", err, register, chain, seq)
	}
	if b.Register != register || b.Chain != chain || b.Seq != seq {
		s.t.Errorf("verify says « %v », want a fault in register %s, chain %s, n° %d", err, register, chain, seq)
	}
	return b.What
}

func (s *shop) heads() []seal.Head {
	s.t.Helper()
	var heads []seal.Head
	s.read(func(q *db.Snapshot) error {
		var err error
		heads, err = seal.AllHeads(q)
		return err
	})
	return heads
}

func (s *shop) events() []seal.LoggedEvent {
	s.t.Helper()
	var events []seal.LoggedEvent
	s.read(func(q *db.Snapshot) error {
		var err error
		events, err = seal.LoggedEvents(q, dbtest.Morning.AddDate(-10, 0, 0), 1000)
		return err
	})
	return events
}

// week fills the till and the office with a few days of records of several chains, and a rotation in the middle.
func (s *shop) week() {
	s.t.Helper()
	n := 0
	act := func(register, chain string) {
		n++
		s.seal(register, chain, fmt.Sprintf("act-%03d", n))
	}
	for d := range 3 {
		for range 3 {
			act("till-1", seal.Sale)
			act(seal.Office, seal.Entry)
		}
		act("till-1", seal.Duplicate)
		act("till-1", seal.Daily)
		act(seal.Office, seal.DaySheet)
		s.write(func(tx *db.Tx) error {
			return seal.LogEvent(tx, seal.Event{Code: seal.DayClosed, By: "someone", Source: fmt.Sprint("day", d)})
		})
		if d == 1 {
			s.write(func(tx *db.Tx) error { return seal.Rotate(tx, "till-1") })
		}
	}
	act("till-1", seal.Period)
}
