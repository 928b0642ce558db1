package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTheFileOfAYearIsWrittenUnderItsNameAndChecksWithoutFault(t *testing.T) { // ACC-1
	data, to := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "new folder")
	if code, said := command("demo", "--data", data, "--days", "30", "--clients", "0"); code != 0 {
		t.Fatal(said)
	}
	year := time.Now().AddDate(0, 0, -15).Format("2006") // thirty days may lie in two years
	code, said := command("export", "fec", "--data", data, "--year", year, "--company", "Épicerie du Marché", "--to", to)
	path := filepath.Join(to, "123456782FEC"+year+"1231.txt")
	if code != 0 || !strings.HasPrefix(said, path+"\n") {
		t.Fatalf("%d: %s", code, said)
	}
	if left, err := os.ReadDir(to); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if code, said := command("check", "fec", path); code != 0 || !strings.HasSuffix(said, "No fault.\n") {
		t.Errorf("%d: %s", code, said)
	}
	for _, args := range [][]string{{}, {"--company", "epicerie-du-marche"}, {"--company", "123456782"}} {
		code, said := command(append([]string{"export", "fec", "--data", data, "--year", year, "--to", to}, args...)...)
		again, err := os.ReadFile(path)
		if code != 0 || err != nil || string(again) != string(first) {
			t.Errorf("%v: %d, %s, the same file: %v", args, code, said, string(again) == string(first))
		}
	}
	for want, args := range map[string][]string{
		"no company is called":    {"--company", "Personne"},
		"no entry in a financial": {"--year", "1999"},
	} {
		if code, said := command(append([]string{"export", "fec", "--data", data, "--to", to}, args...)...); code != 1 || !strings.Contains(said, want) {
			t.Errorf("%v: %d, %s", args, code, said)
		}
	}
}

func TestAFileWithFaultsSaysEachWithItsLineAndEndsWithOne(t *testing.T) {
	const folder = "../books/fec/testdata/"
	for file, want := range map[string]string{
		"mauvais-point/732829320FEC20261231.txt":        "ligne 2\u00a0: le champ Debit «\u00a0120.00\u00a0» a un point",
		"mauvais-non-valide/732829320FEC20261231.txt":   "ligne 2\u00a0: le champ ValidDate est vide (non conforme)",
		"mauvais-desequilibre/732829320FEC20261231.txt": "ligne 2\u00a0: l’écriture 1 n’est pas équilibrée",
		"mauvais-nom/ecritures-2026.txt":                "fichier\u00a0: le nom «\u00a0ecritures-2026.txt\u00a0» ne suit pas la règle",
	} {
		if code, said := command("check", "fec", folder+file); code != 1 || !strings.Contains(said, want) {
			t.Errorf("%s: %d, %s", file, code, said)
		}
	}
	for _, file := range []string{"bon/732829320FEC20261231.txt", "bon/732829320FEC20261231_1.txt", "bon-signe/732829320FEC20261231.txt"} {
		if code, said := command("check", "fec", folder+file); code != 0 {
			t.Errorf("%s: %d, %s", file, code, said)
		}
	}
	if code, _ := command("check", "fec", folder+"absent.txt"); code != 1 {
		t.Error("a file that is not there is checked")
	}
}
