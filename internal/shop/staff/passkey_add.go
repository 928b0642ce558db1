package staff

import (
	"context"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Passkeys lists the passkeys of a person, the oldest first.
func (r *Room) Passkeys(ctx context.Context, userID string) (list []Passkey, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		rows, err := passkeysOf(q, userID)
		list = nil
		for _, row := range rows {
			list = append(list, row.Passkey)
		}
		return err
	})
	return list, err
}

// AskPasskey asks a browser to make a passkey. host is the address of the program it uses, client its own on the network.
func (r *Room) AskPasskey(ctx context.Context, userID, host, client string) (Challenge, error) {
	site, ok := r.siteAt(host)
	if !ok {
		return Challenge{}, noSite()
	}
	owner, err := r.keyOwner(ctx, userID, site.domain)
	if err != nil {
		return Challenge{}, err
	}
	creation, ceremony, err := site.party.BeginRegistration(owner, webauthn.WithExclusions(owner.exclusions()))
	if err != nil {
		return Challenge{}, err
	}
	return r.keep(ctx, challengeAdd, asker{userID, client}, creation.Response, ceremony)
}

// keyOwner reads a person and their keys of a domain, and refuses who has too many.
func (r *Room) keyOwner(ctx context.Context, userID, domain string) (owner keyOwner, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		u, err := mustUser(q, userID)
		if err != nil {
			return err
		}
		owner = keyOwner{user: u.User}
		all, err := passkeysOf(q, userID)
		if err == nil && len(all) >= mostPasskeys {
			err = fault.New(fault.Conflict, "Vingt clés d’accès au plus. Retirez-en une dont vous ne vous servez plus.")
		}
		for _, k := range all {
			if k.Domain == domain {
				owner.keys = append(owner.keys, k)
			}
		}
		return err
	})
	return owner, err
}

// NewPasskey is what a browser answers after making a passkey.
type NewPasskey struct {
	UserID, Name  string
	Token         string // secret of the challenge
	Answer        string // of the browser, in JSON
	Client, Agent string
}

// AddPasskey keeps the passkey a browser made, and has the person told of it.
func (r *Room) AddPasskey(ctx context.Context, n NewPasskey) (Passkey, error) {
	ceremony, site, err := r.takeChallenge(ctx, n.Token, challengeAdd, n.UserID)
	if err != nil {
		return Passkey{}, err
	}
	owner, err := r.keyOwner(ctx, n.UserID, site.domain)
	if err != nil {
		return Passkey{}, err
	}
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(n.Answer))
	if err != nil {
		return Passkey{}, unfitKey(err)
	}
	made, err := site.party.CreateCredential(owner, ceremony, answer)
	if err != nil {
		return Passkey{}, unfitKey(err)
	}
	key := passkeyRow{
		Passkey:    Passkey{ID: id.New(), UserID: n.UserID, Name: n.Name, Domain: site.domain, Synced: made.Flags.BackupState},
		credential: made.ID, publicKey: made.PublicKey, counter: int64(made.Authenticator.SignCount), syncable: made.Flags.BackupEligible,
	}
	if key.Name == "" {
		key.Name = agentWords(n.Agent)
	}
	var transports []string
	for _, t := range made.Transport {
		transports = append(transports, string(t))
	}
	key.transports = joinList(transports)
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		added, err := insertPasskey(tx, key)
		if err != nil {
			return err
		}
		if !added {
			return fault.New(fault.Conflict, "Cette clé d’accès est déjà enregistrée.")
		}
		return r.tellAccess(tx, owner.user, noteKeyAdded, key.Name, n.Client)
	})
	return key.Passkey, err
}

func unfitKey(err error) error {
	return fault.Wrap(fault.Invalid, "La clé d’accès n’a pas pu être enregistrée. Recommencez, ou essayez un autre appareil.", err)
}
