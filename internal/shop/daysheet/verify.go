package daysheet

import (
	"fmt"
	"strings"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/number"
	"encaisse/internal/books/period"
	"encaisse/internal/shop/cashbox"
)

// Checked is how much Verify walked through.
type Checked struct{ Boxes, Days, Versions int }

// Verify walks every sheet of the company and names the first fault: a number missing, a perpetual total that does not follow, an entry of
// the ledger that is not what the sheet says, a version replaced whose entry still counts, a closed day that takes entries again.
func Verify(q db.Querier) (Checked, error) {
	var checked Checked
	boxes, err := sheetBoxes(q)
	if err != nil {
		return checked, err
	}
	for _, box := range boxes {
		n, err := verifyNumbers(q, box)
		if err != nil {
			return checked, err
		}
		days, err := verifyDays(q, box)
		if err != nil {
			return checked, err
		}
		checked.Boxes, checked.Days, checked.Versions = checked.Boxes+1, checked.Days+days, checked.Versions+n
	}
	return checked, nil
}

// fits tells whether the columns of a row say what its content says.
func (c Content) fits(v Version) bool {
	want := c.version()
	want.At = time.UnixMicro(c.At).UTC()
	return want == v
}

// verifyNumbers walks the versions of a box in the order they were made.
func verifyNumbers(q db.Querier, box string) (versions int, err error) {
	var last numbered
	grosses := map[day.Day]numbered{}
	err = eachNumbered(q, box, func(n numbered) error {
		at := fmt.Sprintf("daysheet: box %s, sheet n° %d", box, n.seq)
		before := grosses[n.on]
		delta := n.gross - before.gross
		switch {
		case n.seq != last.seq+1:
			return fmt.Errorf("daysheet: box %s: sheet n° %d is missing", box, last.seq+1)
		case n.version != before.version+1:
			return fmt.Errorf("%s is version %d of %s, after version %d", at, n.version, n.on, before.version)
		case n.perpetual != last.perpetual+delta || n.absolute != last.absolute+delta.Abs():
			return fmt.Errorf("%s: its perpetual totals %d and %d do not follow those of the sheet before, %d and %d, and its turnover", at, n.perpetual, n.absolute, last.perpetual, last.absolute)
		}
		last, grosses[n.on] = n, n
		versions++
		return nil
	})
	if err != nil {
		return versions, err
	}
	given, err := number.Last(q, "daysheet/"+box)
	if err == nil && given != last.seq {
		err = fmt.Errorf("daysheet: box %s: the series gave numbers up to %d, the last sheet is n° %d", box, given, last.seq)
	}
	return versions, err
}

// verifyDays walks the days of a box that have a sheet: they, and they alone, are closed. A day without one may be locked: that a period which
// left for the accountant ends with.
func verifyDays(q db.Querier, box string) (days int, err error) {
	closed, err := period.States(q, box, "", "~")
	if err != nil {
		return 0, err
	}
	for on := day.Day(""); ; days++ {
		if on, err = nextDay(q, box, on); err != nil {
			return days, err
		}
		if on == "" {
			break
		}
		if _, is := closed[on]; !is {
			return days, fmt.Errorf("daysheet: box %s, %s: it has a closed sheet, and the day takes entries again", box, on)
		}
		delete(closed, on)
		if err := verifyDay(q, box, on); err != nil {
			return days, fmt.Errorf("daysheet: box %s, %s: %w", box, on, err)
		}
	}
	for on, state := range closed {
		if state == period.Locked {
			continue
		}
		return days, fmt.Errorf("daysheet: box %s, %s: the day is %s, and has no sheet", box, on, state)
	}
	return days, nil
}

func verifyDay(q db.Querier, box string, on day.Day) error {
	versions, err := versionsOf(q, box, on, on)
	if err != nil {
		return err
	}
	posted, err := ledger.OfSource(q, source(box, on))
	if err != nil {
		return err
	}
	entries := map[string]ledger.Posted{}
	reversedBy := map[string]string{}
	for _, e := range posted {
		if e.Reverses != "" {
			reversedBy[e.Reverses] = e.ID
		} else {
			entries[e.ID] = e
		}
	}
	for i, v := range versions {
		if err := verifyVersion(v, entries[v.EntryID]); err != nil {
			return fmt.Errorf("version %d: %w", v.Number, err)
		}
		if last := i == len(versions)-1; v.EntryID != "" && last != (reversedBy[v.EntryID] == "") {
			if last {
				return fmt.Errorf("version %d: it counts, and its entry %s was reversed", v.Number, v.EntryID)
			}
			return fmt.Errorf("version %d: it was replaced, and its entry %s still counts", v.Number, v.EntryID)
		}
		delete(entries, v.EntryID)
	}
	for _, e := range entries {
		return fmt.Errorf("entry n° %d was posted for it, and no version names it", e.Seq)
	}
	return nil
}

// verifyVersion compares a version with its entry.
func verifyVersion(v Version, e ledger.Posted) error {
	c, err := v.content()
	if err != nil || !c.fits(v) {
		return fmt.Errorf("its columns do not say what its content says")
	}
	if e.ID != v.EntryID {
		return fmt.Errorf("its entry %s is not in the ledger", v.EntryID)
	}
	if v.EntryID != "" && (e.Kind != "daysheet" || e.Place != v.Box || e.By != v.By) {
		return fmt.Errorf("entry n° %d is not that of a sheet of this box by the same person", e.Seq)
	}
	want, pool := c.amounts()
	got := map[string]money.Amount{}
	for _, l := range e.Lines {
		if strings.HasPrefix(l.Account, "voucher/") || strings.HasPrefix(l.Account, "customer/") {
			pool -= l.Amount
			continue
		}
		got[l.Account] += l.Amount
	}
	for account, amount := range want {
		if method, held := strings.CutPrefix(account, cashbox.Prefix(v.Box)); held && got[account] == 0 && amount != 0 {
			pool += amount // a method that is kept elsewhere than in the box: vouchers, credit
			if m := c.method(method); m.OverShort == 0 && m.Remitted == 0 {
				continue
			}
		}
		if got[account] != amount {
			return fmt.Errorf("entry n° %d moves account %s by %d cents, the sheet by %d", e.Seq, account, got[account], amount)
		}
		delete(got, account)
	}
	for account, amount := range got {
		return fmt.Errorf("entry n° %d moves account %s by %d cents, the sheet does not", e.Seq, account, amount)
	}
	if pool != 0 {
		return fmt.Errorf("entry n° %d moves vouchers and customers by %d cents more than the sheet", e.Seq, -pool)
	}
	return nil
}

// amounts is what a sheet does to each account, and to vouchers and customers together.
func (c Content) amounts() (accounts map[string]money.Amount, pool money.Amount) {
	accounts = map[string]money.Amount{}
	for _, s := range c.Sales {
		accounts["sale/"+c.Box+"/"+s.ID] -= s.Net
	}
	for _, r := range c.Rates {
		accounts[fmt.Sprintf("vat/%s/%04d", c.Box, r.Rate)] -= r.Tax
	}
	for _, m := range c.Methods {
		accounts[cashbox.AccountKey(c.Box, m.ID)] += m.Taken + m.OverShort - m.Remitted
		accounts[either(m.OverShort > 0, "over/", "short/")+c.Box] -= m.OverShort
		accounts["transit/bank"] += m.Remitted
	}
	accounts[either(c.Figures.Overpayment > 0, "overpaid/", "underpaid/")+c.Box] -= c.Figures.Overpayment
	accounts["breakdown/"+c.Box] -= c.Breakdown
	return accounts, -c.Figures.VouchersSold - c.Figures.Repaid
}

func (c Content) method(id string) ContentMethod {
	for _, m := range c.Methods {
		if m.ID == id {
			return m
		}
	}
	return ContentMethod{}
}

func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}
