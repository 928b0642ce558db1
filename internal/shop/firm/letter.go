package firm

import (
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/locale"
	"encaisse/internal/shop/daysheet"
)

// words say what waits in a company: « 2 journées manquantes, 1 écart ».
func (r Row) words() string {
	var parts []string
	add := func(n int, one, many string) {
		if n > 0 {
			parts = append(parts, locale.Plural(n, one, many))
		}
	}
	add(r.Missing, "journée manquante", "journées manquantes")
	add(r.Drafts, "brouillon à clôturer", "brouillons à clôturer")
	add(r.Gaps, "écart à expliquer", "écarts à expliquer")
	return strings.Join(parts, ", ")
}

// daysIn lists the days of a month in a state.
func (r Row) daysIn(month day.Month, state daysheet.CellState) []string {
	var list []string
	for i, c := range r.Days {
		if c.State == state {
			list = append(list, locale.LongDate(month.First().Add(i)))
		}
	}
	return list
}

// letterText is the letter that reminds a company, without its first line.
func letterText(r Row, v view, by, firm, address string) string {
	var b strings.Builder
	section := func(title string, days []string) {
		if len(days) > 0 {
			b.WriteString(title + "\u00a0:\n- " + strings.Join(days, "\n- ") + "\n\n")
		}
	}
	b.WriteString("Pour la caisse de «\u00a0" + r.Name + "\u00a0», en " + locale.MonthName(v.month) + ", il nous manque ceci.\n\n")
	section("Journées à saisir", r.daysIn(v.month, daysheet.CellMissing))
	if r.Drafts > 0 {
		section("Journées commencées, à clôturer", r.daysIn(v.month, daysheet.CellDraft))
	}
	section("Écarts à expliquer", r.daysIn(v.month, daysheet.CellGap))
	if address != "" {
		b.WriteString("Tout se fait ici\u00a0:\n" + address + "/d/" + r.Slug + "/journees/" + string(v.month) + "\n\n")
	}
	b.WriteString("Si la boutique était fermée un de ces jours, indiquez-le sur la journée. Répondez à ce message pour toute question.\n\n" + by + "\n" + firm + "\n")
	return b.String()
}
