package vatprep

import (
	"net/http"
	"net/url"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the preparation of the VAT return.
type Room struct {
	db       *db.DB
	software string
}

// New opens the room. software is the name and version of the program, as printed on documents.
func New(d *db.DB, software string) *Room { return &Room{db: d, software: software} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/rapports/tva"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.ReportView, Do: r.statement},
		{Method: "GET", Path: base + "/ligne/{ligne}", Right: right.ReportView, Do: r.details},
		{Method: "GET", Path: base + "/ligne/{ligne}/ecritures.pdf", Right: right.ReportExport, Do: r.detailsPaper(company.FormatPDF)},
		{Method: "GET", Path: base + "/ligne/{ligne}/ecritures.xlsx", Right: right.ReportExport, Do: r.detailsPaper(company.FormatXLSX)},
		{Method: "GET", Path: base + "/ligne/{ligne}/ecritures.csv", Right: right.ReportExport, Do: r.detailsPaper(company.FormatCSV)},
		{Method: "GET", Path: base + ".pdf", Right: right.ReportExport, Do: r.paper(company.FormatPDF)},
		{Method: "GET", Path: base + ".xlsx", Right: right.ReportExport, Do: r.paper(company.FormatXLSX)},
		{Method: "GET", Path: base + ".csv", Right: right.ReportExport, Do: r.paper(company.FormatCSV)},
	}
}

// Query chooses a period: a month, or the quarter that begins with it.
type Query struct {
	Month   day.Month
	Quarter bool
}

// readQuery reads which period is asked for. Without any it is the last whole one of the company’s VAT regime.
func readQuery(c *web.Ctx, s company.Settings) Query {
	q := Query{Quarter: s.VATRegime == company.Quarterly}
	switch c.Query("par") {
	case "mois":
		q.Quarter = false
	case "trimestre":
		q.Quarter = true
	}
	month, err := day.ParseMonth(c.Query("mois"))
	if err != nil {
		month = c.Today().Month().Add(-1)
		if q.Quarter {
			month = quarter(c.Today().Month()).Add(-3)
		}
	}
	if q.Quarter {
		month = quarter(month)
	}
	q.Month = month
	return q
}

// last is the last day of the period.
func (q Query) last() day.Day {
	if q.Quarter {
		return q.Month.Add(2).Last()
	}
	return q.Month.Last()
}

// move is the period n steps away.
func (q Query) move(n int) Query {
	if q.Quarter {
		n *= 3
	}
	q.Month = q.Month.Add(n)
	return q
}

// parameters are the choices, for an address.
func (q Query) parameters() string {
	by := "mois"
	if q.Quarter {
		by = "trimestre"
	}
	return "?" + url.Values{"mois": {string(q.Month)}, "par": {by}}.Encode()
}

// load reads the statement asked for.
func (r *Room) load(c *web.Ctx, q db.Querier) (query Query, s Statement, err error) {
	settings, err := company.Load(q)
	if err != nil {
		return query, s, err
	}
	query = readQuery(c, settings)
	s, err = Load(q, query.Month.First(), query.last(), c.Sees)
	return query, s, err
}

func (r *Room) read(c *web.Ctx) (p Page, head company.Letterhead, err error) {
	p = Page{Base: c.URL("rapports", "tva"), Days: c.URL("journees"), Today: c.Today(), CanExport: c.Can(right.ReportExport)}
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if p.Query, p.Statement, err = r.load(c, q); err != nil {
			return err
		}
		head, err = company.LoadLetterhead(q, "", r.software, c.Identity.Name)
		return err
	})
	return p, head, err
}

func (r *Room) statement(c *web.Ctx) error {
	p, _, err := r.read(c)
	if err != nil {
		return err
	}
	p.Frame = c.Frame("TVA")
	p.Frame.Subtitle = "État préparatoire, " + p.Statement.Period()
	p.Frame.Back = ui.Link{Label: "Retour aux rapports", URL: c.URL("rapports")}
	p.Frame.Actions = actions(p)
	return c.Render(http.StatusOK, statementPage(p))
}

// details shows the entries behind a line of the form.
func (r *Room) details(c *web.Ctx) error {
	p, _, err := r.read(c)
	if err != nil {
		return err
	}
	if err := p.open(c); err != nil {
		return err
	}
	p.Number, _ = strconv.Atoi(c.Query("page"))
	p.Frame = c.Frame("TVA, ligne " + p.Code)
	p.Frame.Subtitle = locale.Title(p.Statement.Period())
	p.Frame.Back = ui.Link{Label: "Retour à l’état de TVA", URL: p.Base + p.Query.parameters()}
	p.Frame.Actions = detailActions(p)
	return c.Render(http.StatusOK, detailsPage(p))
}

// open finds the line of the form in the address.
func (p *Page) open(c *web.Ctx) error {
	for _, l := range p.Statement.Form() {
		if l.Code == c.Path("ligne") {
			p.Code, p.Line = l.Code, l
			return nil
		}
	}
	return fault.New(fault.NotFound, "Cette ligne n’est pas dans l’état de TVA de cette période.")
}

// detailsPaper gives the entries behind a line of the form.
func (r *Room) detailsPaper(format string) func(*web.Ctx) error {
	return func(c *web.Ctx) error {
		p, head, err := r.read(c)
		if err != nil {
			return err
		}
		if err := p.open(c); err != nil {
			return err
		}
		report := p.Statement.Paper()
		report.Name += "_ligne-" + p.Code
		report.Subtitle = "Ligne " + p.Code + ", " + p.Line.Label
		report.Tables = append(report.Tables[:0], p.Statement.detailsTable(p.Statement.of(p.Code)))
		report.Figures, report.Notes, report.Visa, report.Landscape = nil, nil, nil, true
		return head.Send(c, format, report)
	}
}

func (r *Room) paper(format string) func(*web.Ctx) error {
	return func(c *web.Ctx) error {
		p, head, err := r.read(c)
		if err != nil {
			return err
		}
		report := p.Statement.Paper()
		if format == company.FormatPDF { // the entries would be tens of pages: they are in the workbook, and behind each line
			report.Tables = report.Tables[:len(report.Tables)-1]
		}
		return head.Send(c, format, report)
	}
}
