package locale

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var ligatures = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae", "’", "'", "\u00a0", " ", "\u202f", " ")

// Fold is a text as it is compared with another: in lower case, without accents, its spaces single.
func Fold(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(ligatures.Replace(text)))
	return strings.Join(strings.Fields(text), " ")
}
