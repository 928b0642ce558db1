package cashbox

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/books/act"
	"encaisse/internal/books/chart"
	"encaisse/internal/books/period"
	"encaisse/internal/paper/table"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

const perPage = 50

// list shows the movements of a box over a period. Parameters: du, au, type, q, tri, page.
func (r *Room) list(c *web.Ctx) error {
	page := ListPage{Frame: c.Frame("Opérations"), Filter: filterOf(c, perPage), CanReverse: c.Can(right.MovementReverse), CanExport: c.Can(right.ReportExport), Zone: c.Zone()}
	var kinds []Kind
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		if err := r.fill(c, q, &page); err != nil {
			return err
		}
		person := reach{c, q}
		may, err := person.may(page.Box, ActDelete)
		if err != nil {
			return err
		}
		page.CanReverse = page.CanReverse && may
		kinds, err = person.records(page.Box)
		return err
	})
	if err != nil {
		return err
	}
	page.Base = c.URL("caisses", page.Box.ID)
	page.Frame.Subtitle = page.Box.Name
	page.Frame.Back = ui.Link{Label: "Retour à l’accueil", URL: c.URL()}
	if len(kinds) > 0 {
		page.Frame.Actions = recordButton(page)
	}
	return c.Render(http.StatusOK, listPage(page))
}

// fill reads what the list and its export show.
func (r *Room) fill(c *web.Ctx, q db.Querier, page *ListPage) (err error) {
	if page.Box, err = seen(c, q); err != nil {
		return err
	}
	page.Filter.Box = page.Box.ID
	if err := r.fillNames(q, page); err != nil {
		return err
	}
	if page.Horizon, err = period.Horizon(q, page.Box.ID); err != nil {
		return err
	}
	if page.Filter.Words != "" {
		return page.search(q)
	}
	if page.List, err = Find(q, page.Filter); err != nil {
		return err
	}
	page.Sums, err = Sum(q, page.Filter)
	return err
}

// search fills the page with the movements of the period that say every word searched: names stand in other tables, and on no index.
func (p *ListPage) search(q db.Querier) error {
	all := p.Filter
	all.Limit, all.Offset = table.MaxRows, 0
	list, err := Find(q, all)
	if err != nil {
		return err
	}
	words := strings.Fields(locale.Fold(p.Filter.Words))
	for _, r := range list {
		text := locale.Fold(r.Kind.Label() + " " + p.what(r) + " " + p.by(r) + " " + p.names[r.By] + " " + locale.Amount(r.Amount) + " " + locale.Input(r.Amount))
		if slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) }) {
			continue
		}
		if p.Sums.Count++; p.Sums.Count > p.Filter.Offset && len(p.List) < p.Filter.Limit {
			p.List = append(p.List, r)
		}
		if did := p.signed(r); r.Reversed || did == 0 {
			continue
		} else if did > 0 {
			p.Sums.In += did
		} else {
			p.Sums.Out -= did
		}
	}
	return nil
}

func (r *Room) fillNames(q db.Querier, page *ListPage) (err error) {
	page.names, err = r.namesOf(q)
	return err
}

// namesOf gives the words of ids: methods, boxes, natures, items, suppliers and people.
func (r *Room) namesOf(q db.Querier) (map[string]string, error) {
	methods, err := tender.List(q)
	if err != nil {
		return nil, err
	}
	boxes, err := Everything(q)
	if err != nil {
		return nil, err
	}
	plan, err := chart.Load(q)
	if err != nil {
		return nil, err
	}
	items, err := Items(q)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, m := range methods {
		names[m.ID] = m.Label
	}
	for _, b := range boxes {
		names[b.ID] = b.Name
	}
	for _, a := range append(plan.Expenses(), plan.Incomes()...) {
		names[a.Role] = a.Label
	}
	for _, i := range items {
		names[i.ID] = i.Name
	}
	suppliers, err := party.Names(q, party.Supplier)
	if err != nil {
		return nil, err
	}
	people, err := r.hooks.Names(q)
	maps.Copy(names, suppliers)
	maps.Copy(names, people)
	return names, err
}

// filterOf reads the filter of the address: the present month when it says nothing.
func filterOf(c *web.Ctx, limit int) Filter {
	f := Filter{First: c.Today().Month().First(), Last: c.Today(), Limit: limit}
	if d, err := day.Parse(c.Query("du")); err == nil {
		f.First = d
	}
	if d, err := day.Parse(c.Query("au")); err == nil {
		f.Last = d
	}
	if k := Kind(c.Query("type")); k.Label() != "" {
		f.Kind = k
	}
	if _, known := orders[c.Query("tri")]; known {
		f.Sort = c.Query("tri")
	}
	if f.Words = c.Query("q"); len(f.Words) > 100 {
		f.Words = f.Words[:100]
	}
	if page, err := strconv.Atoi(c.Query("page")); err == nil && page > 1 && page < 100_000 {
		f.Offset = (page - 1) * limit
	}
	return f
}

// export prints the list or gives it to a spreadsheet. Parameters: those of the list, format (pdf, csv or xlsx).
func (r *Room) export(c *web.Ctx) error {
	page := ListPage{Filter: filterOf(c, table.MaxRows), Zone: c.Zone()}
	page.Filter.Offset = 0
	var paper company.Letterhead
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if err := r.fill(c, q, &page); err != nil {
			return err
		}
		paper, err = company.LoadLetterhead(q, page.Box.Location, r.hooks.Software, c.Identity.Name)
		return err
	})
	if err != nil {
		return err
	}
	if page.Sums.Count > table.MaxRows {
		return fault.New(fault.Invalid, "Cette liste est trop longue pour un fichier\u00a0: choisissez une période plus courte.")
	}
	return paper.Send(c, c.Query("format"), page.report())
}

// concerned finds the movement of the address, which the box of the address made or received.
func concerned(c *web.Ctx, q db.Querier) (b Box, m Recorded, err error) {
	if b, err = seen(c, q); err != nil {
		return b, m, err
	}
	m, err = MovementByID(q, c.Path("id"))
	if err == nil && m.Box != b.ID && m.ToBox != b.ID {
		err = fault.New(fault.NotFound, "Cette opération n’existe pas.")
	}
	return b, m, err
}

// receipt serves the photo or PDF of a movement of the box, to whoever sees the box. A photo shows in a frame that runs nothing; a PDF is
// downloaded, so that no viewer opens it with our address.
func (r *Room) receipt(c *web.Ctx) error {
	var f File
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		b, err := seen(c, q)
		if err != nil {
			return err
		}
		f, err = FileOfBox(q, b.ID, c.Path("id"))
		return err
	})
	if err != nil {
		return err
	}
	c.W.Header().Set("Cache-Control", "private, no-store")
	if f.IsImage() {
		return c.Show(f.Name, f.MediaType, f.Content)
	}
	c.W.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	return c.Send(f.Name, f.MediaType, f.Content)
}

func (r *Room) askReverse(c *web.Ctx) error {
	return r.showReverse(c, http.StatusOK, id.New(), ui.Answers{})
}

func (r *Room) showReverse(c *web.Ctx, status int, key string, answers ui.Answers) error {
	page := ReversePage{ListPage: ListPage{Frame: c.Frame("Annuler l’opération"), Zone: c.Zone()}, Key: key, Err: answers.Err}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Box, page.Movement, err = concerned(c, q); err != nil {
			return err
		}
		source, err := ByID(q, page.Movement.Box)
		if err != nil {
			return err
		}
		if err := (reach{c, q}).need(source, ActDelete); err != nil {
			return err
		}
		return r.fillNames(q, &page.ListPage)
	})
	if err != nil {
		return err
	}
	page.Base = c.URL("caisses", page.Box.ID)
	page.Back = c.ReturnPath(page.Base + "/operations")
	page.Frame.Subtitle = page.Box.Name
	page.Frame.Back = ui.Link{Label: "Retour", URL: page.Back}
	page.Form = answers.FillAll(reverseFields())
	return c.Render(status, reversePage(page))
}

// reverse undoes the movement of the address. The same sending twice undoes once.
func (r *Room) reverse(c *web.Ctx) error {
	form := c.Form()
	key, reason := form.ID("cle"), form.Text("reason", 200)
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			_, m, err := concerned(c, tx)
			if err != nil {
				return err
			}
			return act.Once(tx, key, "movement.reverse", []string{m.ID, reason}, func() error { return r.undo(c, tx, m, reason) })
		})
	}
	if again(err) {
		return r.showReverse(c, web.StatusOf(err), key, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Opération annulée. Elle reste visible, barrée.")
	return c.See(c.ReturnPath(c.URL("caisses", c.Path("box"), "operations")))
}

func (r *Room) undo(c *web.Ctx, tx *db.Tx, m Recorded, reason string) error {
	b, err := ByID(tx, m.Box)
	if err != nil {
		return err
	}
	if err := (reach{c, tx}).need(b, ActDelete); err != nil {
		return err
	}
	effect, err := Effect(tx, m.Movement)
	if err != nil {
		return err
	}
	moves := effect.Undone()
	if err := mayMove(c, tx, m.On, moves); err != nil {
		return err
	}
	if _, err := Reverse(tx, m.ID, reason, c.Today(), c.UserID); err != nil {
		return err
	}
	return r.follow(tx, m.On, moves, c.UserID, m.Kind.said(m.Amount)+" "+m.Kind.done("annulé")+" après la clôture")
}
