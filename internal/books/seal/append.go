package seal

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"encaisse/internal/base/db"
)

// jumpLimit is how far the clock may go back without an event.
const jumpLimit = 2 * time.Second

// Append seals a record: the next number of its chain, stamped, signed with what came before, and kept. It takes the lock of the
// register until the end of the transaction, so that an act seals last what it can.
func Append(tx *db.Tx, r Record) (Sealed, error) {
	l, err := appendRecord(tx, r)
	if err != nil {
		return Sealed{}, err
	}
	signature, err := l.signed()
	return Sealed{Seq: l.Seq, Signature: signature, Extract: Extract(signature), At: l.At}, err
}

// AppendUnread is Append for an act that does not print the signature: it is made while the act goes on, and waited for before the commit.
func AppendUnread(tx *db.Tx, r Record) error {
	_, err := appendRecord(tx, r)
	return err
}

func appendRecord(tx *db.Tx, r Record) (link, error) {
	if _, known := chains[r.Chain]; !known {
		return link{}, fmt.Errorf("seal: no chain is called %q", r.Chain)
	}
	if r.Chain == Events {
		return link{}, errors.New("seal: events are sealed by LogEvent")
	}
	if r.SourceKind == "" || r.SourceID == "" {
		return link{}, fmt.Errorf("seal: a record of chain %s without its act", r.Chain)
	}
	s, err := begin(tx, r.Register)
	if err != nil {
		return link{}, err
	}
	return s.append(tx, r)
}

// begin takes the lock of a register; when its clock went back since the record before, the jump becomes an event first.
func begin(tx *db.Tx, register string) (*state, error) {
	s, err := lock(tx, register)
	if err != nil || s.jump <= jumpLimit {
		return s, err
	}
	return s, s.log(tx, Event{Code: ClockBack, Label: fmt.Sprintf("Horloge reculée de %d s", s.jump/time.Second), Source: "clock"})
}

// append seals a record in a register whose lock is held.
func (s *state) append(tx *db.Tx, r Record) (link, error) {
	fields := r.Fields
	if chains[r.Chain] {
		heads, err := s.signedHeads()
		if err != nil {
			return link{}, err
		}
		fields = append(slices.Clone(fields), headFields(heads)...)
	}
	text, err := joinFields(fields)
	if err != nil {
		return link{}, err
	}
	private, err := privateKey(tx, s.keyID)
	if err != nil {
		return link{}, err
	}
	digest := sha256.Sum256(r.Content)
	made := &signing{done: make(chan struct{}), stored: Stored{
		Register: s.register, Chain: r.Chain, Seq: 1, At: s.at, On: r.On, SourceKind: r.SourceKind, SourceID: r.SourceID,
		Fields: text, Digest: digest[:], KeyID: s.keyID, Format: format,
	}}
	at := slices.IndexFunc(s.heads, func(l link) bool { return l.Chain == r.Chain })
	var before link
	if at >= 0 {
		before = s.heads[at]
		made.stored.Seq = before.Seq + 1
	}
	go made.sign(tx.Company(), private, before)
	l := link{Head: Head{Register: s.register, Chain: r.Chain, Seq: made.stored.Seq, At: s.at}, by: made}
	if at >= 0 {
		s.heads[at] = l
	} else {
		s.heads = append(s.heads, l)
	}
	s.records, s.changed = append(s.records, made), true
	return l, nil
}
