package staff

import (
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/fault"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a password, in characters. There is no rule of composition: length and rarity are what counts.
const (
	shortestPassword = 12
	longestPassword  = 128
)

// leastStrength is what a password must be worth, in tenths of bits: the 50 bits the CNIL asks for where tries are throttled.
const leastStrength = 500

// cleanPassword is the one form a password is digested in, so that an accent typed on another keyboard is the same accent.
func cleanPassword(password string) string { return norm.NFC.String(password) }

// checkPassword refuses a password that is too short, too long or too easy to guess. about is what strangers may know of the
// person: name, e-mail address, companies.
func checkPassword(password string, about ...string) error {
	password = cleanPassword(password)
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password):
		return badPassword("Ce texte contient des caractères qui ne se lisent pas.")
	case n < shortestPassword:
		return badPassword("Il faut 12\u00a0caractères au moins. Quelques mots sans rapport entre eux se retiennent bien.")
	case n > longestPassword:
		return badPassword("128\u00a0caractères au plus.")
	case strength(password, about) < leastStrength:
		return badPassword("Ce mot de passe se devine trop vite\u00a0: mots courants, noms, dates ou suites de touches. Ajoutez des mots sans rapport entre eux.")
	}
	return nil
}

func badPassword(message string) error {
	return fault.New(fault.Invalid, "Choisissez un autre mot de passe.").Field("mot-de-passe", message)
}

// personalWords are the words of what strangers may know of a person.
func personalWords(about []string) []string {
	var words []string
	for _, text := range about {
		for _, word := range strings.FieldsFunc(fold(text), func(r rune) bool { return r < '0' || r > '9' && r < 'a' || r > 'z' }) {
			if len(word) >= 3 {
				words = append(words, word)
			}
		}
	}
	return words
}
