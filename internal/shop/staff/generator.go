package staff

import (
	"context"
	"net/url"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// Enrolment is a code generator being set up: its secret, as text and as the address a QR code holds.
type Enrolment struct{ Secret, URI string }

// label binds a locked secret to its person.
func secretLabel(userID string) []byte { return []byte("totp\n" + userID) }

func (r *Room) openSecret(userID string, box []byte) (string, error) {
	secret, err := r.vault.Open(box, secretLabel(userID))
	return string(secret), err
}

// StartGenerator begins to set up a code generator, with a new secret each time.
func (r *Room) StartGenerator(ctx context.Context, userID string) error {
	box, err := r.vault.Lock([]byte(newCodeSecret()), secretLabel(userID))
	if err != nil {
		return err
	}
	return r.db.Write(ctx, "", func(tx *db.Tx) error { return updatePending(tx, userID, box) })
}

// StopGenerator gives up setting up.
func (r *Room) StopGenerator(ctx context.Context, userID string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error { return updatePending(tx, userID, nil) })
}

// PendingGenerator is the generator being set up, nil when there is none.
func (r *Room) PendingGenerator(ctx context.Context, userID string) (e *Enrolment, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		u, err := mustUser(q, userID)
		if err != nil || len(u.pending) == 0 {
			return err
		}
		secret, err := r.openSecret(userID, u.pending)
		if err == nil {
			e = &Enrolment{Secret: secret, URI: codeURI(u.Email, secret)}
		}
		return err
	})
	return e, err
}

// codeURI is what applications read in the QR code.
func codeURI(email, secret string) string {
	return "otpauth://totp/" + url.PathEscape(codeIssuer+":"+email) + "?secret=" + secret + "&issuer=" + codeIssuer
}

// ConfirmGenerator ends the set-up with a first code. From then on sign-in asks for one; the person's other sessions, opened
// without, are closed. It gives the codes of last resort, shown once.
func (r *Room) ConfirmGenerator(ctx context.Context, userID, sessionID, text, client string) (recovery []string, err error) {
	if err := r.admit(ctx, codeKey(userID), client); err != nil {
		return nil, err
	}
	code, _ := cleanCode(text)
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		u, err := mustUser(tx, userID)
		if err != nil {
			return err
		}
		if len(u.pending) == 0 {
			return fault.New(fault.Conflict, "La mise en place a été abandonnée. Recommencez-la.")
		}
		secret, err := r.openSecret(userID, u.pending)
		if err != nil {
			return err
		}
		step, ok, err := matchCode(secret, code, 0, tx.Now())
		if err != nil {
			return err
		}
		if !ok {
			return wrongCode()
		}
		shown, kept := newRecovery()
		recovery = shown
		if err := updateGenerator(tx, userID, u.pending, step, kept); err != nil {
			return err
		}
		if err := deleteCounter(tx, codeKey(userID)); err != nil {
			return err
		}
		if err := r.tellAccess(tx, u.User, noteCodeAdded, "", client); err != nil {
			return err
		}
		return deleteSessions(tx, userID, sessionID)
	})
	return recovery, err
}

// RemoveGenerator stops asking for a code at sign-in.
func (r *Room) RemoveGenerator(ctx context.Context, userID, client string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		u, err := mustUser(tx, userID)
		if err != nil {
			return err
		}
		if err := updateGenerator(tx, userID, nil, 0, ""); err != nil || !u.SecondFactor {
			return err
		}
		return r.tellAccess(tx, u.User, noteCodeGone, "", client)
	})
}

// RenewRecovery replaces the codes of last resort.
func (r *Room) RenewRecovery(ctx context.Context, userID string) (recovery []string, err error) {
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		u, err := mustUser(tx, userID)
		if err != nil {
			return err
		}
		if !u.SecondFactor {
			return fault.New(fault.Conflict, "Aucune application de codes n’est en place.")
		}
		shown, kept := newRecovery()
		recovery = shown
		return updateGenerator(tx, userID, u.totp, u.totpStep, kept)
	})
	return recovery, err
}
