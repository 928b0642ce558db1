// Package act makes a fact stated twice count once. Whoever states a fact (browser, till, other program) makes its key, a
// UUIDv7, and may send it again when the answer was lost: the same key with the same content changes nothing more; the same
// key with another content is refused.
package act

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

// Once runs do the first time a key is seen; later it runs nothing, and the caller answers as it did then: with what stands under the key.
// The content is whatever was asked, compared by its JSON form. Faults: Invalid for a key that is no UUID, Mismatch for a key already
// used with another content.
func Once(tx *db.Tx, key, kind string, content any, do func() error) error {
	if !id.Valid(key) {
		return fault.New(fault.Invalid, "L’envoi n’a pas d’identifiant valable. Rechargez la page puis recommencez.")
	}
	text, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("act: %s: %w", kind, err)
	}
	digest := sha256.Sum256(append([]byte(kind+"\n"), text...))
	first, err := tx.Exec(`INSERT INTO act (company_id, key, kind, digest, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (company_id, key) DO NOTHING`,
		tx.Company(), key, kind, digest[:], tx.Now().UnixMicro())
	if err != nil {
		return err
	}
	if first == 1 {
		return do()
	}
	var before []byte
	if err := tx.Row(`SELECT digest FROM act WHERE company_id = $1 AND key = $2`, tx.Company(), key).Scan(&before); err != nil {
		return err
	}
	if !bytes.Equal(before, digest[:]) {
		return fault.New(fault.Mismatch, "Cet envoi a déjà servi pour un autre contenu. Rechargez la page puis recommencez.")
	}
	return nil
}
