// Package visit asks the pages of a room through HTTP, as somebody who holds some rights in a company, without sign-in.
package visit

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/right"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// Prefix begins the address of every page of the company.
const Prefix = "/d/essais"

// Visitor is somebody in a company.
type Visitor struct {
	Access web.Access
	server *httptest.Server
}

// Answer is what came back.
type Answer struct {
	Status   int
	Location string // where it leads
	Type     string
	Body     string
}

// As serves routes to a visitor of a company who holds every right, or those given.
func As(t *testing.T, companyID string, routes []web.Route, rights ...right.Right) *Visitor {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	if len(rights) == 0 {
		for _, label := range right.All() {
			rights = append(rights, label.Right)
		}
	}
	v := &Visitor{Access: web.Access{CompanyID: companyID, Slug: "essais", Name: "Épicerie des Essais", Rights: rights, Zone: zone}}
	site, err := web.New(web.Config{Gate: gate{v}, Routes: routes, Clock: clock.At(dbtest.Morning)})
	if err != nil {
		t.Fatal(err)
	}
	v.server = httptest.NewServer(site)
	t.Cleanup(v.server.Close)
	return v
}

type gate struct{ visitor *Visitor }

func (gate) Identify(*http.Request) (web.Identity, error) {
	return web.Identity{UserID: "u1", Name: "Samira Benali", Email: "samira@example.fr", SessionID: "s1"}, nil
}

func (g gate) Enter(context.Context, web.Identity, string) (web.Access, error) {
	return g.visitor.Access, nil
}

// Get asks for a page of the company.
func (v *Visitor) Get(t *testing.T, path string) Answer {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, v.server.URL+Prefix+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return v.send(t, request)
}

// Post sends a form: names and values by turns; a name may come twice.
func (v *Visitor) Post(t *testing.T, path string, fields ...string) Answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	request, err := http.NewRequest(http.MethodPost, v.server.URL+Prefix+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.send(t, request)
}

// Upload sends a file in a field, beside other fields given as names and values.
func (v *Visitor) Upload(t *testing.T, path, field, name string, content []byte, fields ...string) Answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(field, name)
	if err != nil {
		t.Fatal(err)
	}
	part.Write(content) // into memory
	for i := 0; i+1 < len(fields); i += 2 {
		form.WriteField(fields[i], fields[i+1]) // into memory
	}
	form.Close()
	request, err := http.NewRequest(http.MethodPost, v.server.URL+Prefix+path, &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	return v.send(t, request)
}

func (v *Visitor) send(t *testing.T, request *http.Request) Answer {
	t.Helper()
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return Answer{
		Status: answer.StatusCode, Location: strings.TrimPrefix(answer.Header.Get("Location"), Prefix), Type: answer.Header.Get("Content-Type"), Body: string(body),
	}
}

// Is fails the test unless the answer has a status and holds every text.
func (a Answer) Is(t *testing.T, status int, texts ...string) Answer {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d", a.Status, status)
	}
	for _, text := range texts {
		if !strings.Contains(a.Body, text) {
			t.Errorf("the page does not hold %q", text)
		}
	}
	if t.Failed() && len(a.Body) < 20_000 {
		t.Log(a.Body)
	}
	return a
}

// LeadsTo fails the test unless the act was done and the answer sends to a page of the company.
func (a Answer) LeadsTo(t *testing.T, path string) {
	t.Helper()
	if a.Status != http.StatusSeeOther || a.Location != path {
		t.Errorf("status %d to %q, want 303 to %q\n%s", a.Status, a.Location, path, a.Body)
	}
}
