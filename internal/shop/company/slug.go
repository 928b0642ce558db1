package company

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const slugLimit = 40

// slugOf makes the part of an address from a name: ASCII letters and digits in lower case, with hyphens between words.
func slugOf(name string) string {
	name = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae", "ß", "ss", "ø", "o", "Ø", "o").Replace(name)
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(name) {
		r = unicode.ToLower(r)
		switch {
		case unicode.Is(unicode.Mn, r):
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
		default:
			gap = true
		}
		if b.Len() >= slugLimit {
			break
		}
	}
	slug := strings.Trim(b.String(), "-")
	if slug == "" {
		return "societe"
	}
	return slug
}
