package dashboard

import (
	"net/http"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/question"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the home page of a company and the list of what it sends.
type Room struct{ db *db.DB }

// New opens the room.
func New(d *db.DB) *Room { return &Room{db: d} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const sendings, cards = "/d/{slug}/reglages/envois", "/d/{slug}/accueil"
	return []web.Route{
		{Method: "GET", Path: "/d/{slug}/", Right: right.Member, Do: r.home},
		{Method: "GET", Path: cards, Right: right.Member, Do: r.arrangement},
		{Method: "POST", Path: cards + "/ordre", Right: right.Member, Do: r.order},
		{Method: "POST", Path: cards + "/{carte}/afficher", Right: right.Member, Do: r.show},
		{Method: "POST", Path: cards + "/{carte}/masquer", Right: right.Member, Do: r.hide},
		{Method: "POST", Path: cards + "/retablir", Right: right.Member, Do: r.reset},
		{Method: "GET", Path: sendings, Right: right.SettingsEdit, Do: r.sendings},
		{Method: "POST", Path: sendings + "/{envoi}/reessayer", Right: right.SettingsEdit, Do: r.again},
		{Method: "POST", Path: sendings + "/{envoi}/abandonner", Right: right.SettingsEdit, Do: r.drop},
	}
}

func (r *Room) home(c *web.Ctx) error {
	var h Home
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		if h, err = Load(q, c.UserID, c.Sees); err != nil || !c.Can(right.QuestionAnswer) {
			return err
		}
		return h.loadQuestions(c, q)
	})
	if err != nil {
		return err
	}
	frame := c.Frame("Bonjour" + firstName(c.Identity.Name))
	frame.Subtitle = locale.Title(locale.LongDate(h.Today))
	return c.Render(http.StatusOK, homePage(h.page(frame, desk{can: c.Can, url: c.URL, one: len(h.Drawers) == 1, firm: question.FromFirm(c)})))
}

// loadQuestions reads the questions that are open, in the boxes the person sees.
func (h *Home) loadQuestions(c *web.Ctx, q db.Querier) error {
	open, err := question.Open(q)
	if err != nil {
		return err
	}
	for _, x := range open {
		in, err := question.Sees(q, c, x.Box)
		if err != nil {
			return err
		}
		switch {
		case !in:
		case x.State == question.Waiting:
			h.Asked = append(h.Asked, x)
		default:
			h.Told++
		}
	}
	return nil
}

// firstName is the first word of a name, after a space; nothing when there is none.
func firstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	if first == "" {
		return ""
	}
	return " " + first
}

// page makes what the screen shows of a home page to somebody.
func (h Home) page(frame ui.Frame, who desk) HomePage {
	p := HomePage{Frame: frame, Home: h, who: who}
	if who.can(right.DaysheetView) {
		p.Tasks = h.tasks(who)
		p.Start = h.start(who)
	}
	p.ShowTakings = who.can(right.ReportView) && h.Last != ""
	p.ShowDrawers = who.can(right.BalanceView) && len(h.Drawers) > 0 && h.Began()
	return p
}
