package sim

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/number"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
)

const endOfTime day.Day = "2199-12-31"

func (w *world) read(fn func(q *db.Snapshot) error) error {
	return w.d.Read(context.Background(), w.company, fn)
}

// glance compares, after each act, what the boxes hold now and how many sheets were sealed.
func (w *world) glance() error {
	return w.read(func(q *db.Snapshot) error {
		for n, box := range w.boxes {
			b := w.audit.boxes[box]
			held, err := ledger.Balances(q, cashbox.Prefix(box))
			if err != nil {
				return err
			}
			if err := w.sameBalances(n, held, endOfTime); err != nil {
				return err
			}
			if seq, err := number.Last(q, "daysheet/"+box); err != nil || seq != b.seq {
				return fmt.Errorf("till %d: %d sheets sealed, the auditor counts %d (%v)", n+1, seq, b.seq, err)
			}
		}
		return nil
	})
}

func (w *world) sameBalances(n int, held map[string]money.Amount, on day.Day) error {
	box := w.boxes[n]
	for _, method := range kept {
		got, want := held[cashbox.AccountKey(box, w.methods[method])], w.audit.boxes[box].balance(method, on, "")
		if got != want {
			return fmt.Errorf("till %d holds %d in %s at the end of %s, the auditor says %d", n+1, got, method, on, want)
		}
	}
	return nil
}

// compare compares everything: each day of each till, each sheet, the totals.
func (w *world) compare() error {
	return w.read(func(q *db.Snapshot) error {
		var outstanding money.Amount
		for n, box := range w.boxes {
			b := w.audit.boxes[box]
			for _, on := range day.Range(firstDay.Add(-1), w.today().Add(1)) {
				held, err := ledger.BalancesOn(q, cashbox.Prefix(box), on)
				if err != nil {
					return err
				}
				if err := w.sameBalances(n, held, on); err != nil {
					return err
				}
			}
			if err := w.compareSheets(q, n, b); err != nil {
				return fmt.Errorf("till %d: %w", n+1, err)
			}
			if err := compareTotals(q, box, b); err != nil {
				return fmt.Errorf("till %d: %w", n+1, err)
			}
			for _, s := range b.sheets {
				outstanding += s.Sold - s.Taken[byVoucher]
			}
		}
		return firstOf(same(q, daysheet.CustomerAccount(""), w.owed()), same(q, daysheet.VoucherAccount, -outstanding), w.compareNotes(q), w.compareBank(q), w.compareDrafts(q))
	})
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *world) compareSheets(q db.Querier, n int, b *drawer) error {
	box := w.boxes[n]
	horizon, err := period.Horizon(q, box)
	if err != nil || horizon != b.locked {
		return fmt.Errorf("locked until %q, the auditor says %q (%v)", horizon, b.locked, err)
	}
	var last daysheet.Version
	for on, s := range b.sheets {
		page, err := daysheet.Load(q, box, on)
		if err != nil {
			return err
		}
		v := page.Current()
		if v == nil || v.Number != s.version || v.Gross != s.gross() || v.Breakdown != s.breakdown() || len(page.Versions) != s.version {
			return fmt.Errorf("sheet of %s: %+v, the auditor says version %d, %+v", on, v, s.version, s.figures)
		}
		if err := w.compareGaps(*v, s); err != nil {
			return fmt.Errorf("sheet of %s: %w", on, err)
		}
		if v.Seq > last.Seq {
			last = *v
		}
	}
	if last.Seq != b.seq || last.Perpetual != b.perpetual || last.PerpetualAbs != b.absolute {
		return fmt.Errorf("sheet n° %d has perpetual totals %d and %d, the auditor says n° %d, %d and %d", last.Seq, last.Perpetual, last.PerpetualAbs, b.seq, b.perpetual, b.absolute)
	}
	return nil
}

// compareGaps compares the over-shorts of a sheet, and how much of them nobody explained.
func (w *world) compareGaps(v daysheet.Version, s *sheet) error {
	var c daysheet.Content
	if err := json.Unmarshal([]byte(v.Content), &c); err != nil {
		return err
	}
	var unexplained money.Amount
	for _, m := range c.Methods {
		for kind, method := range w.methods {
			if method != m.ID {
				continue
			}
			if m.OverShort != s.overShort[kind] {
				return fmt.Errorf("over-short of %s %d, the auditor says %d", kind, m.OverShort, s.overShort[kind])
			}
			if m.OverShort.Abs() > tolerance && !s.Reasons[kind] {
				unexplained += m.OverShort.Abs()
			}
		}
	}
	if v.Unexplained != unexplained {
		return fmt.Errorf("%d unexplained, the auditor says %d", v.Unexplained, unexplained)
	}
	return nil
}

// compareTotals compares what all the sheets of a till came to in the ledger.
func compareTotals(q db.Querier, box string, b *drawer) error {
	var sales, food, wine, gaps, breakdown, overpaid money.Amount
	for _, s := range b.sheets {
		sales += net(s.Food, 550) + net(s.Wine, 2000)
		food, wine = food+s.Food-net(s.Food, 550), wine+s.Wine-net(s.Wine, 2000)
		for _, gap := range s.overShort {
			gaps += gap
		}
		breakdown, overpaid = breakdown+s.breakdown(), overpaid+s.Overpaid
	}
	return firstOf(same(q, "sale/"+box+"/", -sales), same(q, "vat/"+box+"/0550", -food), same(q, "vat/"+box+"/2000", -wine), same(q, "over/"+box+" short/"+box, -gaps),
		same(q, "breakdown/"+box, -breakdown), same(q, "overpaid/"+box+" underpaid/"+box, -overpaid))
}

// same compares the balance of the accounts that begin with any of some prefixes.
func same(q db.Querier, prefixes string, want money.Amount) error {
	var sum money.Amount
	for prefix := range strings.FieldsSeq(prefixes) {
		balances, err := ledger.Balances(q, prefix)
		if err != nil {
			return err
		}
		for _, b := range balances {
			sum += b
		}
	}
	if sum != want {
		return fmt.Errorf("%s comes to %d in the ledger, the auditor says %d", prefixes, sum, want)
	}
	return nil
}
