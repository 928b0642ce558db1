package cashbox

import (
	"cmp"
	"slices"
	"strings"

	"encaisse/internal/base/arrange"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Held is a box with what is in it now.
type Held struct {
	Box
	Balance  money.Amount
	ByMethod map[string]money.Amount
}

// Board gives the boxes in use with their balances, in the order a person chose, by name where they chose none. own tells whether they chose.
func Board(q db.Querier, user string) (list []Held, own bool, err error) {
	all, err := Everything(q)
	if err != nil {
		return nil, false, err
	}
	balances, err := ledger.Balances(q, "box/")
	if err != nil {
		return nil, false, err
	}
	for _, b := range all {
		if b.Active && !b.Deleted {
			list = append(list, hold(b, balances))
		}
	}
	places, err := orderOf(q, user)
	byName := collate.New(language.French)
	slices.SortStableFunc(list, func(a, b Held) int {
		first, chosen := places[a.ID]
		second, also := places[b.ID]
		switch {
		case chosen && also:
			return cmp.Compare(first, second)
		case chosen != also: // a box opened since comes after those that were arranged
			return cmp.Compare(btoi(also), btoi(chosen))
		}
		return byName.CompareString(a.Name, b.Name)
	})
	return list, len(places) > 0, err
}

func btoi(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// hold gives a box what the ledger says is in it.
func hold(b Box, balances map[string]money.Amount) Held {
	h := Held{Box: b, ByMethod: map[string]money.Amount{}}
	for key, balance := range balances {
		if method, own := strings.CutPrefix(key, Prefix(b.ID)); own && balance != 0 {
			h.ByMethod[method] = balance
			h.Balance += balance
		}
	}
	return h
}

// Arrange keeps the order in which a person dragged the boxes.
func Arrange(tx *db.Tx, user string, ids []string) error {
	return rearrange(tx, user, func(list []Held) { arrange.Dragged(list, ids) })
}

// Shift puts a box one place up (−1) or down (+1) for a person.
func Shift(tx *db.Tx, user, box string, by int) error {
	return rearrange(tx, user, func(list []Held) { arrange.Moved(list, box, by) })
}

func rearrange(tx *db.Tx, user string, sort func([]Held)) error {
	list, _, err := Board(tx, user)
	if err != nil {
		return err
	}
	sort(list)
	for i, b := range list {
		if err := putOrder(tx, user, b.ID, i+1); err != nil {
			return err
		}
	}
	return nil
}

// ArrangeByName forgets the order a person chose.
func ArrangeByName(tx *db.Tx, user string) error { return dropOrder(tx, user) }
