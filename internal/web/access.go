package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"encaisse/internal/base/right"
)

// Gate knows people and what they may enter.
type Gate interface {
	// Identify tells who sends a request, by its session (see SessionToken). The zero Identity is nobody; an error is a failure
	// of the store, not a wrong session.
	Identify(r *http.Request) (Identity, error)
	// Enter opens a company to somebody. A company that does not exist and one that is not theirs are the same fault.NotFound.
	Enter(ctx context.Context, who Identity, slug string) (Access, error)
}

// Identity is who is signed in.
type Identity struct {
	UserID, Name, Email, SessionID string
}

// Known tells whether somebody is signed in.
func (i Identity) Known() bool { return i.UserID != "" }

// Access is what somebody may see and do in a company.
type Access struct {
	CompanyID, Slug, Name string
	Rights                right.Set
	Locations             []string       // locations the person is kept to; nil is all of them
	Places                []Place        // the cash boxes within them, in the order of the company
	Features              []string       // optional parts the company switched on
	Zone                  *time.Location // time zone of the company; nil is UTC
	Cutoff                int            // hour the business day changes
	ManyCompanies         bool           // the person may work in others: the frame offers to change
	Through               bool           // the person comes through their accounting firm
	View                  View           // whose eyes the person looks with; the zero View is their own
}

// View is a company seen as somebody of the shop sees it, to help them: the rights are theirs, kept to those the person holds, and nothing is
// written.
type View struct {
	Role  string    // name of the role, "" for one’s own eyes
	Until time.Time // it ends by itself
}

// Looking tells whether somebody looks with other eyes than their own.
func (a Access) Looking() bool { return a.View.Role != "" }

// Place is a cash box somebody may see, with its location.
type Place struct {
	ID, Name     string
	LocationID   string
	LocationName string
}

// Can tells whether the person holds a right.
func (a Access) Can(r right.Right) bool { return a.Rights.Has(r) }

// Has tells whether an optional part is switched on.
func (a Access) Has(feature string) bool { return slices.Contains(a.Features, feature) }

// Sees tells whether the person may see a location.
func (a Access) Sees(location string) bool {
	return a.Locations == nil || slices.Contains(a.Locations, location)
}

// Place finds a cash box among those the person may see.
func (a Access) Place(id string) (Place, bool) {
	for _, p := range a.Places {
		if p.ID == id {
			return p, true
		}
	}
	return Place{}, false
}
