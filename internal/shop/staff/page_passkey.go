package staff

import (
	"time"

	"encaisse/internal/web/ui"
)

// KeysPage is the passkeys of who reads it. Here tells whether they serve at the address in use; Elsewhere is one where they do.
type KeysPage struct {
	Frame     ui.Frame
	Keys      []Passkey
	Zone      *time.Location
	Here      bool
	Elsewhere string
	Several   bool   // the program has several names, and each key serves at one
	Full      bool   // no more may be added
	Name      string // proposed for the next one
}

// NewKeyPage has the browser make a passkey. Options is what it is asked, in JSON.
type NewKeyPage struct {
	Frame         ui.Frame
	Name, Options string
}

// KeyOffer is what a page outside says of passkeys: the way in, or the address where they serve, or nothing.
type KeyOffer struct {
	Shown     bool
	Proposed  bool // by the browser itself, under the field of the address; not where a key was just refused
	Elsewhere string
	Return    string
}

func (o KeyOffer) scripts() []string {
	if !o.Shown {
		return nil
	}
	return []string{"cle"}
}
