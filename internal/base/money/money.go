// Package money holds amounts as whole minor units of a currency (cents for the euro). No float ever touches an amount.
package money

import "fmt"

// Amount is a signed number of cents. +129280 is 1 292,80 €.
type Amount int64

// Max is the largest amount the program accepts on either side of zero, in cents: ten billion euros.
// Sums of a day, a month or a year stay far from the limits of int64.
const Max Amount = 1_000_000_000_000

// Abs gives the amount without its sign.
func (a Amount) Abs() Amount {
	if a < 0 {
		return -a
	}
	return a
}

// InRange tells whether the amount lies within ±Max.
func (a Amount) InRange() bool { return -Max <= a && a <= Max }

// Sum adds amounts.
func Sum(amounts ...Amount) Amount {
	var total Amount
	for _, a := range amounts {
		total += a
	}
	return total
}

// DivRound divides n by d and rounds half away from zero. d must be positive.
func DivRound(n, d int64) int64 {
	if d <= 0 {
		panic(fmt.Sprintf("money: division by %d", d))
	}
	if n < 0 {
		return -((-n + d/2) / d)
	}
	return (n + d/2) / d
}

// Split shares total over weights so that the parts add up to total exactly: each part is first rounded towards zero, then the
// cents left go one by one to the largest remainders, ties by order. Weights must not be negative; when they are all zero
// the whole goes to the first part. Split of no weights is nil.
func Split(total Amount, weights []Amount) []Amount {
	if len(weights) == 0 {
		return nil
	}
	parts := make([]Amount, len(weights))
	var sum Amount
	for _, w := range weights {
		if w < 0 {
			panic("money: negative weight")
		}
		sum += w
	}
	if sum == 0 {
		parts[0] = total
		return parts
	}
	sign := Amount(1)
	if total < 0 {
		sign, total = -1, -total
	}
	rest := make([]Amount, len(weights))
	left := total
	for i, w := range weights {
		q, r := mulDiv(total, w, sum)
		parts[i], rest[i] = q, r
		left -= q
	}
	for ; left > 0; left-- {
		best := 0
		for i := range rest {
			if rest[i] > rest[best] {
				best = i
			}
		}
		parts[best]++
		rest[best] = -1
	}
	for i := range parts {
		parts[i] *= sign
	}
	return parts
}
