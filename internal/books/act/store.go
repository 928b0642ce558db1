// Package act makes a fact stated twice count once. Whoever states a fact (browser, till, other program) makes its key, a
// UUIDv7, and may send it again when the answer was lost: the same key with the same content gets the first answer; the same
// key with another content is refused.
package act

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

// Once runs do the first time a key is seen and keeps its answer; later it gives that answer back and runs nothing. The
// content is whatever was asked, compared by its JSON form. Faults: Invalid for a key that is no UUID, Mismatch for a key
// already used with another content.
func Once(tx *db.Tx, key, kind string, content any, do func() (answer string, err error)) (answer string, err error) {
	if !id.Valid(key) {
		return "", fault.New(fault.Invalid, "L’envoi n’a pas d’identifiant valable. Rechargez la page puis recommencez.")
	}
	text, err := json.Marshal(content)
	if err != nil {
		return "", fmt.Errorf("act: %s: %w", kind, err)
	}
	digest := sha256.Sum256(append([]byte(kind+"\n"), text...))
	var before []byte
	err = tx.Row(`SELECT digest, answer FROM act WHERE company_id = $1 AND key = $2`, tx.Company(), key).Scan(&before, &answer)
	switch {
	case err == nil && bytes.Equal(before, digest[:]):
		return answer, nil
	case err == nil:
		return "", fault.New(fault.Mismatch, "Cet envoi a déjà servi pour un autre contenu. Rechargez la page puis recommencez.")
	case !errors.Is(err, sql.ErrNoRows):
		return "", err
	}
	if answer, err = do(); err != nil {
		return "", err
	}
	_, err = tx.Exec(`INSERT INTO act (company_id, key, kind, digest, answer, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		tx.Company(), key, kind, digest[:], answer, tx.Now().UnixMicro())
	return answer, err
}
