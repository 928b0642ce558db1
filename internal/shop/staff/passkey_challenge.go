package staff

import (
	"context"
	"encoding/json"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"

	"github.com/go-webauthn/webauthn/webauthn"
)

// What a browser is asked to sign: for a new key, or to sign in.
const (
	challengeAdd   = "add"
	challengeEnter = "enter"
)

// Challenge is what a browser is asked to sign. The secret ties it to this browser; it is answered once, within five minutes.
type Challenge struct {
	Token   string
	Options any // for the script of the page, in JSON
}

// asker is who is given a challenge: somebody signed in, or anybody from an address of the network.
type asker struct{ userID, client string }

func challengeKey(client string) string { return "defi:" + digestText(client) }

// keep writes a challenge down until it is answered. An address of the network is given so many a minute, for each is a row.
func (r *Room) keep(ctx context.Context, kind string, by asker, options any, ceremony *webauthn.SessionData) (Challenge, error) {
	text, err := json.Marshal(ceremony)
	if err != nil {
		return Challenge{}, err
	}
	token, hash := newToken()
	var wait time.Duration
	err = r.db.Write(ctx, "", func(tx *db.Tx) (err error) {
		if wait, err = countTry(tx, challengeKey(by.client), challengesPerClient, false); err != nil || wait > 0 {
			return err
		}
		return insertChallenge(tx, hash, kind, by.userID, string(text), tx.Now().Add(challengePatience))
	})
	if err == nil && wait > 0 {
		err = tooMany(wait)
	}
	return Challenge{Token: token, Options: options}, err
}

// takeChallenge gives back what the browser was asked, this once, even if its answer turns out to be wrong.
func (r *Room) takeChallenge(ctx context.Context, token, kind, userID string) (ceremony webauthn.SessionData, site keySite, err error) {
	var text string
	var known bool
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		text, known, err = deleteChallenge(tx, hashToken(token), kind, userID, tx.Now())
		return err
	})
	if err != nil {
		return ceremony, site, err
	}
	if known {
		if err := json.Unmarshal([]byte(text), &ceremony); err != nil {
			return ceremony, site, err
		}
		site, known = r.siteOf(ceremony.RelyingPartyID)
	}
	if !known {
		return ceremony, site, fault.New(fault.Invalid, "La demande a déjà servi ou date de plus de cinq minutes. Recommencez.")
	}
	return ceremony, site, nil
}
