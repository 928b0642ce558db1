package cashbox

import (
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// Action is something that may be done with a box, beside the rights of roles.
type Action string

// The actions.
const (
	ActView    Action = "view"
	ActIncome  Action = "income"
	ActExpense Action = "expense"
	ActSend    Action = "send"
	ActReceive Action = "receive"
	ActOwner   Action = "owner"
	ActDeposit Action = "deposit"
	ActDelete  Action = "delete"
)

// Actions are what may be done.
type Actions []Action

// AllActions lists every action, in the order a settings page shows them.
func AllActions() Actions {
	return Actions{ActView, ActIncome, ActExpense, ActSend, ActReceive, ActOwner, ActDeposit, ActDelete}
}

// Label is what a settings page shows.
func (a Action) Label() string {
	return map[Action]string{ActView: "Voir le solde et le relevé", ActIncome: "Enregistrer une recette", ActExpense: "Enregistrer une dépense", ActSend: "Transférer vers une autre caisse",
		ActReceive: "Recevoir un transfert", ActOwner: "Apports et prélèvements", ActDeposit: "Remettre en banque", ActDelete: "Annuler et restaurer une opération"}[a]
}

// Has tells whether an action is allowed.
func (l Actions) Has(a Action) bool { return slices.Contains(l, a) }

// and keeps the actions of both lists.
func (l Actions) and(other Actions) Actions {
	return slices.DeleteFunc(slices.Clone(l), func(a Action) bool { return !other.Has(a) })
}

// action is what recording a kind by hand needs.
func (k Kind) action() Action {
	switch k {
	case Income:
		return ActIncome
	case Expense:
		return ActExpense
	case Transfer:
		return ActSend
	case Deposit:
		return ActDeposit
	}
	return ActOwner
}

// Access says who may do what with a box. Those not named may do what the box allows.
type Access struct {
	General Actions
	Own     map[string]Actions // by user, of those who have a list of their own
}

// Of is what a person may do: never more than the box allows.
func (a Access) Of(user string) Actions {
	if own, chosen := a.Own[user]; chosen {
		return a.General.and(own)
	}
	return a.General
}

// AccessOf gives who may do what with a box. A box nobody set allows everything to everybody.
func AccessOf(q db.Querier, box string) (Access, error) {
	all, err := accesses(q)
	if a, set := all[box]; set {
		return a, err
	}
	return Access{General: AllActions()}, err
}

// SetAccess says who may do what with a box, and leaves an event. Those left out of own follow the box.
func SetAccess(tx *db.Tx, by, box string, a Access) error {
	b, err := ByID(tx, box)
	if err != nil {
		return err
	}
	if b.Deleted {
		return fault.New(fault.Conflict, "Cette caisse est supprimée. Restaurez-la d’abord.")
	}
	if err := dropAccess(tx, box); err != nil {
		return err
	}
	if err := putAccess(tx, box, "", a.General); err != nil {
		return err
	}
	for _, user := range sortedKeys(a.Own) {
		if err := putAccess(tx, box, user, a.Own[user]); err != nil {
			return err
		}
	}
	return logBox(tx, by, b, "Accès à la caisse modifiés\u00a0: "+b.Name)
}

func (l Actions) text() string {
	var words []string
	for _, a := range AllActions() {
		if l.Has(a) {
			words = append(words, string(a))
		}
	}
	return strings.Join(words, " ")
}

func parseActions(text string) Actions {
	list := Actions{}
	for _, word := range strings.Fields(text) {
		list = append(list, Action(word))
	}
	return list
}
