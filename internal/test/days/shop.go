package days

import (
	"context"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
)

// somebody signs every act of a file.
const somebody = "personne-du-fichier"

// shop is the shop a file happens in.
type shop struct {
	d          *db.DB
	clock      *clock.Fake
	company    string
	settings   company.Settings
	boxes      map[string]cashbox.Box // all by the names the file gives them
	methods    map[string]string
	categories map[string]string
	parties    map[string]string
	movements  []cashbox.Recorded // in the order they were recorded
	today      day.Day
	sheet      day.Day // of the lines that fill, close or check
	box        string  // name
	typed      map[place]*typing
	file       []string // rows of the file to import
	imported   string   // the last import
}

// place is a sheet: a box on a day.
type place struct {
	box string
	on  day.Day
}

// typing is what is typed in a sheet, and the revision of its draft.
type typing struct {
	fields   map[string]string
	revision int
}

// open makes the shop of a story, through the doors the assistant uses.
func (st *story) open(d *db.DB, c *clock.Fake) (*shop, error) {
	s := &shop{d: d, clock: c, company: id.New(), settings: st.settings, typed: map[place]*typing{},
		boxes: map[string]cashbox.Box{}, methods: map[string]string{}, categories: map[string]string{}, parties: map[string]string{}}
	c.Set(s.instant(st.first, 0))
	return s, s.write(func(tx *db.Tx) error {
		ref, err := company.Create(tx, "Boutique du fichier")
		if err != nil {
			return err
		}
		s.settings.LegalName, s.settings.TradeName = ref.Name, ref.Name
		if err := company.Change(tx, somebody, s.settings); err != nil {
			return err
		}
		if err := s.openRegisters(tx, st); err != nil {
			return err
		}
		locations, err := company.Locations(tx)
		if err != nil {
			return err
		}
		if err := company.SetWeek(tx, somebody, locations[0].ID, "", company.EveryDay); err != nil {
			return err
		}
		for _, name := range st.boxes {
			box, err := cashbox.Create(tx, st.shape(name, locations[0].ID))
			if err != nil {
				return err
			}
			s.boxes[name] = box
		}
		return nil
	})
}

func (s *shop) openRegisters(tx *db.Tx, st *story) (err error) {
	for _, c := range st.categories {
		c.Active = true
		if s.categories[c.Label], err = catalog.Save(tx, somebody, c); err != nil {
			return err
		}
	}
	for _, m := range st.methods {
		m.Active = true
		if s.methods[m.Label], err = tender.Save(tx, somebody, m); err != nil {
			return err
		}
	}
	for kind, list := range map[party.Kind][]string{party.Customer: st.customers, party.Supplier: st.suppliers} {
		for _, name := range list {
			if s.parties[name], err = party.Add(tx, party.Party{Kind: kind, Nature: party.Person, Name: name}); err != nil {
				return err
			}
		}
	}
	return nil
}

// instant is the hour of a business day, in minutes from its cut-off.
func (s *shop) instant(on day.Day, minutes int) time.Time {
	t := on.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), s.settings.Cutoff, minutes, 0, 0, s.settings.Zone())
}

func (s *shop) turn(on day.Day, minutes int) { s.clock.Set(s.instant(on, minutes)) }

// begin begins a business day, at nine o’clock or at the cut-off when it is later.
func (s *shop) begin(on day.Day) error {
	s.today, s.sheet = on, on
	if s.box == "" {
		s.box = "Caisse 1"
	}
	s.turn(on, max(0, 9-s.settings.Cutoff)*60)
	return nil
}

func (s *shop) write(fn func(tx *db.Tx) error) error {
	return s.d.Write(context.Background(), s.company, fn)
}

func (s *shop) read(fn func(q *db.Snapshot) error) error {
	return s.d.Read(context.Background(), s.company, fn)
}

func (s *shop) boxID() string { return s.boxes[s.box].ID }

// now is what is typed in the sheet the lines are about.
func (s *shop) now() *typing {
	p := place{s.boxID(), s.sheet}
	if s.typed[p] == nil {
		s.typed[p] = &typing{fields: map[string]string{}}
	}
	return s.typed[p]
}
