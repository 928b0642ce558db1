package cashbox_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// counter is the room with somebody in front of it.
type counter struct {
	*shop
	t        *testing.T
	site     *web.Site
	rights   right.Set
	sees     []string // locations; nil: all
	followed []followed
	refuse   error // what the sheets answer
}

// followed is a call to make closed sheets follow.
type followed struct {
	box   string
	on    day.Day
	moves map[string]money.Amount
	why   string
}

func newCounter(t *testing.T, d *db.DB) *counter {
	t.Helper()
	c := &counter{shop: newShop(t, d), t: t}
	for _, l := range right.All() {
		c.rights = append(c.rights, l.Right)
	}
	hooks := cashbox.Hooks{
		AfterMovement: func(_ *db.Tx, box string, on day.Day, moves map[string]money.Amount, _, why string) error {
			c.followed = append(c.followed, followed{box, on, moves, why})
			return c.refuse
		},
		Names: func(db.Querier) (map[string]string, error) { return map[string]string{claire: "Claire Dubois"}, nil },
	}
	var err error
	c.site, err = web.New(web.Config{Gate: c, Routes: cashbox.New(d, hooks).Routes(), Modules: []fs.FS{cashbox.Scripts()}, Clock: dbtest.Clock(t, d)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Identify and Enter make the counter its own gate.
func (c *counter) Identify(*http.Request) (web.Identity, error) {
	return web.Identity{UserID: claire, Name: "Claire Dubois", SessionID: "s"}, nil
}

func (c *counter) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return web.Access{CompanyID: c.company, Slug: "marche", Name: "Épicerie du Marché", Rights: c.rights, Locations: c.sees, Features: []string{company.FeatureExpenses}}, nil
}

func (c *counter) without(rights ...right.Right) {
	c.rights = slices.DeleteFunc(slices.Clone(c.rights), func(r right.Right) bool { return slices.Contains(rights, r) })
}

func (c *counter) answer(r *http.Request) (*http.Response, string) {
	c.t.Helper()
	w := httptest.NewRecorder()
	c.site.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return w.Result(), string(body)
}

func (c *counter) get(path string) (*http.Response, string) {
	c.t.Helper()
	return c.answer(httptest.NewRequest("GET", "/d/marche"+path, nil))
}

func (c *counter) post(path string, fields map[string]string) (*http.Response, string) {
	c.t.Helper()
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	r := httptest.NewRequest("POST", "/d/marche"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.answer(r)
}

// send posts the form of a movement with a file.
func (c *counter) send(fields map[string]string, name string, content []byte) (*http.Response, string) {
	c.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	var err error
	for field, value := range fields {
		err = errors.Join(err, form.WriteField(field, value))
	}
	part, failed := form.CreateFormFile("file", name)
	if err = errors.Join(err, failed); err == nil {
		_, err = part.Write(content)
	}
	if err = errors.Join(err, form.Close()); err != nil {
		c.t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/d/marche/caisses/"+c.till.ID+"/operation", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return c.answer(r)
}

// typed is what is typed for a correct expense of 12,00 €.
func (c *counter) typed() map[string]string {
	return map[string]string{"id": id.New(), "kind": "expense", "amount": "10+2", "on": string(today), "method": c.cash, "role": "expense.post", "rate": "2000", "memo": "Timbres"}
}

func (c *counter) wantStatus(r *http.Response, want int) {
	c.t.Helper()
	if r.StatusCode != want {
		c.t.Errorf("status %d, want %d", r.StatusCode, want)
	}
}

// wantWords checks that a page says things, whatever the width of its spaces.
func (c *counter) wantWords(body string, words ...string) {
	c.t.Helper()
	for _, w := range words {
		if !strings.Contains(body, w) {
			c.t.Errorf("the page does not say %q", w)
		}
	}
}
