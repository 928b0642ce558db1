package fec

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// plainer writes in the characters of the file what it has no character for.
var plainer = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "…", "...", "–", "-", "—", "-", "−", "-", "\u00a0", " ", "\u202f", " ", "\u2009", " ", "•", "-", "×", "x", "Ł", "L", "ł", "l", "Đ", "D", "đ", "d", "ı", "i")

// Encode adds a text as bytes of ISO 8859-15. What separates columns and lines becomes a blank or a slash; a character the set does not
// have loses its accent, and becomes a question mark when that is not enough.
func Encode(to []byte, text string) []byte {
	start := len(to)
	for i := range len(text) {
		c := text[i]
		switch {
		case c >= 0x80:
			return encodeWide(to[:start], text)
		case c == '|':
			c = '/'
		case c < ' ' || c == 0x7f:
			c = ' '
		}
		to = append(to, c)
	}
	return to
}

func encodeWide(to []byte, text string) []byte {
	for _, r := range norm.NFC.String(plainer.Replace(text)) {
		b, ok := charmap.ISO8859_15.EncodeRune(r)
		switch {
		case r == '|':
			b = '/'
		case r < ' ' || r >= 0x7f && r < 0xa0:
			b = ' '
		case !ok:
			b = base(r)
		}
		to = append(to, b)
	}
	return to
}

// base is a letter without its accent, or a question mark.
func base(r rune) byte {
	letter, _ := utf8.DecodeRuneInString(norm.NFKD.String(string(r)))
	if b, ok := charmap.ISO8859_15.EncodeRune(letter); ok {
		return b
	}
	return '?'
}
