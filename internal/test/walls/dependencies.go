package walls

import (
	"fmt"
	"regexp"
	"strings"
)

// dependencyList is the decision that gives each module we depend on its line.
const dependencyList = "docs/decisions/0002-dependencies.md"

var required = regexp.MustCompile(`(?m)^(?:require )?\s*([a-z0-9.-]+\.[a-z]+/\S+|rsc\.io/\S+) v\S+`)

// Dependencies names the imports of modules that have no line in the list: why, licence, how kept.
func Dependencies(t *Tree) []string {
	var modules []string
	for _, m := range required.FindAllStringSubmatch(t.Texts["go.mod"], -1) {
		modules = append(modules, m[1])
	}
	var wrong []string
	seen := map[string]bool{}
	for _, f := range t.Files {
		for _, i := range f.Imports {
			module := moduleOf(i.Path, modules)
			if module == "" || seen[module] {
				continue
			}
			seen[module] = true
			if !strings.Contains(t.Texts[dependencyList], "`"+module+"`") {
				wrong = append(wrong, fmt.Sprintf("%s:%d: module %s has no line in %s", f.Path, i.Line, module, dependencyList))
			}
		}
	}
	return wrong
}

// moduleOf is the module a package belongs to: the longest that begins its path, "" for the standard library and for ourselves.
func moduleOf(path string, modules []string) string {
	found := ""
	for _, m := range modules {
		if under(path, m) && len(m) > len(found) {
			found = m
		}
	}
	return found
}
