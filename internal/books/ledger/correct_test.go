package ledger_test

import (
	"context"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/ledger"
	"encaisse/internal/test/dbtest"
)

func TestACorrectionLooksAtLimitsAfterBothItsEntries(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newCompany(t, d)
		var sold ledger.Posted
		write(t, d, company, func(tx *db.Tx) (err error) {
			if sold, err = ledger.Post(tx, entry("2026-11-18", "box/1/cash", "voucher/gift", 10000)); err != nil {
				return err
			}
			_, err = ledger.Post(tx, entry("2026-11-19", "voucher/gift", "sale/1/bread", 8000))
			return err
		})
		correct := func(e ledger.Entry) error {
			return d.Write(context.Background(), company, func(tx *db.Tx) error { _, err := ledger.Correct(tx, sold.ID, "erreur", e); return err })
		}
		for why, e := range map[string]ledger.Entry{
			"70,00 of vouchers, of which 80,00 are used": entry("2026-11-18", "box/1/cash", "voucher/gift", 7000),
			"no voucher at all, though 80,00 are used":   entry("2026-11-18", "box/1/cash", "sale/1/bread", 10000),
		} {
			if err := correct(e); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", why, err)
			}
		}
		if err := correct(entry("2026-11-18", "transit/bank", "voucher/gift", 8000)); err != nil {
			t.Fatalf("the 80,00 that are used: %v", err)
		}
		read(t, d, company, func(q *db.Snapshot) error {
			wantBalance(t, q, "voucher/gift", "2026-11-18", -8000)
			wantBalance(t, q, "voucher/gift", today, 0)
			wantBalance(t, q, "box/1/cash", today, 0)
			_, err := ledger.Verify(q)
			return err
		})
	})
}

func TestAnEntryKeepsAnAccountAboveZeroAtTheEndOfItsDayOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := newCompany(t, d)
		write(t, d, company, func(tx *db.Tx) error { // spent in the morning, before what was sold the day before is written
			_, err := ledger.Post(tx, entry("2026-11-20", "transit/bank", "box/1/cash", 15000))
			return err
		})
		guarded := func(debit, credit string) error {
			e := entry("2026-11-19", debit, credit, 3000)
			e.KeepAboveZero = []string{"box/1/cash"}
			return d.Write(context.Background(), company, func(tx *db.Tx) error { _, err := ledger.Post(tx, e); return err })
		}
		if err := guarded("box/1/cash", "sale/1/bread"); err != nil {
			t.Errorf("cash of the 19th, at 30,00, though the 20th stands below zero: %v", err)
		}
		write(t, d, company, func(tx *db.Tx) error {
			_, err := ledger.Post(tx, entry("2026-11-19", "transit/bank", "box/1/cash", 3000))
			return err
		})
		if err := guarded("transit/bank", "box/1/cash"); !fault.Is(err, fault.Invalid) {
			t.Errorf("cash of the 19th below zero: %v", err)
		}
	})
}
