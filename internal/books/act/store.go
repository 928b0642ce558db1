// Package act makes a fact stated twice count once. Whoever states a fact (browser, till, other program) makes its key, a
// UUIDv7, and may send it again when the answer was lost: the same key with the same content changes nothing more; the same
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

// Once runs do the first time a key is seen; later it runs nothing, and the caller answers as it did then: with what stands under the key.
// The content is whatever was asked, compared by its JSON form. Faults: Invalid for a key that is no UUID, Mismatch for a key already
// used with another content.
func Once(tx *db.Tx, key, kind string, content any, do func() error) error {
	if !id.Valid(key) {
		return fault.New(fault.Invalid, "L’envoi n’a pas d’identifiant valable. Rechargez la page puis recommencez.")
	}
	digest, err := digestOf(kind, content)
	if err != nil {
		return err
	}
	first, err := tx.Exec(`INSERT INTO act (company_id, key, kind, digest, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (company_id, key) DO NOTHING`,
		tx.Company(), key, kind, digest, tx.Now().UnixMicro())
	if err != nil {
		return err
	}
	author := authorOf(tx)
	if first == 1 {
		if author != nil {
			author.stated.Store(true)
		}
		return do()
	}
	if author != nil {
		author.again.Store(true)
	}
	var before []byte
	if err := tx.Row(`SELECT digest FROM act WHERE company_id = $1 AND key = $2`, tx.Company(), key).Scan(&before); err != nil {
		return err
	}
	if !bytes.Equal(before, digest) {
		return fault.New(fault.Mismatch, "Cet envoi a déjà servi pour un autre contenu. Rechargez la page puis recommencez.")
	}
	return nil
}

func digestOf(kind string, content any) ([]byte, error) {
	text, err := json.Marshal(content)
	if err != nil {
		return nil, fmt.Errorf("act: %s: %w", kind, err)
	}
	digest := sha256.Sum256(append([]byte(kind+"\n"), text...))
	return digest[:], nil
}

// Stated tells whether an act was stated under a key with one of some contents.
func Stated(q db.Querier, key, kind string, contents ...any) (bool, error) {
	var kept []byte
	err := q.Row(`SELECT digest FROM act WHERE company_id = $1 AND key = $2 AND kind = $3`, q.Company(), key, kind).Scan(&kept)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, content := range contents {
		digest, err := digestOf(kind, content)
		if err != nil {
			return false, err
		}
		if bytes.Equal(digest, kept) {
			return true, nil
		}
	}
	return false, nil
}

// EachStated calls fn with the key of every act of a kind. fn reads nothing.
func EachStated(q db.Querier, kind string, fn func(key string) error) error {
	return db.Each(q, func(r *sql.Rows) error {
		var key string
		if err := r.Scan(&key); err != nil {
			return err
		}
		return fn(key)
	}, `SELECT key FROM act WHERE company_id = $1 AND kind = $2 ORDER BY key`, q.Company(), kind)
}
