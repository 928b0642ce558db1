package staff

import (
	"context"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/company"
)

// Codes of the journal of events that this room writes.
const (
	eventSignIn = 80
	eventRights = 130
)

// logRights writes an event about rights in the journal of the company.
func logRights(tx *db.Tx, by, what, about string) error {
	return seal.LogEvent(tx, seal.Event{Code: eventRights, Label: what, By: by, Source: about})
}

// placesWords ends the label of an event.
func placesWords(locations []string) string {
	if len(locations) == 0 {
		return ", toutes les boutiques"
	}
	return ", boutiques " + joinList(locations)
}

// Member is a person of the team.
type Member struct {
	User
	Membership
	RoleName      string
	LocationNames []string
	rights        right.Set
}

// Join gives a person a place in a company.
func Join(tx *db.Tx, companyID, userID, roleID string, locations []string) error {
	added, err := insertMembership(tx, companyID, Membership{UserID: userID, RoleID: roleID, Locations: locations})
	if err != nil {
		return err
	}
	if !added {
		return fault.New(fault.Conflict, "Cette personne fait déjà partie de l’équipe.")
	}
	return logRights(tx, userID, "Entrée dans l’équipe, rôle "+roleID+placesWords(locations), "personne:"+userID)
}

// Team is what the page of the team shows.
type Team struct {
	Members     []Member
	Invitations []Invitation
	Roles       []Role
	Locations   []company.Location
	Firm        Firm // the zero firm is none
}

// RoleName is the name of a role of the team.
func (t Team) RoleName(id string) string {
	for _, role := range t.Roles {
		if role.ID == id {
			return role.Name
		}
	}
	return id
}

// LocationNames are the names of some locations.
func (t Team) LocationNames(ids []string) []string { return namesOf(t.Locations, ids) }

// Team reads the team of a company.
func (r *Room) Team(ctx context.Context, companyID string) (t Team, err error) {
	err = r.db.Read(ctx, companyID, func(q *db.Snapshot) error {
		if t.Roles, err = Roles(q); err != nil {
			return err
		}
		if t.Locations, err = company.Locations(q); err != nil {
			return err
		}
		if t.Members, err = members(q, companyID); err != nil {
			return err
		}
		for i := range t.Members {
			m := &t.Members[i]
			role, _, err := findRole(q, m.RoleID)
			if err != nil {
				return err
			}
			m.RoleName, m.rights, m.LocationNames = role.Name, role.Rights, t.LocationNames(m.Locations)
		}
		if t.Invitations, err = openInvitations(q, companyID, ""); err != nil {
			return err
		}
		file, err := mustFile(q, companyID)
		if err != nil || file.FirmID == "" {
			return err
		}
		t.Firm, err = mustFirm(q, file.FirmID)
		return err
	})
	return t, err
}

// Member finds a person of the team.
func (t Team) Member(userID string) (Member, bool) {
	i := slices.IndexFunc(t.Members, func(m Member) bool { return m.User.ID == userID })
	if i < 0 {
		return Member{}, false
	}
	return t.Members[i], true
}

func locationNames(q db.Querier, ids []string) ([]string, error) {
	places, err := company.Locations(q)
	return namesOf(places, ids), err
}

func namesOf(places []company.Location, ids []string) []string {
	var names []string
	for _, place := range places {
		if slices.Contains(ids, place.ID) {
			names = append(names, place.Name)
		}
	}
	return names
}

// ChangeMember gives a person of the team another role or other locations. It holds at their next request.
func (r *Room) ChangeMember(ctx context.Context, companyID string, by Granter, m Membership) error {
	return r.db.Write(ctx, companyID, func(tx *db.Tx) error {
		role, err := r.checkGrant(tx, by, m.RoleID, m.Locations)
		if err != nil {
			return err
		}
		team, err := r.lockTeam(tx, companyID, by, m.UserID)
		if err != nil {
			return err
		}
		team[m.UserID] = holder{role.Rights, m.Locations, team[m.UserID].out}
		if err := someoneManages(team); err != nil {
			return err
		}
		if err := deleteInvitationsBy(tx, companyID, "", m.UserID); err != nil { // they could offer more than they hold now
			return err
		}
		if err := updateMembership(tx, companyID, m); err != nil {
			return err
		}
		return logRights(tx, by.UserID, "Droits modifiés, rôle "+m.RoleID+placesWords(m.Locations), "personne:"+m.UserID)
	})
}

// RemoveMember takes a person out of the team. It holds at their next request.
func (r *Room) RemoveMember(ctx context.Context, companyID string, by Granter, userID string) error {
	return r.db.Write(ctx, companyID, func(tx *db.Tx) error {
		team, err := r.lockTeam(tx, companyID, by, userID)
		if err != nil {
			return err
		}
		delete(team, userID)
		if err := someoneManages(team); err != nil {
			return err
		}
		if err := deleteInvitationsBy(tx, companyID, "", userID); err != nil {
			return err
		}
		if err := deleteMembership(tx, companyID, userID); err != nil {
			return err
		}
		return logRights(tx, by.UserID, "Sortie de l’équipe", "personne:"+userID)
	})
}

// CloseMemberSessions signs a person of the team out everywhere.
func (r *Room) CloseMemberSessions(ctx context.Context, companyID string, by Granter, userID string) error {
	return r.db.Write(ctx, companyID, func(tx *db.Tx) error {
		if _, err := r.lockTeam(tx, companyID, by, userID); err != nil {
			return err
		}
		if err := deleteSessions(tx, userID, ""); err != nil {
			return err
		}
		return logRights(tx, by.UserID, "Sessions fermées", "personne:"+userID)
	})
}

// holder is what a person of the team holds.
type holder struct {
	rights    right.Set
	locations []string
	out       bool // their account is closed
}

// lockTeam keeps others from changing the team meanwhile, and refuses to touch somebody who holds more than who asks.
func (r *Room) lockTeam(tx *db.Tx, companyID string, by Granter, userID string) (map[string]holder, error) {
	if _, err := lockMemberships(tx, companyID); err != nil {
		return nil, err
	}
	list, err := members(tx, companyID)
	if err != nil {
		return nil, err
	}
	team := map[string]holder{}
	for _, m := range list {
		role, _, err := findRole(tx, m.RoleID)
		if err != nil {
			return nil, err
		}
		team[m.UserID] = holder{role.Rights, m.Locations, m.Disabled}
	}
	touched, in := team[userID]
	if !in {
		return nil, fault.New(fault.NotFound, "Cette personne ne fait pas partie de l’équipe.")
	}
	if !covers(by.Rights, by.Locations, touched.rights, touched.locations) {
		return nil, fault.New(fault.Forbidden, "Cette personne a plus de droits que vous. Demandez à un administrateur.")
	}
	return team, nil
}

// someoneManages refuses a team nobody can manage any more, everywhere.
func someoneManages(team map[string]holder) error {
	for _, h := range team {
		if !h.out && len(h.locations) == 0 && covers(h.rights, nil, allRights(), nil) {
			return nil
		}
	}
	return fault.New(fault.Conflict, "Il faut au moins un administrateur de toutes les boutiques. Nommez d’abord quelqu’un d’autre.")
}
