package api

import (
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
)

// How often a link may ask, and how often a network may try tokens that open nothing.
const (
	asksPerMinute, asksAtOnce = 120, 60
	wrongPerMinute, wrongOnce = 10, 10
	keysRemembered            = 10_000
	useNoted                  = time.Minute // the last use is written at most this often
)

func wrongToken() error {
	return fault.New(fault.SignIn, "Ce jeton n’ouvre rien\u00a0: il est inexact, ou la liaison a été révoquée. Créez une liaison dans Réglages\u00a0› Liaisons.")
}

// Unlock implements web.Keyring.
func (r *Room) Unlock(c *web.Ctx, token string) (who web.Identity, access web.Access, err error) {
	companyID, ok := companyOf(token)
	if !ok {
		return who, access, r.wrong(c)
	}
	var link Link
	var known bool
	err = r.db.Read(c.Context(), companyID, func(q *db.Snapshot) error {
		entry, exists, err := company.EntryByID(q, companyID)
		if err != nil || !exists || !entry.Active {
			return err
		}
		if link, known, err = byDigest(q, digestOf(token)); err != nil || !known || link.Revoked() {
			return err
		}
		access, err = enter(q, entry, link)
		return err
	})
	if err != nil {
		return who, access, err
	}
	if !known || link.Revoked() {
		return who, web.Access{}, r.wrong(c)
	}
	if err := r.asks.Check(link.ID); err != nil {
		return who, web.Access{}, err
	}
	return web.Identity{UserID: link.ID, Name: link.Name}, access, r.noteUse(c, companyID, link)
}

// wrong counts a token that opens nothing.
func (r *Room) wrong(c *web.Ctx) error {
	if err := r.tries.Check(c.ClientKey()); err != nil {
		return err
	}
	return wrongToken()
}

// enter opens the company of a link.
func enter(q db.Querier, entry company.Entry, link Link) (web.Access, error) {
	access := web.Access{CompanyID: entry.ID, Slug: entry.Slug, Name: entry.Name, Rights: link.Rights}
	settings, err := company.Load(q)
	if err != nil {
		return access, err
	}
	access.Features, access.Zone, access.Cutoff = settings.Features(), settings.Zone(), settings.Cutoff
	boxes, err := cashbox.List(q)
	if err != nil {
		return access, err
	}
	locations, err := company.Locations(q)
	for _, l := range locations {
		for _, b := range boxes {
			if b.Location == l.ID && b.Active && link.sees(b.ID) {
				access.Places = append(access.Places, web.Place{ID: b.ID, Name: b.Name, LocationID: l.ID, LocationName: l.Name})
			}
		}
	}
	return access, err
}

// noteUse writes when and from where a link is used. A store that cannot write still lets read.
func (r *Room) noteUse(c *web.Ctx, companyID string, link Link) error {
	from := c.ClientKey()
	if link.UsedFrom == from && c.Now().Sub(link.UsedAt) < useNoted {
		return nil
	}
	err := r.db.Write(c.Context(), companyID, func(tx *db.Tx) error { return used(tx, link.ID, from) })
	if fault.Is(err, fault.StorageFull) || fault.Is(err, fault.Unavailable) {
		return nil
	}
	return err
}
