package receivable

import (
	"fmt"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
)

// paymentSource begins the source of the entries of payments.
const paymentSource = "payment:"

// evidenceKind is what the evidence of payments is of.
const evidenceKind = "payment"

// Checked is how much Verify walked through.
type Checked struct{ Payments, Undone int }

// evidence is what is sealed of a payment with its entry.
func (p Payment) evidence() Payment {
	p.Advance = false // what was allowed, not what was done
	return p
}

// Verify walks every payment of a customer and names the first that its entries in the ledger do not bear out.
func Verify(q db.Querier) (Checked, error) {
	var checked Checked
	posted := map[string]bool{}
	err := ledger.EachSource(q, func(of string) error {
		if payment, is := strings.CutPrefix(of, paymentSource); is {
			posted[payment] = true
		}
		return nil
	})
	if err != nil {
		return checked, err
	}
	all, err := allPayments(q)
	if err != nil {
		return checked, err
	}
	for _, p := range all {
		if err := p.verify(q); err != nil {
			return checked, fmt.Errorf("receivable: payment %s: %w", p.ID, err)
		}
		delete(posted, p.ID)
		if checked.Payments++; p.Undone {
			checked.Undone++
		}
	}
	for payment := range posted {
		return checked, fmt.Errorf("receivable: payment %s: the ledger has its entry, and it is missing", payment)
	}
	stray, err := strayUndo(q)
	if err == nil && stray != "" {
		err = fmt.Errorf("receivable: payment %s was undone, and it is missing", stray)
	}
	return checked, err
}

// verify compares a payment, and what undid it, with its entries.
func (p kept) verify(q db.Querier) error {
	entries, err := ledger.OfSource(q, paymentSource+p.ID)
	if err != nil {
		return err
	}
	want := 1
	if p.Undone {
		want = 2
	}
	if len(entries) != want {
		return fmt.Errorf("the ledger has %d entries of it, it was recorded and undone %d times", len(entries), want)
	}
	e := entries[0]
	switch {
	case e.ID != p.EntryID || e.Kind != string(p.Kind):
		return fmt.Errorf("its entry is not the one it names")
	case e.Place != p.Box || e.On != p.On || e.By != p.By || !e.At.Equal(p.At):
		return fmt.Errorf("box, day, person or instant are not those of its entry n° %d", e.Seq)
	case p.Memo != "" && !strings.HasSuffix(e.Memo, "\u00a0: "+p.Memo):
		return fmt.Errorf("its comment is not that of its entry n° %d", e.Seq)
	case !e.Bears(evidenceKind, p.evidence()):
		return fmt.Errorf("it is no longer what its entry n° %d was sealed with", e.Seq)
	}
	if err := p.bornOut(e); err != nil || !p.Undone {
		return err
	}
	undo := entries[1]
	if undo.ID != p.undoEntry || undo.Reverses != e.ID || undo.By != p.undoBy || undo.At.UnixMicro() != p.undoAt || undo.Memo != undoMemo(p.Reason) {
		return fmt.Errorf("how it was undone is not what its entry n° %d says", undo.Seq)
	}
	return nil
}

// bornOut compares a payment with the lines of its entry.
func (p Payment) bornOut(e ledger.Posted) error {
	amount := p.Moves()[p.Method]
	want := map[string]money.Amount{cashbox.AccountKey(p.Box, p.Method): amount}
	if p.Kind == Overpayment {
		want[overpaidAccount(p.Box)] -= amount
	} else {
		want[accountOf(p.Customer)] -= amount
	}
	for _, l := range e.Lines {
		if l.Party != p.Customer {
			return fmt.Errorf("its customer is not that of its entry n° %d", e.Seq)
		}
		want[l.Account] -= l.Amount
	}
	for account, difference := range want {
		if difference != 0 {
			return fmt.Errorf("account %s differs by %d cents between it and its entry n° %d", account, difference, e.Seq)
		}
	}
	return nil
}
