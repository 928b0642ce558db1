package sim

import (
	"maps"
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
)

// sheet is a closed day.
type sheet struct {
	figures
	version   int
	overShort map[string]money.Amount
	frozen    *figures // what it said when it was locked: later corrections bear another date
}

// then is what counts at the date of the sheet.
func (s *sheet) then() figures {
	if s.frozen != nil {
		return *s.frozen
	}
	return s.figures
}

// drawer is a cash box as the auditor sees it.
type drawer struct {
	first, locked       day.Day
	moves               map[day.Day]map[string]money.Amount // by method, vouchers and credit too
	sheets              map[day.Day]*sheet
	seq                 int64
	perpetual, absolute money.Amount
}

func (b *drawer) move(on day.Day, method string, amount money.Amount) {
	if b.moves[on] == nil {
		b.moves[on] = map[string]money.Amount{}
	}
	b.moves[on][method] += amount
}

func (b *drawer) days() []day.Day {
	days := slices.Collect(maps.Keys(b.moves))
	days = append(days, slices.Collect(maps.Keys(b.sheets))...)
	slices.Sort(days)
	return slices.Compact(days)
}

// balance is what the box holds of a method at the end of a day: what was counted, whatever was expected, and what came and went since.
func (b *drawer) balance(method string, last, without day.Day) (sum money.Amount) {
	for _, on := range b.days() {
		if on > last {
			break
		}
		sum += b.moves[on][method]
		s := b.sheets[on]
		if s == nil || on == without {
			continue
		}
		f := s.then()
		if counted, is := f.Counted[method]; is {
			sum = counted
		} else {
			sum += f.Taken[method]
		}
		if method == cash {
			sum -= f.Remitted
		}
	}
	return sum
}

func (b *drawer) expected(f figures, method string, on day.Day) money.Amount {
	return b.balance(method, on, on) + f.Taken[method]
}

// auditor keeps what the company must come to.
type auditor struct {
	boxes map[string]*drawer
	shut  map[day.Day]bool
}

// vouchersHold tells whether never more vouchers were used than sold.
func (a *auditor) vouchersHold() bool {
	moved := map[day.Day]money.Amount{}
	for _, b := range a.boxes {
		for on, m := range b.moves {
			moved[on] += m[byVoucher]
		}
		for on, s := range b.sheets {
			moved[on] += s.then().Sold - s.then().Taken[byVoucher]
		}
	}
	var sum money.Amount
	for _, on := range slices.Sorted(maps.Keys(moved)) {
		if sum += moved[on]; sum < 0 {
			return false
		}
	}
	return true
}

// accepts tells whether a sheet may be closed, or corrected, with these figures.
func (a *auditor) accepts(b *drawer, on, today day.Day, f figures, correcting bool) bool {
	s := b.sheets[on]
	locked := on <= b.locked
	switch {
	case correcting != (s != nil), !correcting && (on > today || on < b.first || locked), locked && today <= b.locked:
		return false
	case correcting && !f.Explanation, f.gross() == 0 && len(f.Taken) == 0, f.breakdown() != 0 && !(f.Force && f.BreakdownReason):
		return false
	case locked && (!maps.Equal(f.Counted, s.Counted) || f.Remitted != s.Remitted):
		return false
	case f.Remitted < 0, f.Sold < 0, f.Repaid < 0, f.Taken[byVoucher] < 0, f.Taken[onAccount] < 0:
		return false
	}
	for _, method := range kept {
		expected := b.expected(f, method, on)
		counted, is := f.Counted[method]
		if method == cash && (!is || expected < 0 || f.Remitted > counted) || !is && expected < 0 || is && counted < 0 {
			return false
		}
		if is && (counted-expected).Abs() > tolerance && !f.Reasons[method] {
			return false
		}
	}
	undo := b.enter(on, today, f)
	defer undo()
	return a.vouchersHold()
}

// enter puts a sheet in place, and gives what takes it back.
func (b *drawer) enter(on, today day.Day, f figures) (undo func()) {
	s := b.sheets[on]
	if s == nil {
		b.sheets[on] = &sheet{figures: f}
		return func() { delete(b.sheets, on) }
	}
	was := s.figures
	late := func(sign money.Amount) {
		for _, method := range []string{card, cheque} {
			if _, counted := f.Counted[method]; !counted {
				b.move(today, method, sign*(f.Taken[method]-was.Taken[method]))
			}
		}
		b.move(today, byVoucher, sign*(f.Sold-was.Sold-f.Taken[byVoucher]+was.Taken[byVoucher]))
	}
	if s.figures = f; on > b.locked {
		return func() { s.figures = was }
	}
	late(1)
	return func() { s.figures = was; late(-1) }
}

// seal seals the sheet just entered as its next version.
func (b *drawer) seal(on day.Day, grew money.Amount) {
	s := b.sheets[on]
	s.version, b.seq = s.version+1, b.seq+1
	b.perpetual, b.absolute = b.perpetual+grew, b.absolute+grew.Abs()
	s.overShort = b.overShorts(on)
}

func (b *drawer) overShorts(on day.Day) map[string]money.Amount {
	s := b.sheets[on]
	gaps := map[string]money.Amount{}
	for method, counted := range s.Counted {
		gaps[method] = counted - b.expected(s.figures, method, on)
	}
	return gaps
}

// follow seals again the sheets whose over-short is no longer what they said.
func (b *drawer) follow() {
	for _, on := range slices.Sorted(maps.Keys(b.sheets)) {
		if on > b.locked && !maps.Equal(b.sheets[on].overShort, b.overShorts(on)) {
			b.seal(on, 0)
		}
	}
}

// lock freezes the closed days up to a date.
func (b *drawer) lock(last day.Day) {
	for on, s := range b.sheets {
		if on <= last && s.frozen == nil {
			f := s.figures
			s.frozen, b.locked = &f, max(b.locked, on)
		}
	}
}

// missing is the first open day up to last without a sheet, "" when there is none.
func (a *auditor) missing(b *drawer, last day.Day) day.Day {
	for _, on := range day.Range(max(b.first, b.locked), last) {
		if on > b.locked && b.sheets[on] == nil && !a.shut[on] {
			return on
		}
	}
	return ""
}
