package journal

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/paper/pdf"
	"encaisse/internal/paper/sheet"
	"encaisse/internal/paper/table"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// The media types of the files a report is given as.
const (
	mediaPDF  = "application/pdf"
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	mediaCSV  = "text/csv; charset=utf-8"
)

// Room answers the reports on cash.
type Room struct {
	db       *db.DB
	software string
}

// New opens the room. software is the name and version of the program, as printed on documents: Encaisse 1.0.0.
func New(d *db.DB, software string) *Room { return &Room{db: d, software: software} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/rapports"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.ReportView, Do: r.index},

		{Method: "GET", Path: base + "/journal", Right: right.ReportView, Do: r.journal},
		{Method: "GET", Path: base + "/journal.pdf", Right: right.ReportExport, Do: r.journalPDF},
		{Method: "GET", Path: base + "/journal.xlsx", Right: right.ReportExport, Do: r.journalXLSX},
		{Method: "GET", Path: base + "/journal.csv", Right: right.ReportExport, Do: r.journalCSV},

		{Method: "GET", Path: base + "/mois/{mois}", Right: right.ReportView, Do: r.month},
		{Method: "GET", Path: base + "/mois/{mois}/synthese.pdf", Right: right.ReportExport, Do: r.monthPDF},
		{Method: "GET", Path: base + "/mois/{mois}/synthese.xlsx", Right: right.ReportExport, Do: r.monthXLSX},
		{Method: "GET", Path: base + "/mois/{mois}/synthese.csv", Right: right.ReportExport, Do: r.monthCSV},
	}
}

func (r *Room) index(c *web.Ctx) error {
	return c.Render(http.StatusOK, indexPage(newIndexPage(c.Frame("Rapports"), c.URL("rapports"), c.Today())))
}

func (r *Room) journal(c *web.Ctx) error {
	page := JournalPage{Frame: c.Frame("Journal de caisse"), Base: c.URL("rapports", "journal"), Days: c.URL("journees"), Zone: c.Zone(), Today: c.Today(), CanExport: c.Can(right.ReportExport)}
	page.Frame.Back = ui.Link{Label: "Retour aux rapports", URL: c.URL("rapports")}
	var status int
	page.Query, page.Err = readQuery(c)
	page.Page = pageNumber(c)
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if err := page.load(q, c.Sees); err != nil {
			return err
		}
		if page.Err != nil {
			return nil
		}
		page.Journal, err = Load(q, page.Query, c.Sees)
		if fault.Is(err, fault.Invalid) {
			page.Err = err // too many lines: the form stays, to choose a shorter period
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	if status = http.StatusOK; page.Err != nil {
		status = http.StatusUnprocessableEntity
	}
	page.Frame.Actions = journalActions(page)
	return c.Render(status, journalPage(page))
}

// load reads what the filters of the page propose.
func (p *JournalPage) load(q db.Querier, sees func(string) bool) (err error) {
	if p.Boxes, _, err = Boxes(q, "", sees); err != nil {
		return err
	}
	p.Methods, err = held(q, "")
	return err
}

// readQuery reads what a journal is asked to cover: dates, or a whole month, or a day. Without any it is the present month.
func readQuery(c *web.Ctx) (Query, error) {
	form := web.NewForm(c.R.URL.Query())
	query := Query{First: form.Day("du"), Last: form.Day("au"), Box: form.Text("caisse", 40), Method: form.Text("moyen", 40), Text: form.Text("q", 100)}
	if on := form.Day("jour"); on != "" {
		query.First, query.Last = on, on
	}
	if err := form.Err(); err != nil {
		return query, err
	}
	month, err := day.ParseMonth(c.Query("mois"))
	whole := err == nil
	if !whole {
		month = c.Today().Month()
	}
	if whole || query.First == "" && query.Last == "" {
		query.First, query.Last = month.First(), month.Last()
	}
	if query.First == "" {
		query.First = query.Last.Month().First()
	}
	if query.Last == "" {
		query.Last = query.First.Month().Last()
	}
	if query.First > query.Last {
		form.Refuse("au", "La période finit avant de commencer.")
	}
	return query, form.Err()
}

// pageNumber is the page asked for, from 1.
func pageNumber(c *web.Ctx) int {
	n, err := strconv.Atoi(c.Query("page"))
	if err != nil || n < 1 || n > maxLines {
		return 1
	}
	return n
}

// print loads a journal and its letterhead.
func (r *Room) print(c *web.Ctx) (j Journal, h Letterhead, err error) {
	query, err := readQuery(c)
	if err != nil {
		return j, h, err
	}
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if h, err = loadLetterhead(q, query, c.Sees, r.software); err != nil {
			return err
		}
		j, err = Load(q, query, c.Sees)
		return err
	})
	h.By = c.Identity.Name
	return j, h, err
}

func (r *Room) journalPDF(c *web.Ctx) error {
	j, h, err := r.print(c)
	if err != nil {
		return err
	}
	return showPDF(c, j.fileName(), j.Document(h))
}

func (r *Room) journalXLSX(c *web.Ctx) error {
	j, h, err := r.print(c)
	if err != nil {
		return err
	}
	return sendBook(c, j.fileName(), j.Book(h))
}

func (r *Room) journalCSV(c *web.Ctx) error {
	j, h, err := r.print(c)
	if err != nil {
		return err
	}
	found, _, _ := j.Find()
	return sendCSV(c, j.fileName(), found.linesTable(h.Place))
}

// fileName is the name of the files of a journal, without extension.
func (j Journal) fileName() string {
	return "journal-de-caisse_" + string(j.First) + "_" + string(j.Last)
}

func (r *Room) month(c *web.Ctx) error {
	m, _, err := r.loadMonth(c)
	if err != nil {
		return err
	}
	page := MonthPage{Frame: c.Frame("Synthèse mensuelle"), Base: c.URL("rapports", "mois"), Days: c.URL("journees"), Journal: c.URL("rapports", "journal"), Today: c.Today(), CanExport: c.Can(right.ReportExport), Summary: m}
	page.Frame.Subtitle = locale.Title(locale.MonthName(m.Month))
	page.Frame.Back = ui.Link{Label: "Retour aux rapports", URL: c.URL("rapports")}
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		page.Boxes, _, err = Boxes(q, "", c.Sees)
		return err
	})
	if err != nil {
		return err
	}
	page.Frame.Actions = monthActions(page)
	return c.Render(http.StatusOK, monthPage(page))
}

// loadMonth reads the summary of the month in the address, and its letterhead.
func (r *Room) loadMonth(c *web.Ctx) (m Month, h Letterhead, err error) {
	month, err := day.ParseMonth(c.Path("mois"))
	if err != nil {
		return m, h, fault.New(fault.NotFound, "Ce mois n’existe pas. Une adresse de mois finit par une année et un mois, par exemple 2026-11.")
	}
	box := c.Query("caisse")
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if h, err = loadLetterhead(q, Query{Box: box}, c.Sees, r.software); err != nil {
			return err
		}
		m, err = LoadMonth(q, month, box, c.Today(), c.Sees)
		return err
	})
	h.By = c.Identity.Name
	return m, h, err
}

func (r *Room) monthPDF(c *web.Ctx) error {
	m, h, err := r.loadMonth(c)
	if err != nil {
		return err
	}
	return showPDF(c, m.fileName(), m.Document(h))
}

func (r *Room) monthXLSX(c *web.Ctx) error {
	m, h, err := r.loadMonth(c)
	if err != nil {
		return err
	}
	return sendBook(c, m.fileName(), m.Book(h))
}

func (r *Room) monthCSV(c *web.Ctx) error {
	m, _, err := r.loadMonth(c)
	if err != nil {
		return err
	}
	return sendCSV(c, m.fileName(), m.flatTable())
}

// fileName is the name of the files of a summary, without extension.
func (m Month) fileName() string { return "synthese-de-caisse_" + string(m.Month) }

// showPDF answers with a document to look at or to print.
func showPDF(c *web.Ctx, name string, d *pdf.Document) error {
	body, err := d.Bytes()
	if err != nil {
		return err
	}
	return c.Show(name+".pdf", mediaPDF, body)
}

// sendBook answers with a workbook.
func sendBook(c *web.Ctx, name string, b sheet.Book) error {
	var body bytes.Buffer
	if err := b.WriteXLSX(&body); err != nil {
		return err
	}
	return c.Send(name+".xlsx", mediaXLSX, body.Bytes())
}

// sendCSV answers with a list for programs.
func sendCSV(c *web.Ctx, name string, t table.Table) error {
	var body bytes.Buffer
	if err := sheet.WriteCSV(&body, t); err != nil {
		return err
	}
	return c.Send(name+".csv", mediaCSV, body.Bytes())
}

// address is a page of the journal with the same choices.
func (q Query) address(base string, page int) string {
	v := url.Values{"du": {string(q.First)}, "au": {string(q.Last)}}
	for name, value := range map[string]string{"caisse": q.Box, "moyen": q.Method, "q": q.Text} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	return base + "?" + v.Encode()
}
