package dbtest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/schema"
)

// migratedFile is a SQLite file with the program's schema and no row, made once per process.
var migratedFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "encaisse-sqlite-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "encaisse.db")
	d, err := db.Open(context.Background(), db.Config{SQLite: path})
	if err != nil {
		return nil, err
	}
	if _, err := d.Migrate(context.Background(), schema.Files); err != nil {
		d.Close()
		return nil, err
	}
	if err := d.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// migratedSQLite is a new file with the schema.
func migratedSQLite(t testing.TB) store {
	t.Helper()
	file, err := migratedFile()
	if err != nil {
		t.Fatal(err)
	}
	s := emptySQLite(t)
	if err := os.WriteFile(s.config.SQLite, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

// emptySQLite is a new file, not made yet.
func emptySQLite(t testing.TB) store {
	return store{config: db.Config{SQLite: filepath.Join(t.TempDir(), "encaisse.db")}}
}
