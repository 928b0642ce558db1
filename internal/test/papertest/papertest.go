// Package papertest reads printed documents back, for tests: what a person would read on the paper, compared with a golden
// file that a person can read too.
package papertest

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"encaisse/internal/test/need"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Text is the text of a PDF as it is laid out on its pages, with a line of dashes between two pages. It needs pdftotext
// (package poppler-utils).
func Text(t *testing.T, pdf []byte) string {
	t.Helper()
	tool := need.Tool(t, "pdftotext")
	file := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	command := exec.Command(tool, "-layout", "-enc", "UTF-8", file, "-")
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v %s", err, stderr.String())
	}
	if stderr.Len() > 0 {
		t.Errorf("pdftotext complains about the file: %s", stderr.String())
	}
	return tidy(string(out))
}

// tidy drops spaces at the ends of lines and writes the change of page as a line.
func tidy(text string) string {
	text = strings.ReplaceAll(text, "\f", "\n"+strings.Repeat("-", 120)+"\n")
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n"
}

// Golden compares a text with a file of testdata, or writes the file when the tests run with -update.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: run the test with -update once, then read the file it wrote", err)
	}
	if got == string(want) {
		return
	}
	wantLines, gotLines := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(wantLines), len(gotLines)) {
		w, g := lineAt(wantLines, i), lineAt(gotLines, i)
		if w != g {
			t.Fatalf("%s: line %d differs\nwant: %s\ngot:  %s\n(-update writes the file anew)", file, i+1, w, g)
		}
	}
}

// lineAt is a line, or a mark past the end.
func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end of the text)"
}
