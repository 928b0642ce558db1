package figures

import (
	"net/http"
	"net/url"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Hooks is what the room asks of others without knowing them.
type Hooks struct {
	// Names gives the names of the people of the company, by id.
	Names func(q db.Querier) (map[string]string, error)
	// Software is the name and version of the program, as printed on documents.
	Software string
}

// Room answers the figures and the budget.
type Room struct {
	db    *db.DB
	hooks Hooks
}

// New opens the room.
func New(d *db.DB, hooks Hooks) *Room { return &Room{db: d, hooks: hooks} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const turnover, budget = "/d/{slug}/rapports/chiffre-affaires", "/d/{slug}/rapports/budget"
	return []web.Route{
		{Method: "GET", Path: turnover, Right: right.ReportView, Do: r.report},
		{Method: "GET", Path: turnover + ".pdf", Right: right.ReportExport, Do: r.paper(company.FormatPDF)},
		{Method: "GET", Path: turnover + ".xlsx", Right: right.ReportExport, Do: r.paper(company.FormatXLSX)},
		{Method: "GET", Path: turnover + ".csv", Right: right.ReportExport, Do: r.paper(company.FormatCSV)},

		{Method: "GET", Path: budget, Right: right.ReportView, Do: r.budget},
		{Method: "POST", Path: budget, Right: right.BudgetEdit, Do: r.saveBudget},
		{Method: "POST", Path: budget + "/importer", Right: right.BudgetEdit, Do: r.importBudget, Upload: true},
		{Method: "GET", Path: budget + ".csv", Right: right.ReportExport, Do: r.budgetPaper(company.FormatCSV)},
		{Method: "GET", Path: budget + ".xlsx", Right: right.ReportExport, Do: r.budgetPaper(company.FormatXLSX)},
		{Method: "GET", Path: budget + ".pdf", Right: right.ReportExport, Do: r.budgetPaper(company.FormatPDF)},
	}
}

// readQuery reads which report is asked for. Without any choice it is the present month, day by day.
func readQuery(c *web.Ctx, s company.Settings) Query {
	q := Query{Step: Step(c.Query("par")), Location: c.Query("etablissement"), Fiscal: c.Query("exercice") != ""}
	month, err := day.ParseMonth(c.Query("mois"))
	if err != nil || month > c.Today().Month().Add(12*10) {
		month = c.Today().Month()
		if q.Step == ByMonth {
			month = startOfYear(s, c.Today(), q.Fiscal)
		}
	}
	if q.Step != ByMonth && q.Step != ByYear {
		q.Step = ByDay
	}
	q.Month = month
	return q
}

// startOfYear is the first month of the civil or of the financial year of a day.
func startOfYear(s company.Settings, on day.Day, fiscal bool) day.Month {
	first, _ := civilYear(on)
	if fiscal {
		first, _ = s.FiscalYear(on)
	}
	return first.Month()
}

// load reads the report asked for.
func (r *Room) load(c *web.Ctx, q db.Querier) (Report, error) {
	settings, err := company.Load(q)
	if err != nil {
		return Report{}, err
	}
	names, err := r.hooks.Names(q)
	if err != nil {
		return Report{}, err
	}
	return LoadReport(q, readQuery(c, settings), c.Today(), c.Sees, names)
}

func (r *Room) report(c *web.Ctx) error {
	page := ReportPage{Frame: c.Frame("Chiffre d’affaires"), Base: c.URL("rapports", "chiffre-affaires"), Budget: c.URL("rapports", "budget"), Days: c.URL("journees"),
		CanExport: c.Can(right.ReportExport), CanBudget: c.Can(right.BudgetEdit)}
	page.Frame.Back = ui.Link{Label: "Retour aux rapports", URL: c.URL("rapports")}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Report, err = r.load(c, q); err != nil {
			return err
		}
		all, err := LoadScope(q, "", "", c.Sees)
		page.Shops = all.Locations
		return err
	})
	if err != nil {
		return err
	}
	page.Frame.Subtitle = page.subtitle()
	page.Frame.Actions = reportActions(page)
	return c.Render(http.StatusOK, reportPage(page))
}

// paper answers with the report as a file.
func (r *Room) paper(format string) func(*web.Ctx) error {
	return func(c *web.Ctx) error {
		var report Report
		var head company.Letterhead
		err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
			if report, err = r.load(c, q); err != nil {
				return err
			}
			head, err = company.LoadLetterhead(q, report.Location, r.hooks.Software, c.Identity.Name)
			return err
		})
		if err != nil {
			return err
		}
		return head.Send(c, format, report.Paper(c.Query("liste")))
	}
}

// address is a report with the same choices.
func (q Query) address(base string) string {
	v := url.Values{"par": {string(q.Step)}}
	if q.Step != ByYear {
		v.Set("mois", string(q.Month))
	}
	if q.Fiscal {
		v.Set("exercice", "1")
	}
	if q.Location != "" {
		v.Set("etablissement", q.Location)
	}
	return base + "?" + v.Encode()
}
