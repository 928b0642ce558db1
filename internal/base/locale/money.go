// Package locale writes and reads amounts, numbers and dates the French way. Spaces inside a number and before the sign of
// the currency never break (U+00A0), the minus sign is U+2212.
package locale

import (
	"strconv"
	"strings"

	"encaisse/internal/base/money"
)

// NBSP is the space that does not break.
const NBSP = "\u00a0"

const minus = "\u2212"

// Euro writes an amount with its currency: 1 292,80 €.
func Euro(a money.Amount) string { return Amount(a) + NBSP + "€" }

// SignedEuro writes an amount whose sign matters: +3,00 €, −12,10 €, 0,00 €.
func SignedEuro(a money.Amount) string {
	if a > 0 {
		return "+" + Euro(a)
	}
	return Euro(a)
}

// Amount writes an amount without its currency: 1 292,80.
func Amount(a money.Amount) string {
	sign := ""
	if a < 0 {
		sign, a = minus, -a
	}
	return sign + group(strconv.FormatInt(int64(a/100), 10)) + "," + twoDigits(int64(a%100))
}

// Input writes an amount the way a person types it, for the value of a field: 1292,80 and −12,10 with a plain hyphen.
func Input(a money.Amount) string {
	return strings.ReplaceAll(strings.ReplaceAll(Amount(a), NBSP, ""), minus, "-")
}

// Int writes a whole number with its thousands apart: 10 000.
func Int(n int64) string {
	if n < 0 {
		return minus + group(strconv.FormatInt(-n, 10))
	}
	return group(strconv.FormatInt(n, 10))
}

// Hundredths writes a number kept in hundredths without useless zeros: 550 → 5,5 ; 2000 → 20 ; 105 → 1,05.
func Hundredths(n int64) string {
	text := strings.TrimRight(Amount(money.Amount(n)), "0")
	return strings.TrimSuffix(text, ",")
}

// Percent writes a rate kept in hundredths of a percent: 550 → 5,5 %.
func Percent(n int64) string { return Hundredths(n) + NBSP + "%" }

func twoDigits(n int64) string {
	if n < 10 {
		return "0" + strconv.FormatInt(n, 10)
	}
	return strconv.FormatInt(n, 10)
}

func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + NBSP + digits[i:]
	}
	return digits
}
