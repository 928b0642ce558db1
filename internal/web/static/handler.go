package static

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Server serves the embedded files and the script modules the rooms bring.
type Server struct {
	own     *library
	modules map[string]*Asset // by address
}

// NewServer takes the script modules (files *.js at their root) of other packages beside our own. Two modules of one name are
// an error: one would hide the other.
func NewServer(modules ...fs.FS) (*Server, error) {
	s := &Server{own: built(), modules: map[string]*Asset{}}
	for _, from := range modules {
		names, err := fs.Glob(from, "*.js")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			body, err := fs.ReadFile(from, name)
			if err != nil {
				return nil, fmt.Errorf("static: %w", err)
			}
			asset := module(name, body)
			if s.find(asset.URL) != nil {
				return nil, fmt.Errorf("static: two scripts are named %s", name)
			}
			s.modules[asset.URL] = asset
		}
	}
	return s, nil
}

func (s *Server) find(url string) *Asset {
	if asset := s.own.byURL[url]; asset != nil {
		return asset
	}
	return s.modules[url]
}

// Serve answers with the file at an address, and tells whether there is one. A browser that holds the present version gets 304.
func (s *Server) Serve(w http.ResponseWriter, r *http.Request, url string) bool {
	if url == "/favicon.ico" {
		url = s.own.byName["icone-32.png"].URL
	}
	asset := s.find(url)
	if asset == nil {
		return false
	}
	header := w.Header()
	header.Set("Content-Type", asset.Type)
	header.Set("ETag", asset.ETag)
	header.Set("Cache-Control", caching(url))
	body := asset.Body
	if asset.Gzip != nil {
		header.Add("Vary", "Accept-Encoding")
		if AcceptsGzip(r) && r.Header.Get("Range") == "" {
			header.Set("Content-Encoding", "gzip")
			body = asset.Gzip()
			header.Set("Content-Length", strconv.Itoa(len(body)))
		}
	}
	http.ServeContent(w, r, path.Base(url), time.Time{}, bytes.NewReader(body))
	return true
}

// caching tells how long an address may be kept: for ever when its content can never change, else checked each time.
func caching(url string) string {
	if strings.HasPrefix(url, "/static/js/") {
		return "public, no-cache"
	}
	return "public, max-age=31536000, immutable"
}

// AcceptsGzip tells whether the client reads gzip: it names it, or any coding, with a weight above zero.
func AcceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, weight, weighted := strings.Cut(part, ";")
		coding = strings.TrimSpace(coding)
		if coding != "gzip" && coding != "*" {
			continue
		}
		return !weighted || strings.Trim(strings.TrimPrefix(strings.TrimSpace(weight), "q="), "0.") != ""
	}
	return false
}
