package manual

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const nbsp = "\u00a0"

var (
	before    = regexp.MustCompile(` +([:;!?»€%])`)
	after     = regexp.MustCompile(`« +`)
	thousands = regexp.MustCompile(`(\d) (\d{3})\b`)
	units     = regexp.MustCompile(`(\d) (h|Mo|Ko|px|ans?|jours?|caractères|secondes|minutes?)\b`)
)

// typeset puts the spaces that do not break where French wants them.
func typeset(text string) string {
	text = before.ReplaceAllString(text, nbsp+"$1")
	text = after.ReplaceAllString(text, "«"+nbsp)
	text = thousands.ReplaceAllString(text, "$1"+nbsp+"$2")
	return units.ReplaceAllString(text, "$1"+nbsp+"$2")
}

// fold is a text without case nor accents, as searches compare it.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case r == '’':
			return '\''
		}
		return unicode.ToLower(r)
	}, strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae").Replace(norm.NFD.String(text)))
}
