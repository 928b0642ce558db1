package act

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
)

// Line is a line of the activity log (journal d’activité): who did what, when, from where. It holds no personal data but the identifier of
// the person and their network address, which is forgotten after OriginKept.
type Line struct {
	ID      string
	At      time.Time
	By      string // user or link
	Kind    string // a word that groups lines: journees, caisses, connexion…
	Label   string // what was done, in French
	Subject string // address of what it is about, under that of the company; "" for none
	From    string // network address, "" once forgotten
}

// OriginKept is how long the network addresses are kept.
const OriginKept = 365 * 24 * time.Hour

// Author is who asks for something, with the line it leaves. It travels in the context of the request: the line is written in the
// transaction of the act itself, so that one is kept if and only if the other is.
type Author struct {
	Line   Line
	noted  atomic.Bool
	stated atomic.Bool // something was stated for the first time
	again  atomic.Bool // something was stated before
}

type authorKey struct{}

// With gives a context in which acts are those of an author.
func With(ctx context.Context, a *Author) context.Context {
	return context.WithValue(ctx, authorKey{}, a)
}

// authorOf is the author of a transaction, nil when it has none.
func authorOf(tx *db.Tx) *Author {
	a, _ := tx.Context().Value(authorKey{}).(*Author)
	return a
}

// Leave writes the line of the author of an act, if it has one. The house has every transaction end with it. A request that writes twice
// leaves one line; one sent again, whose facts all stand already, leaves none.
func Leave(tx *db.Tx) error {
	a := authorOf(tx)
	if a == nil || tx.Company() == "" {
		return nil
	}
	a.noted.Store(true)
	if a.again.Load() && !a.stated.Load() {
		return nil
	}
	return Note(tx, a.Line)
}

// Noted tells whether an act of the author ended with its line; one that wrote nothing in the company, an export, still has to leave it.
func (a *Author) Noted() bool { return a.noted.Load() }

// origins are the origins known to be in the store.
var origins sync.Map

// Settle remembers that the line of an author is kept.
func (a *Author) Settle(company string) {
	origins.Store(originOf(company, a.Line.From, a.Line.At), true)
}

// originOf is the identifier of an address in a company for a month.
func originOf(company, from string, at time.Time) string {
	return id.Derive(company + "\n" + from + "\n" + at.UTC().Format("2006-01"))
}

// Note writes a line. The same line twice is one.
func Note(tx *db.Tx, l Line) error {
	if l.At.IsZero() {
		l.At = tx.Now()
	}
	origin := ""
	if l.From != "" {
		origin = originOf(tx.Company(), l.From, l.At)
		if _, known := origins.Load(origin); !known {
			if err := insertOrigin(tx, origin, l.From); err != nil {
				return err
			}
		}
	}
	insertLine(tx, l, locale.Fold(l.Label+" "+l.Subject), origin)
	return nil
}
