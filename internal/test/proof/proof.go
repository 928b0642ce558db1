// Package proof walks, at the end of a test, every invariant of a company: what the command verify walks.
package proof

import (
	"context"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/accounting"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/deposit"
	"encaisse/internal/shop/receivable"
	"encaisse/internal/shop/voucher"
)

// Holds fails the test when anything in the books of a company does not hold: ledger, sheets, movements, payments, vouchers, slips, series and seals.
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
	if _, err := receivable.Verify(q); err != nil {
		return err
	}
	if _, err := voucher.Verify(q); err != nil {
		return err
	}
	if _, err := deposit.Verify(q); err != nil {
		return err
	}
	_, left, err := accounting.Verify(q)
	if err != nil {
		return err
	}
	if _, err := daysheet.VerifySummaries(q, left); err != nil {
		return err
	}
	acts := deposit.Sources()
	acts["entry"] = seal.Source{Content: ledger.Content, Each: ledger.EachID}
	acts["daysheet"] = seal.Source{Content: daysheet.SealedContent, Each: daysheet.EachID}
	acts[voucher.ProlongedKind] = seal.Source{Content: voucher.ProlongedContent, Each: voucher.EachProlonged}
	_, err = seal.Verify(q, acts, nil)
	return err
}
