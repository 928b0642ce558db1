package cashbox

import (
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/company"
)

// mostBoxes bounds the boxes of a company.
const mostBoxes = 200

// Save adds a box at the end of its location, or changes the one whose id is given, and leaves an event. A company keeps at least one
// box in use. It gives the id.
func Save(tx *db.Tx, by string, b Box) (string, error) {
	b = b.normalise()
	all, err := Everything(tx)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(all, func(other Box) bool { return other.ID == b.ID })
	if b.ID != "" {
		if at < 0 {
			return "", fault.New(fault.NotFound, "Cette caisse n’existe pas.")
		}
		if all[at].Deleted {
			return "", fault.New(fault.Conflict, "Cette caisse est supprimée. Restaurez-la d’abord.")
		}
		b.Location, b.Kind, b.Holds, b.Virtual = all[at].Location, all[at].Kind, all[at].Holds, all[at].Virtual
		b = b.normalise()
	}
	if slices.ContainsFunc(all, func(other Box) bool { return b.ID != other.ID && other.Active && b.sameName(other) }) {
		return "", refuse("name", "Une autre caisse du même endroit porte déjà ce nom.")
	}
	if b.ID != "" {
		return b.ID, change(tx, by, all[at], b, all)
	}
	if len(all) >= mostBoxes {
		return "", fault.New(fault.Conflict, "Il y a 200 caisses au plus. Remettez en service une caisse retirée.")
	}
	if b.Location != "" {
		if _, err := company.LocationByID(tx, b.Location); err != nil {
			return "", err
		}
	}
	if b, err = Create(tx, b); err != nil {
		return "", err
	}
	return b.ID, logBox(tx, by, b, "Caisse ajoutée\u00a0: "+b.Name)
}

func (b Box) sameName(other Box) bool {
	return other.Location == b.Location && strings.EqualFold(other.Name, b.Name)
}

func change(tx *db.Tx, by string, before, b Box, all []Box) error {
	if before == b {
		return nil
	}
	if !b.Active && lastTill(b, all) {
		return fault.New(fault.Conflict, "Gardez au moins une caisse de boutique en service.")
	}
	if err := Change(tx, b); err != nil {
		return err
	}
	said := "Caisse modifiée\u00a0: "
	switch {
	case before.Active && !b.Active:
		said = "Caisse retirée\u00a0: "
	case !before.Active && b.Active:
		said = "Caisse remise en service\u00a0: "
	}
	return logBox(tx, by, b, said+b.Name)
}

// lastTill tells whether no till is in use beside a box.
func lastTill(b Box, all []Box) bool {
	return b.IsTill() && !slices.ContainsFunc(all, func(other Box) bool { return other.IsTill() && other.Active && other.ID != b.ID })
}

func logBox(tx *db.Tx, by string, b Box, said string) error {
	return seal.LogEvent(tx, seal.Event{Code: seal.ParametersChanged, Label: said, By: by, Source: "cashbox:" + b.ID})
}
