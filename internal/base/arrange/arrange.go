// Package arrange puts a list in the order its owner chooses: dragged as a whole, or one line moved at a time.
package arrange

import "slices"

// Line is what stands in a list put in order.
type Line interface {
	Key() string // its id
	InUse() bool // a line out of use is not shown, and keeps its place
}

// Dragged sorts a list in the order of keys. Lines not named keep their order after the others.
func Dragged[L Line](list []L, keys []string) {
	rank := func(l L) int {
		if at := slices.Index(keys, l.Key()); at >= 0 {
			return at
		}
		return len(keys)
	}
	slices.SortStableFunc(list, func(a, b L) int { return rank(a) - rank(b) })
}

// Moved brings a line one place up (−1) or down (+1) among those in use. At either end nothing moves, and it says false.
func Moved[L Line](list []L, key string, by int) bool {
	at := slices.IndexFunc(list, func(l L) bool { return l.Key() == key })
	to := at + by
	for to >= 0 && to < len(list) && !list[to].InUse() {
		to += by
	}
	if at < 0 || to < 0 || to >= len(list) {
		return false
	}
	list[at], list[to] = list[to], list[at]
	return true
}
