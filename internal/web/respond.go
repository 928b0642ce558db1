package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
)

// Render answers with a page. It is made whole before the first byte leaves, so that a failure on the way is still a page.
func (c *Ctx) Render(status int, page templ.Component) error {
	buffer := templ.GetBuffer()
	defer templ.ReleaseBuffer(buffer)
	if err := page.Render(c.Context(), buffer); err != nil {
		return fmt.Errorf("render %s: %w", c.route, err)
	}
	return c.write(status, "text/html; charset=utf-8", buffer.Bytes())
}

// See sends the visitor to another page with GET, after an act. A message given to Flash is shown there.
func (c *Ctx) See(address string) error {
	c.keepFlash()
	http.Redirect(c.W, c.R, localPath(address, "/"), http.StatusSeeOther)
	return nil
}

// JSON answers a script.
func (c *Ctx) JSON(status int, v any) error {
	return c.encode(status, "application/json; charset=utf-8", v)
}

func (c *Ctx) encode(status int, mediaType string, v any) error {
	var body bytes.Buffer
	if err := json.NewEncoder(&body).Encode(v); err != nil {
		return fmt.Errorf("answer %s: %w", c.route, err)
	}
	return c.write(status, mediaType, body.Bytes())
}

// Send answers with a file to keep: a PDF, a workbook, an archive.
func (c *Ctx) Send(name, mediaType string, body []byte) error {
	return c.file("attachment", name, mediaType, body)
}

// Show answers with a file to look at in the browser. It cannot run anything there, whatever it holds; the viewer of PDF, which
// runs apart by itself, does not work in a sandbox of ours.
func (c *Ctx) Show(name, mediaType string, body []byte) error {
	policy := "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
	if mediaType != "application/pdf" {
		policy += "; sandbox"
	}
	c.W.Header().Set("Content-Security-Policy", policy)
	return c.file("inline", name, mediaType, body)
}

func (c *Ctx) file(disposition, name, mediaType string, body []byte) error {
	c.W.Header().Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": name}))
	return c.write(http.StatusOK, mediaType, body)
}

func (c *Ctx) write(status int, mediaType string, body []byte) error {
	header := c.W.Header()
	header.Set("Content-Type", mediaType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	c.W.WriteHeader(status)
	if c.R.Method == http.MethodHead {
		return nil
	}
	if _, err := c.W.Write(body); err != nil {
		c.note(err) // the visitor left: nothing more can be said to them
	}
	return nil
}
