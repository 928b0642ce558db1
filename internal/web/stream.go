package web

import (
	"io"
	"mime"
	"net/http"
	"strconv"
)

// Stream answers with a file to keep of a known size, without holding it.
func (c *Ctx) Stream(name, mediaType string, size int64, from io.Reader) error {
	header := c.W.Header()
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	header.Set("Content-Type", mediaType)
	header.Set("Content-Length", strconv.FormatInt(size, 10))
	c.W.WriteHeader(http.StatusOK)
	if c.R.Method == http.MethodHead {
		return nil
	}
	if _, err := io.Copy(c.W, from); err != nil {
		c.note(err) // the visitor left: nothing more can be said to them
	}
	return nil
}
