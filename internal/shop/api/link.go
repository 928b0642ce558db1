package api

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"encaisse/internal/base/fault"
	"encaisse/internal/base/right"
)

// Link is a link with another program.
type Link struct {
	ID        string
	Name      string
	Hint      string // the first characters of its token, to tell it from others
	Rights    right.Set
	Boxes     []string // cash boxes it is kept to; nil is all of them
	By        string
	CreatedAt time.Time
	UsedAt    time.Time // zero until it is used
	UsedFrom  string    // network address it was last used from
	RevokedAt time.Time // zero while it holds
	RevokedBy string
}

// Revoked tells whether the link was ended.
func (l Link) Revoked() bool { return !l.RevokedAt.IsZero() }

// Grantable are the rights a link may hold, in the order of the page.
func Grantable() right.Set {
	return right.Set{right.DaysheetView, right.DaysheetEnter, right.DaysheetValidate, right.DaysheetForce}
}

const longestName = 60

// check finds everything wrong with a new link; held is what its maker holds: nobody gives more than they have.
func (l Link) check(held right.Set) error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if n := utf8.RuneCountInString(l.Name); n == 0 || n > longestName {
		f.Field("nom", "Donnez un nom, par exemple celui du logiciel de caisse\u00a0: 60 caractères au plus.")
	}
	if len(l.Rights) == 0 {
		f.Field("droits", "Cochez au moins un droit.")
	}
	for _, r := range l.Rights {
		if !slices.Contains(Grantable(), r) || !held.Has(r) {
			f.Field("droits", "Vous ne pouvez donner que des droits que vous avez.")
		}
	}
	if l.Boxes != nil && len(l.Boxes) == 0 {
		f.Field("caisses", "Cochez au moins une caisse, ou laissez l’accès à toutes.")
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

// sees tells whether the link may ask about a cash box.
func (l Link) sees(box string) bool { return l.Boxes == nil || slices.Contains(l.Boxes, box) }

func joinRights(set right.Set) string {
	names := make([]string, len(set))
	for i, r := range set {
		names[i] = string(r)
	}
	return strings.Join(names, " ")
}

// parseRights reads a column of rights; one that links no longer hold gives nothing.
func parseRights(text string) (set right.Set) {
	for _, name := range strings.Fields(text) {
		if r := right.Right(name); slices.Contains(Grantable(), r) {
			set = append(set, r)
		}
	}
	return set
}
