// Package siren checks the numbers French businesses go by: SIREN, SIRET and the VAT number made from it. It checks their
// form and keys only: whether a business exists is not known here.
package siren

import (
	"strconv"
	"strings"
)

// laPoste is the SIREN whose many SIRET do not all follow the Luhn key: there the sum of the digits is a multiple of 5.
const laPoste = "356000000"

// Clean removes what people put between digits: spaces of any kind, points and hyphens. Letters come in upper case.
func Clean(text string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ".", "", "-", "", "\t", "").Replace(text))
}

// Valid tells whether text is a SIREN: nine digits with a right Luhn key.
func Valid(text string) bool { return len(text) == 9 && digits(text) && luhn(text) }

// ValidSIRET tells whether text is a SIRET: a SIREN and the five digits of an establishment, with a right key.
func ValidSIRET(text string) bool {
	if len(text) != 14 || !digits(text) || !Valid(text[:9]) {
		return false
	}
	return luhn(text) || text[:9] == laPoste && sum(text)%5 == 0
}

// VATNumber is the French VAT number of a SIREN: FR, a key of two digits, the SIREN.
func VATNumber(siren string) string {
	n, err := strconv.Atoi(siren)
	if err != nil {
		return ""
	}
	key := (12 + 3*(n%97)) % 97
	return "FR" + string(rune('0'+key/10)) + string(rune('0'+key%10)) + siren
}

// ValidVATNumber tells whether text is a VAT number as the countries of the Union write them. The key is checked for France in its
// usual form (two digits); the new form, which has letters in the key, is checked for its shape and its SIREN.
func ValidVATNumber(text string) bool {
	if len(text) < 4 || len(text) > 14 || !letters(text[:2]) {
		return false
	}
	if text[:2] != "FR" {
		return alphanumeric(text[2:])
	}
	if len(text) != 13 || !Valid(text[4:]) {
		return false
	}
	if digits(text[2:4]) {
		return text == VATNumber(text[4:])
	}
	return alphanumeric(text[2:4]) && !strings.ContainsAny(text[2:4], "IO")
}

// Format writes a SIREN or a SIRET in its usual groups, with spaces that do not break: 732 829 320 00074.
func Format(text string) string {
	const nbsp = "\u00a0"
	if len(text) != 9 && len(text) != 14 {
		return text
	}
	out := text[:3] + nbsp + text[3:6] + nbsp + text[6:9]
	if len(text) == 14 {
		out += nbsp + text[9:]
	}
	return out
}

func luhn(text string) bool {
	total := 0
	for i := range len(text) {
		n := int(text[len(text)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		total += n
	}
	return total%10 == 0 && strings.Trim(text, "0") != ""
}

func sum(text string) int {
	total := 0
	for _, c := range text {
		total += int(c - '0')
	}
	return total
}

func digits(text string) bool { return strings.Trim(text, "0123456789") == "" }

func letters(text string) bool { return strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" }

func alphanumeric(text string) bool {
	return strings.Trim(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
