package arrange

import (
	"strings"
	"testing"
)

// line is a letter; a small one is out of use.
type line string

func (l line) Key() string { return string(l) }
func (l line) InUse() bool { return string(l) == strings.ToUpper(string(l)) }

func lines(text string) (list []line) {
	for _, letter := range text {
		list = append(list, line(letter))
	}
	return list
}

func text(list []line) string {
	var b strings.Builder
	for _, l := range list {
		b.WriteString(string(l))
	}
	return b.String()
}

func TestADraggedListFollowsTheKeysAndKeepsTheOthersBehind(t *testing.T) {
	for _, c := range []struct{ name, list, keys, want string }{
		{"every line is named", "ABC", "CAB", "CAB"},
		{"lines not named keep their order after the others", "ABCD", "D", "DABC"},
		{"a key of nothing is passed over", "ABC", "XCX", "CAB"},
		{"no key changes nothing", "ABC", "", "ABC"},
		{"an empty list stays empty", "", "AB", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := lines(c.list)
			Dragged(list, strings.Split(c.keys, ""))
			if got := text(list); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestAMovedLineChangesPlaceWithTheNextOneInUse(t *testing.T) {
	for _, c := range []struct {
		name, list, key string
		by              int
		want            string
		moved           bool
	}{
		{"up", "ABC", "C", -1, "ACB", true},
		{"down", "ABC", "A", 1, "BAC", true},
		{"up at the top", "ABC", "A", -1, "ABC", false},
		{"down at the bottom", "ABC", "C", 1, "ABC", false},
		{"past a line out of use", "AbC", "A", 1, "CbA", true},
		{"only lines out of use beyond", "Abc", "A", 1, "Abc", false},
		{"a key of nothing", "ABC", "X", 1, "ABC", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := lines(c.list)
			if moved := Moved(list, c.key, c.by); moved != c.moved || text(list) != c.want {
				t.Errorf("%s %v, want %s %v", text(list), moved, c.want, c.moved)
			}
		})
	}
}
