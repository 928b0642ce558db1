package party

import (
	"net/http"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/books/ledger"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of customers and suppliers.
type Room struct {
	db       *db.DB
	software string
}

// New opens the room. software is the name of the program and its version, for what is printed.
func New(d *db.DB, software string) *Room { return &Room{db: d, software: software} }

// Routes lists what the room answers: the same pages for customers and for suppliers.
func (r *Room) Routes() []web.Route {
	var routes []web.Route
	for _, kind := range []Kind{Customer, Supplier} {
		base := "/d/{slug}/" + kind.path()
		on := func(do func(*web.Ctx, Kind) error) func(*web.Ctx) error {
			return func(c *web.Ctx) error { return do(c, kind) }
		}
		routes = append(routes,
			web.Route{Method: "GET", Path: base, Right: right.PartyView, Do: on(r.list)},
			web.Route{Method: "GET", Path: base + "/export", Right: right.ReportExport, Do: on(r.export)},
			web.Route{Method: "GET", Path: base + "/choix", Right: right.PartyView, Do: on(r.choices)},
			web.Route{Method: "GET", Path: base + "/nouveau", Right: right.PartyEdit, Do: on(r.fresh)},
			web.Route{Method: "POST", Path: base + "/nouveau", Right: right.PartyEdit, Do: on(r.add)},
			web.Route{Method: "GET", Path: base + "/{tiers}", Right: right.PartyView, Do: on(r.card)},
			web.Route{Method: "GET", Path: base + "/{tiers}/modifier", Right: right.PartyEdit, Do: on(r.edit)},
			web.Route{Method: "POST", Path: base + "/{tiers}/modifier", Right: right.PartyEdit, Do: on(r.change)},
			web.Route{Method: "POST", Path: base + "/{tiers}/effacer", Right: right.PartyEdit, Do: on(r.erase)},
		)
	}
	return routes
}

func (r *Room) list(c *web.Ctx, kind Kind) error {
	page := ListPage{Frame: c.Frame(kind.title()), Places: Places(c, kind.path()), Base: c.URL(kind.path()), Search: searchOf(c, kind), CanEdit: c.Can(right.PartyEdit), CanExport: c.Can(right.ReportExport)}
	page.Page = page.Search.Offset/perPage + 1
	if page.CanEdit {
		page.Frame.Actions = addButton(page)
	}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.List, page.Total, err = Find(q, page.Search); err != nil {
			return err
		}
		if kind == Customer && c.Can(right.BalanceView) {
			page.Balances, err = ledger.Balances(q, Account(""))
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, listPage(page))
}

// choices answers a list being searched: who the words find, and how many in words.
func (r *Room) choices(c *web.Ctx, kind Kind) error {
	type person struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	answer := struct {
		Said   string   `json:"said"`
		People []person `json:"people"`
	}{People: []person{}}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		list, total, err := Find(q, Search{Kind: kind, Words: c.Query("mots"), Limit: shownFound})
		for _, p := range list {
			answer.People = append(answer.People, person{p.ID, p.Name})
		}
		answer.Said = foundWords(kind, total)
		return err
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer)
}

func (r *Room) export(c *web.Ctx, kind Kind) error {
	search := searchOf(c, kind)
	search.Limit, search.Offset = 0, 0
	format := c.Query("format")
	list := ListPage{Search: search}
	var paper company.Letterhead
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if paper, err = company.LoadLetterhead(q, "", r.software, c.Identity.Name); err != nil {
			return err
		}
		if list.List, list.Total, err = Find(q, search); err != nil || kind != Customer || !c.Can(right.BalanceView) {
			return err
		}
		list.Balances, err = ledger.Balances(q, Account(""))
		return err
	})
	if err != nil {
		return err
	}
	report := list.report(c.Today())
	if format != company.FormatPDF { // a sheet of paper has no room for every column
		report.Tables = []table.Table{list.table()}
	}
	return paper.Send(c, format, report)
}

func (r *Room) fresh(c *web.Ctx, kind Kind) error {
	return r.show(c, http.StatusOK, Party{Kind: kind, Nature: map[Kind]Nature{Customer: Person, Supplier: Company}[kind], Active: true}, ui.Answers{})
}

func (r *Room) edit(c *web.Ctx, kind Kind) error {
	p, err := r.get(c, kind)
	if err != nil {
		return err
	}
	return r.show(c, http.StatusOK, p, ui.Answers{})
}

// show answers with the form of a card.
func (r *Room) show(c *web.Ctx, status int, p Party, answers ui.Answers) error {
	page := EditPage{Frame: c.Frame(p.Kind.newTitle()), Action: c.R.URL.Path, Party: p, Key: answers.Values.Get("id"), Err: answers.Err}
	page.Frame.Back = ui.Link{Label: "Retour à la liste", URL: c.URL(p.Kind.path())}
	if page.Key == "" {
		page.Key = id.New()
	}
	if p.ID != "" {
		page.Frame.Title = p.Name
		page.Frame.Back = ui.Link{Label: "Retour à la fiche", URL: c.URL(p.Kind.path(), p.ID)}
	}
	page.Form = answers.FillAll(fields(p))
	return c.Render(status, editPage(page))
}

func (r *Room) add(c *web.Ctx, kind Kind) error {
	form := c.Form()
	p := read(form, kind)
	p.ID = form.ID("id")
	return r.write(c, form, p, "La fiche de « "+p.Name+" » est créée.", func(tx *db.Tx) error {
		_, err := Add(tx, p)
		return err
	})
}

func (r *Room) change(c *web.Ctx, kind Kind) error {
	form := c.Form()
	p := read(form, kind)
	p.ID = c.Path("tiers")
	return r.write(c, form, p, "La fiche de « "+p.Name+" » est enregistrée.", func(tx *db.Tx) error { return Change(tx, p) })
}

func (r *Room) write(c *web.Ctx, form *web.Form, p Party, said string, act func(*db.Tx) error) error {
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), act)
	}
	if fault.Is(err, fault.Invalid) {
		if c.Path("tiers") == "" {
			p.ID = ""
		}
		return r.show(c, http.StatusUnprocessableEntity, p, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, said)
	return c.See(c.URL(p.Kind.path(), p.ID))
}

// read is what a form says of a card.
func read(form *web.Form, kind Kind) Party {
	p := Party{
		Kind: kind, Nature: Nature(form.Get("nature")), Name: form.Text("name", 80), Email: form.Text("email", 120), Phone: form.Text("phone", 30),
		Street: form.Text("street", 120), Postcode: form.Text("postcode", 12), City: form.Text("city", 80),
		SIRET: form.Text("siret", 20), VATNumber: form.Text("vat_number", 20), AccountCode: strings.ToUpper(form.Text("account", 12)),
		Note: form.Lines("note", 500), Active: form.Checked("active"),
	}
	p.CreditLimit, p.Limited = form.Amount("credit_limit")
	return p
}

func (r *Room) card(c *web.Ctx, kind Kind) error {
	page := CardPage{Base: c.URL(kind.path()), CanEdit: c.Can(right.PartyEdit), Zone: c.Zone()}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Party, err = Get(q, c.Path("tiers")); err != nil {
			return err
		}
		if page.Party.Kind != kind {
			return fault.New(fault.NotFound, "Cette fiche n’existe pas.")
		}
		if kind != Customer || !c.Can(right.BalanceView) {
			return nil
		}
		page.ShowBalance = true
		if page.Balance, err = ledger.Balance(q, page.Party.Account()); err != nil {
			return err
		}
		page.Lines, err = lastLines(q, page.Party.Account())
		return err
	})
	if err != nil {
		return err
	}
	page.Frame = c.Frame(page.Party.Name)
	page.Frame.Back = ui.Link{Label: "Retour à la liste", URL: page.Base}
	if page.ShowBalance && c.Has(company.FeatureCredit) {
		page.Account = c.URL("clients", page.Party.ID, "compte")
	}
	if page.CanEdit && !page.Party.Erased() {
		page.Frame.Actions = editButton(page)
	}
	return c.Render(http.StatusOK, cardPage(page))
}

func (r *Room) get(c *web.Ctx, kind Kind) (Party, error) {
	var p Party
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		p, err = Get(q, c.Path("tiers"))
		return err
	})
	if err == nil && p.Kind != kind {
		err = fault.New(fault.NotFound, "Cette fiche n’existe pas.")
	}
	if err == nil && p.Erased() {
		err = fault.New(fault.Conflict, "Les données de cette fiche ont été effacées. Créez une nouvelle fiche.")
	}
	return p, err
}

func (r *Room) erase(c *web.Ctx, kind Kind) error {
	p, err := r.get(c, kind)
	if err != nil {
		return err
	}
	if err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return Erase(tx, c.UserID, p.ID) }); err != nil {
		return err
	}
	c.Flash(ui.OK, "Les données personnelles de la fiche sont effacées.")
	return c.See(c.URL(kind.path(), p.ID))
}
