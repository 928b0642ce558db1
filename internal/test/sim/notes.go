package sim

import (
	"fmt"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/voucher"
)

// note is a voucher by number as the auditor sees it. They are of a single purpose: sold among the sales, they wait for no sheet.
type note struct {
	voucher.Voucher
	left  money.Amount
	until day.Day
	uses  []*use
	ended bool
}

type use struct {
	voucher.Usage
	undone bool
}

// voucherAct draws what happens to vouchers by number.
func (w *world) voucherAct(box string) act {
	if len(w.notes) == 0 || w.chance(25) {
		return w.sale(box)
	}
	n := w.notes[w.rng.IntN(len(w.notes))]
	switch roll := w.rng.IntN(100); {
	case roll < 55:
		return w.use(n, box)
	case roll < 70:
		return w.takeBack(n)
	case roll < 80:
		return w.expiry(n)
	case roll < 90:
		return w.prolongation(n)
	}
	return w.cancellation(n)
}

func (w *world) sale(box string) act {
	n := &note{Voucher: voucher.Voucher{ID: id.New(), Purpose: voucher.Single, Category: w.food, Amount: w.cents(6000), Box: box, On: w.someDay()}}
	if w.chance(70) {
		n.ValidUntil = n.On.Add(w.rng.IntN(4))
	}
	n.left, n.until = n.Amount, n.ValidUntil
	b := w.audit.boxes[box]
	issue := func(tx *db.Tx, v voucher.Voucher) error { return voucher.Issue(tx, v, w.today(), somebody) }
	return act{
		what: fmt.Sprintf("voucher of %d sold on %s, until %q", n.Amount, n.On, n.ValidUntil), allowed: n.On <= w.today() && n.On >= b.first && n.On > b.locked,
		do:    func(tx *db.Tx) (string, error) { return n.ID, issue(tx, n.Voucher) },
		other: func(tx *db.Tx) error { more := n.Voucher; more.Amount++; return issue(tx, more) },
		apply: func() { w.notes = append(w.notes, n) },
	}
}

// use takes some of a voucher, all of it, or too much.
func (w *world) use(n *note, box string) act {
	u := &use{Usage: voucher.Usage{ID: id.New(), Voucher: n.ID, Amount: w.cents(int(n.Amount)), Box: box, On: w.someDay()}}
	if n.left > 0 && w.chance(60) {
		u.Amount = w.cents(int(n.left))
	}
	b := w.audit.boxes[box]
	allowed := !n.ended && n.left > 0 && (n.until == "" || n.until >= u.On) && u.On >= n.On && u.On <= w.today() && u.Amount <= n.left && u.On >= b.first && u.On > b.locked
	spend := func(tx *db.Tx, u voucher.Usage) error { return voucher.Use(tx, u, w.today(), somebody) }
	return act{
		what: fmt.Sprintf("%d of a voucher with %d left used on %s", u.Amount, n.left, u.On), allowed: allowed,
		do:    func(tx *db.Tx) (string, error) { return "", spend(tx, u.Usage) },
		other: func(tx *db.Tx) error { more := u.Usage; more.Amount++; return spend(tx, more) },
		apply: func() { n.left -= u.Amount; n.uses = append(n.uses, u) },
	}
}

func (w *world) takeBack(n *note) act {
	if len(n.uses) == 0 {
		return w.use(n, n.Box)
	}
	u, key := n.uses[w.rng.IntN(len(n.uses))], id.New()
	return act{
		what: fmt.Sprintf("use of %d on %s taken back", u.Amount, u.On), allowed: !u.undone && !n.ended && u.On > w.audit.boxes[u.Box].locked,
		do: func(tx *db.Tx) (string, error) {
			_, err := voucher.TakeBack(tx, key, u.ID, w.today(), somebody)
			return "", err
		},
		apply: func() { u.undone = true; n.left += u.Amount },
	}
}

func (w *world) expiry(n *note) act {
	key := id.New()
	return act{
		what: fmt.Sprintf("voucher until %q with %d left expires", n.until, n.left), allowed: !n.ended && n.left > 0 && n.until != "" && n.until < w.today(),
		do:    func(tx *db.Tx) (string, error) { return "", voucher.Expire(tx, key, n.ID, w.today(), somebody) },
		apply: func() { n.left, n.ended = 0, true },
	}
}

func (w *world) prolongation(n *note) act {
	key, until := id.New(), w.today().Add(w.rng.IntN(6)-1)
	return act{
		what: fmt.Sprintf("voucher until %q prolonged until %s", n.until, until), allowed: !n.ended && n.left > 0 && n.until != "" && until > n.until && until >= w.today(),
		do:    func(tx *db.Tx) (string, error) { return "", voucher.Prolong(tx, key, n.ID, until, w.today(), somebody) },
		apply: func() { n.until = until },
	}
}

func (w *world) cancellation(n *note) act {
	key := id.New()
	return act{
		what: fmt.Sprintf("voucher sold on %s with %d left of %d cancelled", n.On, n.left, n.Amount), allowed: !n.ended && n.left == n.Amount && n.On > w.audit.boxes[n.Box].locked,
		do: func(tx *db.Tx) (string, error) {
			return "", voucher.Cancel(tx, key, n.ID, "simulé", w.today(), somebody)
		},
		apply: func() { n.left, n.ended = 0, true },
	}
}

// compareNotes compares what is left on each voucher.
func (w *world) compareNotes(q db.Querier) error {
	for _, n := range w.notes {
		v, err := voucher.ByID(q, n.ID)
		if err != nil {
			return err
		}
		if v.Left != n.left || v.Until() != n.until || v.Left < 0 {
			return fmt.Errorf("voucher %s has %d left, until %q; the auditor says %d, %q", v.Number, v.Left, v.Until(), n.left, n.until)
		}
	}
	return nil
}
