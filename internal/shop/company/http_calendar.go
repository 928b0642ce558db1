package company

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

func (r *Room) calendar(c *web.Ctx) error {
	year, err := strconv.Atoi(c.Query("annee"))
	if err != nil || year < 2000 || year > 2100 {
		year = c.Today().Time().Year()
	}
	return r.showCalendar(c, http.StatusOK, c.Query("boutique"), year, ui.Answers{})
}

// showCalendar answers with the year of a location, the first one the visitor may see when none is named.
func (r *Room) showCalendar(c *web.Ctx, status int, location string, year int, answers ui.Answers) error {
	page := CalendarPage{Frame: settingsFrame(c, "Calendrier d’ouverture"), Base: c.URL("reglages", "calendrier"), Year: year, Today: c.Today(), Err: answers.Err}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		all, err := Locations(q)
		if err != nil {
			return err
		}
		page.Locations = slices.DeleteFunc(all, func(l Location) bool { return !l.Active && l.ID != location || !c.Sees(l.ID) })
		if len(page.Locations) == 0 {
			return fault.New(fault.NotFound, "Aucune boutique ne vous est ouverte.")
		}
		page.Location = page.Locations[0]
		if at := slices.IndexFunc(page.Locations, func(l Location) bool { return l.ID == location }); at >= 0 {
			page.Location = page.Locations[at]
		}
		page.Calendar, err = LoadCalendar(q, page.Location.ID)
		return err
	})
	if err != nil {
		return err
	}
	page.Form = answers.FillAll(exceptionFields())
	return c.Render(status, calendarPage(page))
}

// onCalendar runs a change of the calendar of a location the visitor may see, and comes back to the year.
func (r *Room) onCalendar(c *web.Ctx, said string, change func(tx *db.Tx, location string, form *web.Form) error) error {
	location, form := c.Path("boutique"), c.Form()
	if !c.Sees(location) {
		return fault.New(fault.NotFound, "Cette boutique n’existe pas, ou vous n’y avez pas accès.")
	}
	year, given := form.Count("annee")
	if !given || year < 2000 || year > 2100 {
		year = c.Today().Time().Year()
	}
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return change(tx, location, form) })
	next := c.URL("reglages", "calendrier") + "?boutique=" + url.QueryEscape(location) + "&annee=" + strconv.Itoa(year)
	return finish(c, err, form, said, next, func(c *web.Ctx, status int, answers ui.Answers) error {
		return r.showCalendar(c, status, location, year, answers)
	})
}

func (r *Room) changeWeek(c *web.Ctx) error {
	return r.onCalendar(c, "Les jours d’ouverture sont enregistrés.", func(tx *db.Tx, location string, form *web.Form) error {
		var week Week
		for n := range 7 {
			if form.Checked(weekdayField(time.Weekday((n + 1) % 7))) {
				week |= 1 << n
			}
		}
		from := form.Day("from")
		if err := form.Err(); err != nil {
			return err
		}
		return SetWeek(tx, c.UserID, location, from, week)
	})
}

func (r *Room) changeHolidays(c *web.Ctx) error {
	return r.onCalendar(c, "Les jours fériés sont enregistrés.", func(tx *db.Tx, location string, form *web.Form) error {
		open := map[string]bool{}
		for _, key := range form.Values["open"] {
			open[key] = true
		}
		return SetHolidays(tx, c.UserID, location, open)
	})
}

func (r *Room) addException(c *web.Ctx) error {
	return r.onCalendar(c, "Le calendrier est enregistré.", func(tx *db.Tx, location string, form *web.Form) error {
		e := Exception{
			ID: form.ID("id"), Location: location, First: form.Day("first"), Last: form.Day("last"),
			Open: form.Choice("state", string(Open), string(Closed)) == string(Open), Label: form.Text("label", 60),
		}
		if err := form.Err(); err != nil {
			return err
		}
		return AddException(tx, c.UserID, e)
	})
}

func (r *Room) removeException(c *web.Ctx) error {
	return r.onCalendar(c, "Cette période est retirée du calendrier.", func(tx *db.Tx, location string, _ *web.Form) error {
		return RemoveException(tx, c.UserID, location, c.Path("exception"))
	})
}
