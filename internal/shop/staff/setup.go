package staff

import (
	"context"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

// SetupNeeded tells whether nobody can sign in yet: the program is new.
func SetupNeeded(q db.Querier) (bool, error) {
	n, err := countUsers(q)
	return n == 0, err
}

// NewSetupLink makes the one link that opens the first-run assistant; those before no longer serve. There is none, and the path
// is empty, once somebody can sign in.
func (r *Room) NewSetupLink(ctx context.Context) (path string, err error) {
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		needed, err := SetupNeeded(tx)
		if err != nil || !needed {
			return err
		}
		if err := deleteSetupLinks(tx); err != nil {
			return err
		}
		token, hash := newToken()
		path = "/installation/" + token
		return insertSetupLink(tx, id.New(), hash)
	})
	return path, err
}

// CheckSetup refuses a link that does not open the assistant.
func CheckSetup(q db.Querier, token string) error {
	known, err := isSetupLink(q, hashToken(token))
	if err == nil && !known {
		err = usedSetup()
	}
	return err
}

func usedSetup() error {
	return fault.New(fault.NotFound, "Ce lien d’installation a déjà servi ou n’est pas le dernier. Relancez le programme\u00a0: il affiche le lien présent.")
}

// UseSetup takes the link, which serves once, in the act that adds the first person.
func UseSetup(tx *db.Tx, token string) error {
	taken, err := takeSetupLink(tx, hashToken(token))
	if err == nil && !taken {
		err = usedSetup()
	}
	return err
}
