package cashbox

import (
	"net/http"
	"slices"
	"strconv"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// statement shows what moved in a box. Parameters: du, au, q, type, rubrique, mode, par, tri, page.
func (r *Room) statement(c *web.Ctx) error {
	page := StatementPage{Frame: c.Frame(""), Zone: c.Zone(), CanExport: c.Can(right.ReportExport)}
	page.Query, page.Err = readStatement(c)
	if n, err := strconv.Atoi(c.Query("page")); err == nil && n > 1 && n < maxLines {
		page.Page = n - 1
	}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error { return r.fillStatement(c, q, &page) })
	if err != nil {
		return err
	}
	page.Base = c.URL("caisses", page.Statement.Box.ID)
	page.Frame.Title = page.Statement.Box.Name
	if c.Can(right.QuestionAsk) {
		page.AskURL = c.URL("questions", "nouvelle") + "?ecriture="
	}
	if c.Can(right.SettingsEdit) && !page.Statement.Box.Deleted {
		page.SettingsURL = c.URL("reglages", "caisses", page.Statement.Box.ID)
	}
	page.Frame.Back = ui.Link{Label: "Retour à la trésorerie", URL: c.URL("caisses")}
	page.Frame.Subtitle = "Relevé"
	page.Frame.Actions = statementActions(page)
	status := http.StatusOK
	if page.Err != nil {
		status = http.StatusUnprocessableEntity
	}
	return c.Render(status, statementPage(page))
}

// fillStatement reads the box of the address, what may be done with it, and its statement.
func (r *Room) fillStatement(c *web.Ctx, q db.Querier, page *StatementPage) error {
	b, err := seen(c, q)
	if err != nil {
		return err
	}
	page.Statement = Statement{Box: b, First: page.Query.First, Last: page.Query.Last}
	if page.names, err = r.namesOf(q); err != nil {
		return err
	}
	if page.People, err = r.hooks.Names(q); err != nil {
		return err
	}
	if page.Items, err = Items(q); err != nil {
		return err
	}
	methods, err := tender.List(q)
	if err != nil {
		return err
	}
	page.Methods = slices.DeleteFunc(methods, func(m tender.Method) bool { return !b.Keeps(m) })
	if page.Kinds, err = (reach{c, q}).records(b); err != nil {
		return err
	}
	balances, err := ledger.Balances(q, Prefix(b.ID))
	if err != nil {
		return err
	}
	page.Held = hold(b, balances)
	if page.Err != nil {
		return nil
	}
	s, err := LoadStatement(q, b, page.Query.First, page.Query.Last)
	if fault.Is(err, fault.Invalid) {
		page.Err = err // too many lines: the form stays, to choose a shorter period
		return nil
	}
	page.Statement, page.Found = s, s.Find(page.Query, page.names)
	return err
}

// readStatement reads what a statement is asked to cover: the present month when the address says nothing.
func readStatement(c *web.Ctx) (Query, error) {
	form := web.NewForm(c.R.URL.Query())
	q := Query{First: form.Day("du"), Last: form.Day("au"), Text: form.Text("q", 100), Kind: form.Text("type", 40), Item: form.Text("rubrique", 40), Method: form.Text("mode", 40),
		Person: form.Text("par", 40), Sort: form.Text("tri", 10)}
	if q.First == "" {
		q.First = c.Today().Month().First()
	}
	if q.Last == "" {
		q.Last = max(c.Today(), q.First)
	}
	if q.First > q.Last {
		form.Refuse("au", "La période finit avant de commencer.")
	}
	return q, form.Err()
}

// report gives the statement as a file, in the format of the address: every line found, the oldest first unless another order was chosen.
func (r *Room) report(c *web.Ctx) error {
	page := StatementPage{Zone: c.Zone()}
	var err error
	if page.Query, err = readStatement(c); err != nil {
		return err
	}
	if page.Query.Sort == NewestFirst {
		page.Query.Sort = OldestFirst
	}
	var head company.Letterhead
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		if err := r.fillStatement(c, q, &page); err != nil {
			return err
		}
		if page.Err != nil {
			return page.Err
		}
		head, err = company.LoadLetterhead(q, page.Statement.Box.Location, r.hooks.Software, c.Identity.Name)
		return err
	})
	if err != nil {
		return err
	}
	return head.Send(c, c.Path("format"), page.report())
}
