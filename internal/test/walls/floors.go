package walls

import (
	"fmt"
	"strings"
)

// wings are the folders of the house and the floor each is on. Those of one floor do not know each other.
var wings = []struct {
	folder string
	floor  int
}{
	{"schema", 0},
	{"docs/manuel", 0},
	{"internal/base", 1},
	{"internal/books", 2},
	{"internal/web", 2},
	{"internal/paper", 2},
	{"internal/wire", 2},
	{"internal/shop", 3},
	{"internal/app", 4},
}

// wing gives the wing a folder belongs to and its floor.
func wing(folder string) (string, int, bool) {
	for _, w := range wings {
		if under(folder, w.folder) {
			return w.folder, w.floor, true
		}
	}
	return "", 0, false
}

// Floors names the imports that run up, or across between two wings of one floor; the shipped code that imports tests; and
// the front door opening on anything but the app.
func Floors(t *Tree) []string {
	var wrong []string
	for _, f := range t.Files {
		for _, i := range f.Imports {
			to, ours := strings.CutPrefix(i.Path, module)
			if !ours {
				continue
			}
			if reason := forbidden(f, to); reason != "" {
				wrong = append(wrong, fmt.Sprintf("%s:%d: imports %s: %s", f.Path, i.Line, to, reason))
			}
		}
	}
	return wrong
}

// forbidden says why a file may not import a folder of ours, "" when it may.
func forbidden(f *File, to string) string {
	if under(f.Folder, "internal/test") {
		return ""
	}
	if under(to, "internal/test") {
		if f.Test {
			return ""
		}
		return "test code is not shipped"
	}
	if f.Folder == "." {
		if under(to, "internal/app") {
			return ""
		}
		return "the front door opens on internal/app only"
	}
	from, floor, known := wing(f.Folder)
	if !known {
		return f.Folder + " is on no floor"
	}
	other, below, known := wing(to)
	switch {
	case !known:
		return to + " is on no floor"
	case f.Test && from == "schema" && other == "internal/base":
		return "" // what the tables do is tried in a database
	case below > floor:
		return fmt.Sprintf("floor %d does not know floor %d", floor, below)
	case below == floor && other != from:
		return fmt.Sprintf("%s and %s do not know each other", from, other)
	}
	return ""
}
