package dbtest

import (
	"context"
	"sync"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/books/seal"
)

// Company adds a company to the directory, opens the register of its back office and gives its id. Each call makes another one.
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
	err = d.Write(context.Background(), company, func(tx *db.Tx) error {
		return seal.OpenRegister(tx, seal.Office, seal.Office, "Arrière-boutique")
	})
	if err != nil {
		t.Fatal(err)
	}
	return company
}

// useVault locks the signing keys of test stores under a key everyone knows.
var useVault = sync.OnceValue(func() error {
	vault, err := seal.NewMasterKey([]byte("the master key of a test store !"))
	if err == nil {
		seal.UseVault(vault)
	}
	return err
})
