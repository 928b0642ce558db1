package days

import (
	"os"
	"path/filepath"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/proof"
)

func TestEachDayFileEndsAsItSays(t *testing.T) {
	files, err := filepath.Glob("testdata/*.jour")
	if err != nil || len(files) < 14 {
		t.Fatalf("%d day files, %v", len(files), err)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				company, err := Run(file, string(text), d, dbtest.Clock(t, d))
				if err != nil {
					t.Fatal(err)
				}
				proof.Holds(t, d, company)
			})
		}
	})
}
