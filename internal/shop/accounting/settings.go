package accounting

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/seal"
)

// Settings are how a company hands its entries over.
type Settings struct {
	Format        string // of the layouts
	AccountLength int    // accounts are brought to it with zeros; 3 leaves them as they are
	Default       Journal
	Opening       Journal
	ByBox         map[string]Journal // of the boxes that have a journal of their own
}

// Journal is a journal of the accounting program.
type Journal struct{ Code, Label string }

// The places that are no box.
const (
	placeDefault = ""
	placeOpening = "*"
)

// Defaults are the settings of a company that chose nothing.
func Defaults() Settings {
	return Settings{Format: FormatFEC, AccountLength: 3, Default: Journal{"CA", "Caisse"}, Opening: Journal{"OUV", "Balance initiale"}, ByBox: map[string]Journal{}}
}

// Of is the journal of a place.
func (s Settings) Of(place string) Journal {
	if j, ok := s.ByBox[place]; ok {
		return j
	}
	return s.Default
}

var journalCode = regexp.MustCompile(`^[A-Z0-9]{1,6}$`)

// check refuses what no accounting program takes. The names of the fields are those of the page.
func (s Settings) check() error {
	f := fault.New(fault.Invalid, "Corrigez les champs signalés.")
	if _, known := LayoutOf(s.Format); !known {
		f.Field("format", "Choisissez un format de la liste.")
	}
	if s.AccountLength < 3 || s.AccountLength > 12 {
		f.Field("longueur", "Un compte a de 3 à 12 caractères.")
	}
	check := func(place string, j Journal) {
		most := longestCode(s.Format)
		if place == placeOpening {
			most = longestCode(FormatFEC)
		}
		if !journalCode.MatchString(j.Code) || len(j.Code) > most {
			f.Field(codeField(place), fmt.Sprintf("Un code de journal a de 1 à %d lettres et chiffres dans ce format, par exemple CA.", most))
		}
		if n := utf8.RuneCountInString(j.Label); n == 0 || n > 60 {
			f.Field(labelField(place), "Donnez au journal un intitulé de 1 à 60 caractères.")
		}
	}
	check(placeDefault, s.Default)
	check(placeOpening, s.Opening)
	for place, j := range s.ByBox {
		check(place, j)
	}
	if len(f.Fields) > 0 {
		return f
	}
	return nil
}

// longestCode is how long the code of a journal may be in a format.
func longestCode(format string) int {
	switch format {
	case FormatXImport:
		return 2
	case FormatQuadra:
		return 3
	}
	return 6
}

func codeField(place string) string { return "code-" + fieldOf(place) }

func labelField(place string) string { return "intitule-" + fieldOf(place) }

func fieldOf(place string) string {
	switch place {
	case placeDefault:
		return "commun"
	case placeOpening:
		return "ouverture"
	}
	return place
}

// Save keeps the settings. Fault Invalid.
func Save(tx *db.Tx, by string, s Settings) error {
	for place, j := range s.ByBox {
		if j.Code == "" && j.Label == "" {
			delete(s.ByBox, place)
		}
	}
	if err := s.check(); err != nil {
		return err
	}
	if err := putSettings(tx, s); err != nil {
		return err
	}
	journals := map[string]Journal{placeDefault: s.Default, placeOpening: s.Opening}
	for place, j := range s.ByBox {
		journals[place] = j
	}
	if err := replaceJournals(tx, journals); err != nil {
		return err
	}
	return seal.LogEvent(tx, seal.Event{Code: 270, Label: "Exports comptables réglés\u00a0: format " + s.Format + ", journal " + strings.TrimSpace(s.Default.Code), By: by, Source: "accounting"})
}
