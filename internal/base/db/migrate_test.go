package db_test

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
	"encaisse/schema"
)

func TestProgramsThatMigrateAtOnceDoItOnce(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, d *db.DB) {
		files, err := fs.Glob(schema.Files, d.Name()+"/*.sql")
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		var group sync.WaitGroup
		var mu sync.Mutex
		var ran []string
		for _, program := range []*db.DB{d, second(t, d), second(t, d)} {
			group.Go(func() {
				names, err := program.Migrate(t.Context(), schema.Files)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				ran = append(ran, names...)
			})
		}
		group.Wait()
		slices.Sort(ran)
		for i, name := range ran {
			ran[i] = name[strings.LastIndex(name, "/")+1:]
			files[i] = files[i][strings.LastIndex(files[i], "/")+1:]
		}
		if !slices.Equal(ran, files) {
			t.Errorf("ran %q, want each of %q once", ran, files)
		}
		dbtest.Company(t, d)
	})
}

func TestASchemaBehindIsPendingAndOneAheadIsRefused(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, d *db.DB) {
		if _, err := d.MigrateTo(t.Context(), schema.Files, 2); err != nil {
			t.Fatal(err)
		}
		if current, known, err := d.Versions(t.Context(), schema.Files); err != nil || current != 2 || known < 6 {
			t.Errorf("version %d of %d, %v", current, known, err)
		}
		if pending, err := d.Pending(t.Context(), schema.Files); err != nil || !pending {
			t.Errorf("pending %v, %v", pending, err)
		}
		if names, err := d.Migrate(t.Context(), schema.Files); err != nil || len(names) < 4 {
			t.Errorf("ran %q, %v", names, err)
		}
		if pending, err := d.Pending(t.Context(), schema.Files); err != nil || pending {
			t.Errorf("pending %v, %v", pending, err)
		}
		if _, err := dbtest.Raw(t, d).Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, $1)`, true); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Pending(t.Context(), schema.Files); err == nil || !strings.Contains(err.Error(), "newer program") {
			t.Errorf("told %v", err)
		}
	})
}

func TestAMigrationThatFailsLeavesTheSchemaOfBefore(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, d *db.DB) {
		if _, err := d.MigrateTo(t.Context(), schema.Files, 2); err != nil {
			t.Fatal(err)
		}
		broken := fstest.MapFS{}
		for _, side := range []string{"sqlite", "postgres"} {
			for _, name := range []string{"0001_directory.sql", "0002_ledger.sql"} {
				text, err := fs.ReadFile(schema.Files, side+"/"+name)
				if err != nil {
					t.Fatal(err)
				}
				broken[side+"/"+name] = &fstest.MapFile{Data: text}
			}
			broken[side+"/0003_broken.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE half (id TEXT PRIMARY KEY);\nCREATE TABLE half (id TEXT PRIMARY KEY);\n")}
		}
		if _, err := d.Migrate(t.Context(), broken); err == nil || !strings.Contains(err.Error(), "version:3") {
			t.Errorf("told %v", err)
		}
		if current, _, err := d.Versions(t.Context(), schema.Files); err != nil || current != 2 {
			t.Errorf("version %d, %v", current, err)
		}
		var n int
		if err := dbtest.Raw(t, d).QueryRow(`SELECT COUNT(*) FROM half`).Scan(&n); err == nil {
			t.Error("half of the migration is there")
		}
	})
}
