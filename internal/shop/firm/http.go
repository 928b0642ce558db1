package firm

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/question"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of the accounting firm.
type Room struct {
	db     *db.DB
	people *staff.Room
}

// New opens the room.
func New(d *db.DB, people *staff.Room) *Room { return &Room{db: d, people: people} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base, alerts = "/cabinets/{cabinet}", "/compte/alertes"
	return []web.Route{
		{Method: "GET", Path: base + "/suivi", Right: right.SignedIn, Do: r.cockpit},
		{Method: "POST", Path: base + "/relancer", Right: right.SignedIn, Do: r.preview},
		{Method: "POST", Path: base + "/relancer/envoyer", Right: right.SignedIn, Do: r.remind},
		{Method: "POST", Path: base + "/exporter", Right: right.SignedIn, Do: r.control},
		{Method: "POST", Path: base + "/exporter/archive", Right: right.SignedIn, Do: r.archive},
		{Method: "GET", Path: base + "/portefeuilles", Right: right.SignedIn, Do: r.portfolios},
		{Method: "POST", Path: base + "/portefeuilles/{dossier}", Right: right.SignedIn, Do: r.assign},
		{Method: "GET", Path: base + "/modeles", Right: right.SignedIn, Do: r.templates},
		{Method: "POST", Path: base + "/modeles", Right: right.SignedIn, Do: r.saveTemplate},
		{Method: "POST", Path: base + "/modeles/{modele}/appliquer", Right: right.SignedIn, Do: r.applyTemplate},
		{Method: "POST", Path: base + "/modeles/{modele}/supprimer", Right: right.SignedIn, Do: r.dropTemplate},

		{Method: "GET", Path: alerts, Right: right.SignedIn, Do: r.alerts},
		{Method: "POST", Path: alerts, Right: right.SignedIn, Do: r.saveAlerts},
		{Method: "GET", Path: "/alertes/{jeton}", Right: right.Public, Do: r.stopPage},
		{Method: "POST", Path: "/alertes/{jeton}", Right: right.Public, Do: r.stop},
	}
}

// most is how many companies may be ticked for one act; perPage how many the screen shows unless it is asked for more.
const most, perPage = 200, 100

// sizes are the numbers of companies a page may show.
var sizes = []int{perPage, 250, 1000}

// view is what the screen is asked to show.
type view struct {
	month  day.Month
	today  day.Day
	filter Filter
	words  string
	keeper string // id of the collaborator whose portfolio is shown
	size   int
	page   int
	ticked bool // all of them
}

// today is the business day at the firm: that of a company that chose nothing.
func today(at time.Time) day.Day { return company.Defaults().Today(at) }

func readView(c *web.Ctx) view {
	form := web.NewForm(c.R.URL.Query())
	v := view{today: today(c.Now()), filter: Filter(form.Get("filtre")), words: form.Text("q", 100), keeper: form.Text("portefeuille", 40), size: perPage, page: 1, ticked: form.Get("coches") == "tout"}
	v.month = v.today.Month()
	if month, err := day.ParseMonth(form.Get("mois")); err == nil && month <= v.month {
		v.month = month
	}
	if n, err := strconv.Atoi(form.Get("par")); err == nil && slices.Contains(sizes, n) {
		v.size = n
	}
	if n, err := strconv.Atoi(form.Get("page")); err == nil && n > 1 && n < 10_000 {
		v.page = n
	}
	return v
}

// query is the address of a view, from its question mark.
func (v view) query() string {
	q := url.Values{"mois": {string(v.month)}}
	set := func(name, value string, yes bool) {
		if yes {
			q.Set(name, value)
		}
	}
	set("filtre", string(v.filter), v.filter != All)
	set("q", v.words, v.words != "")
	set("portefeuille", v.keeper, v.keeper != "")
	set("par", strconv.Itoa(v.size), v.size != perPage)
	set("page", strconv.Itoa(v.page), v.page > 1)
	set("coches", "tout", v.ticked)
	return "?" + q.Encode()
}

// load reads every company of a firm that somebody may see, in a month.
func (r *Room) load(c *web.Ctx, v view) (firm staff.Firm, colleagues []staff.Colleague, rows []Row, err error) {
	err = r.db.Read(c.Context(), "", func(q *db.Snapshot) error {
		var files []staff.FirmFile
		if firm, files, err = staff.FirmFiles(q, c.Path("cabinet"), c.UserID); err != nil {
			return err
		}
		if colleagues, err = staff.Colleagues(q, firm.ID); err != nil {
			return err
		}
		names := make(map[string]string, len(colleagues))
		for _, one := range colleagues {
			names[one.ID] = one.Name
		}
		summaries, err := daysheet.Summaries(q, v.month)
		if err != nil {
			return err
		}
		reminded, err := lastReminders(q, firm.ID, v.month)
		if err != nil {
			return err
		}
		asked, err := question.Counts(q)
		if err != nil {
			return err
		}
		rows = make([]Row, 0, len(files))
		for _, f := range files {
			if v.keeper != "" && !slices.Contains(f.Keepers, v.keeper) {
				continue
			}
			var keepers []string
			for _, id := range f.Keepers {
				keepers = append(keepers, names[id])
			}
			s, known := summaries[f.ID]
			row := newRow(f, keepers, s, known, v.month, v.today)
			row.Reminded, row.Asked = reminded[f.ID], asked[f.ID]
			rows = append(rows, row)
		}
		return nil
	})
	return firm, colleagues, rows, err
}

// mostFresh is how many summaries one request writes at most; the next request goes on.
const mostFresh = 300

// fresh writes the summaries of the month that were never written: those of companies that did nothing since it began.
func (r *Room) fresh(c *web.Ctx, rows []Row, month day.Month) (wrote bool, err error) {
	left := mostFresh
	for _, row := range rows {
		if row.Known || left == 0 {
			continue
		}
		left--
		if err := daysheet.RefreshSummary(c.Context(), r.db, row.ID, month); err != nil {
			return wrote, err
		}
		wrote = true
	}
	return wrote, nil
}

func (r *Room) cockpit(c *web.Ctx) error {
	v := readView(c)
	firm, colleagues, rows, err := r.load(c, v)
	if err != nil {
		return err
	}
	if wrote, err := r.fresh(c, rows, v.month); err != nil {
		return err
	} else if wrote {
		if firm, colleagues, rows, err = r.load(c, v); err != nil {
			return err
		}
	}
	page := newCockpitPage(c.Frame("Dossiers"), "/cabinets/"+firm.ID, firm, colleagues, v, rows)
	page.Frame.Back = ui.Link{Label: "Toutes mes sociétés", URL: "/dossiers"}
	return c.Render(http.StatusOK, cockpitPage(page))
}

// ticked are the companies of a form, among those somebody may see; the month is that of the form.
func (r *Room) ticked(c *web.Ctx) (firm staff.Firm, v view, rows []Row, err error) {
	form := c.Form()
	v = view{today: today(c.Now())}
	if v.month, err = day.ParseMonth(form.Get("mois")); err != nil {
		return firm, v, nil, fault.New(fault.NotFound, "Ce mois n’existe pas.")
	}
	firm, _, all, err := r.load(c, v)
	if err != nil {
		return firm, v, nil, err
	}
	wanted := form.Values["dossier"]
	if len(wanted) > most {
		return firm, v, nil, fault.Newf(fault.Invalid, "Cochez %d dossiers au plus à la fois.", most)
	}
	for _, row := range all {
		if slices.Contains(wanted, row.ID) {
			rows = append(rows, row)
		}
	}
	sortWorst(rows)
	return firm, v, rows, nil
}

// back leads to the screen of a month, with a word.
func back(c *web.Ctx, tone ui.Flash, month day.Month) error {
	c.Flash(tone.Tone, tone.Text)
	return c.See("/cabinets/" + c.Path("cabinet") + "/suivi?mois=" + string(month))
}

func (r *Room) portfolios(c *web.Ctx) error {
	v := readView(c)
	firm, colleagues, rows, err := r.load(c, v)
	if err != nil {
		return err
	}
	page := PortfolioPage{Frame: c.Frame("Portefeuilles"), Base: "/cabinets/" + firm.ID, Firm: firm, Colleagues: colleagues, Words: v.words}
	page.Frame.Subtitle = firm.Name
	rows = matching(rows, v.words)
	slices.SortFunc(rows, func(a, b Row) int { return strings.Compare(a.sortKey, b.sortKey) })
	page.Pages = ui.Pages{Page: v.page, Last: max(1, (len(rows)+perPage-1)/perPage), URL: func(n int) string {
		return page.Base + "/portefeuilles?" + url.Values{"q": {v.words}, "page": {strconv.Itoa(n)}}.Encode()
	}}
	page.Pages.Page = min(page.Pages.Page, page.Pages.Last)
	from := (page.Pages.Page - 1) * perPage
	page.Rows = rows[from:min(len(rows), from+perPage)]
	return c.Render(http.StatusOK, portfolioPage(page))
}

func (r *Room) assign(c *web.Ctx) error {
	err := r.people.Assign(c.Context(), c.Path("cabinet"), c.UserID, c.Path("dossier"), c.Form().Values["membre"])
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Le portefeuille est enregistré.")
	return c.See("/cabinets/" + c.Path("cabinet") + "/portefeuilles")
}
