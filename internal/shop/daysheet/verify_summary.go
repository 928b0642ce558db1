package daysheet

import (
	"fmt"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/shop/cashbox"
)

// VerifySummaries makes the summaries of the months of the company again from its sheets, locks and drafts, and names the first day that says
// something else. left is what left for the accountant. The calendar may have changed since a month was summed up, and tills may have
// been put away or back: a letter is true when it is that of one of the tills, and the shades of a day without a sheet are one.
func VerifySummaries(q db.Querier, left map[day.Day]bool) (months int, err error) {
	list, err := summariesOf(q)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	for _, s := range list {
		if _, err := day.ParseMonth(string(s.Month)); err != nil {
			return 0, fmt.Errorf("daysheet: a summary is of the month %q: %w", s.Month, err)
		}
	}
	first, last := list[0].Month.First(), list[len(list)-1].Month.Last()
	said, err := everyLetter(q, first, last)
	if err != nil {
		return 0, err
	}
	for _, s := range list {
		if n := len(s.Month.Days()); len(s.days) != n || len(s.exported) != n || strings.Trim(s.days, marks) != "" || s.Boxes < 0 {
			return months, fmt.Errorf("daysheet: the summary of %s cannot be read", s.Month)
		}
		for i, on := range s.Month.Days() {
			if shade := shadeOf(s.days[i]); strings.IndexByte(said[on], shade) < 0 && (shade != markOpen || said[on] != "") {
				return months, fmt.Errorf("daysheet: the summary of %s does not say what the sheets of %s say", s.Month, on)
			}
			if (s.exported[i] == '1') != left[on] {
				return months, fmt.Errorf("daysheet: the summary of %s does not say whether %s left for the accountant", s.Month, on)
			}
		}
		months++
	}
	return months, nil
}

// shadeOf is a letter, the same for all that a day without sheet nor draft may be.
func shadeOf(letter byte) byte {
	if letter == markClosed || letter == markNone {
		return markOpen
	}
	return letter
}

// everyLetter gives what each till says of each day, those out of use too.
func everyLetter(q db.Querier, first, last day.Day) (map[day.Day]string, error) {
	tills, err := cashbox.List(q)
	if err != nil {
		return nil, err
	}
	said := map[day.Day]string{}
	for _, b := range tills {
		cells, err := Days(q, b.ID, first, last)
		if err != nil {
			return nil, err
		}
		for _, c := range cells {
			said[c.On] += string(shadeOf(mark(c.State)))
		}
	}
	return said, nil
}
