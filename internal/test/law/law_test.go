// Package law checks that the clauses of docs/law and the code speak of the same things.
package law

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

var (
	clause = regexp.MustCompile(`LAW-[A-Z]+(-[A-Z0-9]+)*-[0-9]+`)
	cited  = regexp.MustCompile(`LAW-[A-Z0-9-]+`)
	title  = regexp.MustCompile(`(?m)^### (LAW-[A-Z0-9-]+) · `)
	sure   = regexp.MustCompile(`(?s)\nSource: .+\. Sure: (text|published|secondary|own)\b.*\.\nHeld by: .+\.`)
)

// clauses are the clauses of docs/law with their text.
func clauses(t *testing.T, tree fs.FS) map[string]string {
	t.Helper()
	texts := map[string]string{}
	names, err := fs.Glob(tree, "docs/law/*.md")
	if err != nil || len(names) < 2 {
		t.Fatalf("files %q %v", names, err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			t.Fatal(err)
		}
		starts := title.FindAllSubmatchIndex(text, -1)
		for i, start := range starts {
			end := len(text)
			if i+1 < len(starts) {
				end = starts[i+1][0]
			}
			id := string(text[start[2]:start[3]])
			if texts[id] != "" {
				t.Errorf("%s: clause %s is there twice", name, id)
			}
			body, _, _ := strings.Cut(string(text[start[0]:end]), "\n## ")
			texts[id] = strings.TrimSpace(body)
		}
	}
	return texts
}

func TestEveryClauseSaysWhereItComesFromAndHowSureWeAre(t *testing.T) {
	for id, text := range clauses(t, os.DirFS("../../..")) {
		if clause.FindString(id) != id {
			t.Errorf("%s is not written like the identifier of a clause", id)
		}
		if !sure.MatchString(text) {
			t.Errorf("%s: it must end with the lines « Source: …. Sure: text, published, secondary or own. » and « Held by: …. »\n%s", id, text)
		}
	}
}

func TestEveryClauseIsTestedAndEveryCitedClauseExists(t *testing.T) {
	tree := os.DirFS("../../..")
	known := clauses(t, tree)
	tested := map[string]bool{}
	err := fs.WalkDir(tree, "internal", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".go" || strings.HasPrefix(name, "internal/test/law/") {
			return err
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		for _, id := range cited.FindAllString(string(text), -1) {
			if known[id] == "" {
				t.Errorf("%s cites %s, which docs/law does not have", name, id)
			}
			tested[id] = tested[id] || strings.HasSuffix(name, "_test.go")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for id := range known {
		if !tested[id] {
			t.Errorf("no test cites %s", id)
		}
	}
}
