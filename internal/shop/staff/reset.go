package staff

import (
	"context"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

const resetLife = time.Hour

// AskReset sends a link to choose a new password, if the address has an account. The answer is the same if it has none.
func (r *Room) AskReset(ctx context.Context, email, client string) error {
	email = CleanEmail(email)
	if err := checkEmail(email); err != nil {
		return err
	}
	if err := r.admit(ctx, resetKey(email), client); err != nil {
		return err
	}
	if !r.mails() {
		return nil
	}
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		u, known, err := userByEmail(tx, email)
		if err != nil || !known || u.Disabled {
			return err
		}
		path, err := newReset(tx, u.ID)
		if err != nil {
			return err
		}
		return r.post(tx, resetLetter(u.User, r.publicURL+path))
	})
}

// ResetLink makes a link to choose a new password, to be handed over by whoever runs the program. It is valid for an hour.
func ResetLink(tx *db.Tx, email string) (path string, err error) {
	u, known, err := userByEmail(tx, CleanEmail(email))
	if err != nil {
		return "", err
	}
	if !known {
		return "", fault.Newf(fault.NotFound, "Aucun compte n’a l’adresse %s.", CleanEmail(email))
	}
	return newReset(tx, u.ID)
}

// newReset makes the one link of a person: those before no longer serve.
func newReset(tx *db.Tx, userID string) (path string, err error) {
	if err := deleteResets(tx, userID); err != nil {
		return "", err
	}
	token, hash := newToken()
	err = insertReset(tx, id.New(), hash, userID, tx.Now().Add(resetLife))
	return "/mot-de-passe/" + token, err
}

// CheckReset tells whose link it is.
func (r *Room) CheckReset(ctx context.Context, token string) (u User, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		u, err = resetUser(q, token)
		return err
	})
	return u, err
}

func resetUser(q db.Querier, token string) (User, error) {
	userID, known, err := resetByHash(q, hashToken(token), q.Now())
	if err != nil {
		return User{}, err
	}
	if known {
		u, err := mustUser(q, userID)
		if err != nil || !u.Disabled {
			return u.User, err
		}
	}
	return User{}, usedReset()
}

func usedReset() error {
	return fault.New(fault.NotFound, "Ce lien a déjà servi ou il est trop ancien. Demandez-en un autre.")
}

// Reset gives the person of a link a new password. The link serves once; every session of the person is closed.
func (r *Room) Reset(ctx context.Context, token, password, client string) error {
	u, err := r.CheckReset(ctx, token)
	if err != nil {
		return err
	}
	about, _, err := r.about(ctx, u.ID)
	if err != nil {
		return err
	}
	hash, err := r.Hash(ctx, password, about...)
	if err != nil {
		return err
	}
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		if u, err = resetUser(tx, token); err != nil {
			return err
		}
		taken, err := takeReset(tx, hashToken(token))
		if err != nil {
			return err
		}
		if !taken {
			return usedReset()
		}
		if err := SetPassword(tx, u.ID, hash); err != nil {
			return err
		}
		return r.tellAccess(tx, u, noteChanged, "", client)
	})
}
