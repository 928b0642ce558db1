package assistant

import (
	"slices"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

// mostTills is how many cash boxes the assistant opens at once; more are added in the settings.
const mostTills = 5

// Tills is what the fourth step asks.
type Tills struct {
	Count    int
	Float    money.Amount
	FirstDay day.Day
	Week     company.Week
	WeekFrom day.Day // "" while the company begins: the pattern is that of always
	company.Thresholds
}

// SetTills opens the cash boxes that are missing in the first location and keeps thresholds and opening days.
func SetTills(tx *db.Tx, by string, t Tills) error {
	settings, err := company.Load(tx)
	if err != nil {
		return err
	}
	settings.Thresholds = t.Thresholds
	if err := company.Change(tx, by, settings); err != nil {
		return err
	}
	location, err := firstLocation(tx)
	if err != nil {
		return err
	}
	if err := company.SetWeek(tx, by, location.ID, t.WeekFrom, t.Week); err != nil {
		return err
	}
	if err := setFloat(tx, by, t.Float); err != nil {
		return err
	}
	return openBoxes(tx, by, location.ID, t)
}

// openBoxes opens boxes until there are as many as wanted, and gives those that have no closed day their float and first day.
func openBoxes(tx *db.Tx, by, location string, t Tills) error {
	boxes, err := boxesOf(tx, location)
	if err != nil {
		return err
	}
	for _, b := range boxes {
		b.TargetFloat, b.FirstDay = t.Float, t.FirstDay
		if _, err := cashbox.Save(tx, by, b); err != nil {
			return err
		}
	}
	for n := len(boxes) + 1; n <= t.Count; n++ {
		b := cashbox.Box{Location: location, Name: "Caisse " + strconv.Itoa(n), Active: true, TargetFloat: t.Float, FirstDay: t.FirstDay}
		if _, err := cashbox.Save(tx, by, b); err != nil {
			return err
		}
	}
	return nil
}

// setFloat keeps the float of the method of cash, what a new box proposes.
func setFloat(tx *db.Tx, by string, float money.Amount) error {
	methods, err := tender.List(tx)
	if err != nil {
		return err
	}
	for _, m := range methods {
		if m.Kind == tender.Cash && m.Active {
			m.Float = float
			_, err := tender.Save(tx, by, m)
			return err
		}
	}
	return nil
}

// End closes the first run. What was skipped takes the form of any shop: lines, methods and one cash box, so that a day can be typed.
func End(tx *db.Tx, by string, today day.Day) error {
	lines, methods, err := registers(tx)
	if err != nil {
		return err
	}
	if lines == 0 || methods == 0 {
		if err := Apply(tx, by, FindPreset("")); err != nil {
			return err
		}
	}
	location, err := firstLocation(tx)
	if err != nil {
		return err
	}
	boxes, err := boxesOf(tx, location.ID)
	if err != nil {
		return err
	}
	if len(boxes) == 0 {
		b := cashbox.Box{Location: location.ID, Name: "Caisse 1", Active: true, FirstDay: today.Add(-1)}
		if _, err := cashbox.Save(tx, by, b); err != nil {
			return err
		}
	}
	p, err := LoadProgress(tx)
	if err != nil {
		return err
	}
	p = p.after(stepTeam, true)
	p.EndedAt = tx.Now()
	return putProgress(tx, p)
}

func firstLocation(q db.Querier) (company.Location, error) {
	all, err := company.Locations(q)
	if err != nil {
		return company.Location{}, err
	}
	if at := slices.IndexFunc(all, func(l company.Location) bool { return l.Active }); at >= 0 {
		return all[at], nil
	}
	return company.Location{}, fault.New(fault.Conflict, "Cette société n’a aucune boutique en service. Ajoutez-en une dans les réglages.")
}

// boxesOf are the boxes in use of a location.
func boxesOf(q db.Querier, location string) ([]cashbox.Box, error) {
	all, err := cashbox.List(q)
	return slices.DeleteFunc(all, func(b cashbox.Box) bool { return !b.Active || b.Location != location }), err
}

// LoadTills is what the fourth step shows: what was chosen, or what the trade proposes.
func LoadTills(q db.Querier, today day.Day) (Tills, error) {
	settings, err := company.Load(q)
	if err != nil {
		return Tills{}, err
	}
	location, err := firstLocation(q)
	if err != nil {
		return Tills{}, err
	}
	calendar, err := company.LoadCalendar(q, location.ID)
	if err != nil {
		return Tills{}, err
	}
	t := Tills{Count: 1, FirstDay: today.Add(-1), Week: calendar.WeekOn(today), Thresholds: settings.Thresholds}
	methods, err := tender.List(q)
	if err != nil {
		return Tills{}, err
	}
	for _, m := range methods {
		if m.Kind == tender.Cash && m.Active {
			t.Float = m.Float
			break
		}
	}
	boxes, err := boxesOf(q, location.ID)
	if len(boxes) > 0 {
		t.Count, t.FirstDay = len(boxes), boxes[0].FirstDay
	}
	return t, err
}
