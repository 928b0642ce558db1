package cashbox

import (
	"slices"
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

// Item is a cash-flow item (rubrique): a tag of incomes and expenses, to find and add them up.
type Item struct {
	ID, Name string
	Active   bool
	BuiltIn  bool
}

// FeeItem is the item of the fees of payments.
const FeeItem = "fees"

// mostItems bounds the items a company adds.
const mostItems = 200

// builtInItems are those every company has.
var builtInItems = []Item{
	{FeeItem, "Services de traitement des transactions", true, true},
	{"goods", "Achats de marchandises", true, true},
	{"energy", "Énergie et eau", true, true},
	{"rent", "Loyer et charges", true, true},
	{"taxes", "Impôts et taxes", true, true},
	{"wages", "Salaires et acomptes", true, true},
	{"grants", "Aides et subventions", true, true},
}

// Items lists the items of the company: those every company has, then its own.
func Items(q db.Querier) ([]Item, error) {
	own, err := ownItems(q)
	return append(slices.Clone(builtInItems), own...), err
}

// SaveItem adds an item, or renames, retires or restores one of the company.
func SaveItem(tx *db.Tx, by string, item Item) (string, error) {
	item.Name, item.BuiltIn = strings.TrimSpace(item.Name), false
	if n := utf8.RuneCountInString(item.Name); n == 0 || n > 60 {
		return "", refuse("name", "Donnez à la rubrique un nom de 1 à 60 caractères.")
	}
	all, err := Items(tx)
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(all, func(other Item) bool { return other.ID != item.ID && strings.EqualFold(other.Name, item.Name) }) {
		return "", refuse("name", "Une rubrique porte déjà ce nom.")
	}
	switch at := slices.IndexFunc(all, func(other Item) bool { return other.ID == item.ID }); {
	case item.ID == "" && len(all)-len(builtInItems) >= mostItems:
		return "", fault.New(fault.Conflict, "Il y a 200 rubriques au plus. Renommez-en une qui ne sert plus.")
	case item.ID == "":
		item.ID, item.Active = id.New(), true
	case at < 0 || all[at].BuiltIn:
		return "", fault.New(fault.NotFound, "Cette rubrique n’existe pas.")
	}
	return item.ID, putItem(tx, item)
}

// itemExists tells whether an item can be given to a movement.
func itemExists(q db.Querier, itemID string) (bool, error) {
	all, err := Items(q)
	return slices.ContainsFunc(all, func(i Item) bool { return i.ID == itemID && i.Active }), err
}
