package web

import (
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"encaisse/internal/web/static"
)

// worthwhile is the size under which compressing gains nothing.
const worthwhile = 1024

// A fast level: pages are made for one visitor once. They hold no secret beside what a stranger could make them repeat (no
// token against forgery is in them), so compressing them over HTTPS tells nothing.
var compressors = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, 4)
	if err != nil {
		panic(err)
	}
	return w
}}

// compressor compresses the text a room answers with when the client reads gzip and its length, known, is worth it.
type compressor struct {
	http.ResponseWriter
	request *http.Request
	gzip    *gzip.Writer
	begun   bool
}

// Unwrap lets http.ResponseController reach the connection.
func (c *compressor) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (c *compressor) WriteHeader(status int) {
	if !c.begun && status >= 200 {
		c.begun = true
		if c.wanted(status) {
			c.Header().Set("Content-Encoding", "gzip")
			c.Header().Del("Content-Length")
			c.gzip = compressors.Get().(*gzip.Writer)
			c.gzip.Reset(c.ResponseWriter)
		}
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *compressor) wanted(status int) bool {
	header := c.Header()
	if header.Get("Content-Encoding") != "" || !compressible(header.Get("Content-Type")) || status == http.StatusNoContent || status == http.StatusNotModified {
		return false
	}
	header.Add("Vary", "Accept-Encoding")
	length, err := strconv.Atoi(header.Get("Content-Length"))
	return err == nil && length >= worthwhile && c.request.Method != http.MethodHead && header.Get("Content-Range") == "" && static.AcceptsGzip(c.request)
}

func (c *compressor) Write(body []byte) (int, error) {
	if !c.begun {
		c.WriteHeader(http.StatusOK)
	}
	if c.gzip != nil {
		return c.gzip.Write(body)
	}
	return c.ResponseWriter.Write(body)
}

// close sends what is left. A client that left cannot be told.
func (c *compressor) close() {
	if c.gzip == nil {
		return
	}
	_ = c.gzip.Close()
	compressors.Put(c.gzip)
	c.gzip = nil
}

func compressible(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, ";")
	return strings.HasPrefix(kind, "text/") || kind == "application/json" || kind == "application/xml" || kind == "image/svg+xml"
}
