package staff

import (
	"context"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

// Roles lists the roles of a company: those built in, then its own by name.
func Roles(q db.Querier) ([]Role, error) {
	own, err := customRoles(q)
	return append(BuiltInRoles(), own...), err
}

// findRole finds a role of a company.
func findRole(q db.Querier, roleID string) (Role, bool, error) {
	if role, known := BuiltInRole(roleID); known {
		return role, true, nil
	}
	return customRole(q, roleID)
}

// SaveRole writes a role of the company's own; without an id it is a new one. Whoever has it holds the new rights at their next
// request.
func (r *Room) SaveRole(ctx context.Context, companyID string, by Granter, roleID, name string, chosen []string) error {
	rights, err := cleanRights(chosen)
	if err != nil {
		return err
	}
	if name == "" {
		return fault.New(fault.Invalid, "Le rôle est à nommer.").Field("nom", "Écrivez le nom du rôle.")
	}
	return r.db.Write(ctx, companyID, func(tx *db.Tx) error {
		if !covers(by.Rights, by.Locations, rights, by.Locations) {
			return fault.New(fault.Forbidden, "Vous ne pouvez pas donner plus de droits que vous n’en avez.")
		}
		roles, err := Roles(tx)
		if err != nil {
			return err
		}
		taken := slices.ContainsFunc(roles, func(o Role) bool { return o.ID != roleID && fold(o.Name) == fold(name) })
		if taken {
			return fault.New(fault.Conflict, "Ce nom est pris.").Field("nom", "Un autre rôle porte ce nom.")
		}
		if roleID == "" {
			role := Role{ID: id.New(), Name: name, Rights: rights}
			if err := insertRole(tx, role); err != nil {
				return err
			}
			return logRights(tx, by.UserID, "Rôle créé\u00a0: "+writeRights(rights), "role:"+role.ID)
		}
		return r.changeRole(tx, by, Role{ID: roleID, Name: name, Rights: rights})
	})
}

func (r *Room) changeRole(tx *db.Tx, by Granter, role Role) error {
	before, known, err := customRole(tx, role.ID)
	if err != nil {
		return err
	}
	if !known {
		return fault.New(fault.NotFound, "Ce rôle n’existe plus.")
	}
	if !covers(by.Rights, by.Locations, before.Rights, by.Locations) {
		return fault.New(fault.Forbidden, "Ce rôle donne plus de droits que vous n’en avez. Demandez à un administrateur.")
	}
	if err := updateRole(tx, role); err != nil {
		return err
	}
	return logRights(tx, by.UserID, "Rôle modifié\u00a0: "+writeRights(role.Rights), "role:"+role.ID)
}

// DropRole takes away a role of the company's own that nobody has.
func (r *Room) DropRole(ctx context.Context, companyID string, by Granter, roleID string) error {
	return r.db.Write(ctx, companyID, func(tx *db.Tx) error {
		memberships, err := lockMemberships(tx, companyID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(memberships, func(m Membership) bool { return m.RoleID == roleID }) {
			return fault.New(fault.Conflict, "Des personnes ont ce rôle. Donnez-leur d’abord un autre rôle.")
		}
		invitations, err := openInvitations(tx, companyID, "")
		if err != nil {
			return err
		}
		if slices.ContainsFunc(invitations, func(i Invitation) bool { return i.RoleID == roleID }) {
			return fault.New(fault.Conflict, "Une invitation en cours donne ce rôle. Annulez-la d’abord.")
		}
		gone, err := deleteRole(tx, roleID)
		if err != nil {
			return err
		}
		if !gone {
			return fault.New(fault.NotFound, "Ce rôle n’existe plus.")
		}
		return logRights(tx, by.UserID, "Rôle supprimé", "role:"+roleID)
	})
}
