package locale

import (
	"strings"

	"encaisse/internal/base/money"
)

var units = []string{"zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"}

var tens = []string{2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}

// scales are the powers of a thousand from the largest. Milliard and million are nouns: they take an s, and « de » before euros.
var scales = []struct {
	value int64
	word  string
}{{1_000_000_000_000, "billion"}, {1_000_000_000, "milliard"}, {1_000_000, "million"}}

// Words writes a whole number in French words, as the law and the banks of France do: soixante et onze, quatre-vingts, deux cents, deux
// mille. Its hyphens are those of the traditional spelling: between tens and units only.
func Words(n int64) string {
	if n < 0 {
		return "moins " + Words(-n)
	}
	var parts []string
	for _, s := range scales {
		if count := n / s.value; count > 0 {
			word := s.word
			if count > 1 {
				word += "s"
			}
			parts = append(parts, belowMillion(count, true), word)
			n %= s.value
		}
	}
	if n > 0 || len(parts) == 0 {
		parts = append(parts, belowMillion(n, true))
	}
	return strings.Join(parts, " ")
}

// belowMillion writes 0 to 999 999. last tells whether nothing follows: vingt and cent take their s only then.
func belowMillion(n int64, last bool) string {
	thousands, rest := n/1000, n%1000
	switch {
	case thousands == 0:
		return belowThousand(rest, last)
	case thousands == 1 && rest == 0:
		return "mille"
	case thousands == 1:
		return "mille " + belowThousand(rest, last)
	case rest == 0:
		return belowThousand(thousands, false) + " mille"
	}
	return belowThousand(thousands, false) + " mille " + belowThousand(rest, last)
}

func belowThousand(n int64, last bool) string {
	hundreds, rest := n/100, n%100
	switch {
	case hundreds == 0:
		return belowHundred(rest, last)
	case hundreds == 1 && rest == 0:
		return "cent"
	case hundreds == 1:
		return "cent " + belowHundred(rest, last)
	case rest == 0 && last:
		return units[hundreds] + " cents"
	case rest == 0:
		return units[hundreds] + " cent"
	}
	return units[hundreds] + " cent " + belowHundred(rest, last)
}

func belowHundred(n int64, last bool) string {
	switch {
	case n < 17:
		return units[n]
	case n < 20:
		return "dix-" + units[n-10]
	case n == 80 && last:
		return "quatre-vingts"
	case n == 80:
		return "quatre-vingt"
	case n > 80:
		return "quatre-vingt-" + belowHundred(n-80, false)
	case n == 71:
		return "soixante et onze"
	case n >= 70:
		return "soixante-" + belowHundred(n-60, false)
	}
	ten, unit := tens[n/10], n%10
	switch unit {
	case 0:
		return ten
	case 1:
		return ten + " et un"
	}
	return ten + "-" + units[unit]
}

// EuroWords writes an amount in words: mille deux cents euros et cinquante centimes.
func EuroWords(a money.Amount) string {
	if a < 0 {
		return "moins " + EuroWords(-a)
	}
	euros, cents := int64(a/100), int64(a%100)
	text := Words(euros)
	switch {
	case euros == 0 && cents > 0:
		text = ""
	case euros >= 1_000_000 && euros%1_000_000 == 0:
		text += " d’euros"
	case euros < 2:
		text += " euro"
	default:
		text += " euros"
	}
	if cents == 0 {
		return text
	}
	if text != "" {
		text += " et "
	}
	if cents == 1 {
		return text + "un centime"
	}
	return text + Words(cents) + " centimes"
}
