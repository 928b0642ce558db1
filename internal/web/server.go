package web

import (
	"errors"
	"io"
	"log"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// Patience is how long the server waits for each thing. A client that does nothing for Read or Write is cut.
type Patience struct {
	Header time.Duration // for the head of a request
	Read   time.Duration // for a body; for an upload, for each 64 KB of it
	Write  time.Duration // for the client to take each piece of an answer
	Idle   time.Duration // between two requests of a connection
	Answer time.Duration // for the program to make an answer
}

// DefaultPatience cuts a slow client within 10 s.
var DefaultPatience = Patience{Header: 5 * time.Second, Read: 9 * time.Second, Write: 9 * time.Second, Idle: 60 * time.Second, Answer: 60 * time.Second}

func (p Patience) orDefault() Patience {
	if p == (Patience{}) {
		return DefaultPatience
	}
	return p
}

// Server is the HTTP server of the site on an address.
func (s *Site) Server(address string) *http.Server {
	return &http.Server{
		Addr: address, Handler: s,
		ReadHeaderTimeout: s.patience.Header, ReadTimeout: s.patience.Read, WriteTimeout: s.patience.Read + s.patience.Write, IdleTimeout: s.patience.Idle,
		MaxHeaderBytes: 32 << 10,
		ErrorLog:       log.New(connectionLog{s.log}, "", 0),
	}
}

// connectionLog keeps of what the HTTP server complains about only what concerns the machine: lines about one client name its
// address.
type connectionLog struct{ log *slog.Logger }

func (l connectionLog) Write(line []byte) (int, error) {
	if text := string(line); strings.Contains(text, "Accept error") {
		l.log.Warn("http server", "message", strings.TrimSpace(text))
	}
	return len(line), nil
}

// patientBody gives an upload more time as long as it makes progress.
type patientBody struct {
	io.ReadCloser
	control  *http.ResponseController
	patience time.Duration
	due      int // bytes still to come before the time limit moves
}

const progress = 64 << 10

func (b *patientBody) Read(p []byte) (int, error) {
	if b.due <= 0 {
		b.due += progress
		if err := ignoreUnsupported(b.control.SetReadDeadline(time.Now().Add(b.patience))); err != nil {
			return 0, err
		}
		// the time to answer counts from the end of the body
		if err := ignoreUnsupported(b.control.SetWriteDeadline(time.Time{})); err != nil {
			return 0, err
		}
	}
	n, err := b.ReadCloser.Read(p)
	b.due -= n
	return n, err
}

// ignoreUnsupported forgives a connection without time limits: a test's recorder.
func ignoreUnsupported(err error) error {
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}
