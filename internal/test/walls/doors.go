package walls

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
)

// doorsList holds a line for each import allowed between two rooms: from -> to : reason. A * as from lets every room in.
const doorsList = "internal/test/walls/doors.txt"

var doorLine = regexp.MustCompile(`^([a-z*]+) -> ([a-z]+) : (.{10,})$`)

// door is a line of the list.
type door struct {
	from, to string
	line     int
	used     bool
}

// Doors names the imports between rooms that no door allows, the doors nobody walks through, and the circles of rooms.
func Doors(t *Tree) []string {
	doors, wrong := readDoors(t)
	ways := map[string]map[string]bool{}
	for _, f := range t.Files {
		from := room(f.Folder)
		if from == "" || f.Test {
			continue
		}
		for _, i := range f.Imports {
			to := room(strings.TrimPrefix(i.Path, module))
			if to == "" || to == from {
				continue
			}
			if ways[from] == nil {
				ways[from] = map[string]bool{}
			}
			ways[from][to] = true
			if !open(doors, from, to) {
				wrong = append(wrong, fmt.Sprintf("%s:%d: room %s opens on room %s without a door in %s", f.Path, i.Line, from, to, doorsList))
			}
		}
	}
	for _, d := range doors {
		if !d.used && d.from != "*" {
			wrong = append(wrong, fmt.Sprintf("%s:%d: nobody walks from %s to %s", doorsList, d.line, d.from, d.to))
		}
	}
	return append(wrong, circles(ways)...)
}

// room is the room a folder belongs to, "" when it is none.
func room(folder string) string {
	inside, is := strings.CutPrefix(folder, "internal/shop/")
	if !is {
		return ""
	}
	name, _, _ := strings.Cut(inside, "/")
	return name
}

// readDoors reads the list and names its malformed lines.
func readDoors(t *Tree) (doors []*door, wrong []string) {
	entries := t.list(doorsList)
	for _, n := range numbers(entries) {
		m := doorLine.FindStringSubmatch(entries[n])
		if m == nil {
			wrong = append(wrong, fmt.Sprintf("%s:%d: a door is written « from -> to : reason »", doorsList, n))
			continue
		}
		doors = append(doors, &door{from: m[1], to: m[2], line: n})
	}
	return doors, wrong
}

// open tells whether a door leads from a room to another, and marks it used.
func open(doors []*door, from, to string) bool {
	for _, d := range doors {
		if d.to == to && (d.from == from || d.from == "*") {
			d.used = true
			return true
		}
	}
	return false
}

// circles names each circle of rooms once, from its first room in the alphabet.
func circles(ways map[string]map[string]bool) []string {
	var wrong []string
	seen := map[string]bool{}
	var walk func(path []string)
	walk = func(path []string) {
		last := path[len(path)-1]
		for _, next := range sorted(ways[last]) {
			if next == path[0] {
				name := strings.Join(append(path, next), " -> ")
				if !seen[name] {
					seen[name] = true
					wrong = append(wrong, "internal/shop: the rooms go round in a circle: "+name)
				}
				continue
			}
			if next > path[0] && !contains(path, next) {
				walk(append(append([]string{}, path...), next))
			}
		}
	}
	starts := map[string]bool{}
	for from := range ways {
		starts[from] = true
	}
	for _, from := range sorted(starts) {
		walk([]string{from})
	}
	return wrong
}

// sorted are the members of a set, in order.
func sorted(set map[string]bool) []string {
	var all []string
	for name := range set {
		all = append(all, name)
	}
	sort.Strings(all)
	return all
}

// contains tells whether a list holds a name.
func contains(list []string, name string) bool {
	for _, one := range list {
		if one == name {
			return true
		}
	}
	return false
}
