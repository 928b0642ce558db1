package figures

import (
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"

	"github.com/a-h/templ"
)

// MonthCard says what a month is against the year before and the budget: for the page of the month, which knows nothing of figures. It is nil
// when there is neither. box narrows it to one till, "" for all.
func MonthCard(q db.Querier, month day.Month, box string, sees func(location string) bool) (templ.Component, error) {
	scope, err := LoadScope(q, "", box, sees)
	if err != nil {
		return nil, err
	}
	f, err := Load(q, scope, month.First(), month.Last())
	if err != nil {
		return nil, err
	}
	line := f.line("", f.First, f.Last)
	if line.Compared.Days == 0 && line.Target.Words() == "" {
		return nil, nil
	}
	return monthCard(line, f.Until), nil
}
