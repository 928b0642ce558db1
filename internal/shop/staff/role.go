package staff

import (
	"slices"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
)

// The roles every company has.
const (
	Administrator = "administrateur"
	Manager       = "gerant"
	Cashier       = "caissier"
	Accountant    = "comptable"
	Reader        = "lecteur"
)

// Role is a set of rights under a name.
type Role struct {
	ID, Name string
	About    string // one line for who gives it
	Rights   right.Set
	BuiltIn  bool
}

// BuiltInRoles are the roles every company has, from the widest to the narrowest.
func BuiltInRoles() []Role {
	return []Role{
		{Administrator, "Administrateur", "Tout faire, y compris les réglages et l’équipe.", allRights(), true},
		{Manager, "Gérant", "Saisir, clôturer et corriger les journées, tenir la caisse, voir tous les chiffres.", right.Set{
			right.DaysheetView, right.DaysheetEnter, right.DaysheetValidate, right.DaysheetForce, right.DaysheetCorrect,
			right.MovementRecord, right.MovementReverse, right.EntryBackdate, right.BalanceView,
			right.CreditOver, right.VoucherIssue, right.VoucherRedeem, right.DepositMake,
			right.ReportView, right.ReportExport, right.BudgetEdit, right.PartyView, right.PartyEdit, right.CalendarEdit, right.DataImport,
			right.QuestionAnswer,
		}, true},
		{Cashier, "Caissier", "Saisir la journée et les opérations de caisse, sans voir les rapports ni les réglages.", right.Set{
			right.DaysheetView, right.DaysheetEnter, right.MovementRecord, right.VoucherRedeem, right.PartyView,
		}, true},
		{Accountant, "Comptable", "Contrôler, corriger, verrouiller et exporter, régler les comptes\u00a0; pas l’équipe.", allRightsBut(right.StaffManage), true},
		{Reader, "Lecteur", "Consulter, imprimer et vérifier, sans rien changer.", right.Set{
			right.DaysheetView, right.BalanceView, right.ReportView, right.ReportExport, right.PartyView,
		}, true},
	}
}

// BuiltInRole finds one of them.
func BuiltInRole(id string) (Role, bool) {
	roles := BuiltInRoles()
	i := slices.IndexFunc(roles, func(r Role) bool { return r.ID == id })
	if i < 0 {
		return Role{}, false
	}
	return roles[i], true
}

func allRights() right.Set { return allRightsBut() }

func allRightsBut(left ...right.Right) right.Set {
	var set right.Set
	for _, label := range right.All() {
		if !slices.Contains(left, label.Right) {
			set = append(set, label.Right)
		}
	}
	return set
}

// covers tells whether somebody who holds wide in places (nil is everywhere) may give narrow in others.
func covers(wide right.Set, places []string, narrow right.Set, others []string) bool {
	for _, r := range narrow {
		if !wide.Has(r) {
			return false
		}
	}
	if places == nil {
		return true
	}
	if len(others) == 0 {
		return false
	}
	for _, place := range others {
		if !slices.Contains(places, place) {
			return false
		}
	}
	return true
}

// cleanRights keeps known rights, each once, in the order of the list.
func cleanRights(chosen []string) (right.Set, error) {
	var set right.Set
	for _, label := range right.All() {
		if slices.Contains(chosen, string(label.Right)) {
			set = append(set, label.Right)
		}
	}
	if len(set) == 0 {
		return nil, fault.New(fault.Invalid, "Ce rôle ne permet rien.").Field("droits", "Cochez au moins un droit.")
	}
	return set, nil
}

// parseRights reads the column of a custom role; a right the program no longer knows gives nothing.
func parseRights(text string) right.Set {
	var set right.Set
	known := allRights()
	for _, name := range splitList(text) {
		if r := right.Right(name); slices.Contains(known, r) {
			set = append(set, r)
		}
	}
	return set
}

func writeRights(set right.Set) string {
	names := make([]string, len(set))
	for i, r := range set {
		names[i] = string(r)
	}
	return joinList(names)
}
