package seal

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"
)

// walk is where the walk through one chain stands.
type walk struct {
	*audit
	chain    string
	seq      int64 // of the last record met
	previous string
	at       time.Time
	key      int // place of its key in the order of the keys
	met      *meeting
}

// rebuilt is what the tables give of the act behind a record.
type rebuilt struct {
	digest  [sha256.Size]byte
	there   bool
	brought string // the key an event brings in
}

// chain walks one chain from its first record to its head.
func (a *audit) chain(name string, count int64) error {
	if _, known := chains[name]; !known {
		return &Broken{Register: a.register, Chain: name, What: "no chain has this name"}
	}
	w := &walk{audit: a, chain: name, met: a.meeting(name)}
	read := int64(0)
	for from := int64(math.MinInt64); ; from = w.seq + 1 {
		records, err := Range(a.q, a.register, name, from, page)
		if err != nil {
			return err
		}
		if err := w.page(records); err != nil {
			return err
		}
		if read += int64(len(records)); len(records) < page {
			break
		}
	}
	if read != count {
		return &Broken{Register: a.register, Chain: name, What: "two records have the same number"}
	}
	if err := w.head(); err != nil {
		return err
	}
	a.counts.Chains++
	return w.met.end(w.seq)
}

// page checks some records that follow each other: the signatures on every processor, meanwhile the acts in the tables, then the rest in order.
func (w *walk) page(records []Stored) error {
	good := make([]bool, len(records))
	var signatures sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		signatures.Go(func() {
			for i := worker; i < len(records); i += workers {
				previous := w.previous
				if i > 0 {
					previous = records[i-1].Signature
				}
				good[i] = w.signed(records[i], previous)
			}
		})
	}
	acts, err := w.rebuild(records)
	signatures.Wait()
	if err != nil {
		return err
	}
	for i, r := range records {
		if err := w.record(r, good[i], acts[i]); err != nil {
			return err
		}
	}
	return nil
}

// signed tells whether a record bears the signature of its text by its key.
func (w *walk) signed(r Stored, previous string) bool {
	public := w.keys[r.KeyID]
	return public != nil && checks(public, signedText(w.q.Company(), r, previous), r.Signature)
}

// rebuild makes the digests of acts again from their tables.
func (w *walk) rebuild(records []Stored) ([]rebuilt, error) {
	acts := make([]rebuilt, len(records))
	for i, r := range records {
		source, known := w.sources[r.SourceKind]
		if !known {
			continue
		}
		content, err := source.Content(w.q, r.SourceID)
		if err != nil && !gone(err) {
			return nil, err
		}
		if err == nil {
			acts[i] = rebuilt{digest: sha256.Sum256(content), there: true}
			if r.SourceKind == EventKind {
				acts[i].brought = w.brought
			}
		}
	}
	return acts, nil
}

// record checks one record against the one before and against its act.
func (w *walk) record(r Stored, signed bool, act rebuilt) error {
	broken := func(format string, args ...any) error {
		return &Broken{w.register, w.chain, r.Seq, fmt.Sprintf(format, args...)}
	}
	if r.Seq <= w.seq {
		return broken("no record has this number: the first is n° 1")
	}
	if r.Seq != w.seq+1 {
		return &Broken{w.register, w.chain, w.seq + 1, fmt.Sprintf("is missing: n° %d follows", r.Seq)}
	}
	if r.Format != format {
		return broken("its signed text has the format %d, which this program does not know", r.Format)
	}
	if w.keys[r.KeyID] == nil {
		return broken("its key %s is not one of the register", r.KeyID)
	}
	if !signed {
		return w.unsigned(r, act)
	}
	if r.At.Before(w.at) {
		return broken("its instant is before that of the record before")
	}
	if err := w.keyOf(r, act); err != nil {
		return err
	}
	if _, known := w.sources[r.SourceKind]; !known {
		return broken("nothing rebuilds an act of the kind %s", r.SourceKind)
	}
	if !act.there {
		return broken("its act, %s %s, is missing", r.SourceKind, r.SourceID)
	}
	if !bytes.Equal(r.Digest, act.digest[:]) {
		return broken("its act, %s %s, is no longer what was sealed", r.SourceKind, r.SourceID)
	}
	if err := w.repeats(r); err != nil {
		return err
	}
	if w.sealed[r.SourceKind] == nil {
		w.sealed[r.SourceKind] = &set{}
	}
	w.add(w.sealed[r.SourceKind], r.SourceID)
	w.seq, w.previous, w.at = r.Seq, r.Signature, r.At
	w.counts.Records++
	return w.met.meet(r.Seq, r.Signature)
}

// unsigned says as much as can be known of a record whose signature does not check.
func (w *walk) unsigned(r Stored, act rebuilt) error {
	what := "its signature does not check: the record, its place in the chain or the signature before it was changed"
	if act.there && !bytes.Equal(r.Digest, act.digest[:]) {
		r.Digest = act.digest[:]
		if w.signed(r, w.previous) {
			what = "its digest was changed: its act is what was signed"
		}
	}
	return &Broken{w.register, w.chain, r.Seq, what}
}

// keyOf makes sure that keys follow one another as events brought them in: a new one only by an event that the key before signed.
func (w *walk) keyOf(r Stored, act rebuilt) error {
	if w.chain == Events && r.Seq == 1 {
		if act.brought != r.KeyID {
			return &Broken{w.register, w.chain, 1, "it is not the event that names the key it is signed with"}
		}
		w.order = append(w.order, r.KeyID)
		return nil
	}
	key := slices.Index(w.order, r.KeyID)
	if key < 0 {
		return &Broken{w.register, w.chain, r.Seq, fmt.Sprintf("it is signed with the key %s, which no event signed by the key before brought in", r.KeyID)}
	}
	if key < w.key || w.chain == Events && key != len(w.order)-1 {
		return &Broken{w.register, w.chain, r.Seq, fmt.Sprintf("it is signed with the key %s, which another had replaced", r.KeyID)}
	}
	w.key = key
	if w.chain == Events && act.brought != "" {
		w.order = append(w.order, act.brought)
	}
	return nil
}

// repeats notes the heads that a closing repeats.
func (w *walk) repeats(r Stored) error {
	if !chains[w.chain] {
		return nil
	}
	heads, err := repeatedHeads(w.register, r.Values())
	if err != nil {
		return &Broken{w.register, w.chain, r.Seq, err.Error()}
	}
	for _, h := range heads {
		w.counts.RepeatedHeads++
		list := w.said[h.Chain]
		if h.Chain == w.chain {
			if h.Seq != w.seq || h.Signature != w.previous {
				return &Broken{w.register, w.chain, r.Seq, "it repeats another head of its own chain than the record before"}
			}
			continue
		}
		if n := len(list); n == 0 || list[n-1].seq != h.Seq || list[n-1].signature != h.Signature {
			w.said[h.Chain] = append(list, said{h.Seq, h.Signature, w.chain, r.Seq})
		}
	}
	return nil
}

// head compares the head that the register keeps with the last record.
func (w *walk) head() error {
	at := slices.IndexFunc(w.heads, func(h Head) bool { return h.Chain == w.chain })
	if at < 0 {
		return &Broken{w.register, w.chain, w.seq, "is the last record, and the register keeps no head of this chain"}
	}
	h := w.heads[at]
	switch {
	case h.Seq > w.seq:
		return &Broken{w.register, w.chain, w.seq + 1, fmt.Sprintf("is missing: the register keeps n° %d as the head of this chain", h.Seq)}
	case h.Seq < w.seq:
		return &Broken{w.register, w.chain, w.seq, fmt.Sprintf("is the last record, and the register keeps n° %d as the head of this chain", h.Seq)}
	case h.Signature != w.previous || !h.At.Equal(w.at):
		return &Broken{w.register, w.chain, w.seq, "is the last record, and the register keeps another signature or instant as the head of this chain"}
	}
	return nil
}

// meeting compares a chain with the heads that closings said of it, both in order.
type meeting struct {
	register, chain string
	rest            []said
}

// meeting takes what closings said of a chain so far.
func (a *audit) meeting(chain string) *meeting {
	list := a.said[chain]
	delete(a.said, chain)
	slices.SortStableFunc(list, func(x, y said) int { return cmp.Compare(x.seq, y.seq) })
	return &meeting{a.register, chain, list}
}

// meet is told each record of the chain.
func (m *meeting) meet(seq int64, signature string) error {
	for len(m.rest) > 0 && m.rest[0].seq <= seq {
		s := m.rest[0]
		if s.seq != seq || s.signature != signature {
			return &Broken{m.register, m.chain, s.seq, fmt.Sprintf("its signature is not the one that n° %d of chain %s repeats", s.by, s.chain)}
		}
		m.rest = m.rest[1:]
	}
	return nil
}

// end is told the number of the last record.
func (m *meeting) end(last int64) error {
	if len(m.rest) == 0 {
		return nil
	}
	s := m.rest[0]
	return &Broken{m.register, m.chain, last + 1, fmt.Sprintf("is missing: n° %d of chain %s repeats n° %d as the head of this chain", s.by, s.chain, s.seq)}
}
