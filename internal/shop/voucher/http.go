package voucher

import (
	"net/http"
	"strconv"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of gift vouchers.
type Room struct {
	db    *db.DB
	hooks cashbox.Hooks
}

// New opens the room.
func New(d *db.DB, hooks cashbox.Hooks) *Room { return &Room{db: d, hooks: hooks.Whole()} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/bons"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.VoucherRedeem, Do: r.list},
		{Method: "GET", Path: base + "/export", Right: right.ReportExport, Do: r.listFile},
		{Method: "GET", Path: base + "/nouveau", Right: right.VoucherIssue, Do: r.fresh},
		{Method: "POST", Path: base + "/nouveau", Right: right.VoucherIssue, Do: r.issue},
		{Method: "GET", Path: base + "/{bon}", Right: right.VoucherRedeem, Do: r.card},
		{Method: "GET", Path: base + "/{bon}/imprimer", Right: right.VoucherRedeem, Do: r.print},
		{Method: "POST", Path: base + "/{bon}/utiliser", Right: right.VoucherRedeem, Do: r.use},
		{Method: "POST", Path: base + "/{bon}/reprendre", Right: right.VoucherIssue, Do: r.takeBack},
		{Method: "POST", Path: base + "/{bon}/prolonger", Right: right.VoucherIssue, Do: r.prolong},
		{Method: "POST", Path: base + "/{bon}/expirer", Right: right.VoucherIssue, Do: r.expire},
		{Method: "POST", Path: base + "/{bon}/annuler", Right: right.VoucherIssue, Do: r.cancel},
		{Method: "POST", Path: base + "/{bon}/rembourser", Right: right.VoucherIssue, Do: r.refund},
	}
}

func searchOf(c *web.Ctx) Search {
	s := Search{Words: c.Query("q"), State: State(c.Query("etat")), Sort: Sort(c.Query("tri"))}
	if len(s.Words) > 100 {
		s.Words = s.Words[:100]
	}
	if _, given := c.R.URL.Query()["etat"]; !given {
		s.State = Live
		if s.Words != "" {
			s.State = AnyKind
		}
	}
	return s
}

// list shows the vouchers; a number typed or scanned whole leads to its voucher.
func (r *Room) list(c *web.Ctx) error {
	page := ListPage{Frame: c.Frame("Bons cadeaux"), Places: party.Places(c, party.PlaceVouchers), Base: c.URL("bons"), Search: searchOf(c), Today: c.Today(), CanIssue: c.Can(right.VoucherIssue),
		CanExport: c.Can(right.ReportExport), ShowStanding: c.Can(right.BalanceView), Off: !c.Has(company.FeatureVouchers)}
	page.Page, _ = strconv.Atoi(c.Query("page")) // absent or wrong: the first
	var exact string
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Search.Words != "" {
			v, err := ByNumber(q, page.Search.Words)
			if err == nil {
				exact = v.ID
				return nil
			}
			if !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		if page.List, err = Find(q, page.Search, page.Today); err != nil || !page.ShowStanding {
			return err
		}
		page.Standing, err = LoadStanding(q)
		return err
	})
	if err != nil {
		return err
	}
	if exact != "" {
		return c.See(c.URL("bons", exact))
	}
	page.Frame.Actions = listActions(page)
	return c.Render(http.StatusOK, listPage(page))
}

func (r *Room) listFile(c *web.Ctx) error {
	var l List
	var h company.Letterhead
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if h, err = company.LoadLetterhead(q, "", r.hooks.Software, c.Identity.Name); err != nil {
			return err
		}
		l, err = Find(q, searchOf(c), c.Today())
		return err
	})
	if err != nil {
		return err
	}
	return h.Send(c, c.Query("format"), l.report(searchOf(c), c.Today()))
}

func (r *Room) fresh(c *web.Ctx) error {
	v := Voucher{ID: id.New(), Purpose: Multi, On: c.Today(), ValidUntil: c.Today().Add(365), Box: c.Query("caisse")}
	return r.showForm(c, http.StatusOK, v, ui.Answers{})
}

func (r *Room) showForm(c *web.Ctx, status int, v Voucher, answers ui.Answers) error {
	page := FormPage{Frame: c.Frame("Vendre un bon cadeau"), Action: c.URL("bons", "nouveau"), Back: c.URL("bons"), Key: v.ID, Err: answers.Err}
	page.Frame.Back = ui.Link{Label: "Retour aux bons", URL: page.Back}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Boxes, err = tills(c, q); err != nil {
			return err
		}
		categories, err := catalog.List(q)
		page.Categories = catalog.Active(categories)
		return err
	})
	if err != nil {
		return err
	}
	page.Form = answers.FillAll(page.fields(v, c.Today()))
	return c.Render(status, formPage(page))
}

// tills are the boxes in use with day sheets that the person sees.
func tills(c *web.Ctx, q db.Querier) ([]cashbox.Box, error) {
	all, err := cashbox.Offered(c, q, cashbox.ActView)
	var list []cashbox.Box
	for _, b := range all {
		if b.IsTill() {
			list = append(list, b)
		}
	}
	return list, err
}

func (r *Room) issue(c *web.Ctx) error {
	form := c.Form()
	v := Voucher{ID: form.ID("id"), Number: form.Text("number", 30), Purpose: Purpose(form.Get("purpose")), Category: form.Get("category"), Box: form.Get("box"), On: form.Day("on"), ValidUntil: form.Day("until"),
		Holder: form.Text("holder", 80), Memo: form.Text("memo", 200)}
	v.Amount, _ = form.Amount("amount")
	err := form.Err()
	if err == nil {
		err = v.normalise().check()
	}
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			if _, err := cashbox.Allowed(c, tx, v.Box, cashbox.ActView, c.Today()); err != nil {
				return err
			}
			if v.On < c.Today() && !c.Can(right.EntryBackdate) {
				return refuse("on", "Votre rôle ne permet pas d’enregistrer à une date passée.")
			}
			return Issue(tx, v, c.Today(), c.UserID)
		})
	}
	switch fault.KindOf(err) {
	case "":
	case fault.Invalid, fault.Locked, fault.Forbidden, fault.NotFound:
		return r.showForm(c, web.StatusOf(err), v, ui.Answers{Values: form.Values, Err: err})
	default:
		return err
	}
	c.Flash(ui.OK, "Bon cadeau de "+locale.Euro(v.Amount)+" enregistré.")
	return c.See(c.URL("bons", v.ID))
}
