package web

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"encaisse/internal/web/ui"
)

// The names of our cookies. With HTTPS they take the prefix __Host-: a browser then accepts them from this very host only.
const (
	sessionCookie = "encaisse"
	flashCookie   = "encaisse-mot"
	themeCookie   = "encaisse-theme"
	hostPrefix    = "__Host-"
	flashLimit    = 300 // characters
)

// SessionToken is the secret of the session a request carries, "" for none. Gate.Identify reads it here.
func SessionToken(r *http.Request) string { return cookieValue(r, sessionCookie) }

// SetSession gives the visitor the secret of a session, kept until an instant; the zero instant keeps it until the browser closes.
func (c *Ctx) SetSession(token string, until time.Time) {
	cookie := c.cookie(sessionCookie, token)
	if !until.IsZero() {
		cookie.Expires, cookie.MaxAge = until, max(1, int(until.Sub(c.Now())/time.Second))
	}
	http.SetCookie(c.W, cookie)
}

// ClearSession takes the secret back. What scripts keep on the device (drafts not sent) stays.
func (c *Ctx) ClearSession() { c.drop(sessionCookie) }

// Flash keeps a word for the next page, or for the one being answered.
func (c *Ctx) Flash(tone ui.Tone, text string) {
	if utf8.RuneCountInString(text) > flashLimit {
		text = string([]rune(text)[:flashLimit-1]) + "…"
	}
	c.flash = &ui.Flash{Tone: tone, Text: text}
}

// keepFlash puts the word in a cookie that lasts a minute: long enough to reach the next page.
func (c *Ctx) keepFlash() {
	if c.flash == nil {
		return
	}
	cookie := c.cookie(flashCookie, string(c.flash.Tone)+"."+base64.RawURLEncoding.EncodeToString([]byte(c.flash.Text)))
	cookie.MaxAge = 60
	http.SetCookie(c.W, cookie)
}

// takeFlash is the word to show now, shown once.
func (c *Ctx) takeFlash() *ui.Flash {
	if c.flash != nil {
		return c.flash
	}
	value := cookieValue(c.R, flashCookie)
	if value == "" {
		return nil
	}
	c.drop(flashCookie)
	c.flash = parseFlash(value)
	return c.flash
}

// parseFlash reads the cookie of a word. Anybody can write a cookie in their own browser: only known tones and short texts pass,
// and the page escapes the text.
func parseFlash(value string) *ui.Flash {
	tone, coded, _ := strings.Cut(value, ".")
	text, err := base64.RawURLEncoding.DecodeString(coded)
	if err != nil || !utf8.Valid(text) || len(text) == 0 || utf8.RuneCount(text) > flashLimit {
		return nil
	}
	switch t := ui.Tone(tone); t {
	case ui.OK, ui.Warn, ui.Error, ui.Info:
		return &ui.Flash{Tone: t, Text: string(text)}
	}
	return nil
}

func (c *Ctx) cookie(name, value string) *http.Cookie {
	return &http.Cookie{Name: c.site.cookieName(name), Value: value, Path: "/", Secure: c.site.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode}
}

func (c *Ctx) drop(name string) {
	cookie := c.cookie(name, "")
	cookie.MaxAge = -1
	http.SetCookie(c.W, cookie)
}

func (s *Site) cookieName(name string) string {
	if s.secure {
		return hostPrefix + name
	}
	return name
}

// cookieValue reads one of our cookies. Over HTTPS only the prefixed one counts: a neighbour host could have set the other.
func cookieValue(r *http.Request, name string) string {
	if exchangeOf(r).secure {
		name = hostPrefix + name
	}
	cookie, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}
