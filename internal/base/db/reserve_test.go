package db_test

import (
	"path/filepath"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
)

func TestAFileThatIsReservedIsServedByNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "encaisse.db")
	release, err := db.Reserve(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Open(t.Context(), db.Config{SQLite: path, Serve: true}); err == nil || !strings.Contains(err.Error(), "already serves") {
		t.Errorf("a server opens it: %v", err)
	}
	release()
	server, err := db.Open(t.Context(), db.Config{SQLite: path, Serve: true})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if _, err := db.Reserve(path); err == nil || !strings.Contains(err.Error(), "a server serves") {
		t.Errorf("a file that is served is reserved: %v", err)
	}
}

func TestTablesAreSetAsideWhenNobodyElseUsesThem(t *testing.T) {
	dsn := dbtest.NewPostgres(t)
	if n, err := db.OtherConnections(t.Context(), dsn); err != nil || n != 0 {
		t.Errorf("%d others at first, %v", n, err)
	}
	d, err := db.Open(t.Context(), db.Config{Postgres: dsn})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := db.OtherConnections(t.Context(), dsn); err != nil || n == 0 {
		t.Errorf("%d others while it is open, %v", n, err)
	}
	d.Close()
	if err := db.SetAside(t.Context(), dsn, "refused; DROP"); err == nil {
		t.Error("a name that is none is taken")
	}
	for range 2 {
		if err := db.SetAside(t.Context(), dsn, "refused_1"); err != nil && !strings.Contains(err.Error(), "refused_1") {
			t.Error(err)
		}
	}
}
