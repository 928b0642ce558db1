package firm

import (
	"net/http"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/books/act"
	"encaisse/internal/paper/mail"
	"encaisse/internal/shop/staff"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// reminder is a letter about to be written to the people of a company.
type reminder struct {
	Row  Row
	To   []staff.Addressee
	Text string
}

// preview shows the letters before they leave.
func (r *Room) preview(c *web.Ctx) error {
	firm, v, rows, err := r.ticked(c)
	if err != nil {
		return err
	}
	page := RemindPage{Frame: c.Frame("Relancer"), Base: "/cabinets/" + firm.ID, Month: v.month, Key: id.New(), Mails: r.people.Mails()}
	page.Frame.Subtitle = locale.Title(locale.MonthName(v.month))
	page.Frame.Back = ui.Link{Label: "Retour aux dossiers", URL: page.Base + "/suivi?mois=" + string(v.month)}
	for _, row := range rows {
		if !row.Waits() {
			page.Fine = append(page.Fine, row)
			continue
		}
		letter, err := r.letter(c, firm, row, v)
		if err != nil {
			return err
		}
		page.Letters = append(page.Letters, letter)
	}
	return c.Render(http.StatusOK, remindPage(page))
}

// letter is what a company is written, and to whom: those who close its days.
func (r *Room) letter(c *web.Ctx, firm staff.Firm, row Row, v view) (l reminder, err error) {
	l = reminder{Row: row, Text: letterText(row, v, c.Identity.Name, firm.Name, r.people.PublicURL())}
	err = r.db.Read(c.Context(), row.ID, func(q *db.Snapshot) error {
		l.To, err = staff.Holders(q, right.DaysheetValidate)
		return err
	})
	return l, err
}

// remind sends the letters. The same page sent twice writes once.
func (r *Room) remind(c *web.Ctx) error {
	key := c.Form().ID("cle")
	if err := c.Form().Err(); key == "" {
		return fault.Wrap(fault.Invalid, "Cette page est incomplète. Rechargez-la et recommencez.", err)
	}
	if !r.people.Mails() {
		return fault.New(fault.Unavailable, "Aucun serveur de messagerie n’est réglé\u00a0: rien n’a été envoyé.")
	}
	firm, v, rows, err := r.ticked(c)
	if err != nil {
		return err
	}
	sent := 0
	for _, row := range rows {
		if !row.Waits() {
			continue
		}
		l, err := r.letter(c, firm, row, v)
		if err != nil {
			return err
		}
		if len(l.To) == 0 {
			continue
		}
		err = r.db.Write(c.Context(), row.ID, func(tx *db.Tx) error {
			return act.Once(tx, key, "firm.remind", string(v.month), func() error { return r.write(tx, c, firm, l, v) })
		})
		if err != nil {
			return err
		}
		sent++
	}
	return back(c, ui.Flash{Tone: ui.OK, Text: locale.Plural(sent, "dossier relancé", "dossiers relancés") + " par e-mail."}, v.month)
}

// write keeps the letters of a company to be sent after the act, and that it was reminded.
func (r *Room) write(tx *db.Tx, c *web.Ctx, firm staff.Firm, l reminder, v view) error {
	for _, to := range l.To {
		m := mail.Message{To: []string{to.Email}, ReplyTo: c.Identity.Email, Subject: "Caisse de " + l.Row.Name + "\u00a0: " + l.Row.words(), Text: "Bonjour " + to.Name + ",\n\n" + l.Text}
		if err := r.people.Post(tx, m); err != nil {
			return err
		}
	}
	return Reminded(tx, firm.ID, v.month, len(l.To), c.UserID)
}
