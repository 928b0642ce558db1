// Package need says what a test wants from the machine: a PostgreSQL server, a browser, a PDF tool, Tesseract, FUSE. Where
// it is missing, the test is skipped with a reason and named in the file ENCAISSE_SKIPPED, which `make test` prints on its last
// lines; with CI=true it fails instead, so that nothing is left out there. No other package may skip a test.
package need

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/test/dbtest/postgres"
)

// ServerVariable names a PostgreSQL server to use instead of a private one: a DSN that may create databases and roles.
const ServerVariable = "ENCAISSE_TEST_POSTGRES"

// SkippedVariable names the file where skipped tests are listed, one a line: what was missing, a tab, the test.
const SkippedVariable = "ENCAISSE_SKIPPED"

// Postgres asks for a PostgreSQL server: the one of ENCAISSE_TEST_POSTGRES, or the programs to start one.
func Postgres(t testing.TB) {
	t.Helper()
	if os.Getenv(ServerVariable) == "" {
		PostgresPrograms(t)
	}
}

// PostgresPrograms asks for initdb, pg_ctl and postgres.
func PostgresPrograms(t testing.TB) {
	t.Helper()
	if _, err := postgres.Find(); err != nil {
		missing(t, "PostgreSQL server (package postgresql)", err)
	}
}

// Chromium asks for a Chromium or Chrome browser and gives its path.
func Chromium(t testing.TB) string {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, "Chromium browser (package chromium)", exec.ErrNotFound)
	return ""
}

// Tool asks for a program in the PATH, pdftotext for example, and gives its path.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, "program "+name, err)
	}
	return path
}

// Tesseract asks for the program that reads photos, with its French data.
func Tesseract(t testing.TB) {
	t.Helper()
	Tool(t, "tesseract")
	languages, err := exec.Command("tesseract", "--list-langs").Output()
	if err == nil && !slices.Contains(strings.Fields(string(languages)), "fra") {
		err = exec.ErrNotFound
	}
	if err != nil {
		missing(t, "French data of tesseract (package tesseract-ocr-fra)", err)
	}
}

// Fuse asks for a mountable FUSE: the device and the fusermount3 program.
func Fuse(t testing.TB) {
	t.Helper()
	device, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0)
	if err != nil {
		missing(t, "FUSE (device /dev/fuse)", err)
		return
	}
	device.Close()
	Tool(t, "fusermount3")
}

// missing ends the test: failed where everything must run, skipped and named elsewhere.
func missing(t testing.TB, what string, cause error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("needs %s: %v (with CI=true nothing may be left out)", what, cause)
	}
	if err := note(what, place()+" "+t.Name()); err != nil {
		t.Fatalf("needs %s: %v; and the skip could not be noted: %v", what, cause, err)
	}
	t.Skipf("needs %s: %v", what, cause)
}

// note appends a skipped test to the list, when there is one.
func note(what, test string) error {
	list := os.Getenv(SkippedVariable)
	if list == "" {
		return nil
	}
	file, err := os.OpenFile(list, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(file, "%s\t%s\n", what, test); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

// place is the folder of the package under test, from the root of the module.
func place() string {
	folder, err := os.Getwd()
	if err != nil {
		return "?"
	}
	for root := folder; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			return strings.TrimPrefix(strings.TrimPrefix(folder, root), string(filepath.Separator))
		}
		if root == filepath.Dir(root) {
			return folder
		}
	}
}
