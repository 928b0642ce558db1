package app

import (
	"context"
	"fmt"
	"io"

	"encaisse/internal/base/db"
	"encaisse/internal/base/locale"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
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
	list, err := namedCompanies(ctx, d)
	if err != nil {
		return err
	}
	for _, c := range list {
		fmt.Fprintf(out, "%s\n", c.name)
		heads, err := witness.Heads(c.id) // before the books are read: it never says more than they do
		if err != nil {
			return err
		}
		err = d.Read(ctx, c.id, func(q *db.Snapshot) error { return verifyCompany(q, out, heads) })
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	fmt.Fprintf(out, "Everything holds. Companies checked: %s.\n", locale.Int(int64(len(list))))
	return nil
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
	say(out, "series", 1+sheets.Boxes, "series", books.Entries+sheets.Versions, "numbers")
	seals, err := seal.Verify(q, sealedActs(), heads)
	if err != nil {
		return err
	}
	say(out, "seals", seals.Registers, "registers", seals.Keys, "keys", seals.Chains, "chains", seals.Records, "records", seals.Acts, "acts rebuilt",
		seals.RepeatedHeads, "repeated heads", seals.Witnessed, "heads kept apart")
	return nil
}

// sealedActs is where the acts of each sealed kind are.
func sealedActs() map[string]seal.Source {
	return map[string]seal.Source{
		"entry":    {Content: ledger.Content, Each: ledger.EachID},
		"daysheet": {Content: daysheet.SealedContent, Each: daysheet.EachID},
	}
}

// say prints one line of counts: what was walked, then numbers and what they count.
func say(out io.Writer, what string, counts ...any) {
	fmt.Fprintf(out, "  %-12s", what)
	for i := 0; i < len(counts); i += 2 {
		separator := ", "
		if i == 0 {
			separator = ""
		}
		fmt.Fprintf(out, "%s%s %s", separator, locale.Int(int64(counts[i].(int))), counts[i+1])
	}
	fmt.Fprintln(out)
}
