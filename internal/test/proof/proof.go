// Package proof walks, at the end of a test, every invariant of a company: what the command verify walks.
package proof

import (
	"context"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
)

// Holds fails the test when anything in the books of a company does not hold: ledger, sheets, movements, series and seals.
func Holds(t testing.TB, d *db.DB, company string) {
	t.Helper()
	if err := d.Read(context.Background(), company, Check); err != nil {
		t.Errorf("the books do not hold: %v", err)
	}
}

// Check names the first fault in the books of the handle’s company.
func Check(q *db.Snapshot) error {
	if _, err := ledger.Verify(q); err != nil {
		return err
	}
	if _, err := daysheet.Verify(q); err != nil {
		return err
	}
	if _, err := cashbox.Verify(q); err != nil {
		return err
	}
	_, err := seal.Verify(q, map[string]seal.Source{
		"entry":    {Content: ledger.Content, Each: ledger.EachID},
		"daysheet": {Content: daysheet.SealedContent, Each: daysheet.EachID},
	}, nil)
	return err
}
