package question

import (
	"net/http"
	"net/url"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Room answers the pages of questions.
type Room struct{ db *db.DB }

// New opens the room.
func New(d *db.DB) *Room { return &Room{d} }

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/questions"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.QuestionAnswer, Do: r.list},
		{Method: "GET", Path: base + "/nouvelle", Right: right.QuestionAsk, Do: r.fresh},
		{Method: "POST", Path: base + "/nouvelle", Right: right.QuestionAsk, Do: r.ask},
		{Method: "GET", Path: base + "/{question}", Right: right.QuestionAnswer, Do: r.thread},
		{Method: "POST", Path: base + "/{question}/repondre", Right: right.QuestionAnswer, Upload: true, Do: r.answer},
		{Method: "POST", Path: base + "/{question}/preciser", Right: right.QuestionAsk, Upload: true, Do: r.specify},
		{Method: "POST", Path: base + "/{question}/clore", Right: right.QuestionAsk, Do: r.close},
		{Method: "GET", Path: base + "/{question}/pieces/{piece}", Right: right.QuestionAnswer, Do: r.file},
	}
}

// asks tells whether the person stands on the asking side of a thread: the firm, and whoever asked.
func asks(c *web.Ctx, x Question) bool {
	return c.Can(right.QuestionAsk) && (FromFirm(c) || x.By == c.UserID)
}

// FromFirm tells whether the person is there for the firm, with their own eyes.
func FromFirm(c *web.Ctx) bool { return c.Through && !c.Looking() }

// Sees tells whether the person may see the box of a thread.
func Sees(q db.Querier, c *web.Ctx, box string) (bool, error) {
	b, err := cashbox.ByID(q, box)
	return b.Location == "" || c.Sees(b.Location), err
}

// kept leaves the threads about boxes the person may see.
func kept(q db.Querier, c *web.Ctx, all []Question) (list []Question, err error) {
	for _, x := range all {
		in, err := Sees(q, c, x.Box)
		if err != nil {
			return nil, err
		}
		if in {
			list = append(list, x)
		}
	}
	return list, nil
}

// perPage is how many closed threads a page shows.
const perPage = 50

func (r *Room) list(c *web.Ctx) error {
	page := ListPage{Frame: c.Frame("Questions"), Base: c.URL("questions"), Zone: c.Zone(), Asking: FromFirm(c), Closed: c.Query("etat") == "closes"}
	page.Frame.Back = ui.Link{Label: "Retour à l’accueil", URL: c.URL()}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		var all []Question
		var err error
		if page.Closed {
			var after Question
			if from := c.Query("apres"); id.Valid(from) {
				if after, err = ByID(q, from); err != nil {
					return err
				}
			}
			all, err = closedAfter(q, after, perPage+1)
			if len(all) > perPage {
				all, page.More = all[:perPage], all[perPage-1].ID
			}
		} else {
			all, err = Open(q)
		}
		if err != nil {
			return err
		}
		page.List, err = kept(q, c, all)
		return err
	})
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, listPage(page))
}

func (r *Room) fresh(c *web.Ctx) error {
	return r.showForm(c, http.StatusOK, id.New(), c.R.URL.Query(), ui.Answers{})
}

// subject is what the address or the form names, when the person may see it.
func subject(c *web.Ctx, q db.Querier, from url.Values) (Subject, error) {
	s, err := SubjectOf(q, from.Get("caisse"), from.Get("jour"), from.Get("ecriture"))
	if err == nil && s.Box.Location != "" && !c.Sees(s.Box.Location) {
		err = fault.New(fault.NotFound, "Cette caisse n’existe pas.")
	}
	return s, err
}

func (r *Room) showForm(c *web.Ctx, status int, key string, from url.Values, a ui.Answers) error {
	page := FormPage{Frame: c.Frame("Poser une question"), Action: c.URL("questions", "nouvelle"), Key: key, Err: a.Err}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		page.Subject, err = subject(c, q, from)
		return err
	})
	if err != nil {
		return err
	}
	page.Frame.Back = ui.Link{Label: "Retour à la journée", URL: dayURL(c, page.Subject.Box.ID, string(page.Subject.On))}
	page.Text = a.Fill(textField("Votre question", "Une question à la fois\u00a0: la réponse viendra plus vite."))
	return c.Render(status, formPage(page))
}

func dayURL(c *web.Ctx, box, on string) string { return c.URL("journees", box, on) }

func author(c *web.Ctx) Author { return Author{c.UserID, c.Identity.Name} }

func (r *Room) ask(c *web.Ctx) error {
	form := c.Form()
	key, text := form.ID("cle"), form.Lines("texte", MaxText)
	err := form.Err()
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			s, err := subject(c, tx, form.Values)
			if err != nil {
				return err
			}
			return Ask(tx, key, s, text, author(c))
		})
	}
	if fault.Is(err, fault.Invalid) {
		return r.showForm(c, http.StatusUnprocessableEntity, form.Get("cle"), form.Values, ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "La question est posée. La réponse se lira ici.")
	return c.See(c.URL("questions", key))
}

func (r *Room) thread(c *web.Ctx) error {
	return r.showThread(c, http.StatusOK, id.New(), ui.Answers{})
}

// load reads the thread of the address, when the person may see its box.
func load(c *web.Ctx, q db.Querier) (x Question, messages []Message, err error) {
	if x, err = ByID(q, c.Path("question")); err != nil {
		return x, nil, err
	}
	if in, err := Sees(q, c, x.Box); err != nil || !in {
		if err == nil {
			err = noQuestion()
		}
		return x, nil, err
	}
	messages, err = Messages(q, x.ID)
	return x, messages, err
}

func (r *Room) showThread(c *web.Ctx, status int, key string, a ui.Answers) error {
	page := ThreadPage{Frame: c.Frame("Question"), Key: key, Zone: c.Zone(), Err: a.Err}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		page.Question, page.Messages, err = load(c, q)
		return err
	})
	if err != nil {
		return err
	}
	x := page.Question
	page.Base, page.Day, page.Asking = c.URL("questions", x.ID), dayURL(c, x.Box, string(x.On)), asks(c, x)
	page.Frame.Subtitle = x.About
	page.Frame.Back = ui.Link{Label: "Toutes les questions", URL: c.URL("questions")}
	page.fields(a)
	return c.Render(status, threadPage(page))
}

func (r *Room) answer(c *web.Ctx) error  { return r.say(c, Answers, "Votre réponse est envoyée.") }
func (r *Room) specify(c *web.Ctx) error { return r.say(c, Asks, "Votre message est envoyé.") }
func (r *Room) close(c *web.Ctx) error {
	return r.say(c, Closes, "La question est close. Elle reste lisible.")
}

// say adds the message of a form. Only who stands on the side of the message may say it.
func (r *Room) say(c *web.Ctx, kind Kind, said string) error {
	form := c.Form()
	reply := Reply{Key: form.ID("cle"), Question: c.Path("question"), Kind: kind, Text: form.Lines("texte", MaxText), By: author(c)}
	err := form.Err()
	if file, wrong := c.Upload("piece", cashbox.MaxAttachment); err == nil && wrong != nil {
		err = wrong
	} else if file != nil {
		reply.File = &cashbox.Receipt{Name: file.Name, Content: file.Body}
	}
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
			x, _, err := load(c, tx)
			if err != nil {
				return err
			}
			if asks(c, x) != (kind != Answers) {
				return fault.New(fault.Forbidden, "Qui a posé la question, ou son cabinet, la précise et la clôt\u00a0; les autres y répondent.")
			}
			return Say(tx, reply)
		})
	}
	if kind := fault.KindOf(err); kind == fault.Invalid || kind == fault.Conflict {
		return r.showThread(c, web.StatusOf(err), id.New(), ui.Answers{Values: form.Values, Err: err})
	}
	if err != nil {
		return err
	}
	c.Flash(ui.OK, said)
	return c.See(c.URL("questions", reply.Question))
}

// file gives a photo or a PDF of a thread, and no other.
func (r *Room) file(c *web.Ctx) error {
	var f cashbox.File
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		_, messages, err := load(c, q)
		if err != nil {
			return err
		}
		for _, m := range messages {
			if m.Attachment != "" && m.Attachment == c.Path("piece") {
				f, err = cashbox.FileByID(q, m.Attachment)
				return err
			}
		}
		return fault.New(fault.NotFound, "Cette pièce n’existe pas.")
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
