package accounting

import (
	"io"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/period"
)

// nextPeriod is the first whole month that did not leave for the accountant, and the last one over when all did.
func nextPeriod(q db.Querier, today day.Day, years []period.Year) (Period, error) {
	last := today.Month().Add(-1)
	month := last
	if len(years) > 0 {
		days, err := ledger.EntryDays(q)
		if err != nil {
			return Period{}, err
		}
		month = min(days[0].Month(), last)
	}
	done, err := IsExported(q, month.First(), last.Last())
	if err != nil {
		return Period{}, err
	}
	for month < last && done[month.Last()] {
		month = month.Add(1)
	}
	return Period{month.First(), month.Last()}, nil
}

// findYear finds a financial year by the name people give it.
func findYear(years []period.Year, name string) (period.Year, error) {
	for _, y := range years {
		if YearOf(y) == name {
			return y, nil
		}
	}
	return period.Year{}, fault.New(fault.NotFound, "Cet exercice n’a aucune écriture.")
}

// fecName is the name of the file of the first year, to tell whether the company has what names it.
func fecName(q db.Querier, years []period.Year) (string, error) {
	if len(years) == 0 {
		return "", nil
	}
	return FECName(q, years[0])
}

// writeYear writes the file of a year by its name, and gives the name of the file.
func writeYear(q db.Querier, to io.Writer, called string) (string, error) {
	years, err := Years(q)
	if err != nil {
		return "", err
	}
	year, err := findYear(years, called)
	if err != nil {
		return "", err
	}
	name, err := FECName(q, year)
	if err != nil {
		return "", err
	}
	_, err = WriteFEC(q, to, year)
	return name, err
}
