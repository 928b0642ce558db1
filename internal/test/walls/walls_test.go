package walls

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"
)

// own is this program's tree, read once.
var own = sync.OnceValues(func() (*Tree, error) { return Load(os.DirFS("../../..")) })

// rule runs a rule on the sample tree that breaks it, where it must find exactly what the sample's file « want » lists, and
// on this tree, where it must find nothing.
func rule(t *testing.T, sample string, check func(*Tree) []string) {
	t.Helper()
	t.Run("bites", func(t *testing.T) {
		archive, err := txtar.ParseFile(filepath.Join("testdata", sample+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		files, err := txtar.FS(archive)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := Load(files)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, f := range archive.Files {
			if f.Name == "want" {
				want = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
			}
		}
		if len(want) == 0 {
			t.Fatal("the sample does not say what is wrong with it")
		}
		got := check(tree)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("found:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
	t.Run("holds", func(t *testing.T) {
		tree, err := own()
		if err != nil {
			t.Fatal(err)
		}
		if len(tree.Files) < 10 {
			t.Fatalf("read %d files only", len(tree.Files))
		}
		for _, wrong := range check(tree) {
			t.Error(wrong)
		}
	})
}

func TestImportsRunDownTheFloorsOnly(t *testing.T) { rule(t, "floors", Floors) }

func TestARoomOpensOnAnotherThroughAListedDoorOnly(t *testing.T) { rule(t, "doors", Doors) }

func TestEveryModuleWeImportHasItsReason(t *testing.T) { rule(t, "dependencies", Dependencies) }

func TestOnlyWindowsSpeakHTTP(t *testing.T) { rule(t, "window", Window) }

func TestEveryRouteNamesItsRight(t *testing.T) { rule(t, "routes", Routes) }

func TestSQLIsWrittenInStoresOnly(t *testing.T) { rule(t, "storeonly", StoreOnly) }

func TestAPackageTouchesItsOwnTablesOnly(t *testing.T) { rule(t, "owntables", OwnTables) }

func TestAStatementOnACompanysTableCarriesTheCompany(t *testing.T) { rule(t, "onecompany", OneCompany) }

func TestEveryMigrationHasItsTwin(t *testing.T) { rule(t, "twins", Twins) }

func TestNoColumnKeepsAnInexactAmountOrAZonedInstant(t *testing.T) { rule(t, "columns", ExactColumns) }

func TestNoFloatComesNearMoney(t *testing.T) { rule(t, "floats", NoFloat) }

func TestFilesAndFunctionsAreShortEnoughToRead(t *testing.T) {
	long := strings.Repeat("\n", longestFile+1)
	tree := &Tree{Texts: map[string]string{"a.go": long, "b.templ": long, "b_templ.go": long, "c.go": long[1:]}}
	want := []string{"a.go: 501 lines, more than 500", "b.templ: 501 lines, more than 500"}
	if got := Sizes(tree); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	rule(t, "functions", Sizes)
}

func TestNothingIsLeftForLater(t *testing.T) { rule(t, "unfinished", Finished) }

func TestEveryPackageSaysWhatItIs(t *testing.T) { rule(t, "introduced", Introduced) }

func TestClockStoreAndIdentifiersComeFromTheirOwnPackage(t *testing.T) {
	rule(t, "reserved", Reserved)
}

func TestTestsAreSkippedByNeedOnly(t *testing.T) { rule(t, "skips", NoSkip) }

func TestEverySampleBelongsToARule(t *testing.T) {
	samples, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("walls_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, sample := range samples {
		name := strings.TrimSuffix(filepath.Base(sample), ".txtar")
		if !strings.Contains(string(source), `rule(t, "`+name+`"`) {
			t.Errorf("no rule is tested on %s", sample)
		}
	}
}
