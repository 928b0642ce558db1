package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/web/ui"
)

// Ctx is one request being answered: who asks, in which company, and the ways to answer.
type Ctx struct {
	W http.ResponseWriter
	R *http.Request
	Identity
	Access

	site  *Site
	flash *ui.Flash
	route Route
	body  []byte // of a request of another program
	bare  bool   // frame without navigation: what makes it may be what failed
}

// Company is the id of the company the page belongs to, "" outside of any.
func (c *Ctx) Company() string { return c.CompanyID }

// Context ends when the visitor leaves or the time allowed is over.
func (c *Ctx) Context() context.Context { return c.R.Context() }

// Route is the route that answers, as CheckRoutes knows it: GET /d/{slug}/journees/{mois}.
func (c *Ctx) Route() Route { return c.route }

// Path is a part of the address by its name in the route.
func (c *Ctx) Path(name string) string { return c.R.PathValue(name) }

// Query is a parameter of the address.
func (c *Ctx) Query(name string) string { return c.R.URL.Query().Get(name) }

// Now is the present instant.
func (c *Ctx) Now() time.Time { return c.site.clock.Now() }

// Zone is the time zone of the company.
func (c *Ctx) Zone() *time.Location {
	if c.Access.Zone == nil {
		return time.UTC
	}
	return c.Access.Zone
}

// Today is the business day it is now in the company.
func (c *Ctx) Today() day.Day { return day.At(c.Now(), c.Zone(), c.Cutoff) }

// URL makes an address of the company from its parts: c.URL("journees", "2026-11") is /d/slug/journees/2026-11, c.URL() is
// its home page. Outside of a company it begins at the root.
func (c *Ctx) URL(parts ...string) string {
	var b strings.Builder
	if c.Slug != "" {
		b.WriteString("/d/" + url.PathEscape(c.Slug))
	}
	for _, part := range parts {
		b.WriteString("/" + url.PathEscape(part))
	}
	if len(parts) == 0 {
		b.WriteString("/")
	}
	return b.String()
}

// WithQuery is an address with parameters, given by name and value.
func WithQuery(path string, pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + v.Encode()
}

// wantsJSON tells whether the answer is for a script rather than for a person.
func wantsJSON(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}
