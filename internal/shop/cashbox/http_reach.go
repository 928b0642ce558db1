package cashbox

import (
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/web"
)

// reach tells what the person of a request may do with boxes: what their role allows, where their role reaches, and what each box allows them.
type reach struct {
	c *web.Ctx
	q db.Querier
}

// sees tells whether the place of a box is one the person may see. A box of the company is in sight of all its people.
func (r reach) sees(b Box) bool { return b.Location == "" || r.c.Sees(b.Location) }

// of are the actions the person may take with a box: none out of their sight.
func (r reach) of(b Box) (Actions, error) {
	if !r.sees(b) {
		return nil, nil
	}
	a, err := AccessOf(r.q, b.ID)
	return a.Of(r.c.UserID), err
}

// may tells whether the person may take an action with a box, which must not be deleted except to look at it.
func (r reach) may(b Box, a Action) (bool, error) {
	allowed, err := r.of(b)
	return allowed.Has(a) && (a == ActView || !b.Deleted), err
}

// need refuses an action the box does not allow the person.
func (r reach) need(b Box, a Action) error {
	if may, err := r.may(b, a); err != nil || may {
		return err
	}
	return fault.New(fault.Forbidden, "La caisse «\u00a0"+b.Name+"\u00a0» ne vous permet pas cette action. Demandez à qui règle la société.")
}

// records are the kinds the person may record by hand in a box.
func (r reach) records(b Box) ([]Kind, error) {
	allowed, err := r.of(b)
	if err != nil || !r.c.Can(right.MovementRecord) || !b.Active {
		return nil, err
	}
	var kinds []Kind
	for _, k := range Kinds() {
		if allowed.Has(k.action()) && !(b.Virtual && k == Deposit) {
			kinds = append(kinds, k)
		}
	}
	return kinds, nil
}
