package staff

import (
	"context"
	"slices"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/books/act"
	"encaisse/internal/web"
)

// Somebody who comes through an accounting firm may see a company as its people do, to help them: the same menu, pages and buttons. They see
// no more than by themselves, and write nothing meanwhile: the window refuses it.

// viewLasts is when such a view ends by itself; it ends with the session too.
const viewLasts = time.Hour

// lookWith gives somebody who enters a company the rights of the role they chose to see it as, kept to their own.
func lookWith(q db.Querier, sessionID string, access *web.Access) error {
	if !access.Through {
		return nil
	}
	roleID, until, looking, err := viewOf(q, sessionID, access.CompanyID)
	if err != nil || !looking || !q.Now().Before(until) {
		return err
	}
	role, known, err := findRole(q, roleID)
	if err != nil || !known {
		return err
	}
	access.Rights = common(role.Rights, access.Rights)
	access.View = web.View{Role: role.Name, Until: until}
	return nil
}

// common are the rights two sets hold.
func common(a, b right.Set) right.Set {
	both := right.Set{}
	for _, r := range a {
		if b.Has(r) {
			both = append(both, r)
		}
	}
	return both
}

// ViewChoice is a company with the roles somebody may see it as.
type ViewChoice struct {
	Name, Slug string
	Roles      []ViewRole
}

// ViewRole is a role, with what of it stays hidden.
type ViewRole struct {
	Role
	Hidden []string // rights of the role the person does not hold, in French
}

// passage is a company somebody enters through their firm.
func (r *Room) passage(ctx context.Context, userID, slug string) (way, error) {
	w, err := r.door(ctx, userID, slug)
	if err == nil && !w.through {
		err = fault.New(fault.Forbidden, "Vous avez votre propre place dans cette société\u00a0: seuls les membres de son cabinet comptable la voient comme le client.")
	}
	return w, err
}

// ViewChoice lists the roles a company may be seen as.
func (r *Room) ViewChoice(ctx context.Context, who web.Identity, slug string) (choice ViewChoice, err error) {
	w, err := r.passage(ctx, who.UserID, slug)
	if err != nil {
		return choice, err
	}
	choice.Name, choice.Slug = w.file.Name, w.file.Slug
	err = r.db.Read(ctx, w.file.ID, func(q *db.Snapshot) error {
		own, _, err := findRole(q, w.RoleID)
		if err != nil {
			return err
		}
		roles, err := Roles(q)
		choice.Roles = nil
		for _, role := range roles {
			if role.ID != Accountant { // that is their own view
				choice.Roles = append(choice.Roles, ViewRole{role, missing(role.Rights, own.Rights)})
			}
		}
		return err
	})
	return choice, err
}

// missing are the rights of a set another does not hold, in French.
func missing(wide, own right.Set) (words []string) {
	for _, label := range right.All() {
		if wide.Has(label.Right) && !own.Has(label.Right) {
			words = append(words, label.Text)
		}
	}
	return words
}

// LookAs begins to see a company as a role of it, for a session. One session looks with other eyes at one company at a time.
func (r *Room) LookAs(ctx context.Context, who web.Identity, slug, roleID string) error {
	w, err := r.passage(ctx, who.UserID, slug)
	if err != nil {
		return err
	}
	return r.db.Write(ctx, w.file.ID, func(tx *db.Tx) error {
		roles, err := Roles(tx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(roles, func(role Role) bool { return role.ID == roleID && roleID != Accountant })
		if i < 0 {
			return fault.New(fault.Invalid, "Le rôle est à choisir.").Field("role", "Choisissez un des rôles de la société.")
		}
		if err := putView(tx, who.SessionID, w.file.ID, roleID, tx.Now().Add(viewLasts)); err != nil {
			return err
		}
		return noteView(ctx, tx, who, "Dossier vu comme\u00a0: "+roles[i].Name)
	})
}

// LookAgain gives a session its own eyes back in a company.
func (r *Room) LookAgain(ctx context.Context, who web.Identity, slug string) error {
	w, err := r.door(ctx, who.UserID, slug)
	if err != nil {
		return err
	}
	return r.db.Write(ctx, w.file.ID, func(tx *db.Tx) error {
		ended, err := deleteView(tx, who.SessionID, w.file.ID)
		if err != nil || !ended {
			return err
		}
		return noteView(ctx, tx, who, "Dossier vu comme le client\u00a0: fin")
	})
}

// noteView writes the line of the activity log: the company knows when its firm looked.
func noteView(ctx context.Context, tx *db.Tx, who web.Identity, label string) error {
	return act.Note(tx, act.Line{ID: id.New(), By: who.UserID, Kind: "connexion", Label: label, From: web.ClientOf(ctx)})
}
