package cashbox

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/web"
)

// Allowed finds a box for an act of another room that moves its money on a day, with the checks of this one: the person sees the box, the
// box allows them the action, they may write on an earlier day and make closed sheets follow. Faults: NotFound, Forbidden, Invalid on « on ».
func Allowed(c *web.Ctx, q db.Querier, box string, a Action, on day.Day) (Box, error) {
	b, err := ByID(q, box)
	if err != nil {
		return b, err
	}
	person := reach{c, q}
	if !person.sees(b) {
		return b, fault.New(fault.NotFound, "Cette caisse n’existe pas.")
	}
	if err := person.need(b, a); err != nil {
		return b, err
	}
	return b, mayMove(c, q, on, Moves{box: nil})
}

// Recordable are the kinds of operations the person may record by hand in a box: what their role and the box allow.
func Recordable(c *web.Ctx, q db.Querier, b Box) ([]Kind, error) { return reach{c, q}.records(b) }

// Offered are the boxes in use with which the person may take an action, in the order of the lists.
func Offered(c *web.Ctx, q db.Querier, a Action) ([]Box, error) {
	all, err := List(q)
	if err != nil {
		return nil, err
	}
	var list []Box
	for _, b := range all {
		may, err := reach{c, q}.may(b, a)
		if err != nil {
			return nil, err
		}
		if may && b.Active {
			list = append(list, b)
		}
	}
	return list, nil
}
