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

// Kept is a list whose lines each keep their place.
type Kept[L Line] struct {
	List  func() ([]L, error)                  // in the present order
	Place func(key string, position int) error // from 1
}

// Order puts the lines in the order of keys, as they were dragged. Those not named keep their order after them.
func (k Kept[L]) Order(keys []string) error {
	all, err := k.List()
	if err != nil {
		return err
	}
	Dragged(all, keys)
	return k.number(all)
}

// Move puts a line one place up (−1) or down (+1) among those in use. At either end nothing moves.
func (k Kept[L]) Move(key string, by int) error {
	all, err := k.List()
	if err != nil || !Moved(all, key, by) {
		return err
	}
	return k.number(all)
}

func (k Kept[L]) number(all []L) error {
	for i, l := range all {
		if err := k.Place(l.Key(), i+1); err != nil {
			return err
		}
	}
	return nil
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
