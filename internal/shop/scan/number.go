package scan

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/paper/ocr"
)

// lookAlikes are the letters that are read for digits.
var lookAlikes = strings.NewReplacer("O", "0", "o", "0", "Q", "0", "D", "0", "l", "1", "I", "1", "|", "1", "!", "1", "i", "1", "S", "5", "s", "5", "B", "8", "Z", "2", "z", "2", "g", "9", "q", "9", "b", "6", "G", "6")

// commas are the signs that are read for the comma of the cents.
var commas = strings.NewReplacer("‚", ",", ";", ",", "·", ",", "'", ",", "’", ",")

var (
	exact  = regexp.MustCompile(`^\d{1,3}(?:[ .]?\d{3})*[.,]\d{2}$`)
	plain  = regexp.MustCompile(`^\d{1,6}[.,]\d{2}$`)
	signed = regexp.MustCompile(`^(\(|[-−–—+])?(.*?)(\)|[-−–—])?$`)
	group  = regexp.MustCompile(`^\d{3}(?:[.,]\d{0,2})?$`)
	cents  = regexp.MustCompile(`^[.,]?\d{2}$`)
	whole  = regexp.MustCompile(`^\d{1,6}$`)
)

// number is an amount as it was read.
type number struct {
	amount   money.Amount
	sure     int
	repaired bool // a letter was taken for a digit, or a sign for the comma
}

// currency tells whether a word is only the unit of the amount before it.
func currency(text string) bool {
	switch strings.ToUpper(strings.Trim(text, ".,;:")) {
	case "€", "EUR", "EURO", "EUROS", "E", "F", "C":
		return true
	}
	return false
}

// readAmount reads a word as an amount; false for anything else.
func readAmount(text string, sure int) (number, bool) {
	text = strings.TrimRight(text, ".:;,_")
	for _, unit := range []string{"€", "EUR", "eur", "E"} {
		text = strings.TrimSuffix(text, unit)
	}
	parts := signed.FindStringSubmatch(text)
	negative := parts[1] != "" && parts[1] != "+" || parts[3] != ""
	body, repaired := parts[2], false
	if !exact.MatchString(body) && !plain.MatchString(body) {
		mended := commas.Replace(lookAlikes.Replace(body))
		if digitsIn(body) < 2 || 2*digitsIn(body) < digitsIn(mended) {
			return number{}, false
		}
		body, repaired = mended, true
	}
	if !exact.MatchString(body) && !plain.MatchString(body) {
		return number{}, false
	}
	whole, decimals := body[:len(body)-3], body[len(body)-2:]
	a, _, err := locale.ParseAmount(strings.NewReplacer(" ", "", ".", "").Replace(whole) + "," + decimals)
	if err != nil {
		return number{}, false
	}
	if negative {
		a = -a
	}
	return number{amount: a, sure: sure, repaired: repaired}, true
}

func digitsIn(text string) (n int) {
	for _, r := range text {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// readCount reads a word as a whole number.
func readCount(text string) (string, bool) {
	text = strings.Trim(text, ".,:;")
	if !whole.MatchString(text) {
		mended := lookAlikes.Replace(text)
		if digitsIn(text) == 0 || !whole.MatchString(mended) {
			return "", false
		}
		text = mended
	}
	return text, true
}

// joined brings together the pieces of one number: 1 236,40 is printed with a space that is no column, and a comma may stand apart. What is
// between two columns is wider than that.
func joined(line ocr.Line) ocr.Line {
	var out ocr.Line
	for _, w := range line {
		last := len(out) - 1
		if last < 0 || !continues(out[last], w) {
			out = append(out, w)
			continue
		}
		before := &out[last]
		before.Text, before.Right, before.Sure = before.Text+w.Text, w.Right, min(before.Sure, w.Sure)
	}
	return out
}

func continues(a, b ocr.Word) bool {
	letters := max(1, utf8.RuneCountInString(a.Text)+utf8.RuneCountInString(b.Text))
	letter := (a.Right - a.Left + b.Right - b.Left) / letters
	if gap := b.Left - a.Right; gap*10 > letter*17 {
		return false
	}
	left, right := strings.TrimLeft(a.Text, "-−–—+("), lookAlikes.Replace(b.Text)
	switch {
	case left == "" && a.Text != "":
		return b.Text != "" && digitsIn(b.Text) > 0 && !strings.HasPrefix(b.Text, "-") // a minus apart
	case digitsIn(left) == 0 || digitsIn(b.Text) == 0:
		return false
	case strings.HasSuffix(left, ",") || strings.HasSuffix(left, "."):
		return cents.MatchString(right) && right[0] >= '0' && right[0] <= '9'
	case (right[0] == ',' || right[0] == '.') && whole.MatchString(lookAlikes.Replace(left)):
		return cents.MatchString(right)
	}
	return len(left) <= 3 && whole.MatchString(left) && group.MatchString(right)
}
