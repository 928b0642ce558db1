package firm

import (
	"net/http"
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// TemplatePage is the settings a firm gives to several companies.
type TemplatePage struct {
	Frame     ui.Frame
	Base      string
	Templates []Template
	Files     []Row
	Name      ui.Field
	From      ui.Field
	Err       error
}

func plural(n int, one, many string) string { return locale.Plural(n, one, many) }

func (r *Room) templates(c *web.Ctx) error { return r.showTemplates(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showTemplates(c *web.Ctx, status int, answers ui.Answers) error {
	firm, _, rows, err := r.load(c, readView(c))
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(a, b Row) int { return strings.Compare(a.sortKey, b.sortKey) })
	page := newTemplatePage(c.Frame("Modèles de réglages"), firm, rows, answers)
	err = r.db.Read(c.Context(), "", func(q *db.Snapshot) error {
		page.Templates, err = templatesOf(q, firm.ID)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(status, templatePage(page))
}

func newTemplatePage(frame ui.Frame, firm staff.Firm, rows []Row, answers ui.Answers) TemplatePage {
	page := TemplatePage{Frame: frame, Base: "/cabinets/" + firm.ID + "/modeles", Files: rows, Err: answers.Err}
	page.Frame.Subtitle = firm.Name
	page.Name = answers.Fill(ui.Field{Name: "nom", Label: "Nom du modèle", Placeholder: "Boulangerie", Max: 60})
	page.From = ui.Field{Name: "dossier", Label: "D’après les réglages de"}
	for _, row := range rows {
		page.From.Options = append(page.From.Options, ui.Option{Value: row.ID, Label: row.Name})
	}
	page.From = answers.Fill(page.From)
	return page
}

// chosen is a company of a form, among those somebody may see.
func chosen(rows []Row, companyID string) (Row, error) {
	i := slices.IndexFunc(rows, func(r Row) bool { return r.ID == companyID })
	if i < 0 {
		return Row{}, fault.New(fault.NotFound, "Ce dossier n’existe pas, ou vous n’y avez pas accès.")
	}
	return rows[i], nil
}

func (r *Room) saveTemplate(c *web.Ctx) error {
	firm, _, rows, err := r.load(c, readView(c))
	if err != nil {
		return err
	}
	form := c.Form()
	row, err := chosen(rows, form.Get("dossier"))
	if err != nil {
		return err
	}
	var settings templateSettings
	err = r.db.Read(c.Context(), row.ID, func(q *db.Snapshot) error {
		settings, err = capture(q)
		return err
	})
	if err != nil {
		return err
	}
	name := form.Text("nom", 60)
	if err = form.Err(); err == nil {
		err = r.db.Write(c.Context(), "", func(tx *db.Tx) error { return saveTemplate(tx, firm.ID, name, c.UserID, settings) })
	}
	if fault.Is(err, fault.Invalid) {
		return r.showTemplates(c, http.StatusUnprocessableEntity, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Le modèle «\u00a0"+name+"\u00a0» est enregistré.")
	return c.See("/cabinets/" + firm.ID + "/modeles")
}

// template finds the template of the address, in the firm of the address.
func (r *Room) template(c *web.Ctx, firmID string) (found Template, err error) {
	err = r.db.Read(c.Context(), "", func(q *db.Snapshot) error {
		list, err := templatesOf(q, firmID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(t Template) bool { return t.ID == c.Path("modele") })
		if i < 0 {
			return fault.New(fault.NotFound, "Ce modèle n’existe pas.")
		}
		found = list[i]
		return nil
	})
	return found, err
}

// applyTemplate gives a template to the companies ticked, each in an act of its own.
func (r *Room) applyTemplate(c *web.Ctx) error {
	firm, _, rows, err := r.load(c, readView(c))
	if err != nil {
		return err
	}
	t, err := r.template(c, firm.ID)
	if err != nil {
		return err
	}
	wanted := c.Form().Values["dossier"]
	if len(wanted) > most {
		return fault.Newf(fault.Invalid, "Cochez %d dossiers au plus à la fois.", most)
	}
	done := 0
	for _, companyID := range wanted {
		row, err := chosen(rows, companyID)
		if err != nil {
			return err
		}
		if err := r.db.Write(c.Context(), row.ID, func(tx *db.Tx) error { return t.settings.apply(tx, c.UserID) }); err != nil {
			return err
		}
		done++
	}
	if done == 0 {
		c.Flash(ui.Warn, "Cochez au moins un dossier.")
	} else {
		c.Flash(ui.OK, "Le modèle «\u00a0"+t.Name+"\u00a0» est appliqué à "+plural(done, "dossier", "dossiers")+".")
	}
	return c.See("/cabinets/" + firm.ID + "/modeles")
}

func (r *Room) dropTemplate(c *web.Ctx) error {
	firm, _, _, err := r.load(c, readView(c))
	if err != nil {
		return err
	}
	err = r.db.Write(c.Context(), "", func(tx *db.Tx) error {
		gone, err := deleteTemplate(tx, firm.ID, c.Path("modele"))
		if err == nil && !gone {
			err = fault.New(fault.NotFound, "Ce modèle n’existe pas.")
		}
		return err
	})
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "Le modèle est supprimé. Les dossiers gardent leurs réglages.")
	return c.See("/cabinets/" + firm.ID + "/modeles")
}
