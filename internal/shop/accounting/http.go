package accounting

import (
	"io"
	"net/http"
	"os"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/books/seal"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// perPage is how many exports a page of the history shows.
const perPage = 25

// Room answers the pages of the accounting exports.
type Room struct {
	db    *db.DB
	names func(db.Querier) (map[string]string, error)
}

// New opens the room. names gives the names of the people of the company, by id.
func New(d *db.DB, names func(db.Querier) (map[string]string, error)) *Room {
	return &Room{db: d, names: names}
}

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base, settings = "/d/{slug}/rapports/exports", "/d/{slug}/reglages/exports"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.ReportExport, Do: r.page},
		{Method: "POST", Path: base + "/exporter", Right: right.AccountingExport, Do: r.export},
		{Method: "GET", Path: base + "/fec/{annee}", Right: right.ReportExport, Do: r.year},
		{Method: "GET", Path: base + "/{export}", Right: right.ReportExport, Do: r.download},
		{Method: "GET", Path: settings, Right: right.SettingsEdit, Do: r.settings},
		{Method: "POST", Path: settings, Right: right.SettingsEdit, Do: r.save},
	}
}

func (r *Room) page(c *web.Ctx) error { return r.show(c, http.StatusOK, nil) }

// show shows the page; failed is why an export was refused.
func (r *Room) show(c *web.Ctx, status int, failed error) error {
	page := Page{Frame: c.Frame("Exports comptables"), Base: c.URL("rapports", "exports"), Days: c.URL("journees"), Settings: c.URL("reglages", "exports"), Zone: c.Zone(), Today: c.Today(),
		CanExport: c.Can(right.AccountingExport), CanSet: c.Can(right.SettingsEdit), Err: failed}
	page.Frame.Back = ui.Link{Label: "Retour aux rapports", URL: c.URL("rapports")}
	page.Pages = ui.Pages{Page: 1, Last: 1, URL: func(n int) string { return page.Base + "?page=" + strconv.Itoa(n) + "#historique" }}
	if n, err := strconv.Atoi(c.Query("page")); err == nil && n > 1 && n < 10_000 {
		page.Pages.Page = n
	}
	if c.Locations != nil {
		return fault.New(fault.Forbidden, "Les exports concernent toute la société\u00a0: ils demandent un accès à tous ses établissements.")
	}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error { return r.fill(c, q, &page) })
	if err != nil {
		return err
	}
	if page.Err != nil && status == http.StatusOK {
		status = http.StatusUnprocessableEntity
	}
	page.Frame.Actions = pageActions(page)
	return c.Render(status, exportsPage(page))
}

// fill reads what the page shows.
func (r *Room) fill(c *web.Ctx, q db.Querier, page *Page) (err error) {
	settings, err := Load(q)
	if err != nil {
		return err
	}
	page.Layout, _ = LayoutOf(settings.Format)
	if page.Names, err = r.names(q); err != nil {
		return err
	}
	if page.Years, err = Years(q); err != nil {
		return err
	}
	_, page.NoSIREN = fecName(q, page.Years)
	if page.Exports, page.Total, err = Exports(q, perPage, (page.Pages.Page-1)*perPage); err != nil {
		return err
	}
	page.Pages.Last = max(1, (page.Total+perPage-1)/perPage)
	if page.Period, err = readPeriod(c, q, page); err != nil {
		return err
	}
	if err := page.Period.Check(page.Today); err != nil {
		if page.Err == nil {
			page.Err = err
		}
		return nil
	}
	page.Control, err = Examine(q, page.Period)
	return err
}

// readPeriod is the period asked for, or else the first month that did not leave yet.
func readPeriod(c *web.Ctx, q db.Querier, page *Page) (Period, error) {
	values := c.R.URL.Query()
	if c.R.Method == http.MethodPost {
		values = c.R.PostForm
	}
	form := web.NewForm(values)
	p := Period{form.Day("du"), form.Day("au")}
	if month, err := day.ParseMonth(form.Get("mois")); err == nil {
		p = Period{month.First(), month.Last()}
	}
	if err := form.Err(); err != nil && page.Err == nil {
		page.Err = err
	}
	if p.First != "" && p.Last != "" {
		return p, nil
	}
	if p.First != "" {
		return Period{p.First, p.First.Month().Last()}, nil
	}
	return nextPeriod(q, page.Today, page.Years)
}

func (r *Room) export(c *web.Ctx) error {
	form := c.Form()
	request := Request{Period: Period{form.Day("du"), form.Day("au")}, By: c.UserID, Afresh: form.Checked("refaire")}
	if err := form.Err(); err != nil {
		return r.show(c, http.StatusUnprocessableEntity, err)
	}
	if c.Locations != nil {
		return fault.New(fault.Forbidden, "Les exports concernent toute la société\u00a0: ils demandent un accès à tous ses établissements.")
	}
	var given Export
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) (err error) {
		given, err = Give(tx, request)
		return err
	})
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict:
		return r.show(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Le fichier "+given.Name+" est prêt, et les journées de la période sont verrouillées.")
	return c.See(c.URL("rapports", "exports") + "?du=" + string(given.First) + "&au=" + string(given.Last))
}

func (r *Room) download(c *web.Ctx) error {
	if c.Locations != nil {
		return fault.New(fault.Forbidden, "Les exports concernent toute la société\u00a0: ils demandent un accès à tous ses établissements.")
	}
	var name string
	var content []byte
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		name, content, err = Content(q, c.Path("export"))
		return err
	})
	if err != nil {
		return err
	}
	return c.Send(name, plainText, content)
}

// year answers with the file of a financial year. It is written apart first, so that a slow visitor does not hold the books open.
func (r *Room) year(c *web.Ctx) error {
	if c.Locations != nil {
		return fault.New(fault.Forbidden, "Les exports concernent toute la société\u00a0: ils demandent un accès à tous ses établissements.")
	}
	file, err := os.CreateTemp("", "encaisse-fec-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	var name string
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		name, err = writeYear(q, file, c.Path("annee"))
		return err
	})
	if err != nil {
		return err
	}
	err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		return seal.LogEvent(tx, seal.Event{Code: 110, Label: "Fichier des écritures comptables téléchargé\u00a0: " + name, By: c.UserID, Source: "fec:" + c.Path("annee")})
	})
	if err != nil {
		return err
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return err
	}
	return c.Stream(name, plainText, size, file)
}
