package staff

import (
	"context"
	"slices"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
)

// An invitation is a link that serves once within a week. Used and past ones are remembered for a month.
const (
	invitationLife   = 7 * 24 * time.Hour
	invitationMemory = 30 * 24 * time.Hour
)

// What an invitation opens.
const (
	InviteMember     = "member"     // a place in a company
	InviteAccountant = "accountant" // the company, to an accounting firm
	InviteColleague  = "colleague"  // an accounting firm, to one more person
)

// Invitation is a link sent to somebody.
type Invitation struct {
	ID, Kind            string
	CompanyID, FirmID   string
	Email               string
	RoleID              string
	Locations           []string
	CreatedBy           string
	CreatedAt, ExpireAt time.Time
	used                bool
}

// Granter is who gives a right, with what they hold themselves: nobody gives more than they have.
type Granter struct {
	UserID    string
	Rights    right.Set
	Locations []string // nil is all
}

// NewMember is the place offered to somebody.
type NewMember struct {
	Email, RoleID string
	Locations     []string
}

// Link is an invitation just made: its path is shown once and kept nowhere.
type Link struct {
	Path string
	Sent bool // a letter carries it too
}

// Invite offers somebody a place in a company. A former invitation of the same address no longer serves.
func (r *Room) Invite(ctx context.Context, companyID string, by Granter, n NewMember) (link Link, err error) {
	email := CleanEmail(n.Email)
	if err := checkEmail(email); err != nil {
		return link, err
	}
	err = r.db.Write(ctx, companyID, func(tx *db.Tx) error {
		role, err := r.checkGrant(tx, by, n.RoleID, n.Locations)
		if err != nil {
			return err
		}
		if member, err := isMember(tx, companyID, email); err != nil || member {
			return orConflict(err, "email", "Cette personne fait déjà partie de l’équipe.")
		}
		link, err = r.invite(tx, Invitation{Kind: InviteMember, CompanyID: companyID, Email: email, RoleID: role.ID, Locations: n.Locations, CreatedBy: by.UserID})
		return err
	})
	return link, err
}

// InviteAccountant offers a firm the company's file.
func (r *Room) InviteAccountant(ctx context.Context, companyID string, by Granter, email string) (link Link, err error) {
	email = CleanEmail(email)
	if err := checkEmail(email); err != nil {
		return link, err
	}
	err = r.db.Write(ctx, companyID, func(tx *db.Tx) error {
		if _, err := r.checkGrant(tx, by, Accountant, nil); err != nil {
			return err
		}
		file, err := mustFile(tx, companyID)
		if err != nil {
			return err
		}
		if file.FirmID != "" {
			return fault.New(fault.Conflict, "Un cabinet a déjà accès. Retirez-lui d’abord l’accès.")
		}
		link, err = r.invite(tx, Invitation{Kind: InviteAccountant, CompanyID: companyID, Email: email, RoleID: Accountant, CreatedBy: by.UserID})
		return err
	})
	return link, err
}

// InviteColleague offers somebody a place in an accounting firm.
func (r *Room) InviteColleague(ctx context.Context, firmID, by, email string) (link Link, err error) {
	email = CleanEmail(email)
	if err := checkEmail(email); err != nil {
		return link, err
	}
	err = r.db.Write(ctx, "", func(tx *db.Tx) error {
		if err := mustLead(tx, firmID, by); err != nil {
			return err
		}
		u, known, err := userByEmail(tx, email)
		if err != nil {
			return err
		}
		if known {
			if _, in, err := firmPlace(tx, firmID, u.ID); err != nil || in {
				return orConflict(err, "email", "Cette personne fait déjà partie du cabinet.")
			}
		}
		link, err = r.invite(tx, Invitation{Kind: InviteColleague, FirmID: firmID, Email: email, CreatedBy: by})
		return err
	})
	return link, err
}

// orConflict gives the error of the store, or the refusal of a field.
func orConflict(err error, field, message string) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, message).Field(field, message)
}

func (r *Room) invite(tx *db.Tx, i Invitation) (Link, error) {
	if err := deleteInvitations(tx, i); err != nil {
		return Link{}, err
	}
	token, hash := newToken()
	i.ID, i.CreatedAt, i.ExpireAt = id.New(), tx.Now(), tx.Now().Add(invitationLife)
	if err := insertInvitation(tx, i, hash); err != nil {
		return Link{}, err
	}
	if i.CompanyID != "" {
		if err := logRights(tx, i.CreatedBy, "Invitation envoyée, rôle "+i.RoleID+placesWords(i.Locations), "invitation:"+i.ID); err != nil {
			return Link{}, err
		}
	}
	link := Link{Path: "/invitation/" + token}
	if !r.mails() {
		return link, nil
	}
	letter, err := r.invitationLetter(tx, i, r.publicURL+link.Path)
	if err != nil {
		return link, err
	}
	link.Sent = true
	return link, r.post(tx, letter)
}

// CancelInvitation makes the link of an invitation of a company serve no more.
func (r *Room) CancelInvitation(ctx context.Context, companyID string, by Granter, invitationID string) error {
	return r.db.Write(ctx, companyID, func(tx *db.Tx) error {
		gone, err := deleteInvitation(tx, invitationID, companyID, "")
		if err != nil {
			return err
		}
		if !gone {
			return fault.New(fault.Conflict, "Cette invitation a déjà servi ou a été annulée.")
		}
		return logRights(tx, by.UserID, "Invitation annulée", "invitation:"+invitationID)
	})
}

// checkGrant refuses a role that does not exist, locations that are not those of the company, and more than the giver holds.
func (r *Room) checkGrant(q db.Querier, by Granter, roleID string, locations []string) (Role, error) {
	role, known, err := findRole(q, roleID)
	if err != nil {
		return role, err
	}
	if !known {
		return role, fault.New(fault.Invalid, "Le rôle est à choisir.").Field("role", "Choisissez un rôle dans la liste.")
	}
	places, err := company.Locations(q)
	if err != nil {
		return role, err
	}
	for _, chosen := range locations {
		if !slices.ContainsFunc(places, func(l company.Location) bool { return l.ID == chosen }) {
			return role, fault.New(fault.Invalid, "Les boutiques sont à choisir.").Field("boutiques", "Choisissez parmi les boutiques de la société.")
		}
	}
	if !covers(by.Rights, by.Locations, role.Rights, locations) {
		return role, fault.New(fault.Forbidden, "Vous ne pouvez pas donner plus de droits que vous n’en avez. Choisissez un rôle plus étroit, ou demandez à un administrateur.")
	}
	return role, nil
}
