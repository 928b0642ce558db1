package api

import (
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
)

// Make makes a link and gives its token, which is shown once and kept nowhere. The id is chosen by whoever asks: a form sent twice makes
// one link, and the second time is a fault Conflict, because its token cannot be shown again.
func Make(tx *db.Tx, l Link, held right.Set) (token string, err error) {
	l.Name, l.CreatedAt = strings.TrimSpace(l.Name), tx.Now()
	if err := l.check(held); err != nil {
		return "", err
	}
	for _, box := range l.Boxes {
		if _, err := cashbox.Get(tx, box); err != nil {
			return "", err
		}
	}
	token = newToken(tx.Company())
	l.Hint = hintOf(token)
	made, err := insert(tx, l, digestOf(token))
	if err != nil {
		return "", err
	}
	if !made {
		return "", fault.New(fault.Conflict, "Cette liaison est déjà créée et son jeton a été montré. Si vous ne l’avez pas gardé, révoquez-la et créez-en une autre.")
	}
	return token, seal.LogEvent(tx, seal.Event{Code: seal.RightsChanged, Label: "Liaison créée", By: l.By, Source: "link:" + l.ID})
}

// Revoke ends a link: its token opens nothing from the next request on. Twice is once.
func Revoke(tx *db.Tx, id, by string) error {
	l, err := Get(tx, id)
	if err != nil || l.Revoked() {
		return err
	}
	if err := revoke(tx, id, by); err != nil {
		return err
	}
	return seal.LogEvent(tx, seal.Event{Code: seal.RightsChanged, Label: "Liaison révoquée", By: by, Source: "link:" + id})
}
