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
	if _, known := chains[r.Chain]; !known {
		return Sealed{}, fmt.Errorf("seal: no chain is called %q", r.Chain)
	}
	if r.Chain == Events {
		return Sealed{}, errors.New("seal: events are sealed by LogEvent")
	}
	if r.SourceKind == "" || r.SourceID == "" {
		return Sealed{}, fmt.Errorf("seal: a record of chain %s without its act", r.Chain)
	}
	s, err := begin(tx, r.Register)
	if err != nil {
		return Sealed{}, err
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
func (s *state) append(tx *db.Tx, r Record) (Sealed, error) {
	fields := r.Fields
	if chains[r.Chain] {
		fields = append(slices.Clone(fields), headFields(s.heads)...)
	}
	text, err := joinFields(fields)
	if err != nil {
		return Sealed{}, err
	}
	digest := sha256.Sum256(r.Content)
	stored := Stored{
		Register: s.register, Chain: r.Chain, Seq: 1, At: s.at, On: r.On, SourceKind: r.SourceKind, SourceID: r.SourceID,
		Fields: text, Digest: digest[:], KeyID: s.keyID, Format: format,
	}
	previous := ""
	at := slices.IndexFunc(s.heads, func(h Head) bool { return h.Chain == r.Chain })
	if at >= 0 {
		stored.Seq, previous = s.heads[at].Seq+1, s.heads[at].Signature
	}
	private, err := privateKey(tx, s.keyID)
	if err != nil {
		return Sealed{}, err
	}
	if stored.Signature, err = sign(private, signedText(tx.Company(), stored, previous)); err != nil {
		return Sealed{}, err
	}
	if err := insertRecord(tx, stored); err != nil {
		return Sealed{}, err
	}
	head := Head{Register: s.register, Chain: r.Chain, Seq: stored.Seq, Signature: stored.Signature, At: stored.At}
	if at >= 0 {
		s.heads[at] = head
	} else {
		s.heads = append(s.heads, head)
	}
	if err := keepHeads(tx, s); err != nil {
		return Sealed{}, err
	}
	return Sealed{Seq: stored.Seq, Signature: stored.Signature, Extract: Extract(stored.Signature), At: stored.At}, nil
}
