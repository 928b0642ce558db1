package staff

import (
	"context"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

// Offer is an invitation as its reader sees it.
type Offer struct {
	Invitation
	CompanyName, Slug string
	FirmName          string
	RoleName          string
	LocationNames     []string
	By                string // name of who invites
	HasAccount        bool   // the invited address can sign in
}

// Acceptance is how somebody answers an invitation: signed in (UserID), or by making an account.
type Acceptance struct {
	Token          string
	UserID         string
	Name, Password string
	FirmID         string // accountant: the firm the file goes to
	FirmName       string // accountant: or a new one
	Agent          string
}

// Accepted is where an accepted invitation leads; Pass opens the session of a new account.
type Accepted struct {
	Pass         Pass
	Slug, FirmID string
}

func usedInvitation() error {
	return fault.New(fault.NotFound, "Cette invitation a déjà servi, a été annulée ou date de plus de sept jours. Demandez-en une autre à qui vous l’a envoyée.")
}

// Offer reads an invitation.
func (r *Room) Offer(ctx context.Context, token string) (o Offer, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		o.Invitation, err = openInvitation(q, token)
		if err != nil {
			return err
		}
		return r.describe(q, &o)
	})
	if err != nil || o.CompanyID == "" {
		return o, err
	}
	err = r.db.Read(ctx, o.CompanyID, func(q *db.Snapshot) error {
		role, _, err := findRole(q, o.RoleID)
		if err != nil {
			return err
		}
		o.RoleName = role.Name
		o.LocationNames, err = locationNames(q, o.Locations)
		return err
	})
	return o, err
}

func openInvitation(q db.Querier, token string) (Invitation, error) {
	i, known, err := invitationByHash(q, hashToken(token))
	if err == nil && (!known || i.used || !q.Now().Before(i.ExpireAt)) {
		err = usedInvitation()
	}
	return i, err
}

// describe fills what the directory knows of an invitation.
func (r *Room) describe(q db.Querier, o *Offer) error {
	if o.CompanyID != "" {
		file, err := mustFile(q, o.CompanyID)
		if err != nil {
			return err
		}
		o.CompanyName, o.Slug = file.Name, file.Slug
	}
	if o.FirmID != "" {
		firm, err := mustFirm(q, o.FirmID)
		if err != nil {
			return err
		}
		o.FirmName = firm.Name
	}
	by, _, err := userByID(q, o.CreatedBy)
	if err != nil {
		return err
	}
	o.By = by.Name
	_, o.HasAccount, err = userByEmail(q, o.Email)
	return err
}

// Accept answers an invitation, which then no longer serves.
func (r *Room) Accept(ctx context.Context, a Acceptance) (out Accepted, err error) {
	o, err := r.Offer(ctx, a.Token)
	if err != nil {
		return out, err
	}
	if a.UserID == "" && o.HasAccount {
		return out, fault.New(fault.Conflict, "Cette adresse a déjà un compte. Connectez-vous, puis ouvrez de nouveau le lien.")
	}
	var hash Hash
	if a.UserID == "" {
		if hash, err = r.Hash(ctx, a.Password, o.Email, a.Name, o.CompanyName, o.FirmName); err != nil {
			return out, err
		}
	}
	err = r.db.Write(ctx, o.CompanyID, func(tx *db.Tx) error {
		out = Accepted{Slug: o.Slug, FirmID: o.FirmID}
		if taken, err := takeInvitation(tx, o.ID); err != nil || !taken {
			return orElse(err, usedInvitation())
		}
		userID := a.UserID
		if userID == "" {
			u, err := CreateUser(tx, NewUser{Email: o.Email, Name: a.Name, Password: hash, CreatesCompanies: o.Kind != InviteMember})
			if err != nil {
				return err
			}
			userID = u.ID
			if out.Pass, err = r.Welcome(tx, userID, a.Agent); err != nil {
				return err
			}
		}
		return r.admitInvited(tx, o.Invitation, userID, a, &out)
	})
	return out, err
}

// admitInvited gives somebody what the invitation offers.
func (r *Room) admitInvited(tx *db.Tx, i Invitation, userID string, a Acceptance, out *Accepted) error {
	switch i.Kind {
	case InviteColleague:
		return JoinFirm(tx, i.FirmID, userID, false)
	case InviteAccountant:
		firmID, err := chooseFirm(tx, userID, a)
		if err != nil {
			return err
		}
		out.FirmID = firmID
		return GiveToFirm(tx, firmID, userID)
	}
	if _, known, err := findRole(tx, i.RoleID); err != nil || !known {
		return orElse(err, fault.New(fault.Conflict, "Le rôle offert n’existe plus. Demandez une autre invitation."))
	}
	return Join(tx, i.CompanyID, userID, i.RoleID, i.Locations)
}

// chooseFirm is the firm a file goes to: one that the person leads, or a new one.
func chooseFirm(tx *db.Tx, userID string, a Acceptance) (string, error) {
	if a.FirmID != "" {
		return a.FirmID, mustLead(tx, a.FirmID, userID)
	}
	return CreateFirm(tx, a.FirmName, userID)
}

func orElse(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// CreateFirm opens an accounting firm led by a person.
func CreateFirm(tx *db.Tx, name, leader string) (firmID string, err error) {
	if name == "" {
		return "", fault.New(fault.Invalid, "Le cabinet est à nommer.").Field("cabinet", "Écrivez le nom du cabinet.")
	}
	firmID = id.New()
	if err := insertFirm(tx, firmID, name); err != nil {
		return "", err
	}
	return firmID, JoinFirm(tx, firmID, leader, true)
}
