package firm

import (
	"archive/zip"
	"bytes"
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/shop/accounting"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// controlled is a company whose month was looked at before it leaves.
type controlled struct {
	Row     Row
	Control accounting.Control
	Layout  accounting.Layout
	Refused string // why it cannot leave, "" when it can
}

// examine looks at the month of a company.
func (r *Room) examine(c *web.Ctx, row Row, p accounting.Period) (x controlled, err error) {
	x = controlled{Row: row}
	err = r.db.Read(c.Context(), row.ID, func(q *db.Snapshot) error {
		settings, err := accounting.Load(q)
		if err != nil {
			return err
		}
		x.Layout, _ = accounting.LayoutOf(settings.Format)
		x.Control, err = accounting.Examine(q, p)
		return err
	})
	switch {
	case !row.Over:
		x.Refused = "Le mois n’est pas fini."
	case x.Control.Done != nil:
	case x.Control.Blocked():
		for _, f := range x.Control.Findings {
			if f.Blocks {
				x.Refused = f.Text
				break
			}
		}
	case len(x.Control.Entries) == 0:
		x.Refused = "Aucune écriture ce mois-ci."
	}
	return x, err
}

// control shows what the companies ticked would export.
func (r *Room) control(c *web.Ctx) error {
	firm, v, rows, err := r.ticked(c)
	if err != nil {
		return err
	}
	page := ControlPage{Frame: c.Frame("Exporter"), Base: "/cabinets/" + firm.ID, Month: v.month}
	page.Frame.Subtitle = locale.Title(locale.MonthName(v.month))
	page.Frame.Back = ui.Link{Label: "Retour aux dossiers", URL: page.Base + "/suivi?mois=" + string(v.month)}
	for _, row := range rows {
		x, err := r.examine(c, row, accounting.Period{First: v.month.First(), Last: v.month.Last()})
		if err != nil {
			return err
		}
		page.Files = append(page.Files, x)
	}
	return c.Render(http.StatusOK, controlPage(page))
}

// archive gives the months of the companies ticked as one archive; a word in it says what could not leave, and why.
func (r *Room) archive(c *web.Ctx) error {
	_, v, rows, err := r.ticked(c)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return back(c, ui.Flash{Tone: ui.Warn, Text: "Cochez au moins un dossier."}, v.month)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	summary := "Exports de " + locale.MonthName(v.month) + "\r\n\r\n"
	for _, row := range rows {
		name, content, refused, err := r.give(c, row, accounting.Period{First: v.month.First(), Last: v.month.Last()})
		if err != nil {
			return err
		}
		if refused != "" {
			summary += row.Name + "\u00a0: non exporté. " + refused + "\r\n"
			continue
		}
		summary += row.Name + "\u00a0: " + name + "\r\n"
		if err := add(z, row.Slug+"/"+name, content, c); err != nil {
			return err
		}
	}
	if err := add(z, "compte-rendu.txt", []byte(summary), c); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return c.Send("exports_"+string(v.month)+".zip", "application/zip", out.Bytes())
}

func add(z *zip.Writer, name string, content []byte, c *web.Ctx) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: c.Now()})
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}

// give gives the file of a company's month; refused says why it cannot leave.
func (r *Room) give(c *web.Ctx, row Row, p accounting.Period) (name string, content []byte, refused string, err error) {
	var e accounting.Export
	err = r.db.Write(c.Context(), row.ID, func(tx *db.Tx) (err error) {
		e, err = accounting.Give(tx, accounting.Request{Period: p, By: c.UserID})
		return err
	})
	switch fault.KindOf(err) {
	case fault.Conflict:
		return "", nil, err.Error(), nil
	case fault.Invalid:
		return "", nil, "Le mois n’est pas fini.", nil
	}
	if err != nil {
		return "", nil, "", err
	}
	err = r.db.Read(c.Context(), row.ID, func(q *db.Snapshot) error {
		name, content, err = accounting.Content(q, e.ID)
		return err
	})
	return name, content, "", err
}
