package locale

import (
	"errors"
	"strings"

	"encaisse/internal/base/money"
)

// The reasons why a typed amount is refused. Their texts are French: they are shown beside the field.
var (
	ErrAmount  = errors.New("Ce montant ne se lit pas. Exemples\u00a0: 1\u00a0292,80 ou 100+50-3,2.")
	ErrCents   = errors.New("Un montant s’arrête aux centimes\u00a0: deux chiffres après la virgule.")
	ErrTooMuch = errors.New("Ce montant est trop grand.")
)

// ParseAmount reads what a person types for an amount: comma or point, spaces, €, minus sign or hyphen, and small sums like
// 100+50-3,2 or 3*2,50 (× before + and −). Two separators are read as thousands then decimals (1.292,80). An empty text is
// not an amount: given is false and there is no error.
func ParseAmount(text string) (amount money.Amount, given bool, err error) {
	text = normalise(text)
	if text == "" {
		return 0, false, nil
	}
	var total money.Amount
	for len(text) > 0 {
		sign := money.Amount(1)
		switch text[0] {
		case '+':
			text = text[1:]
		case '-':
			sign, text = -1, text[1:]
		}
		end := strings.IndexAny(text, "+-")
		if end < 0 {
			end = len(text)
		}
		if end == len(text)-1 {
			return 0, true, ErrAmount // a sum that ends on its sign
		}
		term, err := parseTerm(text[:end])
		if err != nil {
			return 0, true, err
		}
		if total += sign * term; !total.InRange() {
			return 0, true, ErrTooMuch
		}
		text = text[end:]
	}
	return total, true, nil
}

// ParseCount reads a whole number from 0 to 999 999: pieces, sales, customers. An empty text is not given.
func ParseCount(text string) (count int, given bool, err error) {
	text = normalise(text)
	if text == "" {
		return 0, false, nil
	}
	if len(text) > 6 || strings.Trim(text, "0123456789") != "" {
		return 0, true, errors.New("Saisissez un nombre entier, sans signe.")
	}
	for _, c := range text {
		count = count*10 + int(c-'0')
	}
	return count, true, nil
}

func normalise(text string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\t", "", "€", "", minus, "-", "–", "-", "×", "*", "x", "*", "’", "", "'", "").Replace(strings.TrimSpace(text))
}

// parseTerm reads a number, or number*number of which at most one has decimals.
func parseTerm(text string) (money.Amount, error) {
	left, right, product := strings.Cut(text, "*")
	a, err := parseNumber(left)
	if err != nil || !product {
		return a, err
	}
	b, err := parseNumber(right)
	if err != nil {
		return 0, err
	}
	switch {
	case a%100 == 0:
		a /= 100
	case b%100 == 0:
		b /= 100
	default:
		return 0, ErrAmount
	}
	if a != 0 && b > money.Max/a {
		return 0, ErrTooMuch
	}
	return a * b, nil
}

func parseNumber(text string) (money.Amount, error) {
	whole, decimals := text, ""
	if i := strings.LastIndexAny(text, ",."); i >= 0 {
		whole, decimals = text[:i], text[i+1:]
		other := strings.NewReplacer(",", "", ".", "").Replace(whole)
		if other != whole && !thousandsApart(whole) {
			return 0, ErrAmount
		}
		whole = other
	}
	if whole == "" && decimals == "" || strings.Trim(whole+decimals, "0123456789") != "" {
		return 0, ErrAmount
	}
	if len(decimals) > 2 {
		return 0, ErrCents
	}
	if len(whole) > 11 {
		return 0, ErrTooMuch
	}
	for len(decimals) < 2 {
		decimals += "0"
	}
	var n money.Amount
	for _, c := range whole + decimals {
		n = n*10 + money.Amount(c-'0')
	}
	if !n.InRange() {
		return 0, ErrTooMuch
	}
	return n, nil
}

// thousandsApart tells whether separators in the whole part stand every three digits, all alike: 1.292 or 12,345,678.
func thousandsApart(whole string) bool {
	sep := "."
	if strings.Contains(whole, ",") {
		sep = ","
	}
	groups := strings.Split(whole, sep)
	for i, g := range groups {
		if strings.Trim(g, "0123456789") != "" || i > 0 && len(g) != 3 || i == 0 && (g == "" || len(g) > 3) {
			return false
		}
	}
	return true
}
