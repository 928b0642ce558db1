package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
	"encaisse/internal/web"
)

// Room answers other programs, and the pages of their links.
type Room struct {
	db          *db.DB
	publicURL   string
	version     string
	names       func(db.Querier) (map[string]string, error)
	asks, tries *web.Limiter
}

// Config is what the room needs.
type Config struct {
	DB        *db.DB
	Clock     clock.Clock
	PublicURL string // address of the program, "" when it is not known
	Version   string
	Names     func(db.Querier) (map[string]string, error) // of the people of the company, by id
}

// New opens the room.
func New(c Config) *Room {
	return &Room{
		db: c.DB, publicURL: c.PublicURL, version: c.Version, names: c.Names,
		asks:  web.NewLimiter(asksPerMinute, time.Minute, asksAtOnce, keysRemembered, c.Clock),
		tries: web.NewLimiter(wrongPerMinute, time.Minute, wrongOnce, keysRemembered, c.Clock),
	}
}

// Routes lists what the room answers.
func (r *Room) Routes() []web.Route {
	const links = "/d/{slug}/reglages/liaisons"
	list := []web.Route{
		{Method: "GET", Path: links, Right: right.LinkManage, Do: r.list},
		{Method: "GET", Path: links + "/nouvelle", Right: right.LinkManage, Do: r.fresh},
		{Method: "POST", Path: links + "/nouvelle", Right: right.LinkManage, Do: r.make},
		{Method: "POST", Path: links + "/{liaison}/revoquer", Right: right.LinkManage, Do: r.revoke},

		{Method: "GET", Path: base + "/", Right: right.Public, Do: r.guide},
		{Method: "GET", Path: base + "/openapi.json", Right: right.Public, Do: r.document},
	}
	for _, o := range operations() {
		list = append(list, o.route(r))
	}
	return list
}

func itoa(n int) string { return strconv.Itoa(n) }

// document answers with the OpenAPI document.
func (r *Room) document(c *web.Ctx) error {
	return c.JSON(http.StatusOK, openAPI(r.publicURL, r.version))
}

// sees tells whether the link of a request may ask about a box.
func sees(c *web.Ctx) func(box string) bool {
	return func(box string) bool { _, ok := c.Place(box); return ok }
}

// references answers with what a sheet is filled with.
func (r *Room) references(c *web.Ctx) error {
	out := References{Company: c.Access.Name, Boxes: []BoxRef{}, Categories: []CategoryRef{}, Methods: []MethodRef{}}
	err := r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		for _, place := range c.Places {
			box, err := boxOf(q, place.ID, sees(c), "")
			if err != nil {
				return err
			}
			out.Boxes = append(out.Boxes, BoxRef{ID: box.ID, Name: box.Name, Location: place.LocationName, FirstDay: box.FirstDay})
		}
		categories, err := catalog.List(q)
		if err != nil {
			return err
		}
		for _, x := range categories {
			if x.Active {
				out.Categories = append(out.Categories, CategoryRef{ID: x.ID, Label: x.Label, Rate: int(x.Rate)})
			}
		}
		methods, err := tender.List(q)
		for _, m := range tender.Active(methods) {
			out.Methods = append(out.Methods, MethodRef{ID: m.ID, Label: m.Label, Kind: string(m.Kind), Held: m.Held()})
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, out)
}

// send receives a sheet.
func (r *Room) send(c *web.Ctx) error {
	var in SheetIn
	if err := decode(c.Body(), &in); err != nil {
		return err
	}
	key := c.R.Header.Get("Idempotency-Key")
	if key == "" {
		key = in.ID
	} else if in.ID != "" && in.ID != key {
		return fault.New(fault.Invalid, "Corrigez les champs signalés\u00a0: rien n’a été enregistré.").Field("/id", "L’en-tête Idempotency-Key dit autre chose. Donnez l’un ou l’autre.")
	}
	var page daysheet.Page
	var again bool
	err := r.db.Write(c.Context(), c.Company(), func(tx *db.Tx) (err error) {
		page, again, err = Send(tx, Sender{ID: c.UserID, Rights: slices.Clone(c.Rights), Sees: sees(c)}, key, in)
		return err
	})
	if err != nil {
		return err
	}
	out, err := sheetOf(page, r.pageOf(c, page))
	if err != nil {
		return err
	}
	c.W.Header().Set("Location", base+"/daysheets/"+page.Box.ID+"/"+string(page.On))
	if again {
		return c.JSON(http.StatusOK, out)
	}
	return c.JSON(http.StatusCreated, out)
}

// asked reads the day of the address.
func (r *Room) asked(c *web.Ctx) (p daysheet.Page, err error) {
	on, err := day.Parse(c.Path("date"))
	if err != nil {
		return p, fault.New(fault.NotFound, "Cette date n’existe pas. Une date s’écrit AAAA-MM-JJ, par exemple 2026-11-20.")
	}
	err = r.db.Read(c.Context(), c.Company(), func(q *db.Snapshot) error {
		box, err := boxOf(q, c.Path("box"), sees(c), "")
		if err == nil {
			p, err = daysheet.Load(q, box.ID, on)
		}
		return err
	})
	return p, err
}

func (r *Room) sheet(c *web.Ctx) error {
	p, err := r.asked(c)
	if err != nil {
		return err
	}
	out, err := sheetOf(p, r.pageOf(c, p))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, out)
}

func (r *Room) state(c *web.Ctx) error {
	p, err := r.asked(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, stateOf(p, r.pageOf(c, p)))
}

// pageOf is the address of the page of a day.
func (r *Room) pageOf(c *web.Ctx, p daysheet.Page) string {
	return strings.TrimSuffix(r.publicURL, "/") + c.URL("journees", p.Box.ID, string(p.On))
}
