package sim

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
)

const (
	somebody         = "simulated-person"
	firstDay day.Day = "2026-09-07" // a Monday, far from any public holiday
)

// world is a shop that lives, and its auditor.
type world struct {
	d          *db.DB
	clock      *clock.Fake
	rng        *rand.Rand
	company    string
	location   string
	boxes      []string
	methods    map[string]string // kind → id
	food, wine string
	audit      *auditor
	now        time.Time
	past       []act // that were accepted, and may be sent again
	recorded   []movement
	payments   []*payment
	notes      []*note
	papers     []*paper
	slips      []*slip
	bank       bank
	imports    []*imported
	drafts     map[place]int // revision of the draft of a sheet
	log        []string
}

// place is a sheet: a box on a day.
type place struct {
	box string
	on  day.Day
}

// act is something asked of the program, with what the auditor says of it.
type act struct {
	what    string
	do      func(tx *db.Tx) (answer string, err error)
	alone   func() error          // instead of do, for what opens its own transaction
	other   func(tx *db.Tx) error // the same key with another content, nil without a key
	allowed bool
	apply   func() // tells the auditor that it happened
	answer  string
}

// Run lives some days drawn from a seed on a store whose clock it turns. The error tells the last acts before the difference.
func Run(d *db.DB, c *clock.Fake, seed uint64, days, actsADay int) (company string, err error) {
	w, err := newWorld(d, c, seed)
	if err != nil {
		return "", err
	}
	for n := range days {
		w.now = firstDay.Add(n).Time().Add(6 * time.Hour)
		if err := w.live(actsADay); err != nil {
			return w.company, fmt.Errorf("seed %d, at %s: %w\nThe last acts:\n  %s", seed, w.clock.Now().Format(time.DateTime), err, strings.Join(w.log[max(0, len(w.log)-14):], "\n  "))
		}
	}
	return w.company, nil
}

func newWorld(d *db.DB, c *clock.Fake, seed uint64) (*world, error) {
	w := &world{d: d, clock: c, rng: rand.New(rand.NewPCG(seed, 0x5eed)), company: id.New(), methods: map[string]string{}, drafts: map[place]int{},
		audit: &auditor{boxes: map[string]*drawer{}, shut: map[day.Day]bool{}}}
	w.now = firstDay.Time().Add(6 * time.Hour)
	c.Set(w.now.Add(-24 * time.Hour))
	return w, w.open()
}

// live lives a day, and compares everything in the evening.
func (w *world) live(acts int) error {
	for range acts {
		w.turn()
		if err := w.step(); err != nil {
			return err
		}
	}
	return w.compare()
}

// open opens the shop: two tills in one location.
func (w *world) open() error {
	return w.write(func(tx *db.Tx) error {
		if _, err := company.Create(tx, "Boutique simulée"); err != nil {
			return err
		}
		settings, err := company.Load(tx)
		if err != nil {
			return err
		}
		settings.Tolerance, settings.LockDays = tolerance, lockDays
		settings.Options = company.Options{Expenses: true, Transfers: true, Credit: company.CreditTotal, Vouchers: true, Overpayments: true}
		if err := company.Change(tx, somebody, settings); err != nil {
			return err
		}
		locations, err := company.Locations(tx)
		if err != nil {
			return err
		}
		w.location = locations[0].ID
		if err := company.SetWeek(tx, somebody, w.location, "", company.EveryDay); err != nil {
			return err
		}
		return w.register(tx)
	})
}

func (w *world) register(tx *db.Tx) (err error) {
	if w.food, err = catalog.Save(tx, somebody, catalog.SalesCategory{Label: "Épicerie", Rate: 550, Kind: catalog.Goods, Active: true}); err != nil {
		return err
	}
	if w.wine, err = catalog.Save(tx, somebody, catalog.SalesCategory{Label: "Vins", Rate: 2000, Kind: catalog.Goods, Active: true}); err != nil {
		return err
	}
	for _, kind := range []string{cash, card, cheque, byVoucher, onAccount} {
		if w.methods[kind], err = tender.Save(tx, somebody, tender.Method{Label: kind, Kind: tender.Kind(kind), Active: true}); err != nil {
			return err
		}
	}
	for n := range 2 {
		box, err := cashbox.Create(tx, cashbox.Box{Location: w.location, Name: fmt.Sprint("Caisse ", n+1), FirstDay: firstDay})
		if err != nil {
			return err
		}
		w.boxes = append(w.boxes, box.ID)
		w.audit.boxes[box.ID] = &drawer{first: firstDay, moves: map[day.Day]map[string]money.Amount{}, sheets: map[day.Day]*sheet{}}
	}
	return nil
}

func (w *world) write(fn func(tx *db.Tx) error) error {
	return w.d.Write(context.Background(), w.company, fn)
}

// turn moves the clock on; now and then it jumps, for one act, back or ahead.
func (w *world) turn() {
	w.now = w.now.Add(time.Duration(1+w.rng.IntN(70)) * time.Minute)
	at := w.now
	switch roll := w.rng.IntN(100); {
	case roll < 4:
		at = at.Add(-time.Duration(1+w.rng.IntN(300)) * time.Minute)
	case roll < 6:
		at = at.Add(-24 * time.Hour)
	case roll < 8:
		at = at.Add(26 * time.Hour)
	}
	w.clock.Set(at)
}

// today is the business day by the clock of the shop.
func (w *world) today() day.Day {
	s := company.Defaults()
	return s.Today(w.clock.Now())
}

func (w *world) chance(percent int) bool { return w.rng.IntN(100) < percent }

// step draws one act and performs it, then perhaps sends again something that was accepted before.
func (w *world) step() error {
	a := w.draw()
	if err := w.perform(&a); err != nil {
		return err
	}
	if a.allowed && a.other != nil {
		w.past = append(w.past, a)
	}
	if len(w.past) == 0 || !w.chance(12) {
		return nil
	}
	return w.sendAgain(w.past[w.rng.IntN(len(w.past))])
}

// perform sends an act once, twice at once, or again because its answer was lost, and compares with what the auditor says.
func (w *world) perform(a *act) error {
	w.log = append(w.log, fmt.Sprintf("%s %s (to be accepted: %v)", w.clock.Now().Format("02 15:04"), a.what, a.allowed))
	times := 1
	if a.other != nil && w.chance(30) {
		times = 2
	}
	answers, errs := make([]string, times), make([]error, times)
	if times == 2 && w.chance(50) {
		done := make(chan struct{})
		go func() { answers[0], errs[0] = w.send(*a); close(done) }()
		answers[1], errs[1] = w.send(*a)
		<-done
	} else {
		for n := range times {
			answers[n], errs[n] = w.send(*a)
		}
	}
	for _, err := range errs {
		if fault.Is(err, fault.Internal) {
			return fmt.Errorf("%s: %w", a.what, err)
		}
		if (err == nil) != a.allowed {
			return fmt.Errorf("%s: the auditor says accepted %v, the program says %v", a.what, a.allowed, err)
		}
	}
	if slices.ContainsFunc(answers, func(answer string) bool { return answer != answers[0] }) {
		return fmt.Errorf("%s: sent %d times, answered %q", a.what, times, answers)
	}
	a.answer = answers[0]
	if a.allowed {
		a.apply()
		for _, box := range w.boxes {
			w.audit.boxes[box].follow()
		}
	}
	return w.glance()
}

func (w *world) send(a act) (answer string, err error) {
	if a.alone != nil {
		return "", a.alone()
	}
	err = w.write(func(tx *db.Tx) (err error) {
		answer, err = a.do(tx)
		return err
	})
	return answer, err
}

// sendAgain sends an accepted act once more, which changes nothing, or its key with another content, which is refused.
func (w *world) sendAgain(a act) error {
	w.log = append(w.log, "again: "+a.what)
	if w.chance(30) {
		if err := w.write(a.other); !fault.Is(err, fault.Mismatch) {
			return fmt.Errorf("%s, its key with another content: %v", a.what, err)
		}
		return w.glance()
	}
	answer, err := w.send(a)
	if err != nil || answer != a.answer {
		return fmt.Errorf("%s, sent again: answered %q, then %q, %v", a.what, a.answer, answer, err)
	}
	return w.glance()
}
