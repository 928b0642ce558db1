package demo

import (
	"context"
	"maps"
	"slices"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
)

// live lives one day of the company: the morning of all shops, noon, and the evening of each.
func (b *builder) live(ctx context.Context, on day.Day) error {
	var open []*till
	for _, s := range b.shops {
		shut, err := b.shut(ctx, s, on)
		if err != nil {
			return err
		}
		if s.isOpen(on) && !shut {
			open = append(open, s.tills...)
		}
	}
	if on.Weekday() == time.Monday {
		b.Clock.Set(b.at(on, 6*60))
		if err := daysheet.AutoLock(ctx, b.DB, b.company, "encaisse"); err != nil {
			return err
		}
	}
	jitter := throw(b.Seed, "hour", string(on)).n(35)
	if due := b.due(on); len(open)+len(due) > 0 {
		if err := b.act(ctx, b.at(on, 7*60+40+jitter), func(tx *db.Tx) error { return b.morning(tx, due, open, on) }); err != nil {
			return err
		}
	}
	if len(open) == 0 {
		return nil
	}
	if err := b.visits(ctx, open[0], on); err != nil {
		return err
	}
	if err := b.act(ctx, b.at(on, noonOf(on)-jitter), func(tx *db.Tx) error {
		for _, t := range open {
			if err := b.noon(tx, t, on, b.people[b.keeper(t)].id); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for _, s := range slices.Backward(b.shops) { // the one on the market place closes last
		if slices.Contains(open, s.tills[0]) {
			if err := b.evening(ctx, s, on, jitter); err != nil {
				return err
			}
		}
	}
	return nil
}

// noonOf is the hour of what happens during a day. On Sunday shops close at one o’clock.
func noonOf(on day.Day) int {
	if on.Weekday() == time.Sunday {
		return 11 * 60
	}
	return 14*60 + 20
}

// closes is the hour a shop counts its tills.
func (s *shop) closes(on day.Day) int {
	if on.Weekday() == time.Sunday {
		return s.closing - 6*60 - 25
	}
	return s.closing
}

// keeper is who records what happens at a till during the day.
func (b *builder) keeper(t *till) int {
	if t.shop == b.shops[0] {
		return cashier
	}
	return manager
}

// closer is who closes the tills of a shop.
func (b *builder) closer(s *shop, on day.Day) string {
	if s == b.shops[0] && on.Weekday() != time.Saturday {
		return b.people[owner].id
	}
	return b.people[manager].id
}

// shut closes a shop on a day its calendar did not foresee, twice a year or so.
func (b *builder) shut(ctx context.Context, s *shop, on day.Day) (bool, error) {
	d := throw(b.Seed, "shut", s.name, string(on))
	if !s.isOpen(on) || on == b.First || b.Today.Since(on) <= quietDays || !d.chance(5) {
		return false, nil
	}
	err := b.act(ctx, b.at(on, 8*60), func(tx *db.Tx) error { return daysheet.ShopClosed(tx, s.tills[0].id, on, b.people[owner].id) })
	return true, err
}

// morning repairs what is due, then takes to the bank what the open tills hold.
func (b *builder) morning(tx *db.Tx, due []late, open []*till, on day.Day) error {
	for _, l := range due {
		if err := l.do(tx, on); err != nil {
			return err
		}
	}
	for _, t := range open {
		if err := b.banking(tx, t, on, b.closer(t.shop, on)); err != nil {
			return err
		}
	}
	if len(open) == 0 {
		return nil
	}
	if err := b.tick(tx, on); err != nil {
		return err
	}
	return b.monthly(tx, on)
}

// evening closes the tills of a shop. What cannot be tried again twice is remembered once the act is done.
func (b *builder) evening(ctx context.Context, s *shop, on day.Day, jitter int) error {
	keys, plans, pool := map[*till]string{}, map[*till]*plan{}, money.Amount(0)
	for _, t := range s.tills {
		if b.isMissing(t, on) {
			continue
		}
		keys[t], plans[t] = id.New(), b.draw(t, on)
		b.vouchers -= plans[t].vouchersUsed
	}
	lates := b.lates
	err := b.act(ctx, b.at(on, s.closes(on)+jitter), func(tx *db.Tx) error {
		b.lates, pool = lates, 0
		for _, t := range s.tills {
			if plans[t] == nil {
				continue
			}
			if err := b.close(tx, t, plans[t], on, keys[t]); err != nil {
				return err
			}
			moved, err := b.counted(tx, t, plans[t], on)
			if err != nil {
				return err
			}
			pool += moved
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.vouchers += pool
	for _, t := range s.tills {
		if p := plans[t]; p != nil {
			b.remember(p)
			b.sheets++
			t.z++
		}
	}
	return nil
}

func (b *builder) close(tx *db.Tx, t *till, p *plan, on day.Day, key string) error {
	held, err := b.held(tx, t)
	if err != nil {
		return err
	}
	by := b.closer(t.shop, on)
	right := b.fields(t, p, held, on)
	wrong := b.spoil(t, p, right, held, on, by)
	b.oldCorrection(t, on, right)
	_, err = daysheet.Close(tx, daysheet.Request{Key: key, Box: t.id, On: on, Fields: wrong, By: by, MayForce: true, MayExceed: true})
	return err
}

// remember keeps what vouchers and customers came to. Vouchers used were taken off when they were drawn, so that two tills do not use the
// same.
func (b *builder) remember(p *plan) {
	b.vouchers += p.vouchersSold
	for customer, a := range p.granted {
		b.credit[customer] += a
	}
	for customer, a := range p.repaid {
		b.credit[customer] -= a
	}
}

// isMissing tells whether a till’s sheet of a day is the one that nobody entered: that of the last open day by the station.
func (b *builder) isMissing(t *till, on day.Day) bool {
	station := b.shops[1]
	return t.shop == station && on == b.lastOpen(station, 1)
}

// now lives what there is of today: an unexplained gap some days ago, days that lock, an expense of the morning, a sheet begun.
func (b *builder) now(ctx context.Context) error {
	b.Clock.Set(b.minutesAgo(25))
	if err := daysheet.AutoLock(ctx, b.DB, b.company, "encaisse"); err != nil {
		return err
	}
	if err := b.act(ctx, b.minutesAgo(24), b.goals); err != nil {
		return err
	}
	main := b.shops[0].tills[0]
	stray := b.lastOpen(main.shop, 3)
	if err := b.act(ctx, b.minutesAgo(20), func(tx *db.Tx) error { return b.strayExpense(tx, main, stray, b.Today) }); err != nil {
		return err
	}
	drawn := main
	if !main.shop.isOpen(b.Today) {
		drawn = b.shops[1].tills[0]
	}
	if !drawn.shop.isOpen(b.Today) {
		return nil
	}
	m := b.expense(drawn, b.Today, throw(b.Seed, "today", drawn.name))
	if err := b.act(ctx, b.minutesAgo(12), func(tx *db.Tx) error { return record(tx, m, b.Today, b.people[b.keeper(drawn)].id, m.Memo) }); err != nil {
		return err
	}
	return b.act(ctx, b.minutesAgo(5), func(tx *db.Tx) error { return b.draft(tx, drawn) })
}

// minutesAgo is an instant before now, but not before today.
func (b *builder) minutesAgo(n int) time.Time {
	if at, morning := b.Now.Add(-time.Duration(n)*time.Minute), b.at(b.Today, 0).Add(time.Second); at.After(morning) {
		return at
	}
	return b.Now
}

// draft begins the sheet of today: some lines of the ticket and the card.
func (b *builder) draft(tx *db.Tx, t *till) error {
	p := b.draw(t, b.Today)
	all := b.fields(t, p, map[tender.Kind]money.Amount{}, b.Today)
	fields := map[string]string{daysheet.FieldZ: all[daysheet.FieldZ]}
	for i, c := range b.categories[:4] {
		fields[daysheet.FieldSale+c.ID] = locale.Input(share(p.sales[i], 400))
	}
	maps.DeleteFunc(fields, func(_, text string) bool { return text == "" })
	_, err := daysheet.SaveDraft(tx, t.id, b.Today, fields, 0, b.people[b.keeper(t)].id)
	return err
}
