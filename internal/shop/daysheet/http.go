package daysheet

import (
	"embed"
	"io/fs"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"

	"github.com/a-h/templ"
)

//go:embed js/*.js
var scripts embed.FS

// Scripts are the script modules of the room’s pages.
func Scripts() fs.FS {
	files, err := fs.Sub(scripts, "js")
	if err != nil {
		panic(err) // embedded: cannot miss
	}
	return files
}

// Hooks is what the room asks of others without knowing them. A hook left out does nothing.
type Hooks struct {
	// Names gives the names of the people of the company, by id.
	Names func(q db.Querier) (map[string]string, error)
	// Compare tells what the month of a box ("" for all) is against the year before and the budget, for who may see reports; nil when there is nothing to say.
	Compare func(q db.Querier, month day.Month, box string, sees func(location string) bool) (templ.Component, error)
	// Papers lists the photos of tickets Z kept with a day, their addresses given below that of the day.
	Papers func(q db.Querier, box string, on day.Day) ([]ui.Link, error)
	// Questions are those asked about a day of a box, with the way to ask; nil when there is nothing to show to the person.
	Questions func(c *web.Ctx, q db.Querier, box string, on day.Day) (templ.Component, error)
}

// Room answers the pages of the days.
type Room struct {
	db    *db.DB
	hooks Hooks
}

// New opens the room.
func New(d *db.DB, hooks Hooks) *Room {
	if hooks.Names == nil {
		hooks.Names = func(db.Querier) (map[string]string, error) { return nil, nil }
	}
	if hooks.Compare == nil {
		hooks.Compare = func(db.Querier, day.Month, string, func(string) bool) (templ.Component, error) { return nil, nil }
	}
	if hooks.Papers == nil {
		hooks.Papers = func(db.Querier, string, day.Day) ([]ui.Link, error) { return nil, nil }
	}
	if hooks.Questions == nil {
		hooks.Questions = func(*web.Ctx, db.Querier, string, day.Day) (templ.Component, error) { return nil, nil }
	}
	return &Room{db: d, hooks: hooks}
}

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const (
		months = "/d/{slug}/journees"
		sheet  = months + "/{box}/{jour}"
	)
	return []web.Route{
		{Method: "GET", Path: months, Right: right.DaysheetView, Do: r.present},
		{Method: "GET", Path: months + "/{mois}", Right: right.DaysheetView, Do: r.month},

		{Method: "GET", Path: sheet, Right: right.DaysheetView, Do: r.day},
		{Method: "POST", Path: sheet + "/brouillon", Right: right.DaysheetEnter, Do: r.draft},
		{Method: "POST", Path: sheet + "/effacer", Right: right.DaysheetEnter, Do: r.drop},
		{Method: "POST", Path: sheet + "/recapitulatif", Right: right.DaysheetEnter, Do: r.recap},
		{Method: "POST", Path: sheet + "/cloturer", Right: right.DaysheetValidate, Do: r.close},
		{Method: "POST", Path: sheet + "/ferme", Right: right.DaysheetValidate, Do: r.shopClosed},
		{Method: "GET", Path: sheet + "/corriger", Right: right.DaysheetCorrect, Do: r.correction},
		{Method: "POST", Path: sheet + "/corriger", Right: right.DaysheetCorrect, Do: r.correct},
		{Method: "POST", Path: sheet + "/verrouiller", Right: right.DaysheetLock, Do: r.lock},
		{Method: "GET", Path: sheet + "/versions", Right: right.DaysheetView, Do: r.versions},
	}
}

// visitor is who asks, as the pages need to know them.
func (r *Room) visitor(c *web.Ctx, q db.Querier) (Visitor, error) {
	names, err := r.hooks.Names(q)
	return Visitor{UserID: c.UserID, Rights: c.Rights, Zone: c.Zone(), Names: names, Base: strings.TrimSuffix(c.URL(), "/")}, err
}

// seen reads the box and day of the address, when the person may see that box.
func seen(c *web.Ctx, q db.Querier) (Page, error) {
	on, err := day.Parse(c.Path("jour"))
	if err != nil {
		return Page{}, fault.New(fault.NotFound, "Cette date n’existe pas. Une adresse de journée finit par une date, par exemple 2026-11-20.")
	}
	p, err := Load(q, c.Path("box"), on)
	if err == nil && !c.Sees(p.Box.Location) {
		err = fault.New(fault.NotFound, "Cette caisse n’existe pas.")
	}
	return p, err
}

// comesBack tells whether a fault is one the form can mend: the page then comes back as it was filled in.
func comesBack(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.Mismatch, fault.Locked:
		return true
	}
	return false
}
