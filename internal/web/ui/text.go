package ui

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// initials are the first letters of the first and last words, in upper case.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return "?"
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	text := string(first)
	if len(words) > 1 && !strings.Contains(name, "@") {
		last, _ := utf8.DecodeRuneInString(words[len(words)-1])
		text += string(last)
	}
	return strings.ToUpper(text)
}

// bounded writes a count for a badge, never wider than two digits.
func bounded(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}
