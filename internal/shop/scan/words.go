package scan

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"encaisse/internal/base/locale"
)

// What the words of a line may be about. The words are folded: no capitals, no accents.
var (
	controlWords = map[string][]string{
		leftOut: {"perpetuel", "cumul", "grand total", "panier moyen", "ticket moyen", "moyenne", "remise", "annul", "fond de caisse", "fonds de caisse", "tiroir", "rendu", "siret", "capital", "solde"},
		inPaid:  {"reglement", "paiement", "encaiss", "payes", "regle"},
		inTax:   {"tva", "taxe", "taxes", "t v a"},
	}
	countWords    = []string{"nombre de tickets", "nb tickets", "nbre tickets", "nb de tickets", "tickets", "nombre de ventes", "nb ventes", "nb de ventes", "ventes", "nombre de transactions", "transactions", "nb transactions", "nombre de factures"}
	customerWords = []string{"nombre de clients", "nb clients", "nb de clients", "nbre clients", "clients", "nombre de couverts", "nb couverts", "couverts"}
	saleHeads     = []string{"rayon", "famille", "departement", "categorie", "rubrique", "groupe", "ventes par"}
	paidHeads     = []string{"reglement", "paiement", "encaissement"}
)

var percent = regexp.MustCompile(`(\d{1,2}(?:[.,]\d{1,3})?) ?%`)

// bare is the label of a line as it is compared and remembered: folded, letters and digits only.
func bare(label string) string {
	folded := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return ' '
	}, locale.Fold(label))
	words := strings.Fields(folded)
	for len(words) > 1 && len(words[0]) == 1 { // an edge of the paper read for a letter
		words = words[1:]
	}
	if text := strings.Join(words, " "); len(text) <= mostLabel {
		return text
	}
	return strings.Join(words, " ")[:mostLabel]
}

// mostLabel bounds what is remembered of a label, in bytes.
const mostLabel = 60

// alike tells how well a label says a word: the length of the word when it is said, within the mistakes a reading makes, 0 otherwise. The
// label may go on after it: « cb sans contact » says « cb ».
func alike(label, word string) int {
	if label == "" || word == "" {
		return 0
	}
	if label == word || strings.HasPrefix(label, word+" ") {
		return len(word)
	}
	beginning := label
	if n := len(strings.Fields(word)); n < len(strings.Fields(label)) {
		beginning = strings.Join(strings.Fields(label)[:n], " ")
	}
	if allowed := len(word) / 4; allowed > 0 && len(word) >= 5 && apart(beginning, word) <= allowed {
		return len(word) - 1
	}
	return 0
}

// says tells whether one of the words of a label begins like one of a list, within the mistakes of a reading.
func says(label string, list []string) bool {
	words := strings.Fields(label)
	return slices.ContainsFunc(list, func(want string) bool {
		parts := len(strings.Fields(want))
		for i := range words {
			if i+parts > len(words) {
				break
			}
			got := strings.Join(words[i:i+parts], " ")
			if strings.HasPrefix(got, want) || len(want) >= 5 && apart(got[:min(len(got), len(want))], want) <= len(want)/5 {
				return true
			}
		}
		return false
	})
}

// apart is how many letters must be changed, added or taken out to make one text of another.
func apart(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
