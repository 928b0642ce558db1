package figures

import (
	"slices"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
)

// boxID is the length of the identifier of a box in the keys of the ledger.
const boxID = 36

// Scope is what figures are about: the tills of one shop, or of all those a person sees.
type Scope struct {
	Location  string // "" for all
	Locations []company.Location
	Tills     []cashbox.Box
	Calendars map[string]company.Calendar
	Settings  company.Settings
	narrowed  bool // one till of the shop: its budget says nothing
}

// LoadScope reads the shops and the tills figures are about. box narrows it to one till, "" for all. Fault NotFound for a shop or a till
// that does not exist or is not the person’s.
func LoadScope(q db.Querier, location, box string, sees func(location string) bool) (Scope, error) {
	s := Scope{Location: location, narrowed: box != ""}
	var err error
	if s.Settings, err = company.Load(q); err != nil {
		return s, err
	}
	if s.Calendars, err = company.Calendars(q); err != nil {
		return s, err
	}
	locations, err := company.Locations(q)
	if err != nil {
		return s, err
	}
	boxes, err := cashbox.List(q)
	for _, l := range locations {
		if !sees(l.ID) || location != "" && l.ID != location {
			continue
		}
		s.Locations = append(s.Locations, l)
		for _, b := range boxes {
			if b.IsTill() && b.Location == l.ID && (box == "" || b.ID == box) {
				s.Tills = append(s.Tills, b)
			}
		}
	}
	if s.narrowed {
		s.narrowed = len(boxes) > 0 && s.alone(boxes)
	}
	if err == nil && location != "" && len(s.Locations) == 0 {
		err = fault.New(fault.NotFound, "Cet établissement n’existe pas, ou n’est pas un des vôtres.")
	}
	return s, err
}

// alone tells whether the till the figures are narrowed to has sisters in its shop.
func (s Scope) alone(boxes []cashbox.Box) bool {
	for _, b := range boxes {
		if len(s.Tills) == 1 && b.IsTill() && b.Location == s.Tills[0].Location && b.ID != s.Tills[0].ID {
			return true
		}
	}
	return false
}

// ids are the ids of the tills; of one shop when it is named.
func (s Scope) ids(location string) map[string]bool {
	ids := map[string]bool{}
	for _, b := range s.Tills {
		if location == "" || b.Location == location {
			ids[b.ID] = true
		}
	}
	return ids
}

// Figures are what is known of a period and of its counterpart a year before.
type Figures struct {
	Scope
	First, Last day.Day
	Until       day.Day // the last day with a sheet up to the end of the period, "" when there is none
	Gross, Net  Takings // of the period and of its counterpart, VAT included and before VAT
	counts      map[day.Day][]daysheet.Count
	Budget      Budget
}

// Load reads the figures of a period.
func Load(q db.Querier, scope Scope, first, last day.Day) (Figures, error) {
	f := Figures{Scope: scope, First: first, Last: last, Gross: Takings{}, Net: Takings{}, counts: map[day.Day][]daysheet.Count{}}
	tills := scope.ids("")
	for _, span := range spans(first, last) {
		if err := f.readTakings(q, tills, span[0], span[1]); err != nil {
			return f, err
		}
		counts, err := daysheet.Counts(q, span[0], span[1])
		if err != nil {
			return f, err
		}
		for _, c := range counts {
			if tills[c.Box] {
				f.counts[c.On] = append(f.counts[c.On], c)
			}
		}
	}
	for on := range f.Gross {
		if f.First <= on && on <= f.Last {
			f.Until = max(f.Until, on)
		}
	}
	var err error
	f.Budget, err = loadBudget(q, scope, f)
	return f, err
}

// spans are the days to read for a period: itself and its counterpart, in one piece when they touch.
func spans(first, last day.Day) [][2]day.Day {
	if first.Add(-1) <= last.Add(-Year) {
		return [][2]day.Day{{first.Add(-Year), last}}
	}
	return [][2]day.Day{{first.Add(-Year), last.Add(-Year)}, {first, last}}
}

// readTakings reads the day totals of sales and VAT.
func (f *Figures) readTakings(q db.Querier, tills map[string]bool, first, last day.Day) error {
	for _, prefix := range []string{"sale/", "vat/"} {
		sums, err := ledger.DaySums(q, prefix, boxID, first, last)
		if err != nil {
			return err
		}
		for _, s := range sums {
			if !tills[s.Part] {
				continue
			}
			f.Gross.Add(s.On, s.Part, -s.Net)
			if prefix == "sale/" {
				f.Net.Add(s.On, s.Part, -s.Net)
			}
		}
	}
	return nil
}

// Counts are numbers of sales and customers.
type Counts struct {
	Sales, Customers int
	Counted          money.Amount // turnover of the days whose sales were counted
}

// Basket is the average basket, 0 when no sale was counted.
func (c Counts) Basket() money.Amount {
	if c.Sales == 0 {
		return 0
	}
	return money.Amount(money.DivRound(int64(c.Counted), int64(c.Sales)))
}

// CountsOf adds up the sales and customers of the days from first to last.
func (f Figures) CountsOf(first, last day.Day) (c Counts) {
	for on, list := range f.counts {
		if on < first || on > last {
			continue
		}
		for _, s := range list {
			c.add(s)
		}
	}
	return c
}

// CountsCompared adds up the sales and customers from first to last of the boxes that were counted the same weekday a year before, and these
// counterparts.
func (f Figures) CountsCompared(first, last day.Day) (now, before Counts) {
	for on, list := range f.counts {
		if on < first || on > last {
			continue
		}
		for _, c := range list {
			for _, b := range f.counts[on.Add(-Year)] {
				if b.Box == c.Box && b.Sales > 0 && c.Sales > 0 {
					now.add(c)
					before.add(b)
				}
			}
		}
	}
	return now, before
}

func (c *Counts) add(s daysheet.Count) {
	c.Sales, c.Customers = c.Sales+s.Sales, c.Customers+s.Customers
	if s.Sales > 0 {
		c.Counted += s.Gross
	}
}

// Nature is what was sold before VAT in a sales category.
type Nature struct {
	ID     string
	Net    money.Amount
	Before money.Amount // the same weekdays a year before
}

// Natures reads what each category sold from first to last, by the difference of two balances, the largest first.
func Natures(q db.Querier, scope Scope, first, last day.Day) ([]Nature, error) {
	tills, at := scope.ids(""), map[string]*Nature{}
	for _, shift := range []int{0, -Year} {
		moved, err := Moved(q, "sale/", first.Add(shift), last.Add(shift))
		if err != nil {
			return nil, err
		}
		for key, amount := range moved {
			box, category := key[len("sale/"):len("sale/")+boxID], key[len("sale/")+boxID+1:]
			if !tills[box] || amount == 0 {
				continue
			}
			if at[category] == nil {
				at[category] = &Nature{ID: category}
			}
			if shift == 0 {
				at[category].Net -= amount
			} else {
				at[category].Before -= amount
			}
		}
	}
	var list []Nature
	for _, n := range at {
		list = append(list, *n)
	}
	slices.SortFunc(list, func(a, b Nature) int {
		if a.Net != b.Net {
			return int(max(-1, min(1, b.Net-a.Net)))
		}
		return compareText(a.ID, b.ID)
	})
	return list, nil
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Moved is what moved on accounts from first to last: the difference of two balances, whatever the length of the period. Accounts that did
// not move are left out.
func Moved(q db.Querier, prefix string, first, last day.Day) (map[string]money.Amount, error) {
	before, err := ledger.BalancesOn(q, prefix, first.Add(-1))
	if err != nil {
		return nil, err
	}
	after, err := ledger.BalancesOn(q, prefix, last)
	for key, balance := range before {
		if after[key] -= balance; after[key] == 0 {
			delete(after, key)
		}
	}
	return after, err
}
