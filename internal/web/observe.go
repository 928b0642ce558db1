package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"time"
)

// Observation is one request answered, for metrics: no path, no address, nobody's name.
type Observation struct {
	Method   string
	Route    string // "GET /d/{slug}/journees/{mois}", "static", "none"
	Status   int
	Duration time.Duration
	Bytes    int64
}

// exchange is what is remembered of a request while it is answered.
type exchange struct {
	reference string // what a visitor can quote and the log repeats
	route     string
	company   string
	client    string // network address of the visitor
	secure    bool
	quiet     bool
	meter     *meter
}

// begun tells whether the answer already leaves.
func (x *exchange) begun() bool { return x.meter != nil && x.meter.status != 0 }

type exchangeKey struct{}

func exchangeOf(r *http.Request) *exchange {
	if x, ok := r.Context().Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{}
}

// Reference is the number of the request, as the log has it.
func (c *Ctx) Reference() string { return exchangeOf(c.R).reference }

// note writes in the log what went wrong without stopping anything.
func (c *Ctx) note(err error) {
	c.site.log.Debug("answer cut", "request", c.Reference(), "error", err)
}

// ServeHTTP answers a request: numbered, measured, written in the log, and with a page even for a panic.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	meter := &meter{ResponseWriter: w, control: http.NewResponseController(w), patience: s.patience.Write}
	x := &exchange{reference: rand.Text()[:10], route: "none", secure: s.secure, meter: meter}
	r = r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x))
	s.secureHeaders(w.Header())
	w.Header().Set("X-Request-Id", x.reference)
	defer func() { s.record(r, x, meter, time.Since(start)) }()
	s.guard(meter, r)
}

// guard turns a panic into the page of a failure; when the answer had begun, the connection is cut so that nobody takes half
// a page for a whole one.
func (s *Site) guard(meter *meter, r *http.Request) {
	out := &compressor{ResponseWriter: meter, request: r}
	defer func() {
		cause := recover()
		if cause == nil {
			out.close()
			return
		}
		if cause == http.ErrAbortHandler {
			panic(cause)
		}
		s.log.Error("panic", "request", exchangeOf(r).reference, "route", exchangeOf(r).route, "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
		if meter.status != 0 {
			panic(http.ErrAbortHandler)
		}
		clear(meter.Header())
		s.secureHeaders(meter.Header())
		meter.Header().Set("X-Request-Id", exchangeOf(r).reference)
		s.failure(&Ctx{W: meter, R: r, site: s})
	}()
	s.dispatch(out, r)
}

func (s *Site) record(r *http.Request, x *exchange, m *meter, took time.Duration) {
	status := m.status
	if status == 0 {
		status = http.StatusOK
	}
	if errors.Is(r.Context().Err(), context.Canceled) && m.status == 0 {
		status = statusLeft
	}
	method := r.Method
	if !slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}, method) {
		method = "OTHER"
	}
	if s.observe != nil {
		s.observe(Observation{Method: method, Route: x.route, Status: status, Duration: took, Bytes: m.bytes})
	}
	if x.quiet && status < 400 {
		return
	}
	s.log.LogAttrs(context.WithoutCancel(r.Context()), slog.LevelInfo, "request",
		slog.String("request", x.reference), slog.String("method", method), slog.String("route", x.route), slog.Int("status", status),
		slog.Duration("took", took), slog.Int64("bytes", m.bytes), slog.String("company", x.company))
}

// statusLeft marks in the log a visitor who left before the answer.
const statusLeft = 499

// meter counts what leaves and cuts a client that does not take it.
type meter struct {
	http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
	status   int
	bytes    int64
}

// Unwrap lets http.ResponseController reach the connection.
func (m *meter) Unwrap() http.ResponseWriter { return m.ResponseWriter }

func (m *meter) WriteHeader(status int) {
	if m.status == 0 && status >= 200 {
		m.status = status
	}
	m.allow()
	m.ResponseWriter.WriteHeader(status)
}

// Write hands the answer over piece by piece, each within the patience.
func (m *meter) Write(body []byte) (int, error) {
	if m.status == 0 {
		m.status = http.StatusOK
	}
	written := 0
	for piece := range slices.Chunk(body, progress) {
		m.allow()
		n, err := m.ResponseWriter.Write(piece)
		written += n
		m.bytes += int64(n)
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// allow starts the wait anew. A connection that cannot be timed is one already lost: the write itself will say so.
func (m *meter) allow() { _ = m.control.SetWriteDeadline(time.Now().Add(m.patience)) }
