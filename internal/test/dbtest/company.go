package dbtest

import (
	"context"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
)

// Company adds a company to the directory and gives its id. Each call makes another one.
func Company(t testing.TB, d *db.DB) string {
	t.Helper()
	company := id.New()
	err := d.Write(context.Background(), "", func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO company (id, slug, name, created_at) VALUES ($1, $2, $3, $4)`,
			company, "test-"+company, "Épicerie des Essais", tx.Now().UnixMicro())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return company
}
