package daysheet

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/party"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// typing is a sheet as it arrives from the page.
type typing struct {
	page       Page
	fields     map[string]string
	revision   int // of the draft the page started from
	version    int // number of versions closed when the page was made
	correcting bool
	draft      Draft  // as saved
	rival      *Draft // somebody else’s, which stands in the way
}

func (t typing) reply(err error) reply {
	return reply{fields: t.fields, err: err, rival: t.rival, correcting: t.correcting}
}

// receive reads the sheet of the page and the day it belongs to.
func (r *Room) receive(c *web.Ctx, q db.Querier) (t typing, err error) {
	if t.page, err = seen(c, q); err != nil {
		return t, err
	}
	form := c.R.PostForm
	t.fields, t.correcting = typedFields(form), form.Get("correction") != ""
	t.revision, _ = strconv.Atoi(form.Get("revision")) // absent or wrong: 0, a new draft
	t.version, _ = strconv.Atoi(form.Get("version"))
	if t.correcting && !c.Can(right.DaysheetCorrect) {
		return t, fault.New(fault.Forbidden, "Votre rôle dans cette société ne permet pas de corriger une journée clôturée.")
	}
	if d := t.page.Draft; d != nil && !t.correcting && SourceOf(d.Fields) != ByHand {
		t.fields[fieldSource] = d.Fields[fieldSource]
	}
	if err := t.seek(q); err != nil {
		return t, err
	}
	settle(t.fields, t.page.Setup)
	return t, nil
}

// seek takes the customer that the words searched find, when they find one only. Others stay to be chosen in the list.
func (t *typing) seek(q db.Querier) error {
	for _, prefix := range []string{FieldRepaidBy, FieldGrantedTo} {
		field := fieldNew + prefix
		found, err := party.Chosen(q, party.Customer, field, t.fields[field], t.fields[field+ui.SearchSuffix])
		switch {
		case fault.Is(err, fault.Invalid):
			continue
		case err != nil:
			return err
		case found != "":
			t.fields[field] = found
			delete(t.fields, field+ui.SearchSuffix)
		}
	}
	return nil
}

// mind refuses to go on over what somebody else did meanwhile: another draft, a closing, a correction.
func (t *typing) mind(names Visitor) error {
	if len(t.page.Versions) != t.version {
		v := t.page.Current()
		return fault.Newf(fault.Conflict, "Cette journée a été clôturée ou corrigée par %s à %s. Votre saisie n’est pas enregistrée.", names.name(v.By), locale.Clock(v.At, names.Zone))
	}
	if d := t.page.Draft; d != nil && d.Revision != t.revision && !maps.Equal(d.Fields, t.fields) {
		t.rival = d
		return fault.Newf(fault.Conflict, "Cette journée a été modifiée ailleurs à %s. Reprenez cette saisie ou gardez la vôtre.", locale.Clock(d.At, names.Zone))
	}
	return nil
}

// save keeps what is typed, unless the draft says it already or nothing is typed yet.
func (t *typing) save(tx *db.Tx, by string) (err error) {
	if d := t.page.Draft; d != nil && maps.Equal(d.Fields, t.fields) {
		t.draft = *d
		return nil
	}
	if t.page.Draft == nil && len(t.fields) <= 1 {
		last, err := LastZ(tx, t.page.Box.ID, t.page.On)
		if err != nil || len(t.fields) == 0 || t.fields[FieldZ] != "" && t.fields[FieldZ] == nextZ(last) {
			return err
		}
	}
	t.draft, err = SaveDraft(tx, t.page.Box.ID, t.page.On, t.fields, t.revision, by)
	return err
}

// keep receives a sheet and saves it as a draft.
func (r *Room) keep(c *web.Ctx, before func(*typing)) (t typing, visitor Visitor, err error) {
	err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		var err error
		if t, err = r.receive(c, tx); err != nil {
			return err
		}
		if visitor, err = r.visitor(c, tx); err != nil {
			return err
		}
		if before != nil {
			before(&t)
		}
		if err = t.mind(visitor); err != nil {
			return err
		}
		return t.save(tx, c.UserID)
	})
	return t, visitor, err
}

// draft keeps what is typed. A script gets the server’s own figures; a person comes back to the sheet, or goes where they asked.
func (r *Room) draft(c *web.Ctx) error {
	script := strings.Contains(c.R.Header.Get("Accept"), "application/json")
	t, visitor, err := r.keep(c, func(t *typing) { t.press(c.R.PostForm) })
	switch {
	case err == nil && script:
		return c.JSON(http.StatusOK, t.answer(visitor))
	case t.rival != nil && script:
		return c.JSON(http.StatusConflict, rivalAnswer{Rival: rivalDraft{Revision: t.rival.Revision, Who: visitor.rivalName(t.rival.By), At: locale.Clock(t.rival.At, visitor.Zone), Own: t.rival.By == c.UserID, Fields: t.rival.Fields}})
	case err == nil:
		return r.goOn(c, t)
	case comesBack(err) && !script && t.page.Box.ID != "":
		return r.showDay(c, web.StatusOf(err), t.reply(err))
	}
	return err
}

// press does what the button pressed asks of the figures, where no script did it.
func (t *typing) press(form url.Values) {
	cash := ""
	for _, m := range t.page.Methods {
		if m.Kind == "cash" && cash == "" {
			cash = m.ID
		}
	}
	figures, _ := Read(t.fields, t.page.Setup) // what does not read is said when the page comes back
	if form.Get("reprendre") != "" && cash != "" {
		t.fields[FieldCounted+cash] = locale.Input(CountOf(figures.Pieces, figures.Loose))
	}
	if float, given, err := locale.ParseAmount(form.Get("laisser")); given && err == nil {
		figures.Remitted = 0
		sheet := Compute(figures, t.page.Setup)
		if line := sheet.Cash(); line != nil {
			t.fields[FieldRemitted] = locale.Input(max(0, line.Left-float))
		}
	}
}

// goOn leads where the button pressed leads: to the form of a movement, of a customer, or back to the sheet.
func (r *Room) goOn(c *web.Ctx, t typing) error {
	self := c.URL("journees", t.page.Box.ID, string(t.page.On))
	if t.correcting {
		self = c.URL("journees", t.page.Box.ID, string(t.page.On), "corriger")
	}
	back := "retour=" + url.QueryEscape(self)
	switch c.R.PostForm.Get("suite") {
	case "operation":
		return c.See(c.URL("caisses", t.page.Box.ID, "operation") + "?jour=" + string(t.page.On) + "&" + back)
	case "ticket":
		return c.See(c.URL("journees", t.page.Box.ID, string(t.page.On), "ticket"))
	case "client":
		return c.See(c.URL("clients", "nouveau") + "?" + back)
	}
	return c.See(self)
}

// drop forgets what is typed and not closed.
func (r *Room) drop(c *web.Ctx) error {
	var address string
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		p, err := seen(c, tx)
		if err != nil {
			return err
		}
		address = c.URL("journees", p.Box.ID, string(p.On))
		return DropDraft(tx, p.Box.ID, p.On)
	})
	return r.finish(c, err, "La saisie est effacée.", address)
}

// finish ends an act: a word on the next page, or on the same day what kept it from being done.
func (r *Room) finish(c *web.Ctx, err error, said, next string) error {
	if comesBack(err) {
		f, _ := asFault(err)
		c.Flash(ui.Warn, f.Message)
		return c.See(c.URL("journees", c.Path("box"), c.Path("jour")))
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, said)
	return c.See(next)
}

// draftAnswer is what the script receives for a draft kept.
type draftAnswer struct {
	Revision int         `json:"revision"`
	At       string      `json:"at"`
	Figures  sheetAnswer `json:"figures"`
}

type rivalAnswer struct {
	Rival rivalDraft `json:"rival"`
}

type rivalDraft struct {
	Revision int               `json:"revision"`
	Who      string            `json:"who"`
	At       string            `json:"at"`
	Own      bool              `json:"own"`    // saved by the person who asks
	Fields   map[string]string `json:"fields"` // the page knows by them a draft it sent itself and had no answer for
}

// sheetAnswer is a computed sheet, in cents.
type sheetAnswer struct {
	Gross     money.Amount            `json:"gross"`
	Net       money.Amount            `json:"net"`
	Tax       money.Amount            `json:"tax"`
	Due       money.Amount            `json:"due"`
	Paid      money.Amount            `json:"paid"`
	Breakdown money.Amount            `json:"breakdown"`
	OverShort money.Amount            `json:"overShort"`
	Basket    money.Amount            `json:"basket"`
	Taxes     map[string]money.Amount `json:"taxes"` // by category
	Methods   map[string]methodAnswer `json:"methods"`
}

type methodAnswer struct {
	Taken     money.Amount `json:"taken"`
	Posted    money.Amount `json:"posted"`
	Expected  money.Amount `json:"expected"`
	OverShort money.Amount `json:"overShort"`
	Left      money.Amount `json:"left"`
	Beyond    bool         `json:"beyond"`
}

func (t typing) answer(v Visitor) draftAnswer {
	figures, _ := Read(t.fields, t.page.Setup) // a draft may hold anything
	blind := t.page.Box.BlindCount && t.fields[fieldCounted] == "" && t.page.Current() == nil
	return draftAnswer{Revision: t.draft.Revision, At: locale.Clock(t.draft.At, v.Zone), Figures: newSheetAnswer(Compute(figures, t.page.Setup), t.page.Setup, blind)}
}

// newSheetAnswer gives the figures of a sheet; a blind one keeps to itself what is expected in the box.
func newSheetAnswer(sheet Sheet, s Setup, blind bool) sheetAnswer {
	a := sheetAnswer{Gross: sheet.Gross, Net: sheet.Net, Tax: sheet.Tax, Due: sheet.Due, Paid: sheet.Paid, Breakdown: sheet.Breakdown, Basket: sheet.Basket,
		Taxes: map[string]money.Amount{}, Methods: map[string]methodAnswer{}}
	for _, l := range sheet.Sales {
		a.Taxes[l.Category.ID] = l.Tax
	}
	if blind {
		return a
	}
	a.OverShort = sheet.OverShort
	for _, m := range sheet.Methods {
		if m.Method.Held() {
			a.Methods[m.Method.ID] = methodAnswer{Taken: m.Taken, Posted: s.Posted[m.Method.ID], Expected: m.Expected, OverShort: m.OverShort, Left: m.Left, Beyond: m.Beyond}
		}
	}
	return a
}
