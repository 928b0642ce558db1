package demo

import (
	"hash/fnv"
	"math/rand/v2"

	"encaisse/internal/base/money"
)

// dice draws numbers that depend on the seed and on what they are drawn for, and on nothing drawn before.
type dice struct{ source *rand.PCG }

// throw makes the dice of some purpose.
func throw(seed int64, purpose ...string) dice {
	h := fnv.New64a()
	for _, p := range purpose {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return dice{rand.NewPCG(uint64(seed), h.Sum64())}
}

// n draws from 0 to limit−1.
func (d dice) n(limit int) int { return int(d.source.Uint64() % uint64(limit)) }

// between draws from low to high, both included.
func (d dice) between(low, high int) int { return low + d.n(high-low+1) }

// chance is true so many times in a thousand.
func (d dice) chance(permille int) bool { return d.n(1000) < permille }

// euros draws an amount in steps.
func (d dice) euros(low, high, step money.Amount) money.Amount {
	return low + step*money.Amount(d.n(int((high-low)/step)+1))
}

// around draws near 1000, mostly close to it: the sum of three throws.
func (d dice) around(spread int) int {
	return 1000 + (d.between(-spread, spread)+d.between(-spread, spread)+d.between(-spread, spread))/2
}

func pick[T any](d dice, list []T) T { return list[d.n(len(list))] }

// share is so many thousandths of an amount.
func share(a money.Amount, permille int) money.Amount {
	return money.Amount(money.DivRound(int64(a)*int64(permille), 1000))
}
