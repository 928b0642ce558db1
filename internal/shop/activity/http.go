package activity

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/books/act"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of the activity log.
type Room struct {
	db       *db.DB
	names    func(db.Querier) (map[string]string, error)
	software string
}

// New opens the room; names gives those of people and programs, by id, software the name and version of the program, as printed on documents.
func New(d *db.DB, names func(db.Querier) (map[string]string, error), software string) *Room {
	return &Room{db: d, names: names, software: software}
}

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/reglages/activite"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.ActivityView, Do: r.list},
		{Method: "GET", Path: base + "/export", Right: right.ActivityView, Do: r.export},
	}
}

// takesOut tells whether a route takes figures out of the program.
func takesOut(route web.Route) bool {
	return route.Method == http.MethodGet && (route.Right == right.ReportExport || route.Right == right.AccountingExport || strings.HasSuffix(route.Path, "/export"))
}

// Follow is the line a request leaves: that of its route, in the name of who sends it. It is what web.Config.Follow asks for.
func (r *Room) Follow(c *web.Ctx) (context.Context, func() error) {
	route := c.Route()
	pattern, inCompany := strings.CutPrefix(route.Path, web.CompanyPrefix)
	takes := takesOut(route)
	if route.Method != http.MethodPost && !takes {
		return c.Context(), nil
	}
	line := act.Line{ID: id.New(), At: c.Now().UTC(), By: c.UserID, From: c.ClientKey(), Kind: "liaisons", Label: "Journée envoyée par un autre logiciel"}
	if inCompany {
		kind, label, said, _ := Words(pattern, takes)
		if !said {
			return c.Context(), nil
		}
		_, path, _ := strings.Cut(strings.TrimPrefix(c.R.URL.Path, "/d/"), "/")
		line.Kind, line.Label, line.Subject = kind, label, Subject(pattern, path)
	}
	author := &act.Author{Line: line}
	return act.With(c.Context(), author), func() error {
		if !author.Noted() {
			if err := r.db.Write(context.WithoutCancel(c.Context()), c.Company(), func(*db.Tx) error { return nil }); err != nil && !fault.Is(err, fault.StorageFull) {
				return err
			}
		}
		author.Settle(c.Company())
		return nil
	}
}

// Sweep forgets the network addresses a company keeps no longer.
func Sweep(ctx context.Context, d *db.DB, company string) error {
	var old bool
	err := d.Read(ctx, company, func(q *db.Snapshot) (err error) {
		old, err = act.OldOrigins(q)
		return err
	})
	if err != nil || !old {
		return err
	}
	return d.Write(ctx, company, act.ForgetOrigins)
}

// searched reads the search of the address.
func searched(c *web.Ctx) (Search, act.Filter) {
	s := Search{Words: c.Query("q"), By: c.Query("personne"), Kind: c.Query("sorte"), After: placeOf(c.Query("avant"))}
	if len(s.Words) > 100 {
		s.Words = s.Words[:100]
	}
	s.First, s.Last = dayOf(c.Query("du")), dayOf(c.Query("au"))
	f := act.Filter{Words: s.Words, By: s.By, Kind: s.Kind, After: s.After}
	if s.First != "" {
		f.From = startOf(s.First, c.Zone())
	}
	if s.Last != "" {
		f.Until = startOf(s.Last.Add(1), c.Zone())
	}
	return s, f
}

// placeOf reads a place of the log from an address, as placeText writes it; the zero Place when it is none.
func placeOf(text string) act.Place {
	at, line, _ := strings.Cut(text, ".")
	us, err := strconv.ParseInt(at, 10, 64)
	if err != nil || !id.Valid(line) {
		return act.Place{}
	}
	return act.Place{At: time.UnixMicro(us).UTC(), ID: line}
}

func placeText(p act.Place) string { return strconv.FormatInt(p.At.UnixMicro(), 10) + "." + p.ID }

func dayOf(text string) day.Day {
	d, err := day.Parse(text)
	if err != nil {
		return ""
	}
	return d
}

// startOf is the first instant of a calendar day in a place.
func startOf(d day.Day, place *time.Location) time.Time {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, place)
}

func (r *Room) list(c *web.Ctx) error {
	page := Page{Frame: c.Frame("Journal d’activité"), Base: c.URL("reglages", "activite"), Home: strings.TrimSuffix(c.URL(), "/"), Zone: c.Zone()}
	page.Frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	var filter act.Filter
	page.Search, filter = searched(c)
	filter.Limit = perPage
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Lines, page.More, err = act.Lines(q, filter); err != nil {
			return err
		}
		page.Names, err = r.names(q)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, listPage(page))
}

// A longer log is exported or printed period by period.
const (
	mostExported = 100_000 // lines of a file
	mostPrinted  = 5_000   // lines on paper
)

func (r *Room) export(c *web.Ctx) error {
	format := c.Query("format")
	page := Page{Zone: c.Zone()}
	search, filter := searched(c)
	page.Search, filter.After, filter.Limit = search, act.Place{}, mostExported
	if format == company.FormatPDF {
		filter.Limit = mostPrinted
	}
	var paper company.Letterhead
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if paper, err = company.LoadLetterhead(q, "", r.software, c.Identity.Name); err != nil {
			return err
		}
		if page.Lines, page.More, err = act.Lines(q, filter); err != nil {
			return err
		}
		page.Names, err = r.names(q)
		return err
	})
	if err != nil {
		return err
	}
	if page.More {
		return fault.New(fault.Invalid, "Il y a plus de "+locale.Int(int64(filter.Limit))+" lignes\u00a0: choisissez une période plus courte.")
	}
	report := page.report(c.Today())
	if format == company.FormatPDF {
		report.Tables[0] = onPaper(report.Tables[0])
	}
	return paper.Send(c, format, report)
}
