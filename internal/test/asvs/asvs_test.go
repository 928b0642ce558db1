package asvs

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

const document = "docs/security.md"

var (
	row         = regexp.MustCompile(`(?m)^\| (v5\.0\.0-.+?) \| (.+?) \| (.+?) \|$`)
	requirement = regexp.MustCompile(`^v5\.0\.0-\d+\.\d+\.\d+$`)
	named       = regexp.MustCompile("`(Test[^`]+)`")
	declared    = regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)
)

// sources calls fn with each Go file of the tree.
func sources(t *testing.T, fn func(name, text string)) {
	t.Helper()
	tree := os.DirFS("../../..")
	err := fs.WalkDir(tree, "internal", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".go" {
			return err
		}
		text, err := fs.ReadFile(tree, name)
		fn(name, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEachRequirementIsHeldByTestsThatExist(t *testing.T) {
	text, err := os.ReadFile("../../../" + document)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	sources(t, func(name, text string) {
		if strings.HasSuffix(name, "_test.go") {
			for _, found := range declared.FindAllStringSubmatch(text, -1) {
				there[found[1]] = true
			}
		}
	})
	rows, seen := row.FindAllStringSubmatch(string(text), -1), map[string]bool{}
	if len(rows) < 40 {
		t.Errorf("%s has %d rows", document, len(rows))
	}
	for _, r := range rows {
		for id := range strings.SplitSeq(r[1], ", ") {
			if !requirement.MatchString(id) || seen[id] {
				t.Errorf("%s: %q is no requirement, or is there twice", document, id)
			}
			seen[id] = true
		}
		tests := named.FindAllStringSubmatch(r[3], -1)
		if len(tests) == 0 {
			t.Errorf("%s: nothing holds %s", document, r[1])
		}
		for _, test := range tests {
			if !there[test[1]] {
				t.Errorf("%s: %s is said to be held by %s, which does not exist", document, r[1], test[1])
			}
		}
	}
}

// outside are the packages and files that speak to other machines, each to the one the keeper of the program named.
var outside = map[string]string{
	"internal/paper/mail":           "the mail server of the settings",
	"internal/app/offsite":          "the storage of copies of the settings",
	"internal/app/bench_http.go":    "the program itself, measured",
	"internal/app/update_source.go": "where releases are, as the command update was told",
	"internal/app/update_trial.go":  "the new program, tried on this machine",
}

var calling = regexp.MustCompile(`http\.(Client\{|Get\(|Post\(|Head\(|DefaultClient|NewRequest)|\b(net|tls)\.(Dial|Dialer)|minio\.New\(|gomail\.`)

// An address that people type is never asked for: there is nothing to forge a request with.
func TestOnlyWhatItsKeeperNamedIsSpokenTo(t *testing.T) {
	met := map[string]bool{}
	sources(t, func(name, text string) {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "internal/test/") || !calling.MatchString(text) {
			return
		}
		for _, known := range []string{name, path.Dir(name)} {
			if outside[known] != "" {
				met[known] = true
				return
			}
		}
		t.Errorf("%s speaks to another machine: %s", name, calling.FindString(text))
	})
	for known := range outside {
		if !met[known] {
			t.Errorf("%s speaks to nobody: take it off the list", known)
		}
	}
}

var running = regexp.MustCompile(`exec\.Command(Context)?\(`)

// runners are the files that run a program: by its name, with arguments of ours, and no shell.
var runners = map[string]string{
	"internal/paper/ocr/reader.go":   "the reader of photos",
	"internal/app/update_service.go": "the keeper of services, for the command update",
	"internal/app/update_trial.go":   "the new program, for the command update",
}

func TestNoShellIsRun(t *testing.T) {
	sources(t, func(name, text string) {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "internal/test/") {
			return
		}
		if running.MatchString(text) && runners[name] == "" {
			t.Errorf("%s runs a program", name)
		}
		if strings.Contains(text, `"sh", "-c"`) || strings.Contains(text, `"/bin/sh"`) {
			t.Errorf("%s runs a shell", name)
		}
	})
}
