package firm

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/books/seal"
	"encaisse/internal/paper/mail"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// box is a post office in this process.
type postbox struct {
	mu      sync.Mutex
	letters []mail.Message
}

func (p *postbox) Send(_ context.Context, m mail.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters = append(p.letters, m)
	return nil
}

// office is a firm led by Claire, where Samuel works; Paula leads another firm.
type office struct {
	d                    *db.DB
	people               *staff.Room
	room                 *Room
	post                 *postbox
	firm, other          string
	claire, samuel, paul staff.User
	site                 *httptest.Server
}

type whoever struct{ o *office }

// Identify takes the name in the header for who asks.
func (w whoever) Identify(r *http.Request) (web.Identity, error) {
	for _, u := range []staff.User{w.o.claire, w.o.samuel, w.o.paul} {
		if r.Header.Get("X-Who") == u.Name {
			return web.Identity{UserID: u.ID, Name: u.Name, Email: u.Email, SessionID: "s"}, nil
		}
	}
	return web.Identity{}, nil
}

func (w whoever) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return web.Access{}, nil
}

func newOffice(t testing.TB, d *db.DB) *office {
	t.Helper()
	dbtest.SetClock(t, d, "2026-11-05 09:00")
	key, err := seal.NewMasterKey([]byte("the master key of a test store !"))
	if err != nil {
		t.Fatal(err)
	}
	o := &office{d: d, post: &postbox{}}
	if o.people, err = staff.New(staff.Config{DB: d, Vault: key, Mail: o.post, PublicURL: "https://caisse.test", Log: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	o.room = New(d, o.people)
	o.write(t, "", func(tx *db.Tx) error {
		for name, u := range map[string]*staff.User{"Claire": &o.claire, "Samuel": &o.samuel, "Paula": &o.paul} {
			if *u, err = staff.CreateUser(tx, staff.NewUser{Email: strings.ToLower(name) + "@exemple.fr", Name: name}); err != nil {
				return err
			}
		}
		mine, err := staff.CreateFirm(tx, "Cabinet Arvel", o.claire.ID)
		if err != nil {
			return err
		}
		other, err := staff.CreateFirm(tx, "Cabinet voisin", o.paul.ID)
		o.firm, o.other = mine, other
		if err != nil {
			return err
		}
		return staff.JoinFirm(tx, o.firm, o.samuel.ID, false)
	})
	site, err := web.New(web.Config{Gate: whoever{o}, Routes: o.room.Routes(), Clock: dbtest.Clock(t, d), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	o.site = httptest.NewServer(site)
	t.Cleanup(o.site.Close)
	return o
}

func (o *office) write(t testing.TB, companyID string, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := o.d.Write(context.Background(), companyID, fn); err != nil {
		t.Fatal(err)
	}
}

// client is a company of a firm, with a till followed since Thursday 29 October and a manager.
type client struct {
	company.Ref
	till          cashbox.Box
	grocery, cash string
	manager       staff.User
}

func (o *office) client(t testing.TB, firmID, name string) (c client) {
	t.Helper()
	companyID := id.New()
	o.write(t, companyID, func(tx *db.Tx) (err error) {
		if c.Ref, err = company.Create(tx, name); err != nil {
			return err
		}
		locations, err := company.Locations(tx)
		if err != nil {
			return err
		}
		if c.grocery, err = catalog.Save(tx, "u", catalog.SalesCategory{Label: "Ventes", Rate: 2000, Kind: catalog.Goods, Active: true}); err != nil {
			return err
		}
		if c.cash, err = tender.Save(tx, "u", tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true}); err != nil {
			return err
		}
		if c.till, err = cashbox.Create(tx, cashbox.Box{Location: locations[0].ID, Name: "Caisse 1", FirstDay: "2026-10-29"}); err != nil {
			return err
		}
		if c.manager, err = staff.CreateUser(tx, staff.NewUser{Email: c.Slug + "@exemple.fr", Name: "Gérant de " + name}); err != nil {
			return err
		}
		if err := staff.Join(tx, companyID, c.manager.ID, staff.Manager, nil); err != nil {
			return err
		}
		if firmID == "" {
			return nil
		}
		return staff.GiveToFirm(tx, firmID, "u")
	})
	return c
}

// close closes days of a client, 12,00 € in cash each. What the first counts is in the drawer on the next.
func (o *office) close(t testing.TB, c client, days ...int) {
	t.Helper()
	for i, n := range days {
		on := company.Defaults().Today(o.d.Now()).Month().Add(-1).First().Add(n - 1)
		o.write(t, c.ID, func(tx *db.Tx) error {
			_, err := daysheet.Close(tx, daysheet.Request{Key: id.New(), Box: c.till.ID, On: on, By: c.manager.ID, Fields: map[string]string{
				daysheet.FieldSale + c.grocery: "12,00", daysheet.FieldTaken + c.cash: "12,00", daysheet.FieldCounted + c.cash: fmt.Sprintf("%d,00", 12*(i+1))}})
			return err
		})
	}
}

// ask asks for a page, or posts fields when there are some.
func (o *office) ask(t testing.TB, who, path string, fields url.Values) (status int, body string) {
	t.Helper()
	method, content := http.MethodGet, io.Reader(nil)
	if fields != nil {
		method, content = http.MethodPost, strings.NewReader(fields.Encode())
	}
	request, err := http.NewRequest(method, o.site.URL+path, content)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Who", who)
	if fields != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// deliver runs the letters that wait, and gives all that left.
func (o *office) deliver(t testing.TB) []mail.Message {
	t.Helper()
	runner := job.Runner{DB: o.d, Handlers: map[string]job.Handler{staff.MailJob: o.people.SendMail}, Log: slog.New(slog.DiscardHandler)}
	if err := runner.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	return o.post.letters
}
