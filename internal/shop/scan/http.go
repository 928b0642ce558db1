package scan

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/right"
	"encaisse/internal/paper/ocr"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

// Reader reads photos: ocr.Reader, or one of a test.
type Reader interface {
	Ready(ctx context.Context) error
	Read(ctx context.Context, photo []byte) ([]ocr.Line, error)
}

// Room answers the pages of photographed tickets.
type Room struct {
	db     *db.DB
	reader Reader
	names  func(db.Querier) (map[string]string, error)
}

// New opens the room; names gives those of people, by id.
func New(d *db.DB, reader Reader, names func(db.Querier) (map[string]string, error)) *Room {
	return &Room{db: d, reader: reader, names: names}
}

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const base = "/d/{slug}/journees/{box}/{jour}/ticket"
	return []web.Route{
		{Method: "GET", Path: base, Right: right.DaysheetEnter, Do: r.ask},
		{Method: "POST", Path: base, Right: right.DaysheetEnter, Do: r.receive, Upload: true},
		{Method: "GET", Path: base + "/{photo}", Right: right.DaysheetView, Do: r.show},
		{Method: "GET", Path: base + "/{photo}/image", Right: right.DaysheetView, Do: r.image},
		{Method: "POST", Path: base + "/{photo}/recalculer", Right: right.DaysheetEnter, Do: r.again},
		{Method: "POST", Path: base + "/{photo}/reporter", Right: right.DaysheetEnter, Do: r.keep},
		{Method: "POST", Path: base + "/{photo}/abandonner", Right: right.DaysheetEnter, Do: r.forget},
	}
}

// Papers are the photos kept with a day, with the end of the address of each below that of the day.
func Papers(q db.Querier, box string, on day.Day) ([]ui.Link, error) {
	kept, err := keptOf(q, box, on)
	links := make([]ui.Link, len(kept))
	for i, s := range kept {
		links[i] = ui.Link{Label: "Photo du ticket Z", URL: "ticket/" + s.ID}
		if len(kept) > 1 {
			links[i].Label += " n°\u00a0" + strconv.Itoa(i+1)
		}
	}
	return links, err
}

// place reads the box and day of the address, when the person may see that box.
func place(c *web.Ctx, q db.Querier) (p daysheet.Page, r Registers, err error) {
	on, err := day.Parse(c.Path("jour"))
	if err != nil {
		return p, r, fault.New(fault.NotFound, "Cette date n’existe pas.")
	}
	p, r, err = load(q, c.Path("box"), on)
	if err == nil && !c.Sees(p.Box.Location) {
		err = fault.New(fault.NotFound, "Cette caisse n’existe pas.")
	}
	return p, r, err
}

// asked reads the photo of the address. One that waits is for those who type the day.
func asked(c *web.Ctx, q db.Querier) (s Scan, p daysheet.Page, r Registers, err error) {
	if p, r, err = place(c, q); err != nil {
		return s, p, r, err
	}
	if s, err = Get(q, p.Box.ID, p.On, c.Path("photo")); err == nil && s.State == Waiting && !c.Can(right.DaysheetEnter) {
		err = fault.New(fault.Forbidden, "Votre rôle dans cette société ne permet pas de saisir une journée.")
	}
	return s, p, r, err
}

func dayURL(c *web.Ctx, more ...string) string {
	return c.URL(append([]string{"journees", c.Path("box"), c.Path("jour")}, more...)...)
}

// frame is the frame of the room’s pages.
func frame(c *web.Ctx, title string, p daysheet.Page) ui.Frame {
	f := c.Frame(title)
	f.Subtitle = p.Box.Name + " · " + locale.DayName(p.On)
	f.Back = ui.Link{Label: "Retour à la journée", URL: dayURL(c)}
	return f
}

// ask shows the form of a photo, or what is missing to read one.
func (r *Room) ask(c *web.Ctx) error { return r.showAsk(c, http.StatusOK, ui.Answers{}) }

func (r *Room) showAsk(c *web.Ctx, status int, answers ui.Answers) error {
	page := AskPage{Base: dayURL(c, "ticket"), Day: dayURL(c), Key: id.New(), Err: answers.Err}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		p, _, err := place(c, q)
		if err != nil {
			return err
		}
		page.Frame = frame(c, "Lire un ticket Z", p)
		if refused := open(p); refused != nil && page.Err == nil {
			page.Closed, _ = errors.AsType[*fault.Fault](refused)
		}
		return nil
	})
	if err != nil {
		return err
	}
	page.Missing = missingOf(r.reader.Ready(c.Context()))
	page.Photo = answers.Fill(photoField())
	return c.Render(status, askPage(page))
}

// receive reads a photo, outside of any transaction, and keeps what was read to be confirmed.
func (r *Room) receive(c *web.Ctx) error {
	form := c.Form()
	s := Scan{ID: form.ID("cle"), Box: c.Path("box"), By: c.UserID}
	file, err := c.Upload("photo", cashbox.MaxAttachment)
	if err == nil && file == nil {
		form.Refuse("photo", "Choisissez une photo du ticket.")
	}
	if err == nil {
		err = form.Err()
	}
	if err == nil {
		err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error { // before a photo is read for nothing
			p, _, err := place(c, q)
			if err == nil {
				s.On, err = p.On, open(p)
			}
			return err
		})
	}
	if err == nil {
		s.Name = file.Name
		if s.Lines, err = r.reader.Read(c.Context(), file.Body); err != nil {
			if refused := Refused(err); refused != nil {
				err = refused
			} else if missingOf(err) != nil {
				return c.See(dayURL(c, "ticket")) // it was taken away since: the page says so
			}
		}
	}
	if err == nil {
		err = r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error { return Receive(tx, s, file.Body) })
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return r.showAsk(c, web.StatusOf(err), ui.Answers{Err: err})
	}
	if err != nil {
		return err
	}
	return c.See(dayURL(c, "ticket", s.ID))
}

func (r *Room) show(c *web.Ctx) error { return r.showOne(c, http.StatusOK, nil, nil) }

// again shows the proposal with what was typed, worked out anew.
func (r *Room) again(c *web.Ctx) error { return r.showOne(c, http.StatusOK, c.R.PostForm, nil) }

func (r *Room) showOne(c *web.Ctx, status int, typed url.Values, refused error) error {
	page := OnePage{Base: dayURL(c, "ticket", c.Path("photo")), Day: dayURL(c), Another: dayURL(c, "ticket"), Zone: c.Zone(), Err: refused, MayEnter: c.Can(right.DaysheetEnter)}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) (err error) {
		var registers Registers
		if page.Scan, page.Sheet, registers, err = asked(c, q); err != nil {
			return err
		}
		if page.Names, err = r.names(q); err != nil {
			return err
		}
		page.Frame = frame(c, "Ticket Z photographié", page.Sheet)
		if page.Scan.State == Kept {
			return nil
		}
		if page.Same, err = same(q, page.Scan); err != nil {
			return err
		}
		page.fill(registers, typed)
		return nil
	})
	if err != nil {
		return err
	}
	if page.Scan.State == Kept {
		return c.Render(status, keptPage(page))
	}
	return c.Render(status, proposalPage(page))
}

// image serves the photo.
func (r *Room) image(c *web.Ctx) error {
	var name string
	var body []byte
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		s, _, _, err := asked(c, q)
		if err != nil {
			return err
		}
		name = s.Name
		if s.State == Waiting {
			body, err = bodyOf(q, s.ID)
			return err
		}
		f, err := cashbox.FileByID(q, s.Attachment)
		name, body = f.Name, f.Content
		return err
	})
	if err != nil {
		return err
	}
	mediaType := "image/jpeg"
	if bytes.HasPrefix(body, []byte("\x89PNG")) {
		mediaType = "image/png"
	}
	c.W.Header().Set("Cache-Control", "private, no-store")
	return c.Show(name, mediaType, body)
}

// keep brings the figures to the draft of the day and keeps the photo with it.
func (r *Room) keep(c *web.Ctx) error {
	typed := c.R.PostForm
	revision, _ := strconv.Atoi(typed.Get("revision")) // absent or wrong: 0, no draft
	empty := false
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		s, _, registers, err := asked(c, tx)
		if err != nil {
			return err
		}
		empty = s.State == Waiting && len(Propose(s, registers, typed).Rows) == 0
		return Keep(tx, s, typed, revision, c.UserID)
	})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return r.showOne(c, web.StatusOf(err), typed, err)
	}
	if err != nil {
		return err
	}
	if empty {
		c.Flash(ui.OK, "La photo est gardée avec la journée.")
	} else {
		c.Flash(ui.OK, "Les chiffres du ticket sont dans le brouillon de la journée. Comptez le tiroir, puis clôturez.")
	}
	return c.See(dayURL(c))
}

// forget drops a photo that waits.
func (r *Room) forget(c *web.Ctx) error {
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) error {
		s, _, _, err := asked(c, tx)
		if err != nil {
			return err
		}
		if s.State == Kept {
			return fault.New(fault.Conflict, "Cette photo est déjà gardée avec la journée.")
		}
		return Forget(tx, s)
	})
	if err != nil {
		return err
	}
	c.Flash(ui.OK, "La photo est oubliée\u00a0: rien n’a changé dans la journée.")
	return c.See(dayURL(c))
}
