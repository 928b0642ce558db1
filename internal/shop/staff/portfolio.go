package staff

import (
	"context"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/paper/mail"
	"encaisse/internal/shop/company"
)

// A firm shares its companies among its members in portfolios. A company in nobody's portfolio is open to every member; one that was
// given to some is open to them and to those who lead the firm.

// FirmFile is a company of a firm, with who looks after it.
type FirmFile struct {
	company.Entry
	Keepers []string // ids
}

// FirmFiles gives a firm to one of its members, with the companies they may enter, by name. Fault NotFound for a stranger.
func FirmFiles(q db.Querier, firmID, userID string) (firm Firm, files []FirmFile, err error) {
	leads, in, err := firmPlace(q, firmID, userID)
	if err != nil || !in {
		return firm, nil, orElse(err, fault.New(fault.NotFound, "Ce cabinet n’existe pas, ou vous n’y avez pas accès."))
	}
	if firm, err = mustFirm(q, firmID); err != nil {
		return firm, nil, err
	}
	firm.Leads = leads
	entries, err := company.EntriesOfFirm(q, firmID)
	if err != nil {
		return firm, nil, err
	}
	keepers, err := keepersOf(q, firmID)
	for _, e := range entries {
		if given := keepers[e.ID]; leads || len(given) == 0 || slices.Contains(given, userID) {
			files = append(files, FirmFile{e, given})
		}
	}
	return firm, files, err
}

// Colleagues lists the members of a firm, by name.
func Colleagues(q db.Querier, firmID string) ([]Colleague, error) { return colleagues(q, firmID) }

// Firms lists the firms of a person, by name.
func Firms(q db.Querier, userID string) ([]Firm, error) { return firmsOf(q, userID) }

// Assign gives a company of a firm to some of its members, in place of those before; to nobody when there is none. Only who leads may.
func (r *Room) Assign(ctx context.Context, firmID, by, companyID string, users []string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		if err := mustLead(tx, firmID, by); err != nil {
			return err
		}
		file, known, err := company.EntryByID(tx, companyID)
		if err != nil {
			return err
		}
		if !known || file.FirmID != firmID {
			return fault.New(fault.NotFound, "Ce dossier n’est pas confié au cabinet.")
		}
		if err := deletePortfolio(tx, firmID, companyID); err != nil {
			return err
		}
		for _, userID := range users {
			_, in, err := firmPlace(tx, firmID, userID)
			if err != nil {
				return err
			}
			if !in {
				return fault.New(fault.Invalid, "Cette personne ne fait pas partie du cabinet.")
			}
			if err := insertKeeper(tx, firmID, companyID, userID); err != nil {
				return err
			}
		}
		return nil
	})
}

// Addressee is somebody of a company a letter is written to.
type Addressee struct {
	ID, Email, Name string
	Locations       []string // nil: all
	role            string
}

// Holders are the people with a place of their own in the handle's company who hold a right there.
func Holders(q db.Querier, need right.Right) ([]Addressee, error) {
	members, err := membersOf(q)
	if err != nil {
		return nil, err
	}
	var list []Addressee
	for _, a := range members {
		role, known, err := findRole(q, a.role)
		if err != nil {
			return nil, err
		}
		if known && role.Rights.Has(need) {
			list = append(list, a)
		}
	}
	return list, nil
}

// Mails tells whether letters can be sent.
func (r *Room) Mails() bool { return r.mails() }

// Post writes a letter of another room, to be sent after its act.
func (r *Room) Post(tx *db.Tx, m mail.Message) error { return r.post(tx, m) }

// PublicURL is the address of the program for links in letters, "" when it was not told.
func (r *Room) PublicURL() string { return r.publicURL }

// Seat is what somebody may do in the handle's company by a place of their own; false when they have none.
func Seat(q db.Querier, userID string) (rights right.Set, locations []string, seated bool, err error) {
	m, known, err := membershipOf(q, q.Company(), userID)
	if err != nil || !known {
		return nil, nil, false, err
	}
	role, known, err := findRole(q, m.RoleID)
	return role.Rights, m.Locations, known, err
}

// Person finds somebody who may sign in; false when there is nobody, or when their account is closed.
func Person(q db.Querier, userID string) (User, bool, error) {
	u, err := mustUser(q, userID)
	if fault.Is(err, fault.NotFound) {
		return User{}, false, nil
	}
	return u.User, err == nil && !u.Disabled, err
}
