package intake

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/paper/sheet"
	"encaisse/internal/paper/table"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of imports.
type Room struct {
	db    *db.DB
	names func(db.Querier) (map[string]string, error)
}

// New opens the room; names gives those of people, by id.
func New(d *db.DB, names func(db.Querier) (map[string]string, error)) *Room {
	return &Room{db: d, names: names}
}

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/reglages/imports"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.DataImport, Do: r.list},
		{Method: "POST", Path: base, Right: right.DataImport, Do: r.receive, Upload: true},
		{Method: "GET", Path: base + "/modeles/{sorte}", Right: right.DataImport, Do: r.model},
		{Method: "GET", Path: base + "/{import}", Right: right.DataImport, Do: r.show},
		{Method: "POST", Path: base + "/{import}/colonnes", Right: right.DataImport, Do: r.match},
		{Method: "POST", Path: base + "/{import}/lancer", Right: right.DataImport, Do: r.start},
		{Method: "POST", Path: base + "/{import}/arreter", Right: right.DataImport, Do: r.stop},
		{Method: "POST", Path: base + "/{import}/abandonner", Right: right.DataImport, Do: r.abandon},
		{Method: "POST", Path: base + "/{import}/annuler", Right: right.DataImport, Do: r.undo},
	}
}

// needs is the right to do by hand what a kind of import does.
func needs(kind Kind) right.Right {
	if kind == Days {
		return right.DaysheetEnter
	}
	return right.PartyEdit
}

// kinds are what the visitor may import.
func kinds(c *web.Ctx) (list []Kind) {
	for _, kind := range []Kind{Days, Customers, Suppliers} {
		if c.Can(needs(kind)) {
			list = append(list, kind)
		}
	}
	return list
}

func (r *Room) list(c *web.Ctx) error { return r.showList(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showList(c *web.Ctx, status int, answers ui.Answers) error {
	page := ListPage{Frame: c.Frame("Imports"), Base: c.URL("reglages", "imports"), Zone: c.Zone(), Key: id.New(), Kinds: kinds(c), Err: answers.Err, Page: 1}
	page.Frame.Back = ui.Link{Label: "Retour aux réglages", URL: c.URL("reglages")}
	if n, err := strconv.Atoi(c.Query("page")); err == nil && n > 1 && n < 100_000 {
		page.Page = n
	}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.List, page.Total, err = List(q, perPage, (page.Page-1)*perPage); err != nil {
			return err
		}
		page.Names, err = r.names(q)
		return err
	})
	if err != nil {
		return err
	}
	page.Form = answers.FillAll(fileFields(page.Kinds))
	return c.Render(status, listPage(page))
}

func (r *Room) receive(c *web.Ctx) error {
	form := c.Form()
	i := Intake{ID: form.ID("cle"), Kind: Kind(form.Get("sorte")), By: c.UserID}
	file, err := c.Upload("fichier", largestFile)
	switch {
	case err != nil:
	case i.Kind != Days && i.Kind != Customers && i.Kind != Suppliers:
		form.Refuse("sorte", "Dites ce que contient le fichier.")
	case !c.Can(needs(i.Kind)):
		form.Refuse("sorte", "Votre rôle dans cette société ne permet pas cet import.")
	case file == nil:
		form.Refuse("fichier", "Choisissez un fichier CSV ou Excel.")
	}
	if err == nil {
		err = form.Err()
	}
	if err == nil {
		i.Name = file.Name
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			registers, err := LoadRegisters(tx, c.Sees)
			if err != nil {
				return err
			}
			return Receive(tx, i, file.Body, registers)
		})
	}
	if fault.Is(err, fault.Invalid) {
		return r.showList(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	return c.See(c.URL("reglages", "imports", i.ID))
}

// model is an empty file with the titles that need no matching.
func (r *Room) model(c *web.Ctx) error {
	kind, ok := map[string]Kind{"journees.csv": Days, "clients.csv": Customers, "fournisseurs.csv": Suppliers}[c.Path("sorte")]
	if !ok {
		return fault.New(fault.NotFound, "Ce modèle n’existe pas.")
	}
	var t table.Table
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		registers, err := LoadRegisters(q, c.Sees)
		for _, target := range targets(kind, registers) {
			if target.Group != "Une ligne par montant" {
				t.Columns = append(t.Columns, table.Column{Label: target.Label})
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := sheet.WriteCSV(&out, t); err != nil {
		return err
	}
	return c.Send("modele-"+c.Path("sorte"), "text/csv; charset=utf-8", out.Bytes())
}

// asked reads the import of the address, when the visitor may do what it does.
func (r *Room) asked(c *web.Ctx, q db.Querier) (Intake, error) {
	i, err := Get(q, c.Path("import"))
	if err == nil && !c.Can(needs(i.Kind)) {
		err = fault.New(fault.Forbidden, "Votre rôle dans cette société ne permet pas cet import.")
	}
	return i, err
}

func (r *Room) show(c *web.Ctx) error { return r.showOne(c, http.StatusOK, nil) }

func (r *Room) showOne(c *web.Ctx, status int, refused error) error {
	page := OnePage{Frame: c.Frame(""), Zone: c.Zone(), Err: refused, MayClose: c.Can(right.DaysheetValidate)}
	page.Frame.Back = ui.Link{Label: "Retour aux imports", URL: c.URL("reglages", "imports")}
	page.Days, page.Cards = c.URL("journees"), c.URL("clients")
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if page.Import, err = r.asked(c, q); err != nil {
			return err
		}
		if page.Registers, err = LoadRegisters(q, c.Sees); err != nil {
			return err
		}
		if page.Names, err = r.names(q); err != nil {
			return err
		}
		if page.Import.State != Matching {
			page.Items, err = items(q, page.Import.ID)
			return err
		}
		if page.Same, err = sameFile(q, page.Import); err != nil {
			return err
		}
		page.Plan, err = planned(q, page.Import, page.Registers)
		return err
	})
	if err != nil {
		return err
	}
	page.Base = c.URL("reglages", "imports", page.Import.ID)
	page.Frame.Title, page.Frame.Subtitle = page.Import.Kind.title(), page.Import.Name
	if page.Import.Busy() {
		c.W.Header().Set("Refresh", "2") // the page follows the job without a script
	}
	return c.Render(status, onePage(page))
}

func (r *Room) match(c *web.Ctx) error {
	form := c.Form()
	m := Mapping{Values: map[string]string{}, Box: form.Get("caisse"), Close: form.Checked("cloturer") && c.Can(right.DaysheetValidate), Expected: form.Checked("theorique")}
	m.Header, _ = form.Count("titres")
	width, _ := form.Count("largeur")
	for n := range min(width, 200) {
		m.Columns = append(m.Columns, form.Get("col-"+strconv.Itoa(n)))
	}
	for name := range form.Values {
		if label, is := strings.CutPrefix(name, "val-"); is && form.Get(name) != "" && len(m.Values) < mostLabels {
			if key, err := url.QueryUnescape(label); err == nil {
				m.Values[key] = form.Get(name)
			}
		}
	}
	if err := form.Err(); err != nil {
		return r.showOne(c, http.StatusUnprocessableEntity, err)
	}
	return r.act(c, func(tx *db.Tx, i Intake, registers Registers) error { return Match(tx, i.ID, m, registers) })
}

func (r *Room) start(c *web.Ctx) error {
	return r.act(c, func(tx *db.Tx, i Intake, registers Registers) error {
		if i.Mapping.Close && !c.Can(right.DaysheetValidate) {
			return fault.New(fault.Forbidden, "Votre rôle dans cette société ne permet pas de clôturer une journée.")
		}
		return Start(tx, i.ID, c.UserID, registers)
	})
}

func (r *Room) stop(c *web.Ctx) error {
	return r.act(c, func(tx *db.Tx, i Intake, _ Registers) error { return Stop(tx, i.ID) })
}

func (r *Room) undo(c *web.Ctx) error {
	return r.act(c, func(tx *db.Tx, i Intake, _ Registers) error {
		if i.Mapping.Close && !c.Can(right.DaysheetCorrect) {
			return fault.New(fault.Forbidden, "Cet import a clôturé des journées\u00a0: l’annuler les corrige, ce que votre rôle ne permet pas.")
		}
		return Undo(tx, i.ID, c.UserID)
	})
}

func (r *Room) abandon(c *web.Ctx) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		i, err := r.asked(c, tx)
		if err != nil {
			return err
		}
		return Abandon(tx, i.ID)
	})
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Le fichier est oublié\u00a0: rien n’a été importé.")
	return c.See(c.URL("reglages", "imports"))
}

// act does something to the import of the address, then shows it.
func (r *Room) act(c *web.Ctx, do func(*db.Tx, Intake, Registers) error) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		i, err := r.asked(c, tx)
		if err != nil {
			return err
		}
		registers, err := LoadRegisters(tx, c.Sees)
		if err != nil {
			return err
		}
		return do(tx, i, registers)
	})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return r.showOne(c, web.StatusOf(err), err)
	}
	if err != nil {
		return err
	}
	return c.See(c.URL("reglages", "imports", c.Path("import")))
}
