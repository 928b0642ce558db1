package money

import "math/bits"

// mulDiv gives quotient and remainder of a×b÷d with a 128-bit product, so that no intermediate overflows. All are ≥ 0, d > 0, b ≤ d.
func mulDiv(a, b, d Amount) (quotient, remainder Amount) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	q, r := bits.Div64(hi, lo, uint64(d))
	return Amount(q), Amount(r)
}
