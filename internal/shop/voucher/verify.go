package voucher

import (
	"fmt"
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/act"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/number"
	"encaisse/internal/books/seal"
)

// ProlongedKind is the kind of sealed act of a voucher that was prolonged: it moves no money, so that no entry seals it.
const ProlongedKind = "voucher-prolonged"

// Checked is how much Verify walked through.
type Checked struct{ Vouchers, Events int }

// Verify walks every voucher of the company and names the first that its entries in the ledger do not bear out: what it was sold for, each use,
// what is left on it, how it ended.
func Verify(q db.Querier) (Checked, error) {
	var checked Checked
	posted := map[string]bool{} // vouchers that the ledger has entries of
	err := ledger.EachSource(q, func(of string) error {
		if voucher, is := strings.CutPrefix(of, source("")); is {
			posted[voucher] = true
		}
		return nil
	})
	if err != nil {
		return checked, err
	}
	all, err := All(q)
	if err != nil {
		return checked, err
	}
	numbers, highest := map[string]bool{}, int64(0)
	for _, v := range all {
		if err := verifyOne(q, v); err != nil {
			return checked, fmt.Errorf("voucher: %s: %w", v.Number, err)
		}
		delete(posted, v.ID)
		numbers[strings.SplitN(v.Number, "-", 2)[0]] = true
		highest = max(highest, v.given())
		checked.Vouchers, checked.Events = checked.Vouchers+1, checked.Events+len(v.Events)
	}
	for voucher := range posted {
		return checked, fmt.Errorf("voucher: %s: the ledger has its entries, and it is missing", voucher)
	}
	if stray, err := strayEvent(q); err != nil || stray != "" {
		return checked, firstOf(err, fmt.Errorf("voucher: something happened to voucher %s, and it is missing", stray))
	}
	since, err := seal.Since(q, ProlongedKind)
	if err != nil {
		return checked, err
	}
	if id, err := unsealed(q, since); err != nil || id != "" {
		return checked, firstOf(err, fmt.Errorf("voucher: event %s does not have the seal of its kind", id))
	}
	return checked, verifyNumbers(q, numbers, highest)
}

// given is the number the series gave the voucher, 0 when somebody chose its number.
func (v Voucher) given() int64 {
	var n int64
	if _, err := fmt.Sscanf(v.Number, "BC%d-", &n); err != nil || numberOf(n, v.ID) != v.Number {
		return 0
	}
	return n
}

// verifyNumbers makes sure that each number the series gave is that of a voucher, and that it gave the highest.
func verifyNumbers(q db.Querier, numbers map[string]bool, highest int64) error {
	last, err := number.Last(q, series)
	if err != nil {
		return err
	}
	if highest > last {
		return fmt.Errorf("voucher: a voucher has the n° %d of the series, which gave numbers up to %d", highest, last)
	}
	for n := last; n > 0; n-- {
		if given, _, _ := strings.Cut(numberOf(n, ""), "-"); !numbers[given] {
			return fmt.Errorf("voucher: the series gave n° %d, and no voucher has it", n)
		}
	}
	return nil
}

func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// said is what is sealed of an event with its entry.
func (e Event) said() Event {
	return Event{ID: e.ID, Voucher: e.Voucher, Kind: e.Kind, Amount: e.Amount, Box: e.Box, On: e.On, ValidUntil: e.ValidUntil, Undoes: e.Undoes, Memo: e.Memo}
}

// verifyOne compares a voucher and what happened to it with its entries.
func verifyOne(q db.Querier, v Recorded) error {
	entries, err := ledger.OfSource(q, source(v.ID))
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return fmt.Errorf("the ledger has no entry of it")
	}
	if err := v.sold(entries[0]); err != nil {
		return err
	}
	left, rest := v.Amount, entries[1:]
	for _, e := range v.Events {
		if e.Kind == Prolonged {
			if err := e.prolonged(q); err != nil {
				return fmt.Errorf("its prolongation %s: %w", e.ID, err)
			}
			continue
		}
		at := slices.IndexFunc(rest, func(p ledger.Posted) bool { return p.ID == e.EntryID })
		if at < 0 {
			return fmt.Errorf("the entry of its event %s (%s) is not in the ledger, or is of another event too", e.ID, e.Kind)
		}
		if err := v.bornOut(q, e, rest[at]); err != nil {
			return fmt.Errorf("its event %s (%s): %w", e.ID, e.Kind, err)
		}
		rest = slices.Delete(slices.Clone(rest), at, at+1)
		if left -= e.Amount; e.Kind == Undone {
			left += 2 * e.Amount
		}
	}
	if len(rest) > 0 {
		return fmt.Errorf("entry n° %d was posted for it, and nothing that happened to it names it", rest[0].Seq)
	}
	if left != v.Left {
		return fmt.Errorf("what happened to it leaves %d cents, the ledger keeps %d", left, v.Left)
	}
	return nil
}

// sold compares a voucher with the entry of its sale.
func (r Recorded) sold(e ledger.Posted) error {
	single := slices.ContainsFunc(e.Lines, func(l ledger.PostedLine) bool { return l.Account == singleKey })
	switch {
	case e.ID != r.EntryID || e.Kind != "voucher.issue":
		return fmt.Errorf("its entry is not the one it names")
	case e.Place != r.Box || e.On != r.On || e.By != r.By || !e.At.Equal(r.At) || single != (r.Purpose == Single):
		return fmt.Errorf("purpose, box, day, person or instant are not those of its entry n° %d", e.Seq)
	case e.Memo != "Bon cadeau "+r.Number+" vendu":
		return fmt.Errorf("its number is not that of its entry n° %d", e.Seq)
	case moved(e, r.ID) != -r.Amount:
		return fmt.Errorf("it was sold for %d cents, its entry n° %d says %d", r.Amount, e.Seq, -moved(e, r.ID))
	case !e.Bears("voucher.issue", r.Voucher):
		return fmt.Errorf("it is no longer what its entry n° %d was sealed with", e.Seq)
	}
	return nil
}

// moved is what an entry does to the account of a voucher.
func moved(e ledger.Posted, voucher string) (sum money.Amount) {
	for _, l := range e.Lines {
		if l.Account == idPrefix+voucher {
			sum += l.Amount
		}
	}
	return sum
}

// bornOut compares an event with its entry.
func (r Recorded) bornOut(q db.Querier, e Event, p ledger.Posted) error {
	amount := e.Amount
	if e.Kind == Undone {
		amount = -amount
	}
	switch {
	case p.By != e.By || !p.At.Equal(e.At) || p.On != e.On && e.Kind != Cancelled:
		return fmt.Errorf("day, person or instant are not those of its entry n° %d", p.Seq)
	case moved(p, r.ID) != amount:
		return fmt.Errorf("it is of %d cents, its entry n° %d moves %d", amount, p.Seq, moved(p, r.ID))
	case e.ValidUntil != "" || e.Undoes != "" && e.Kind != Undone:
		return fmt.Errorf("it says something that does not concern its kind")
	}
	switch e.Kind {
	case Undone:
		return r.tookBack(q, e, p)
	case Cancelled:
		return r.cancelled(q, e, p)
	}
	kind := map[EventKind]string{Used: "voucher.use", Expired: "voucher.expire", Refunded: "voucher.refund"}[e.Kind]
	if p.Kind != kind || p.Place != e.Box {
		return fmt.Errorf("its kind or its box are not those of its entry n° %d", p.Seq)
	}
	if !p.Bears(kind, e.said()) {
		return fmt.Errorf("it is no longer what its entry n° %d was sealed with", p.Seq)
	}
	return nil
}

// tookBack compares a use taken back with the use, and with the act that was stated.
func (r Recorded) tookBack(q db.Querier, e Event, p ledger.Posted) error {
	at := slices.IndexFunc(r.Events, func(use Event) bool { return use.ID == e.Undoes && use.Kind == Used })
	if at < 0 || p.Reverses != r.Events[at].EntryID || p.Place != e.Box || e.Memo != "" {
		return fmt.Errorf("entry n° %d does not reverse the use it takes back", p.Seq)
	}
	return stated(q, e, "voucher.takeback", e.Undoes)
}

// cancelled compares the end of a voucher recorded by mistake with the voucher, and with the act that was stated.
func (r Recorded) cancelled(q db.Querier, e Event, p ledger.Posted) error {
	if e.Box != r.Box || e.On != r.On || p.Reverses != "" && (p.Reverses != r.EntryID || p.On != r.On) || p.Reverses == "" && p.Kind != "voucher.cancel" {
		return fmt.Errorf("its box or its day are not those of the voucher, or entry n° %d does not undo the sale", p.Seq)
	}
	if p.Memo != "Bon cadeau "+r.Number+" annulé\u00a0: "+e.Memo {
		return fmt.Errorf("its reason is not that of its entry n° %d", p.Seq)
	}
	return stated(q, e, "voucher.cancel", []string{r.ID, e.Memo})
}

// prolonged compares a prolongation, which has no entry, with the act that was stated. Its seal is compared with the others.
func (e Event) prolonged(q db.Querier) error {
	if e.EntryID != "" || e.Amount != 0 || e.Box != "" || e.Undoes != "" || e.Memo != "" {
		return fmt.Errorf("it says something that does not concern its kind")
	}
	return stated(q, e, "voucher.prolong", []string{e.Voucher, string(e.ValidUntil)})
}

func stated(q db.Querier, e Event, kind string, content any) error {
	is, err := act.Stated(q, e.ID, kind, content)
	if err == nil && !is {
		err = fmt.Errorf("nobody stated it so")
	}
	return err
}

// ProlongedContent rebuilds the bytes that were sealed of a prolongation.
func ProlongedContent(q db.Querier, id string) ([]byte, error) {
	e, err := sealedByID(q, id)
	if err != nil {
		return nil, err
	}
	return seal.Canonical(e.whole())
}

// whole is a prolongation as it is sealed: with who and when, since no entry says it.
func (e Event) whole() sealedEvent { return sealedEvent{e.said(), e.By, e.At.UnixMicro()} }

type sealedEvent struct {
	Event
	By string
	At int64
}
