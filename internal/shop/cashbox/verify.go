package cashbox

import (
	"fmt"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/ledger"
)

// Checked is how much Verify walked through.
type Checked struct{ Movements, Files int }

// movementSource begins the source of the entries of movements.
const movementSource = "movement:"

// Verify walks every movement of the company and names the first that its entries in the ledger do not bear out, then every attached file
// that is no longer what was sent.
func Verify(q db.Querier) (Checked, error) {
	var checked Checked
	posted := map[string]bool{} // movements that the ledger has entries of
	err := ledger.EachSource(q, func(source string) error {
		if movement, is := strings.CutPrefix(source, movementSource); is {
			posted[movement] = true
		}
		return nil
	})
	if err != nil {
		return checked, err
	}
	for after := ""; ; {
		list, err := movementsAfter(q, after)
		if err != nil {
			return checked, err
		}
		for _, m := range list {
			if err := verifyMovement(q, m); err != nil {
				return checked, fmt.Errorf("cashbox: movement %s: %w", m.ID, err)
			}
			delete(posted, m.ID)
			checked.Movements++
			after = m.ID
		}
		if len(list) < movementPage {
			break
		}
	}
	for movement := range posted {
		return checked, fmt.Errorf("cashbox: movement %s: the ledger has its entry, and it is missing", movement)
	}
	if stray, err := strayChange(q); err != nil || stray != "" {
		return checked, firstOf(err, fmt.Errorf("cashbox: movement %s: something happened to it, and it is missing", stray))
	}
	changed, files, err := changedFile(q)
	if err != nil || changed != "" {
		return checked, firstOf(err, fmt.Errorf("cashbox: file %s: it is no longer what was sent", changed))
	}
	checked.Files = files
	return checked, nil
}

func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// verifyMovement compares a movement with its entries.
func verifyMovement(q db.Querier, m Recorded) error {
	entries, err := ledger.OfSource(q, movementSource+m.ID)
	if err != nil {
		return err
	}
	changes, err := changesOf(q, m.ID)
	if err != nil {
		return err
	}
	if len(entries) != 1+len(changes) {
		return fmt.Errorf("the ledger has %d entries of it; it was recorded and changed %d times", len(entries), 1+len(changes))
	}
	e := entries[0]
	switch {
	case m.normalise() != m.Movement:
		return fmt.Errorf("it says something that does not concern its kind")
	case e.ID != m.EntryID:
		return fmt.Errorf("its entry is not the one it names")
	case e.Kind != string(m.Kind) || e.Item != m.Item || e.Place != m.Box || e.On != m.On || e.By != m.By || !e.At.Equal(m.At) || e.BackDated != m.BackDated:
		return fmt.Errorf("kind, box, item, day, person or instant are not those of its entry n° %d", e.Seq)
	case m.Memo != "" && !strings.HasSuffix(e.Memo, "\u00a0: "+m.Memo) || m.Memo == "" && m.Kind != Transfer && e.Memo != m.Kind.Label():
		return fmt.Errorf("its comment is not that of its entry n° %d", e.Seq)
	}
	if err := m.bornOut(e); err != nil {
		return err
	}
	if m.Attachment != "" {
		if there, err := fileExists(q, m.Attachment); err != nil || !there {
			return firstOf(err, fmt.Errorf("its file %s is missing", m.Attachment))
		}
	}
	said, err := m.evidence(q)
	if err != nil {
		return err
	}
	if !e.Bears(evidenceKind, said) {
		return fmt.Errorf("it, or its file, is no longer what its entry n° %d was sealed with", e.Seq)
	}
	if m.FeeOf != "" {
		if err := verifyFee(q, m); err != nil {
			return err
		}
	}
	return verifyChanges(entries, changes)
}

// verifyFee compares a fee with the payment it was taken on: same box and day, undone or standing together.
func verifyFee(q db.Querier, fee Recorded) error {
	payment, err := MovementByID(q, fee.FeeOf)
	switch {
	case fault.Is(err, fault.NotFound):
		return fmt.Errorf("the payment %s it was taken on is missing", fee.FeeOf)
	case err != nil:
		return err
	case payment.Box != fee.Box || payment.On != fee.On || payment.Reversed != fee.Reversed:
		return fmt.Errorf("it does not follow the payment %s it was taken on", fee.FeeOf)
	}
	return nil
}

// bornOut compares a movement with the lines of its entry.
func (m Movement) bornOut(e ledger.Posted) error {
	type key struct{ account, party string }
	want := map[key]money.Amount{{AccountKey(m.Box, m.Method), m.Party}: m.drawer()}
	switch m.Kind {
	case Income:
		want[key{"income/" + m.Box + "/" + m.Role, m.Party}] -= m.Amount
	case Expense, Fee:
		net, tax := vat.FromGross(m.Amount, m.Rate)
		want[key{"expense/" + m.Box + "/" + m.Role, m.Party}] += net
		want[key{fmt.Sprintf("inputvat/%s/%d", m.Box, m.Rate), ""}] += tax
	case Transfer:
		want[key{AccountKey(m.ToBox, m.ToMethod), ""}] += m.Amount
	case Deposit:
		want[key{"transit/bank", ""}] += m.Amount
	default:
		want[key{"owner/" + m.Box, ""}] -= m.drawer()
	}
	for _, l := range e.Lines {
		want[key{l.Account, l.Party}] -= l.Amount
	}
	for at, difference := range want {
		if difference != 0 {
			return fmt.Errorf("account %s differs by %d cents between it and its entry n° %d", at.account, difference, e.Seq)
		}
	}
	return nil
}

// verifyChanges compares what happened to a movement with the entries that followed its own.
func verifyChanges(entries []ledger.Posted, changes []happened) error {
	for i, c := range changes {
		e := entries[i+1]
		state := "reversed"
		if i%2 == 1 {
			state = "restored"
		}
		if c.n != int64(i+1) || c.state != state || c.entry != e.ID || c.by != e.By || c.at != e.At.UnixMicro() || e.Reverses != entries[i].ID || e.Memo != changeMemo(c.state, c.reason) {
			return fmt.Errorf("what happened to it after it was recorded is not what its entry n° %d says", e.Seq)
		}
	}
	return nil
}
