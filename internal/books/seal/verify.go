package seal

import (
	"database/sql"
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// Source is where the acts of one kind are.
type Source struct {
	// Content rebuilds, from the tables, the bytes that were sealed; sql.ErrNoRows or a NotFound fault when the act is not there.
	Content func(q db.Querier, id string) ([]byte, error)
	// Each calls fn with every act that must be sealed. fn reads nothing.
	Each func(q db.Querier, fn func(id string) error) error
}

// Counts is how much Verify walked through.
type Counts struct{ Registers, Keys, Chains, Records, RepeatedHeads, Acts, Witnessed int }

// Broken is the first place where a seal does not hold.
type Broken struct {
	Register, Chain string // Chain "" when the fault is the register's
	Seq             int64  // 0 when the fault is the chain's
	What            string
}

// Error names the place and what differs.
func (b *Broken) Error() string {
	text := "seal: register " + b.Register
	if b.Chain != "" {
		text += ", chain " + b.Chain
	}
	if b.Seq != 0 {
		text += fmt.Sprintf(", n° %d", b.Seq)
	}
	return text + ": " + b.What
}

// Verify walks every register of the handle's company and names the first fault. It rebuilds every sealed act through the source of its
// kind; events are its own. The witness is what was kept apart from the database of the heads, nil when nothing was.
func Verify(q db.Querier, sources map[string]Source, witness []Head) (Counts, error) {
	v := &verifier{q: q, sources: maps.Clone(sources), seed: maphash.MakeSeed(), sealed: map[string]*set{}}
	if v.sources == nil {
		v.sources = map[string]Source{}
	}
	v.sources[EventKind] = Source{Content: v.event, Each: eachEvent}
	err := v.registers()
	if err == nil {
		err = v.acts()
	}
	if err == nil {
		err = v.witnessed(witness)
	}
	return v.counts, err
}

// set stands for a set of identifiers in a fixed place: how many they are, and the sum of their hashes.
type set struct {
	count int
	sum   uint64
}

func (v *verifier) add(s *set, id string) {
	s.count++
	s.sum += maphash.String(v.seed, id)
}

type verifier struct {
	q       db.Querier
	sources map[string]Source
	counts  Counts
	seed    maphash.Seed
	sealed  map[string]*set // kind of act → those that have a record
	brought string          // the key that the event read last brings in, "" for another event
}

func (v *verifier) registers() error {
	stray, err := strays(v.q)
	if err != nil {
		return err
	}
	if len(stray) > 0 {
		return &Broken{Register: stray[0], What: "its row is missing, although heads, keys, records or events name it"}
	}
	list, err := Registers(v.q)
	if err != nil {
		return err
	}
	for _, r := range list {
		if err := v.register(r.ID); err != nil {
			return err
		}
		v.counts.Registers++
	}
	return nil
}

// event rebuilds an event, and notes the key it brings in.
func (v *verifier) event(q db.Querier, id string) ([]byte, error) {
	v.brought = ""
	e, err := event(q, id)
	if err != nil {
		return nil, err
	}
	v.brought = e.brings()
	content, err := eventContent(q, e)
	if errors.Is(err, sql.ErrNoRows) {
		return []byte("without its key"), nil // the event is there; what it names is not
	}
	return content, err
}

// acts makes sure that every act that must be sealed is: the records were all found to have their act, so both sets must be equal.
func (v *verifier) acts() error {
	for _, kind := range slices.Sorted(maps.Keys(v.sources)) {
		var there set
		err := v.sources[kind].Each(v.q, func(id string) error {
			v.add(&there, id)
			return nil
		})
		if err != nil {
			return err
		}
		v.counts.Acts += there.count
		sealed := v.sealed[kind]
		if sealed == nil {
			sealed = &set{}
		}
		if there != *sealed {
			if err := v.unsealed(kind); err != nil {
				return err
			}
		}
	}
	return nil
}

// unsealed names the first act of a kind that has no record.
func (v *verifier) unsealed(kind string) error {
	var all []string
	err := v.sources[kind].Each(v.q, func(id string) error {
		all = append(all, id)
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range all {
		_, err := OfSource(v.q, kind, id)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("seal: %s %s has no record in any register", kind, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// witnessed compares the heads that were kept apart from the database with what the database has.
func (v *verifier) witnessed(witness []Head) error {
	for _, h := range witness {
		signature, err := signatureAt(v.q, h.Register, h.Chain, h.Seq)
		if err != nil {
			return err
		}
		switch signature {
		case h.Signature:
			v.counts.Witnessed++
		case "":
			return &Broken{h.Register, h.Chain, h.Seq, "is not there, although the witness kept apart from the database has seen it: the database is an older copy, or its tail was cut"}
		default:
			return &Broken{h.Register, h.Chain, h.Seq, "its signature is not the one the witness kept apart from the database has seen: the chain was made again"}
		}
	}
	return nil
}

// gone tells whether an error says that an act is not there.
func gone(err error) bool {
	return errors.Is(err, sql.ErrNoRows) || fault.Is(err, fault.NotFound)
}
