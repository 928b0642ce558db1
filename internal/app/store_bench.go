package app

import (
	"context"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/shop/company"
)

// bare measures the database alone: the rows of one sealed movement, written by the same grouping, with nothing read, checked, signed or
// sent over HTTP. Texts and bytes have the lengths they really have.
func (b Bench) bare(ctx context.Context, d *db.DB, clients int) (speed, error) {
	companyID := id.New()
	err := d.Write(ctx, companyID, func(tx *db.Tx) error {
		if _, err := company.Create(tx, "Mesure"); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO ledger_account (company_id, key, code, label, sense, never_negative) VALUES ($1, 'box/a', '530', 'Caisse', 1, $2), ($1, 'owner/a', '108', 'Exploitant', -1, $2)`, companyID, false)
		return err
	})
	if err != nil {
		return speed{}, err
	}
	digest, signature, fields := make([]byte, 32), strings.Repeat("s", 86), strings.Repeat("f", 24)
	return load(ctx, clients, b.For, func(ctx context.Context, _ int) error {
		return d.Write(ctx, companyID, func(tx *db.Tx) error { return bareRows(tx, companyID, digest, signature, fields) })
	})
}

func bareRows(tx *db.Tx, companyID string, digest []byte, signature, fields string) error {
	var seq int64
	err := tx.Row(`INSERT INTO series (company_id, name, last) VALUES ($1, 'entry', 1) ON CONFLICT (company_id, name) DO UPDATE SET last = series.last + 1 RETURNING last`, companyID).Scan(&seq)
	if err != nil {
		return err
	}
	movement, entry, at := id.New(), id.New(), tx.Now().UnixMicro()
	statements := []struct {
		text string
		args []any
	}{
		{`UPDATE ledger_account SET balance = balance + 1234, last_day = '2026-11-20' WHERE company_id = $1 AND key = $2`, []any{"box/a"}},
		{`UPDATE ledger_account SET balance = balance - 1234, last_day = '2026-11-20' WHERE company_id = $1 AND key = $2`, []any{"owner/a"}},
		{bareDay, []any{"box/a", int64(1234)}},
		{bareDay, []any{"owner/a", int64(-1234)}},
		{`INSERT INTO ledger_entry (company_id, seq, id, on_day, at, kind, source, place, by_user, item, memo, reverses, corrects, back_dated)
			VALUES ($1, $2, $3, '2026-11-20', $4, 'paid-in', $5, $5, $5, '', 'Apport : mesure', '', '', $6)`, []any{seq, entry, at, movement, false}},
		{`INSERT INTO ledger_line (company_id, entry_seq, n, account, on_day, amount, party, memo, balance_after)
			VALUES ($1, $2, 1, 'owner/a', '2026-11-20', -1234, '', '', $3), ($1, $2, 2, 'box/a', '2026-11-20', 1234, '', '', $4)`, []any{seq, -1234 * seq, 1234 * seq}},
		{`UPDATE seal_head SET heads = $2, at = $3 WHERE company_id = $1`, []any{signature, at}},
		{`INSERT INTO seal_record (company_id, register, chain, seq, at, on_day, source_kind, source_id, fields, digest, key_id, format, signature)
			VALUES ($1, 'office', 'bare', $2, $3, '2026-11-20', 'entry', $4, $5, $6, $5, 1, $7)`, []any{seq, at, entry, fields, digest, signature}},
		{`INSERT INTO cash_movement (company_id, id, box_id, method_id, kind, amount, on_day, party_id, role, vat_rate, to_box, to_method, memo, attachment_id, entry_id, by_user, at, back_dated)
			VALUES ($1, $2, $3, $3, 'paid-in', 1234, '2026-11-20', '', '', 0, '', '', 'mesure', '', $3, $3, $4, $5)`, []any{movement, entry, at, false}},
		{`INSERT INTO act (company_id, key, kind, digest, at) VALUES ($1, $2, 'movement', $3, $4)`, []any{movement, digest, at}},
		{`INSERT INTO activity (company_id, id, at, by_user, kind, label, search_key, subject, origin_id)
			VALUES ($1, $2, $3, $2, 'caisses', 'Opération de caisse : ajout', 'operation de caisse : ajout /caisses/operation', '/caisses/operation', $4)`, []any{movement, at, companyID}},
	}
	for _, s := range statements {
		if _, err := tx.Exec(s.text, append([]any{companyID}, s.args...)...); err != nil {
			return err
		}
	}
	return nil
}

const bareDay = `INSERT INTO ledger_day (company_id, account, on_day, debit, credit, balance) VALUES ($1, $2, '2026-11-20', 0, 0, $3)
	ON CONFLICT (company_id, account, on_day) DO UPDATE SET debit = ledger_day.debit + 1, balance = ledger_day.balance + excluded.balance`
