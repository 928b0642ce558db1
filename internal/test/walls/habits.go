package walls

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"sort"
	"strings"
)

// The sizes one reads at a glance.
const (
	longestFile     = 500
	longestFunction = 70
)

var unfinished = regexp.MustCompile(`\b(TODO|FIXME|XXX|(?i:not implemented|coming soon|bientôt disponible|lorem ipsum))\b`)

// NoFloat names the floating-point numbers near money: in base/money, base/vat, books and the rooms.
func NoFloat(t *Tree) []string {
	var wrong []string
	for _, f := range t.Files {
		if f.Test || !nearMoney(f.Folder) {
			continue
		}
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if n.Name == "float32" || n.Name == "float64" || n.Name == "ParseFloat" {
					wrong = append(wrong, t.at(f, n, "%s near money", n.Name))
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT {
					wrong = append(wrong, t.at(f, n, "the number %s near money", n.Value))
				}
			}
			return true
		})
	}
	return wrong
}

// nearMoney tells whether a package computes amounts.
func nearMoney(folder string) bool {
	for _, parent := range []string{"internal/base/money", "internal/base/vat", "internal/books", "internal/shop"} {
		if under(folder, parent) {
			return true
		}
	}
	return false
}

// Sizes names the files and functions that are too long to read.
func Sizes(t *Tree) []string {
	var wrong []string
	for _, p := range t.paths(".go", ".templ", ".ts", ".tsx") {
		if n := lines(t.Texts[p]); n > longestFile && !strings.HasSuffix(p, "_templ.go") {
			wrong = append(wrong, fmt.Sprintf("%s: %d lines, more than %d", p, n, longestFile))
		}
	}
	for _, f := range t.Files {
		if f.Generated {
			continue
		}
		for _, declared := range f.Syntax.Decls {
			function, is := declared.(*ast.FuncDecl)
			if !is {
				continue
			}
			if n := t.set.Position(function.End()).Line - t.line(function) + 1; n > longestFunction {
				wrong = append(wrong, t.at(f, function, "%s has %d lines, more than %d", function.Name.Name, n, longestFunction))
			}
		}
	}
	return wrong
}

// Finished names the places that promise work for later.
func Finished(t *Tree) []string {
	var wrong []string
	for _, p := range t.paths(".go", ".templ", ".sql", ".css", ".js", ".ts", ".tsx") {
		if under(path.Dir(p), "internal/test/walls") {
			continue // this rule and its own words
		}
		for i, line := range strings.Split(t.Texts[p], "\n") {
			if m := unfinished.FindString(line); m != "" {
				wrong = append(wrong, fmt.Sprintf("%s:%d: %q is work left for later", p, i+1, m))
			}
		}
	}
	return wrong
}

// Introduced names the packages that do not say what they are. What a generator writes above the package line is no introduction.
func Introduced(t *Tree) []string {
	said := map[string]bool{}
	for _, f := range t.Files {
		if !strings.HasSuffix(f.Path, "_test.go") && !f.Generated {
			said[f.Folder] = said[f.Folder] || f.Syntax.Doc != nil
		}
	}
	var wrong []string
	for folder, yes := range said {
		if !yes {
			wrong = append(wrong, folder+": the package does not say in a comment what it is")
		}
	}
	sort.Strings(wrong)
	return wrong
}

// call is a function of another package that only some folders may call.
type call struct {
	pack, name string
	allowed    []string
	says       string
}

var reserved = []call{
	{"time", "Now", []string{"internal/base/clock", "internal/base/db", "internal/web", "internal/app", "internal/wire"}, "the time comes from the transaction or from base/clock"},
	{"sql", "Open", []string{"internal/base/db"}, "the store is opened by base/db"},
	{"sql", "OpenDB", []string{"internal/base/db"}, "the store is opened by base/db"},
	{"uuid", "New", []string{"internal/base/id"}, "identifiers are made by base/id"},
	{"uuid", "NewV7", []string{"internal/base/id"}, "identifiers are made by base/id"},
}

// Reserved names the calls that go round the one place made for them: the clock, the store, the identifiers.
func Reserved(t *Tree) []string {
	return calls(t, reserved, func(f *File) bool { return f.Test })
}

// NoSkip names the tests that skip themselves without internal/test/need, which names them.
func NoSkip(t *Tree) []string {
	need := []string{"internal/test/need"}
	says := "tests skip through internal/test/need only, which names them"
	return calls(t, []call{{"t", "Skip", need, says}, {"t", "Skipf", need, says}, {"t", "SkipNow", need, says}, {"b", "Skip", need, says},
		{"b", "Skipf", need, says}, {"b", "SkipNow", need, says}, {"testing", "Short", need, says}}, func(f *File) bool { return !f.Test })
}

// calls names the uses of reserved functions outside the folders that may.
func calls(t *Tree, list []call, exempt func(*File) bool) []string {
	var wrong []string
	for _, f := range t.Files {
		if exempt(f) {
			continue
		}
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			selector, is := n.(*ast.SelectorExpr)
			if !is {
				return true
			}
			from, is := selector.X.(*ast.Ident)
			if !is {
				return true
			}
			for _, c := range list {
				if from.Name == c.pack && selector.Sel.Name == c.name && !allowed(f.Folder, c.allowed) {
					wrong = append(wrong, t.at(f, n, "%s.%s: %s", c.pack, c.name, c.says))
				}
			}
			return true
		})
	}
	return wrong
}

// allowed tells whether a folder is in one of the parents.
func allowed(folder string, parents []string) bool {
	for _, parent := range parents {
		if under(folder, parent) {
			return true
		}
	}
	return false
}
