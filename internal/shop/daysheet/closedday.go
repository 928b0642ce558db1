package daysheet

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/shop/company"
)

// ShopClosed says that the shop was closed that day: the location’s calendar gets an exception, and the draft is forgotten. A day with a
// closed sheet is refused.
func ShopClosed(tx *db.Tx, box string, on day.Day, by string) error {
	p, err := Load(tx, box, on)
	if err != nil {
		return err
	}
	if p.Current() != nil {
		return fault.New(fault.Conflict, "Cette journée est clôturée\u00a0: la boutique n’était donc pas fermée. Choisissez «\u00a0Corriger\u00a0» si elle est fausse.")
	}
	if err := company.AddException(tx, by, company.Exception{Location: p.Box.Location, First: on, Last: on, Label: "Fermé ce jour"}); err != nil {
		return err
	}
	return DropDraft(tx, box, on)
}
