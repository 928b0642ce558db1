package app

import (
	"context"
	"fmt"
	"io"

	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/accounting"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/deposit"
	"encaisse/internal/shop/receivable"
	"encaisse/internal/shop/voucher"
)

// Verify walks every invariant and names the first fault.
type Verify struct{}

// Run implements the command.
func (Verify) Run(ctx context.Context, p *Program) error {
	d, err := p.openExisting(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	return verify(ctx, d, p.out, seal.NewWitness(p.witnessPath()))
}

// verify walks every invariant of every company, says what it checked, and gives the first fault as an error. Each company is read as of
// one instant, so the program may serve meanwhile.
func verify(ctx context.Context, d *db.DB, out io.Writer, witness *seal.Witness) error {
	if err := d.Integrity(ctx); err != nil {
		return err
	}
	ids, err := companies(ctx, d)
	if err != nil {
		return err
	}
	for _, id := range ids {
		name, err := nameOf(ctx, d, id)
		if err != nil {
			return err
		}
		fmt.Fprintln(out, name)
		heads, err := witness.Heads(id) // before the books are read: it never says more than they do
		if err != nil {
			return err
		}
		if err := d.Read(ctx, id, func(q *db.Snapshot) error { return verifyCompany(q, out, heads) }); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	fmt.Fprintf(out, "Everything holds. Companies checked: %s.\n", locale.Int(int64(len(ids))))
	return nil
}

func nameOf(ctx context.Context, d *db.DB, id string) (name string, err error) {
	err = d.Read(ctx, "", func(q *db.Snapshot) error {
		entry, _, err := company.EntryByID(q, id)
		name = entry.Name
		return err
	})
	return name, err
}

// verifyCompany walks the invariants of one company, the books before what stands on them.
func verifyCompany(q db.Querier, out io.Writer, heads []seal.Head) error {
	books, err := ledger.Verify(q)
	if err != nil {
		return err
	}
	say(out, "ledger", books.Entries, "entries", books.Lines, "lines", books.Accounts, "accounts", books.Days, "balances of a day")
	sheets, err := daysheet.Verify(q)
	if err != nil {
		return err
	}
	say(out, "day sheets", sheets.Days, "days", sheets.Versions, "versions", sheets.Boxes, "cash boxes")
	moves, err := cashbox.Verify(q)
	if err != nil {
		return err
	}
	say(out, "movements", moves.Movements, "movements", moves.Files, "attached files")
	if err := verifyRooms(q, out); err != nil {
		return err
	}
	say(out, "series", 1+sheets.Boxes, "series", books.Entries+sheets.Versions, "numbers")
	seals, err := seal.Verify(q, sealedActs(), heads)
	if err != nil {
		return err
	}
	say(out, "seals", seals.Registers, "registers", seals.Keys, "keys", seals.Chains, "chains", seals.Records, "records", seals.Acts, "acts rebuilt",
		seals.RepeatedHeads, "repeated heads", seals.Witnessed, "heads kept apart")
	return nil
}

// verifyRooms compares what other rooms keep of their acts with the ledger and what was sealed.
func verifyRooms(q db.Querier, out io.Writer) error {
	payments, err := receivable.Verify(q)
	if err != nil {
		return err
	}
	vouchers, err := voucher.Verify(q)
	if err != nil {
		return err
	}
	slips, err := deposit.Verify(q)
	if err != nil {
		return err
	}
	files, left, err := accounting.Verify(q)
	if err != nil {
		return err
	}
	months, err := daysheet.VerifySummaries(q, left)
	if err != nil {
		return err
	}
	say(out, "customers", payments.Payments, "payments", payments.Undone, "undone")
	say(out, "vouchers", vouchers.Vouchers, "vouchers", vouchers.Events, "events")
	say(out, "deposits", slips.Slips, "slips", slips.Cheques, "cheques", slips.Events, "events")
	say(out, "handed over", files, "files of entries", months, "months summed up")
	return nil
}

// sealedActs is where the acts of each sealed kind are.
func sealedActs() map[string]seal.Source {
	acts := deposit.Sources()
	acts["entry"] = seal.Source{Content: ledger.Content, Each: ledger.EachID}
	acts["daysheet"] = seal.Source{Content: daysheet.SealedContent, Each: daysheet.EachID}
	acts[voucher.ProlongedKind] = seal.Source{Content: voucher.ProlongedContent, Each: voucher.EachProlonged}
	return acts
}

// say prints one line of counts: what was walked, then numbers and what they count.
func say(out io.Writer, what string, counts ...any) {
	fmt.Fprintf(out, "  %-13s", what)
	for i := 0; i < len(counts); i += 2 {
		separator := ", "
		if i == 0 {
			separator = ""
		}
		fmt.Fprintf(out, "%s%s %s", separator, locale.Int(int64(counts[i].(int))), counts[i+1])
	}
	fmt.Fprintln(out)
}
