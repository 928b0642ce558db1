package staff

import (
	"context"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

func noPasskey() error {
	return fault.New(fault.NotFound, "Cette clé d’accès est déjà retirée.")
}

// NamePasskey changes the name of a passkey of a person.
func (r *Room) NamePasskey(ctx context.Context, userID, keyID, name string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		found, err := renamePasskey(tx, userID, keyID, name)
		if err == nil && !found {
			err = noPasskey()
		}
		return err
	})
}

// RemovePasskey takes a passkey of a person away and closes their other sessions: whoever holds the device is out.
func (r *Room) RemovePasskey(ctx context.Context, userID, keyID, sessionID, client string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		u, err := mustUser(tx, userID)
		if err != nil {
			return err
		}
		name, found, err := deletePasskey(tx, userID, keyID)
		if err != nil {
			return err
		}
		if !found {
			return noPasskey()
		}
		if err := deleteSessions(tx, userID, sessionID); err != nil {
			return err
		}
		return r.tellAccess(tx, u.User, noteKeyRemoved, name, client)
	})
}

// DropPasskeys takes away every passkey of somebody who lost the device, on the order of whoever runs the program.
func DropPasskeys(tx *db.Tx, userID string) error {
	if _, err := mustUser(tx, userID); err != nil {
		return err
	}
	if err := deletePasskeys(tx, userID); err != nil {
		return err
	}
	return deleteSessions(tx, userID, "")
}
