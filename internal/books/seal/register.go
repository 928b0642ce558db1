package seal

import (
	"fmt"
	"time"

	"encaisse/internal/base/db"
)

// Register is the append-only proof of one till, or of the company's back office.
type Register struct {
	ID, Kind, Label string
	OpenedAt        time.Time
}

// OpenRegister opens a register with its first key. Its first record is the event that names them.
func OpenRegister(tx *db.Tx, id, kind, label string) error {
	r := Register{ID: id, Kind: kind, Label: label, OpenedAt: tx.Now()}
	if id == "" || kind == "" {
		return fmt.Errorf("seal: a register without identifier or kind")
	}
	if err := insertRegister(tx, r); err != nil {
		return err
	}
	k, err := newKey(tx.Company(), id, tx.Now())
	if err != nil {
		return err
	}
	if err := insertKey(tx, k); err != nil {
		return err
	}
	s := &state{register: id, keyID: k.ID, at: tx.Now(), clockAt: tx.Now()}
	if err := insertHead(tx, s); err != nil {
		return err
	}
	bookOf(tx).states[id] = s
	return s.log(tx, Event{Code: NewKey, Source: keySource + k.ID})
}

// Rotate gives a register a new key. The event that names the new key is the last record the old one signs, so that only who held the
// old key can bring in a new one. What was signed before stays checked with the key of its time, which is kept for ever.
func Rotate(tx *db.Tx, register string) error {
	s, err := begin(tx, register)
	if err != nil {
		return err
	}
	k, err := newKey(tx.Company(), register, s.at)
	if err != nil {
		return err
	}
	if err := insertKey(tx, k); err != nil {
		return err
	}
	if err := s.log(tx, Event{Code: NewKey, Source: keySource + k.ID}); err != nil {
		return err
	}
	s.keyID, s.changed = k.ID, true
	return nil
}
