package daysheet

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
)

// Occupied tells which days of a box are closed, and what is typed and not closed, by day: what stands in the way of sheets from elsewhere.
func Occupied(q db.Querier, box string, first, last day.Day) (closed map[day.Day]bool, drafts map[day.Day]Draft, err error) {
	if closed, err = closedDays(q, box, first, last); err != nil {
		return nil, nil, err
	}
	drafts, err = draftsOf(q, box, first, last)
	return closed, drafts, err
}
