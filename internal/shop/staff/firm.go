package staff

import (
	"context"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/shop/company"
)

// Firm is an accounting firm. Its members enter the companies it looks after as accountants; those who lead it also choose its
// members.
type Firm struct {
	ID, Name string
	Leads    bool // the person it was asked for leads it
}

// Colleague is a member of a firm.
type Colleague struct {
	User
	Leads bool
}

func mustFirm(q db.Querier, firmID string) (Firm, error) {
	firm, known, err := firmByID(q, firmID)
	if err == nil && !known {
		err = fault.New(fault.NotFound, "Ce cabinet n’existe pas, ou vous n’y avez pas accès.")
	}
	return firm, err
}

// mustLead refuses who does not lead a firm; to a stranger the firm does not exist.
func mustLead(q db.Querier, firmID, userID string) error {
	leads, in, err := firmPlace(q, firmID, userID)
	switch {
	case err != nil:
		return err
	case !in:
		return fault.New(fault.NotFound, "Ce cabinet n’existe pas, ou vous n’y avez pas accès.")
	case !leads:
		return fault.New(fault.Forbidden, "Seule une personne qui dirige le cabinet peut le faire.")
	}
	return nil
}

// JoinFirm adds a person to a firm.
func JoinFirm(tx *db.Tx, firmID, userID string, leads bool) error {
	added, err := insertFirmMember(tx, firmID, userID, leads)
	if err == nil && !added {
		err = fault.New(fault.Conflict, "Cette personne fait déjà partie du cabinet.")
	}
	return err
}

// GiveToFirm gives a firm access to the company of the transaction.
func GiveToFirm(tx *db.Tx, firmID, by string) error {
	given, err := company.GiveToFirm(tx, firmID)
	if err != nil {
		return err
	}
	if !given {
		return fault.New(fault.Conflict, "Un cabinet a déjà accès à cette société.")
	}
	return logRights(tx, by, "Accès donné à un cabinet", "cabinet:"+firmID)
}

// TakeFromFirm takes back the access of a company's firm.
func (r *Room) TakeFromFirm(ctx context.Context, companyID string, by Granter) error {
	return r.db.Write(ctx, companyID, func(tx *db.Tx) error {
		file, err := mustFile(tx, companyID)
		if err != nil {
			return err
		}
		taken, err := company.TakeFromFirm(tx)
		if err != nil {
			return err
		}
		if !taken {
			return fault.New(fault.Conflict, "Aucun cabinet n’a accès à cette société.")
		}
		return logRights(tx, by.UserID, "Accès du cabinet retiré", "cabinet:"+file.FirmID)
	})
}

// FirmPage is what a member sees of their firm.
type FirmPage struct {
	Firm
	Colleagues  []Colleague
	Invitations []Invitation
	Files       []company.Entry
}

// Firm shows a firm to one of its members.
func (r *Room) Firm(ctx context.Context, firmID, userID string) (page FirmPage, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		leads, in, err := firmPlace(q, firmID, userID)
		if err != nil || !in {
			return orElse(err, fault.New(fault.NotFound, "Ce cabinet n’existe pas, ou vous n’y avez pas accès."))
		}
		if page.Firm, err = mustFirm(q, firmID); err != nil {
			return err
		}
		page.Leads = leads
		if page.Colleagues, err = colleagues(q, firmID); err != nil {
			return err
		}
		if page.Invitations, err = openInvitations(q, "", firmID); err != nil {
			return err
		}
		_, files, err := FirmFiles(q, firmID, userID)
		for _, file := range files {
			page.Files = append(page.Files, file.Entry)
		}
		return err
	})
	return page, err
}

// RemoveColleague takes a person out of a firm. Somebody must go on leading it.
func (r *Room) RemoveColleague(ctx context.Context, firmID, by, userID string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		if err := mustLead(tx, firmID, by); err != nil {
			return err
		}
		leaders, err := lockLeaders(tx, firmID)
		if err != nil {
			return err
		}
		if len(leaders) == 1 && leaders[0] == userID {
			return fault.New(fault.Conflict, "Cette personne est la seule à diriger le cabinet. Désignez d’abord quelqu’un d’autre.")
		}
		if err := deleteInvitationsBy(tx, "", firmID, userID); err != nil {
			return err
		}
		if err := deleteKeeper(tx, firmID, userID); err != nil {
			return err
		}
		gone, err := deleteFirmMember(tx, firmID, userID)
		if err == nil && !gone {
			err = fault.New(fault.Conflict, "Cette personne ne fait déjà plus partie du cabinet.")
		}
		return err
	})
}

// Promote makes a colleague lead the firm too, or no longer.
func (r *Room) Promote(ctx context.Context, firmID, by, userID string, leads bool) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		if err := mustLead(tx, firmID, by); err != nil {
			return err
		}
		leaders, err := lockLeaders(tx, firmID)
		if err != nil {
			return err
		}
		if !leads && len(leaders) == 1 && leaders[0] == userID {
			return fault.New(fault.Conflict, "Cette personne est la seule à diriger le cabinet. Désignez d’abord quelqu’un d’autre.")
		}
		return updateFirmMember(tx, firmID, userID, leads)
	})
}

// CancelColleagueInvitation makes the link of an invitation of a firm serve no more.
func (r *Room) CancelColleagueInvitation(ctx context.Context, firmID, by, invitationID string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		if err := mustLead(tx, firmID, by); err != nil {
			return err
		}
		gone, err := deleteInvitation(tx, invitationID, "", firmID)
		if err == nil && !gone {
			err = fault.New(fault.Conflict, "Cette invitation a déjà servi ou a été annulée.")
		}
		return err
	})
}
