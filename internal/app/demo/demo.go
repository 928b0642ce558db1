package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
)

const (
	lockDays  = 7  // days lock by themselves after so many
	quietDays = 10 // the last days have no mistake but those chosen

	MaxShops = 20
)

// Config is what a demonstration is built from.
type Config struct {
	DB       *db.DB      // empty and migrated, whose clock is Clock
	Clock    *clock.Fake // turned to the hour of each act; it ends at Now
	Staff    *staff.Room
	Seed     int64
	Shops    int // 2 to MaxShops
	Clients  int // other companies of the firm, 0 to MaxClients
	Now      time.Time
	First    day.Day           // first day of the tills; it begins that morning
	Today    day.Day           // business day of Now
	Progress func(text string) // called once a month of the story; nil is nothing
}

// Built is what was built.
type Built struct {
	Company company.Ref
	People  []*Person
	Sheets  int
}

// builder is a demonstration being built.
type builder struct {
	Config
	company    string
	openingKey string
	firm       string
	people     []*Person
	shops      []*shop
	boxes      treasury
	categories []catalog.SalesCategory
	methods    map[tender.Kind]string
	customers  []string
	suppliers  map[string]string
	tolerance  money.Amount
	zone       *time.Location
	vouchers   money.Amount            // gift vouchers outstanding
	credit     map[string]money.Amount // what each customer owes
	lates      []late
	sheets     int
}

// Build builds the demonstration company.
func Build(ctx context.Context, c Config) (Built, error) {
	b := &builder{Config: c, company: id.New(), openingKey: id.New(), people: newPeople(c.Seed), shops: newShops(c.Shops), methods: map[tender.Kind]string{}, suppliers: map[string]string{}, credit: map[string]money.Amount{}}
	if b.Progress == nil {
		b.Progress = func(string) {}
	}
	b.tolerance, b.zone = company.Defaults().Tolerance, company.Defaults().Zone()
	if err := b.hash(ctx); err != nil {
		return Built{}, err
	}
	if err := b.begin(ctx); err != nil {
		return Built{}, fmt.Errorf("the shop does not open: %w", err)
	}
	for on := b.First; on < b.Today; on = on.Add(1) {
		if err := b.live(ctx, on); err != nil {
			return Built{}, fmt.Errorf("on %s: %w", on, err)
		}
		if next := on.Add(1); next.Month() != on.Month() || next == b.Today {
			b.Progress(fmt.Sprintf("%s: %d days closed", on.Month(), b.sheets))
		}
	}
	if err := b.now(ctx); err != nil {
		return Built{}, fmt.Errorf("today: %w", err)
	}
	if err := b.portfolio(ctx); err != nil {
		return Built{}, fmt.Errorf("the firm: %w", err)
	}
	built := Built{People: b.people, Sheets: b.sheets}
	err := c.DB.Read(ctx, b.company, func(q *db.Snapshot) (err error) {
		built.Company, err = company.Find(q)
		return err
	})
	return built, err
}

// begin founds the company on the eve of its first day.
func (b *builder) begin(ctx context.Context) error {
	eve := b.First.Add(-1)
	for i, do := range []func(*db.Tx) error{b.found, b.settle, b.hire, b.openBooks} {
		if err := b.act(ctx, b.at(eve, 9*60+25*i), do); err != nil {
			return err
		}
	}
	return nil
}

// at is an hour of a day, in minutes.
func (b *builder) at(on day.Day, minutes int) time.Time {
	t := on.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, minutes, throw(b.Seed, "second", string(on)).n(60), 0, b.zone)
}

// act is one act at an instant.
func (b *builder) act(ctx context.Context, at time.Time, fn func(tx *db.Tx) error) error {
	b.Clock.Set(at)
	return b.DB.Write(ctx, b.company, fn)
}

// isOpen tells whether a shop is open on a day.
func (s *shop) isOpen(on day.Day) bool {
	state, _ := s.calendar.State(on)
	return state == company.Open
}

// lastOpen is the n-th open day of a shop before today, the eve being the first.
func (b *builder) lastOpen(s *shop, n int) day.Day {
	on := b.Today
	for n > 0 {
		if on = on.Add(-1); s.isOpen(on) {
			n--
		}
	}
	return on
}

// due takes the late acts that are due on a day.
func (b *builder) due(on day.Day) (list []late) {
	b.lates = slices.DeleteFunc(b.lates, func(l late) bool {
		if l.from <= on {
			list = append(list, l)
		}
		return l.from <= on
	})
	return list
}
