package staff

import (
	"bytes"
	"context"
	"errors"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// KeyAttempt is somebody who tries to sign in with a passkey.
type KeyAttempt struct {
	Token  string // secret of the challenge
	Answer string // of the browser, in JSON
	Client string // address of the network, as the window counts it
	Agent  string // what the browser says of itself
	Before string // secret of the session the browser had, closed when the new one opens
}

// AskEntry asks a browser for a passkey, whoever owns it. host is the address of the program it uses, client its own on the network.
func (r *Room) AskEntry(ctx context.Context, host, client string) (Challenge, error) {
	site, ok := r.siteAt(host)
	if !ok {
		return Challenge{}, noSite()
	}
	assertion, ceremony, err := site.party.BeginDiscoverableLogin()
	if err != nil {
		return Challenge{}, err
	}
	return r.keep(ctx, challengeEnter, asker{client: client}, assertion.Response, ceremony)
}

// wrongKey is one answer for a key that is unknown, removed, of another address, and for a closed account. The cause is for the log.
func wrongKey(cause error) error {
	return fault.Wrap(fault.Invalid, "Cette clé d’accès ne convient pas. Elle a peut-être été retirée de votre compte\u00a0: connectez-vous par votre mot de passe.", cause)
}

// keyKey names the counter of tries of a passkey.
func keyKey(credential []byte) string { return "cle:" + digestText(string(credential)) }

// errCopied says that the counter of a key went back.
var errCopied = errors.New("staff: the counter of a passkey went back")

// SignInWithPasskey opens a session with a passkey. No code is asked after it.
func (r *Room) SignInWithPasskey(ctx context.Context, a KeyAttempt) (Pass, error) {
	answer, err := protocol.ParseCredentialRequestResponseBytes([]byte(a.Answer))
	if err != nil {
		return Pass{}, wrongKey(err)
	}
	counter := keyKey(answer.RawID)
	if err := r.admit(ctx, counter, a.Client); err != nil {
		return Pass{}, err
	}
	key, used, err := r.verifyKey(ctx, a.Token, answer)
	if err != nil {
		return Pass{}, r.refuseKey(ctx, key, a.Client, err)
	}
	var pass Pass
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		now, known, err := passkeyByCredential(tx, key.credential)
		if err != nil {
			return err
		}
		if !known || now.Suspect { // changed while the signature was verified
			return wrongKey(nil)
		}
		u, err := mustUser(tx, key.UserID)
		if err != nil {
			return err
		}
		if u.Disabled {
			return wrongKey(nil)
		}
		if first, err := usePasskey(tx, key.ID, key.counter, int64(used.Authenticator.SignCount), used.Flags.BackupState); err != nil {
			return err
		} else if !first { // another answer of the same key went before
			return wrongKey(nil)
		}
		if err := deleteCounter(tx, counter); err != nil {
			return err
		}
		pass, err = r.open(tx, u.ID, agentWords(a.Agent), a.Before, stageOpen, true)
		return err
	})
	return pass, err
}

// verifyKey checks the answer of a browser: what it was asked, here, signed by a key that is kept, for its owner, who was verified.
func (r *Room) verifyKey(ctx context.Context, token string, answer *protocol.ParsedCredentialAssertionData) (key passkeyRow, used *webauthn.Credential, err error) {
	ceremony, site, err := r.takeChallenge(ctx, token, challengeEnter, "")
	if err != nil {
		return key, nil, err
	}
	owner := func(credential, handle []byte) (webauthn.User, error) {
		var u userRow
		err := r.db.Read(ctx, "", func(q *db.Snapshot) (err error) {
			var known bool
			if key, known, err = passkeyByCredential(q, credential); err != nil {
				return err
			}
			if !known || key.Domain != site.domain || !bytes.Equal(handle, []byte(key.UserID)) {
				return wrongKey(nil)
			}
			u, err = mustUser(q, key.UserID)
			return err
		})
		return keyOwner{u.User, []passkeyRow{key}}, err
	}
	_, used, err = site.party.ValidatePasskeyLogin(owner, ceremony, answer)
	switch {
	case err != nil:
		return key, nil, wrongKey(err)
	case used.Authenticator.CloneWarning:
		return key, nil, errCopied
	case key.Suspect:
		return key, nil, wrongKey(nil)
	}
	return key, used, nil
}

// refuseKey has a refusal told to the companies of the owner of a key, if it has one, and puts aside a key that may have been copied.
func (r *Room) refuseKey(ctx context.Context, key passkeyRow, client string, why error) error {
	if key.ID == "" || !fault.Is(why, fault.Invalid) && !errors.Is(why, errCopied) {
		return why
	}
	what := noteKeyRefused
	if errors.Is(why, errCopied) {
		what, why = noteKeyCopied, fault.New(fault.Invalid, "Cette clé d’accès a peut-être été copiée\u00a0: elle est mise de côté. Connectez-vous par votre mot de passe, puis retirez-la dans Mon compte.")
	}
	err := r.db.Write(ctx, "", func(tx *db.Tx) error {
		if what == noteKeyCopied {
			if err := suspectPasskey(tx, key.ID); err != nil {
				return err
			}
		}
		return addNote(tx, what, key.UserID, client)
	})
	if err != nil {
		r.log.Error("a passkey refused is not told to the companies", "error", err)
	}
	return why
}
