package app

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
	"encaisse/schema"
)

var anAddress = regexp.MustCompile(`\S+@\S+\.\S+`)

func TestACompanyGoesWholeFromOneInstallToAnother(t *testing.T) {
	from := shopData(t)
	file := filepath.Join(t.TempDir(), "societe.encaisse")
	run(t, "export", "company", "--data", from, file)
	for name, postgres := range map[string]string{"into a file": "", "into PostgreSQL": dbtest.NewPostgres(t)} {
		t.Run(name, func(t *testing.T) {
			to := filepath.Join(t.TempDir(), "data")
			newShop(t, to, postgres) // another company, whose owner receives it
			owner := anAddress.FindString(run(t, "user", "list", "--data", to, "--postgres", postgres))
			said := run(t, "import", "company", "--data", to, "--postgres", postgres, "--owner", owner, file)
			if !strings.Contains(said, "everything holds") {
				t.Errorf("import says %s", said)
			}
			if said := run(t, "verify", "--data", to, "--postgres", postgres); !strings.Contains(said, "Companies checked: 2") {
				t.Errorf("verify says %s", said)
			}
			wantIn(t, figuresOf(t, from, ""), figuresOf(t, to, postgres))
			fails(t, "déjà ici", "import", "company", "--data", to, "--postgres", postgres, "--owner", owner, file)
			back := filepath.Join(t.TempDir(), "retour.encaisse")
			run(t, "export", "company", "--data", to, "--postgres", postgres, "--company", slugOf(t, from), back)
			fresh := filepath.Join(t.TempDir(), "fresh")
			newShop(t, fresh, "")
			run(t, "import", "company", "--data", fresh, "--owner", anAddress.FindString(run(t, "user", "list", "--data", fresh)), back)
			run(t, "verify", "--data", fresh)
			wantIn(t, figuresOf(t, from, ""), figuresOf(t, fresh, ""))
		})
	}
}

// wantIn wants every row of a company in another store, but for its seals: they go on there.
func wantIn(t *testing.T, from, to map[string][]string) {
	t.Helper()
	for _, table := range schema.Tables() {
		if slices.Contains(db.DirectoryTables(), table) || table == "seal_key" || table == "seal_head" {
			continue
		}
		for _, row := range from[table] {
			if _, there := slices.BinarySearch(to[table], row); !there {
				t.Errorf("%s lacks %.300s", table, row)
				break
			}
		}
	}
	if len(from["ledger_entry"]) == 0 {
		t.Error("no entry to compare")
	}
}

// slugOf is the name in addresses of the only company of a data folder.
func slugOf(t *testing.T, data string) string {
	t.Helper()
	for _, row := range figuresOf(t, data, "")["company"] {
		return strings.Fields(row)[1]
	}
	t.Fatal("no company")
	return ""
}

func TestAnImportThatDoesNotHoldLeavesNothing(t *testing.T) {
	from, to := shopData(t), filepath.Join(t.TempDir(), "data")
	newShop(t, to, "")
	owner := anAddress.FindString(run(t, "user", "list", "--data", to))
	file := filepath.Join(t.TempDir(), "societe.encaisse")
	run(t, "export", "company", "--data", from, file)
	before := figuresOf(t, to, "")
	work := t.TempDir()
	m, err := unpack(file, work)
	if err != nil {
		t.Fatal(err)
	}
	tables := filepath.Join(work, tablesFile)
	text, err := os.ReadFile(tables)
	if err != nil {
		t.Fatal(err)
	}
	amount := regexp.MustCompile(`(?m)("table":"ledger_line".*\n\[.*?,)(\d\d+)(,"[^"]*",)`)
	if err := os.WriteFile(tables, amount.ReplaceAll(text, []byte("${1}1${2}${3}")), 0o600); err != nil {
		t.Fatal(err)
	}
	forged := filepath.Join(t.TempDir(), "forged.encaisse")
	m.Files = nil
	if _, err := pack(forged, work, m); err != nil {
		t.Fatal(err)
	}
	fails(t, "ledger", "import", "company", "--data", to, "--owner", owner, forged)
	fails(t, "nobody signs in here", "import", "company", "--data", to, "--owner", "personne@exemple.fr", file)
	fails(t, "encaisse import company", "restore", "--data", filepath.Join(t.TempDir(), "new"), file)
	whole := filepath.Join(t.TempDir(), "whole.backup")
	run(t, "backup", "--data", from, whole)
	fails(t, "encaisse restore", "import", "company", "--data", to, "--owner", owner, whole)
	fails(t, "exists already", "export", "company", "--data", from, file)
	for table, rows := range figuresOf(t, to, "") {
		if !slices.Equal(rows, before[table]) {
			t.Errorf("%s was changed", table)
		}
	}
}
