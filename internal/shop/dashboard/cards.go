package dashboard

import (
	"slices"

	"encaisse/internal/base/arrange"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// The cards of the home page.
const (
	cardDay      = "jour"
	cardSales    = "ventes"
	cardBasket   = "panier"
	cardMonth    = "mois"
	cardCash     = "especes"
	cardTodo     = "a-faire"
	cardCurve    = "cumul"
	cardMethods  = "reglements"
	cardNatures  = "rayons"
	cardDrawers  = "tiroirs"
	cardsOnceMet = 50 // the most choices of a person that are read
)

// Card is a part of the home page, where a person wants it.
type Card struct {
	ID, Label string
	Top       bool // a figure of the top, rather than a card below
	Shown     bool
}

// Key implements arrange.Line.
func (c Card) Key() string { return c.ID }

// InUse implements arrange.Line: a hidden card keeps its place.
func (c Card) InUse() bool { return c.Shown }

// usual are the cards as they stand before somebody arranges them: the answer first, then what to do, then why.
func usual() []Card {
	return []Card{
		{cardDay, "Chiffre d’affaires du dernier jour", true, true}, {cardSales, "Ventes", true, true}, {cardBasket, "Panier moyen", true, true},
		{cardMonth, "Mois en cours", true, true}, {cardCash, "Espèces en caisse", true, true},
		{cardTodo, "À faire", false, true}, {cardCurve, "Cumul du mois", false, true}, {cardMethods, "Règlements du dernier jour", false, true},
		{cardNatures, "Ventes par rayon", false, true}, {cardDrawers, "Dans les tiroirs", false, true},
	}
}

// Cards are the cards in the order a person chose; those they never met come last, as usual.
func Cards(q db.Querier, user string) ([]Card, error) {
	choices, err := choicesOf(q, user)
	if err != nil {
		return nil, err
	}
	cards, keys := usual(), make([]string, 0, len(choices))
	for _, c := range choices {
		keys = append(keys, c.card)
		if i := slices.IndexFunc(cards, func(card Card) bool { return card.ID == c.card }); i >= 0 {
			cards[i].Shown = c.shown
		}
	}
	arrange.Dragged(cards, keys)
	return cards, nil
}

// Order puts the cards of a person in an order.
func Order(tx *db.Tx, user string, keys []string) error {
	cards, err := Cards(tx, user)
	if err != nil {
		return err
	}
	arrange.Dragged(cards, keys)
	return keep(tx, user, cards)
}

// Move puts a card one place up (−1) or down (+1).
func Move(tx *db.Tx, user, card string, by int) error {
	cards, err := Cards(tx, user)
	if err != nil || !arrange.Moved(cards, card, by) {
		return err
	}
	return keep(tx, user, cards)
}

// Show shows or hides a card of a person. Fault NotFound for a card that does not exist.
func Show(tx *db.Tx, user, card string, shown bool) error {
	cards, err := Cards(tx, user)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(cards, func(c Card) bool { return c.ID == card })
	if i < 0 {
		return fault.New(fault.NotFound, "Cette carte n’existe pas.")
	}
	cards[i].Shown = shown
	return keep(tx, user, cards)
}

// Reset gives a person the usual cards again.
func Reset(tx *db.Tx, user string) error { return dropChoices(tx, user) }

func keep(tx *db.Tx, user string, cards []Card) error {
	for i, c := range cards {
		if err := putChoice(tx, user, choice{c.ID, c.Shown}, i+1); err != nil {
			return err
		}
	}
	return nil
}
