package staff

import (
	"context"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// Attempt is somebody who tries to sign in.
type Attempt struct {
	Email, Password string
	Client          string // address of the network, as the window counts it
	Agent           string // what the browser says of itself
	Before          string // secret of the session the browser had, closed when the new one opens
}

// wrongPair is one answer for an unknown address, a wrong password and a closed account.
func wrongPair() error {
	return fault.New(fault.Invalid, "L’adresse ou le mot de passe ne convient pas. Vérifiez-les, ou choisissez un nouveau mot de passe.")
}

// SignIn opens a session with an address and a password. With a code generator the session waits for its code. The answer and
// the work done are the same whether or not the address is known.
func (r *Room) SignIn(ctx context.Context, a Attempt) (Pass, error) {
	email := CleanEmail(a.Email)
	u, rehash, err := r.verify(ctx, email, a.Password, a.Client)
	if err != nil {
		return Pass{}, err
	}
	var pass Pass
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		now, known, err := userByID(tx, u.ID)
		if err != nil {
			return err
		}
		if !known || now.Disabled || now.password != u.password { // changed while the password was verified
			return wrongPair()
		}
		if rehash.text != "" {
			if err := rehashPassword(tx, u.ID, u.password, rehash.text); err != nil {
				return err
			}
		}
		if err := deleteCounter(tx, accountKey(email)); err != nil {
			return err
		}
		stage := stageOpen
		if now.SecondFactor {
			stage = stageCode
		}
		pass, err = r.open(tx, u.ID, agentWords(a.Agent), a.Before, stage, false)
		return err
	})
	return pass, err
}

// verify counts a try, then checks a password. rehash is its new digest when the one kept was made with weaker settings.
func (r *Room) verify(ctx context.Context, email, password, client string) (u userRow, rehash Hash, err error) {
	if err := r.admit(ctx, accountKey(email), client); err != nil {
		return u, rehash, err
	}
	if len(password) > longestPassword*4 { // longer than any password taken: digest something of a fair size all the same
		password = ""
	}
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		u, _, err = userByEmail(q, email)
		return err
	})
	if err != nil {
		return u, rehash, err
	}
	ok, old, err := r.hasher.matches(ctx, password, u.password)
	if err != nil {
		return u, rehash, err
	}
	if !ok || u.Disabled {
		if err := r.noteRefused(ctx, u.ID, client); err != nil {
			r.log.Error("a password refused is not told to the companies", "error", err)
		}
		return u, rehash, wrongPair()
	}
	if old {
		rehash, err = r.hasher.hash(ctx, password)
	}
	return u, rehash, err
}

// SecondFactor opens a session that waits for a code: that of a generator, or one of last resort.
func (r *Room) SecondFactor(ctx context.Context, token, text, client string) (Pass, error) {
	var s Session
	var u userRow
	err := r.db.Read(ctx, "", func(q *db.Snapshot) (err error) {
		s, u, err = r.waiting(q, token)
		return err
	})
	if err != nil {
		return Pass{}, err
	}
	if err := r.admit(ctx, codeKey(u.ID), client); err != nil {
		return Pass{}, err
	}
	var pass Pass
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		if s, u, err = r.waiting(tx, token); err != nil {
			return err
		}
		if err := r.useCode(tx, u, text); err != nil {
			return err
		}
		if err := deleteCounter(tx, codeKey(u.ID)); err != nil {
			return err
		}
		pass, err = r.open(tx, u.ID, s.Agent, token, stageOpen, true)
		return err
	})
	return pass, err
}

// waiting finds the session that waits for its code.
func (r *Room) waiting(q db.Querier, token string) (Session, userRow, error) {
	s, u, known, err := r.find(q, token, stageCode)
	if err == nil && (!known || !u.SecondFactor) {
		err = fault.New(fault.SignIn, "Le temps pour donner le code est passé. Connectez-vous de nouveau.")
	}
	return s, u, err
}

// useCode takes a code of a person: each serves once.
func (r *Room) useCode(tx *db.Tx, u userRow, text string) error {
	code, recovery := cleanCode(text)
	if recovery {
		left, ok := useRecovery(u.recovery, code)
		if ok {
			ok, err := updateRecovery(tx, u.ID, u.recovery, left)
			if err != nil || ok {
				return err
			}
		}
		return wrongCode()
	}
	secret, err := r.openSecret(u.ID, u.totp)
	if err != nil {
		return err
	}
	step, ok, err := matchCode(secret, code, u.totpStep, tx.Now())
	if err != nil {
		return err
	}
	if ok {
		ok, err = useStep(tx, u.ID, step)
	}
	if err == nil && !ok {
		err = wrongCode()
	}
	return err
}

func wrongCode() error {
	return fault.New(fault.Invalid, "Ce code ne convient pas.").Field("code", "Tapez le code affiché en ce moment par l’application\u00a0: chacun ne sert qu’une fois.")
}

// Confirm checks the password of somebody signed in, before an act that asks for it again. The session goes on under another secret, as
// it would after signing in anew.
func (r *Room) Confirm(ctx context.Context, sessionID, password, client string) (Pass, error) {
	s, err := r.confirm(ctx, sessionID, password, client)
	if err != nil {
		return Pass{}, err
	}
	token, hash := newToken()
	err = r.db.Write(ctx, "", func(tx *db.Tx) error { return renewSession(tx, sessionID, hash) })
	return Pass{Token: token, Until: s.ExpiresAt}, err
}

func (r *Room) confirm(ctx context.Context, sessionID, password, client string) (Session, error) {
	var s Session
	var u userRow
	err := r.db.Read(ctx, "", func(q *db.Snapshot) (err error) {
		var known bool
		if s, known, err = sessionByID(q, sessionID); err == nil && !known {
			err = fault.New(fault.SignIn, "Connectez-vous pour continuer.")
		}
		if err == nil {
			u, err = mustUser(q, s.UserID)
		}
		return err
	})
	if err != nil {
		return s, err
	}
	if _, _, err := r.verify(ctx, u.Email, password, client); err != nil {
		if fault.Is(err, fault.Invalid) {
			return s, fault.New(fault.Invalid, "Le mot de passe est à corriger.").Field("mot-de-passe-actuel", "Ce n’est pas votre mot de passe.")
		}
		return s, err
	}
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		if err := deleteCounter(tx, accountKey(u.Email)); err != nil {
			return err
		}
		return verifySession(tx, sessionID)
	})
	return s, err
}
