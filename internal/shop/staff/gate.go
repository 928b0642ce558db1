package staff

import (
	"context"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/books/act"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
)

// visitMemory is for how long the first visit of a session is remembered: longer than any session lasts. Its event stays.
const visitMemory = 30 * 24 * 60 * 60 * 1_000_000

// Enter opens a company to somebody, with what they may do there at this very moment. A company that does not exist and one
// that is not theirs are the same.
func (r *Room) Enter(ctx context.Context, who web.Identity, slug string) (web.Access, error) {
	way, err := r.door(ctx, who.UserID, slug)
	if err != nil {
		return web.Access{}, err
	}
	file, m := way.file, way.Membership
	access := web.Access{CompanyID: file.ID, Slug: file.Slug, Name: file.Name, Locations: m.Locations, ManyCompanies: way.many, Through: way.through}
	var visited bool
	err = r.db.Read(ctx, file.ID, func(q *db.Snapshot) error {
		role, known, err := findRole(q, m.RoleID)
		if err != nil {
			return err
		}
		if !known {
			return noFile()
		}
		access.Rights = role.Rights
		if err := lookWith(q, who.SessionID, &access); err != nil {
			return err
		}
		if visited, err = hasVisited(q, who.SessionID); err != nil {
			return err
		}
		settings, err := company.Load(q)
		if err != nil {
			return err
		}
		access.Features, access.Zone, access.Cutoff = settings.Features(), settings.Zone(), settings.Cutoff
		return r.prepare(q, &access)
	})
	if err != nil {
		return web.Access{}, err
	}
	if !visited {
		if err := r.noteVisit(ctx, file.ID, who); err != nil {
			return web.Access{}, err
		}
	}
	return access, nil
}

func noFile() error {
	return fault.New(fault.NotFound, "Cette société n’existe pas, ou vous n’y avez pas accès.")
}

// way is how somebody comes into a company.
type way struct {
	Membership
	file    company.Entry
	through bool // the firm they work for
	many    bool // other companies are open to them
}

// door finds the company and the place of a person in it: their own, or that of an accountant through their firm.
func (r *Room) door(ctx context.Context, userID, slug string) (w way, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		w = way{}
		var known bool
		if w.file, known, err = company.EntryBySlug(q, slug); err != nil {
			return err
		}
		if !known || !w.file.Active {
			return noFile()
		}
		places, firms, err := countPlaces(q, userID)
		if err != nil {
			return err
		}
		w.many = places > 1 || firms > 0
		if w.Membership, known, err = membershipOf(q, w.file.ID, userID); err != nil || known {
			return err
		}
		if w.file.FirmID == "" {
			return noFile()
		}
		leads, in, err := firmPlace(q, w.file.FirmID, userID)
		if err == nil && in && !leads {
			var away bool
			away, err = keepsAway(q, w.file.FirmID, w.file.ID, userID)
			in = !away
		}
		if err == nil && !in {
			err = noFile()
		}
		w.Membership, w.through = Membership{UserID: userID, RoleID: Accountant}, true
		return err
	})
	return w, err
}

// noteVisit writes, once per session and company, the event of sign-in. A disk that is full must not hide what is already kept:
// the event is then missed, and written at the next request that can.
func (r *Room) noteVisit(ctx context.Context, companyID string, who web.Identity) error {
	err := r.db.Write(ctx, companyID, func(tx *db.Tx) error {
		first, err := insertVisit(tx, who.SessionID, who.UserID)
		if err != nil || !first {
			return err
		}
		if err := deleteVisits(tx, instant(tx.Now())-visitMemory); err != nil {
			return err
		}
		line := act.Line{ID: id.New(), By: who.UserID, Kind: "connexion", Label: "Connexion", From: web.ClientOf(ctx)}
		if err := act.Note(tx, line); err != nil {
			return err
		}
		return seal.LogEvent(tx, seal.Event{Code: eventSignIn, By: who.UserID, Source: "session:" + who.SessionID})
	})
	if fault.Is(err, fault.StorageFull) {
		r.log.Error("sign-in event not written", "company", companyID, "error", err)
		return nil
	}
	return err
}

// GranterOf is what somebody who entered a company holds and may therefore give.
func GranterOf(who web.Identity, access web.Access) Granter {
	return Granter{UserID: who.UserID, Rights: append(right.Set(nil), access.Rights...), Locations: access.Locations}
}
