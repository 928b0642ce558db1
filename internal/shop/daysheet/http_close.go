package daysheet

import (
	"net/http"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/books/period"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// recap keeps what is typed, then shows what closing it will say; what cannot be closed comes back to be corrected.
func (r *Room) recap(c *web.Ctx) error {
	t, visitor, err := r.keep(c, (*typing).countedBlind)
	if err != nil {
		if comesBack(err) && t.page.Box.ID != "" {
			return r.showDay(c, web.StatusOf(err), t.reply(err))
		}
		return err
	}
	if err := t.check(c.Can(right.DaysheetForce)); err != nil {
		return r.showDay(c, web.StatusOf(err), t.reply(err))
	}
	data := dayData{Frame: c.Frame(""), Visitor: visitor, Page: t.page, Fields: t.fields, Correcting: t.correcting}
	data.Draft = &t.draft
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error { return data.load(c, q) })
	if err != nil {
		return err
	}
	page, err := newRecapPage(data, id.New())
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, recapPage(page))
}

// countedBlind ends a blind count: who closes a drawer they counted sees what was expected, in the summary or to say why it differs.
func (t *typing) countedBlind() {
	figures, _ := Read(t.fields, t.page.Setup) // what does not read is said when the page comes back
	if cash := Compute(figures, t.page.Setup).Cash(); t.page.Box.BlindCount && (cash == nil || cash.IsCounted) {
		t.fields[fieldCounted] = "oui"
	}
}

// maxReason is the longest reason of a correction, in bytes.
const maxReason = 200

// check refuses what closing or correcting would refuse, so that the page says it before the summary.
func (t typing) check(mayForce bool) error {
	if err := checkNew(t.fields, t.page.Setup); err != nil {
		return err
	}
	figures, err := Read(t.fields, t.page.Setup)
	if err != nil {
		return err
	}
	sheet := Compute(figures, t.page.Setup)
	if err := Check(sheet, t.page.Setup, mayForce); err != nil {
		return err
	}
	if !t.correcting {
		return nil
	}
	if reason := t.fields[fieldReason]; reason == "" || len(reason) > maxReason {
		return fault.New(fault.Invalid, "Corrigez les champs signalés.").Field(fieldReason, "Dites en quelques mots pourquoi la journée est corrigée\u00a0: la correction reste tracée.")
	}
	if t.page.State == period.Locked {
		return keepsCount(t.page, sheet)
	}
	return nil
}

// close closes the day.
func (r *Room) close(c *web.Ctx) error {
	return r.conclude(c, Close, func(p Page) string { return "Journée du " + locale.DayName(p.On) + " clôturée." })
}

// correct replaces a closed sheet.
func (r *Room) correct(c *web.Ctx) error {
	return r.conclude(c, Correct, func(p Page) string {
		return "Journée du " + locale.DayName(p.On) + " corrigée. La version précédente reste dans son historique."
	})
}

// conclude does what the summary announced, with the figures it showed. Sent twice, it counts once: the act knows its key.
func (r *Room) conclude(c *web.Ctx, act func(*db.Tx, Request) (string, error), said func(Page) string) error {
	key := c.Form().ID("cle")
	var t typing
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) (err error) {
		if t, err = r.receive(c, tx); err != nil {
			return err
		}
		visitor, err := r.visitor(c, tx)
		if err != nil {
			return err
		}
		done := slices.ContainsFunc(t.page.Versions, func(v Version) bool { return v.ID == key })
		if !done {
			if err := t.mind(visitor); err != nil {
				return err
			}
		}
		_, err = act(tx, Request{Key: key, Box: t.page.Box.ID, On: t.page.On, Fields: t.fields, By: c.UserID, MayForce: c.Can(right.DaysheetForce), MayExceed: c.Can(right.CreditOver), Source: SourceOf(t.fields), Reason: t.fields[fieldReason]})
		return err
	})
	switch {
	case err == nil:
		c.Flash(ui.OK, said(t.page))
		return c.See(c.URL("journees", string(t.page.On.Month())) + "?caisse=" + t.page.Box.ID)
	case comesBack(err) && t.page.Box.ID != "":
		return r.showDay(c, web.StatusOf(err), t.reply(err))
	}
	return err
}
