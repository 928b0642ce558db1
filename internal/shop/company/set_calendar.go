package company

import (
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

// longestException is how many days an exception may last.
const longestException = 366

// SetWeek changes the weekly pattern of a location from a day on. The days before keep the pattern they had, so that a shop that now
// opens on Monday does not find last year’s Mondays missing. From "" changes the pattern of always.
func SetWeek(tx *db.Tx, by, location string, from day.Day, week Week) error {
	c, err := LoadCalendar(tx, location)
	if err != nil {
		return err
	}
	if week <= 0 || week > EveryDay {
		return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field("week", "Cochez au moins un jour d’ouverture.")
	}
	if len(c.Weeks) == 0 && from != "" {
		if err := putWeek(tx, location, "", Workdays); err != nil {
			return err
		}
	}
	if c.settled(from, week) {
		return nil
	}
	if err := putWeek(tx, location, from, week); err != nil {
		return err
	}
	return logChange(tx, by, "Jours d’ouverture de la semaine modifiés", "location:"+location)
}

// SetHolidays says on which public holidays a location is open, by key; those not named are closed.
func SetHolidays(tx *db.Tx, by, location string, open map[string]bool) error {
	c, err := LoadCalendar(tx, location)
	if err != nil {
		return err
	}
	changed := false
	for _, h := range PublicHolidays(c.Zone, tx.Now().Year()) {
		if c.Holidays[h.Key] == open[h.Key] {
			continue
		}
		changed = true
		if err := putHoliday(tx, location, h.Key, open[h.Key]); err != nil {
			return err
		}
	}
	if !changed {
		return nil
	}
	return logChange(tx, by, "Jours fériés ouverts ou fermés modifiés", "location:"+location)
}

// AddException makes a range of days closed, or open. An id already there changes nothing: the form was sent twice.
func AddException(tx *db.Tx, by string, e Exception) error {
	if _, err := LoadCalendar(tx, e.Location); err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	switch {
	case e.First == "":
		f.Field("first", "Donnez le premier jour.")
	case e.Last == "":
		e.Last = e.First
	case e.Last < e.First:
		f.Field("last", "Le dernier jour est avant le premier.")
	case e.Last.Since(e.First) >= longestException:
		f.Field("last", "Une période dure un an au plus.")
	}
	if e.Label == "" {
		e.Label = map[bool]string{true: "Ouverture exceptionnelle", false: "Fermeture exceptionnelle"}[e.Open]
	}
	if utf8.RuneCountInString(e.Label) > 60 {
		f.Field("label", "Ce texte est trop long\u00a0: 60 caractères au plus.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	if e.ID == "" {
		e.ID = id.New()
	}
	if err := insertException(tx, e); err != nil {
		return err
	}
	return logChange(tx, by, "Exception au calendrier ajoutée", "location:"+e.Location)
}

// RemoveException takes an exception back. One that is already gone is fine.
func RemoveException(tx *db.Tx, by, location, exception string) error {
	gone, err := deleteException(tx, location, exception)
	if err != nil || !gone {
		return err
	}
	return logChange(tx, by, "Exception au calendrier retirée", "location:"+location)
}

// settled tells whether a pattern already holds from a day on.
func (c Calendar) settled(from day.Day, week Week) bool {
	last := len(c.Weeks) - 1
	return last >= 0 && c.Weeks[last].From <= from && c.Weeks[last].Week == week
}
