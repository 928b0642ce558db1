package receivable

import (
	"net/http"
	"net/url"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of customer accounts.
type Room struct {
	db    *db.DB
	hooks cashbox.Hooks
}

// New opens the room.
func New(d *db.DB, hooks cashbox.Hooks) *Room { return &Room{db: d, hooks: hooks.Whole()} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/clients"
	return []web.Route{
		{Method: "GET", Path: base + "/credits", Right: right.BalanceView, Do: r.overview},
		{Method: "GET", Path: base + "/credits/export", Right: right.ReportExport, Do: r.overviewFile},
		{Method: "GET", Path: base + "/trop-percus", Right: right.BalanceView, Do: r.overpayments},
		{Method: "GET", Path: base + "/trop-percus/rendre", Right: right.MovementRecord, Do: r.askGiveBack},
		{Method: "POST", Path: base + "/trop-percus/rendre", Right: right.MovementRecord, Do: r.giveBack},
		{Method: "GET", Path: base + "/{tiers}/compte", Right: right.BalanceView, Do: r.statement},
		{Method: "GET", Path: base + "/{tiers}/compte/export", Right: right.ReportExport, Do: r.statementFile},
		{Method: "GET", Path: base + "/{tiers}/reglement", Right: right.MovementRecord, Do: r.askPayment},
		{Method: "POST", Path: base + "/{tiers}/reglement", Right: right.MovementRecord, Do: r.pay},
		{Method: "GET", Path: base + "/reglements/{id}/annuler", Right: right.MovementReverse, Do: r.askUndo},
		{Method: "POST", Path: base + "/reglements/{id}/annuler", Right: right.MovementReverse, Do: r.undo},
	}
}

// customerOf is the customer of the address, "" for those followed as one amount.
func customerOf(c *web.Ctx) string {
	if tiers := c.Path("tiers"); tiers != All {
		return tiers
	}
	return ""
}

// address is the page of a customer’s account.
func address(c *web.Ctx, customer string) string {
	if customer == "" {
		customer = All
	}
	return c.URL("clients", customer, "compte")
}

func pageNumber(c *web.Ctx) int {
	n, err := strconv.Atoi(c.Query("page"))
	if err != nil || n < 1 || n > maxLines {
		return 1
	}
	return n
}

func searchOf(c *web.Ctx) Search {
	s := Search{Words: c.Query("q"), Settled: c.Query("tous") != "", Sort: Sort(c.Query("tri"))}
	if len(s.Words) > 100 {
		s.Words = s.Words[:100]
	}
	if s.Sort != ByName && s.Sort != ByAge {
		s.Sort = ByAmount
	}
	return s
}

func (r *Room) overview(c *web.Ctx) error {
	page := OverviewPage{Frame: c.Frame("Crédits clients"), Places: party.Places(c, party.PlaceCredits), Base: c.URL("clients", "credits"), Cards: c.URL("clients"), Search: searchOf(c), Page: pageNumber(c), Today: c.Today(), CanExport: c.Can(right.ReportExport)}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		page.Overview, err = LoadOverview(q, page.Search, page.Today)
		return err
	})
	if err != nil {
		return err
	}
	page.Frame.Actions = overviewActions(page)
	return c.Render(http.StatusOK, overviewPage(page))
}

func (r *Room) overviewFile(c *web.Ctx) error {
	if !c.Can(right.BalanceView) {
		return fault.New(fault.Forbidden, "Votre rôle dans cette société ne permet pas de voir les soldes.")
	}
	var o Overview
	var h company.Letterhead
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if h, err = company.LoadLetterhead(q, "", r.hooks.Software, c.Identity.Name); err != nil {
			return err
		}
		o, err = LoadOverview(q, searchOf(c), c.Today())
		return err
	})
	if err != nil {
		return err
	}
	return h.Send(c, c.Query("format"), o.report(c.Today()))
}

// periodOf reads the period of the address: the last three months when it says nothing.
func periodOf(c *web.Ctx) (first, last day.Day, err error) {
	form := web.NewForm(c.R.URL.Query())
	first, last = form.Day("du"), form.Day("au")
	if last == "" {
		last = c.Today()
	}
	if first == "" {
		first = last.Month().Add(-2).First()
	}
	if first > last {
		form.Refuse("au", "La période finit avant de commencer.")
	}
	return first, last, form.Err()
}

func (r *Room) statement(c *web.Ctx) error {
	customer := customerOf(c)
	page := StatementPage{Base: address(c, customer), Undo: c.URL("clients", "reglements"), Today: c.Today(), Zone: c.Zone(), Page: pageNumber(c),
		CanPay: c.Can(right.MovementRecord), CanUndo: c.Can(right.MovementReverse), CanExport: c.Can(right.ReportExport)}
	first, last, wrong := periodOf(c)
	page.Err = wrong
	if wrong != nil {
		first, last = c.Today().Month().First(), c.Today()
	}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		page.Statement, err = LoadStatement(q, customer, first, last, page.Today)
		return err
	})
	if err != nil {
		return err
	}
	page.Frame = c.Frame(page.Statement.Name)
	page.Frame.Subtitle = "Compte client"
	page.Frame.Back = ui.Link{Label: "Retour aux crédits", URL: c.URL("clients", "credits")}
	if customer != "" && c.Can(right.PartyView) {
		page.Card = c.URL("clients", customer)
	}
	page.Pay = c.URL("clients", pathOf(customer), "reglement")
	page.Frame.Actions = statementActions(page)
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return c.Render(status, statementPage(page))
}

func pathOf(customer string) string {
	if customer == "" {
		return All
	}
	return customer
}

func (r *Room) statementFile(c *web.Ctx) error {
	if !c.Can(right.BalanceView) {
		return fault.New(fault.Forbidden, "Votre rôle dans cette société ne permet pas de voir les soldes.")
	}
	first, last, err := periodOf(c)
	if err != nil {
		return err
	}
	var s Statement
	var h company.Letterhead
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if h, err = company.LoadLetterhead(q, "", r.hooks.Software, c.Identity.Name); err != nil {
			return err
		}
		s, err = LoadStatement(q, customerOf(c), first, last, c.Today())
		return err
	})
	if err != nil {
		return err
	}
	return h.Send(c, c.Query("format"), s.report())
}

// query is an address with parameters that are not empty.
func query(path string, pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}
