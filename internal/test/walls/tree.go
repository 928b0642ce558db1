// Package walls lets the tree check itself: each rule of the house is a function that reads the sources and names what
// breaks it, and a test of its own. Each rule is also run on a small sample tree that breaks it (testdata/*.txtar), so that
// a rule is known to bite.
//
// Two lists are kept by hand: doors.txt, the imports allowed between rooms with their reasons, and tables.txt, which package
// owns which table.
package walls

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"
)

// module is the path that our own imports begin with.
const module = "encaisse/"

// File is one Go source.
type File struct {
	Path      string // from the root of the tree, with slashes
	Folder    string // its package: internal/books/ledger
	Test      bool   // compiled for tests only
	Generated bool
	Lines     int
	Imports   []Import
	Syntax    *ast.File
}

// Import is one of our own packages, or any other, imported by a file.
type Import struct {
	Path string
	Line int
}

// Tree is every source the rules read.
type Tree struct {
	Files []*File           // Go, in the order of their paths
	Texts map[string]string // every text file by path: Go, templ, SQL, CSS, JavaScript, papers and our lists
	set   *token.FileSet
}

// textEndings are the files kept as text. Rules that read sources name the endings they read.
var textEndings = map[string]bool{".go": true, ".templ": true, ".sql": true, ".css": true, ".js": true, ".ts": true, ".tsx": true, ".txt": true, ".mod": true, ".md": true}

// Load reads a tree. What is hidden, vendored, produced or a test's data is left out.
func Load(files fs.FS) (*Tree, error) {
	t := &Tree{Texts: map[string]string{}, set: token.NewFileSet()}
	err := fs.WalkDir(files, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if p != "." && outside(entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !textEndings[path.Ext(p)] {
			return nil
		}
		text, err := fs.ReadFile(files, p)
		if err != nil {
			return err
		}
		t.Texts[p] = string(text)
		if path.Ext(p) != ".go" {
			return nil
		}
		return t.add(p, text)
	})
	return t, err
}

// outside tells whether a folder is no source of ours.
func outside(name string) bool {
	switch name {
	case "testdata", "vendor", "node_modules", "dist", "data":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// add parses a Go file.
func (t *Tree) add(p string, text []byte) error {
	syntax, err := parser.ParseFile(t.set, p, text, parser.ParseComments)
	if err != nil {
		return err
	}
	f := &File{Path: p, Folder: path.Dir(p), Syntax: syntax, Lines: lines(string(text)), Generated: ast.IsGenerated(syntax)}
	f.Test = strings.HasSuffix(p, "_test.go") || under(f.Folder, "internal/test")
	for _, spec := range syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		f.Imports = append(f.Imports, Import{imported, t.line(spec)})
	}
	t.Files = append(t.Files, f)
	return nil
}

// line is the line a piece of syntax begins on.
func (t *Tree) line(n ast.Node) int { return t.set.Position(n.Pos()).Line }

// at says where something is wrong and what.
func (t *Tree) at(f *File, n ast.Node, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: ", f.Path, t.line(n)) + fmt.Sprintf(format, args...)
}

// paths are the texts with one of the endings, sorted.
func (t *Tree) paths(endings ...string) []string {
	var found []string
	for p := range t.Texts {
		for _, ending := range endings {
			if strings.HasSuffix(p, ending) {
				found = append(found, p)
			}
		}
	}
	sort.Strings(found)
	return found
}

// list reads one of our lists: a line each, without comments and blank lines, by line number.
func (t *Tree) list(p string) map[int]string {
	entries := map[int]string{}
	for i, line := range strings.Split(t.Texts[p], "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			entries[i+1] = line
		}
	}
	return entries
}

// numbers are the line numbers of a list, in order.
func numbers(entries map[int]string) []int {
	var all []int
	for n := range entries {
		all = append(all, n)
	}
	sort.Ints(all)
	return all
}

// under tells whether a folder is another one or inside it.
func under(folder, parent string) bool {
	return folder == parent || strings.HasPrefix(folder, parent+"/")
}

// lines counts the lines of a text.
func lines(text string) int {
	n := strings.Count(text, "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		n++
	}
	return n
}
