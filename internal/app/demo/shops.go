package demo

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/assistant"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
)

const (
	shopName = "Épicerie du Marché"
	siren    = "123456782" // nobody’s: it only has a right key
)

// shop is a location with its tills.
type shop struct {
	name, siret, street string
	week                company.Week
	open                []string // public holidays it opens on
	closing             int      // hour its tills are counted, in minutes
	lastWeekday         time.Weekday
	id                  string
	calendar            company.Calendar
	tills               []*till
}

// till is a cash box, and how it sells.
type till struct {
	name     string
	ordinary money.Amount // turnover of an ordinary day
	basket   money.Amount
	growth   int // thousandths a year
	cash     int // thousandths paid in cash
	expenses int // chance of an expense in a day, in thousandths
	float    money.Amount
	weekdays [7]int
	z        int // number of its last ticket Z
	shop     *shop
	id       string
}

// streets name the shops beyond the second.
var streets = [MaxShops - 2]string{"des Halles", "du Pont", "de la Tour", "des Écoles", "du Moulin", "de la Fontaine", "du Château", "des Tilleuls", "de la Mairie", "du Lavoir", "des Remparts", "de la Source",
	"du Stade", "des Vergers", "de la Gendarmerie", "du Canal", "des Lilas", "de la Forêt"}

// newShops gives the two shops of the story, and as many like the second as it takes to make n.
func newShops(n int) []*shop {
	shops := []*shop{
		{name: "Épicerie du Marché", siret: "12345678200010", street: "14 place du Marché", week: company.EveryDay &^ 0b0000001, open: []string{"lundi-de-paques", "victoire-1945", "ascension", "toussaint", "armistice-1918"}, closing: 19*60 + 34, lastWeekday: time.Sunday,
			tills: []*till{
				{name: "Caisse 1", ordinary: 121000, basket: 2150, growth: 55, cash: 235, expenses: 430, float: 15000, weekdays: market, z: 1041},
				{name: "Caisse 2", ordinary: 54000, basket: 1780, growth: 40, cash: 290, expenses: 90, float: 10000, weekdays: market, z: 388},
			}},
		{name: "Épicerie de la Gare", siret: "12345678200028", street: "8 avenue de la Gare", week: company.Workdays, open: []string{"victoire-1945"}, closing: 19*60 + 8, lastWeekday: time.Saturday,
			tills: []*till{{name: "Caisse Gare", ordinary: 79000, basket: 1620, growth: 112, cash: 260, expenses: 300, float: 15000, weekdays: station, z: 702}}},
	}
	for i := len(shops); i < n; i++ {
		like, named := *shops[1], streets[i-2]
		t := *like.tills[0]
		t.name, t.ordinary, t.z = "Caisse "+named, t.ordinary+money.Amount(i)*1700, 100*i
		like.name, like.street, like.siret, like.tills = "Épicerie "+named, "2 rue "+named, establishment(i+1), []*till{&t}
		shops = append(shops, &like)
	}
	for _, s := range shops {
		for _, t := range s.tills {
			t.shop = s
		}
	}
	return shops
}

// establishment is the SIRET of the n-th shop: the company’s SIREN, the number, and the digit of control (Luhn).
func establishment(n int) string {
	without := fmt.Sprintf("%s%04d", siren, n)
	sum := 0
	for i, c := range without {
		digit := int(c - '0')
		if i%2 == 0 { // every other digit, from the one before the control leftwards
			digit *= 2
		}
		sum += digit/10 + digit%10
	}
	return without + strconv.Itoa((10-sum%10)%10)
}

// found makes the owner and her company.
func (b *builder) found(tx *db.Tx) error {
	p := b.people[owner]
	u, err := staff.CreateUser(tx, staff.NewUser{Email: p.Email, Name: p.Name, Password: p.hash, CreatesCompanies: true})
	if err != nil {
		return err
	}
	p.id = u.ID
	_, err = assistant.Found(tx, u.ID, shopName, "")
	return err
}

// settle takes the steps of the assistant, then those of the settings.
func (b *builder) settle(tx *db.Tx) error {
	by := b.people[owner].id
	if err := b.identify(tx, by); err != nil {
		return err
	}
	if err := assistant.Apply(tx, by, assistant.FindPreset("epicerie")); err != nil {
		return err
	}
	if _, err := tender.Save(tx, by, tender.Method{Label: "Bons cadeaux", Kind: tender.Voucher, Active: true}); err != nil {
		return err
	}
	if err := b.options(tx, by); err != nil {
		return err
	}
	if err := b.locate(tx, by); err != nil {
		return err
	}
	for _, s := range b.shops {
		if err := b.equip(tx, by, s); err != nil {
			return err
		}
	}
	if err := b.keep(tx, by); err != nil {
		return err
	}
	if err := b.meet(tx); err != nil {
		return err
	}
	return assistant.End(tx, by, b.First)
}

func (b *builder) identify(tx *db.Tx, by string) error {
	s, err := company.Load(tx)
	if err != nil {
		return err
	}
	s.LegalName, s.TradeName, s.LegalForm, s.Capital = shopName, shopName, "SARL", "8\u00a0000\u00a0€"
	s.SIREN, s.RCS, s.NAF = siren, "RCS Romans 123\u00a0456\u00a0782", "47.11B"
	s.Address = company.Address{Street: b.shops[0].street, Postcode: "26400", City: "Crest"}
	s.Phone, s.Email = "04 75 00 00 00", "bonjour@epicerie.example"
	return assistant.SetIdentity(tx, by, s)
}

func (b *builder) options(tx *db.Tx, by string) error {
	s, err := company.Load(tx)
	if err != nil {
		return err
	}
	s.Options = company.Options{Expenses: true, Transfers: true, Credit: company.CreditByCustomer, Vouchers: true, Overpayments: true, Customers: true}
	s.MinCash, s.MaxCash, s.LockDays = 5000, 90000, lockDays
	return company.Change(tx, by, s)
}

// locate names the first location and adds the second.
func (b *builder) locate(tx *db.Tx, by string) error {
	there, err := company.Locations(tx)
	if err != nil {
		return err
	}
	for i, s := range b.shops {
		l := company.Location{Zone: company.Mainland, Active: true}
		if i == 0 {
			l = there[0]
		}
		l.Name, l.SIRET, l.Address = s.name, s.siret, company.Address{Street: s.street, Postcode: "26400", City: "Crest"}
		if s.id, err = company.SaveLocation(tx, by, l); err != nil {
			return err
		}
	}
	return nil
}

// equip gives a shop its calendar and its tills.
func (b *builder) equip(tx *db.Tx, by string, s *shop) error {
	if err := company.SetWeek(tx, by, s.id, "", s.week); err != nil {
		return err
	}
	open := map[string]bool{}
	for _, key := range s.open {
		open[key] = true
	}
	if err := company.SetHolidays(tx, by, s.id, open); err != nil {
		return err
	}
	for _, e := range b.exceptions(s) {
		if err := company.AddException(tx, by, e); err != nil {
			return err
		}
	}
	for _, t := range s.tills {
		box := cashbox.Box{Location: s.id, Name: t.name, Active: true, TargetFloat: t.float, FirstDay: b.First}
		var err error
		if t.id, err = cashbox.Save(tx, by, box); err != nil {
			return err
		}
	}
	var err error
	s.calendar, err = company.LoadCalendar(tx, s.id)
	return err
}

// exceptions are the closures and openings of a shop that its week does not tell, year by year.
func (b *builder) exceptions(s *shop) (list []company.Exception) {
	add := func(first, last day.Day, open bool, label string) {
		list = append(list, company.Exception{ID: id.New(), Location: s.id, First: first, Last: last, Open: open, Label: label})
	}
	for year := b.First.Time().Year(); year <= b.Today.Time().Year(); year++ {
		if s == b.shops[0] {
			add(day.Of(year, 1, 5), day.Of(year, 1, 6), false, "Inventaire")
			add(day.Of(year, 2, 16), day.Of(year, 2, 22), false, "Congés d’hiver")
		} else {
			add(day.Of(year, 8, 3), day.Of(year, 8, 16), false, "Congés d’été")
			for on := day.Of(year, 12, 10); on <= day.Of(year, 12, 24); on = on.Add(1) {
				if on.Weekday() == 0 {
					add(on, on, true, "Dimanche avant Noël")
				}
			}
		}
	}
	return list
}

// customers have an account in the shop.
var customers = []party.Party{
	{Name: "Restaurant Le Cheval Blanc", Nature: party.Company, City: "Crest", Postcode: "26400"},
	{Name: "Café de la Poste", Nature: party.Company, City: "Crest", Postcode: "26400"},
	{Name: "Crèche Les P’tits Loups", Nature: party.Public, City: "Crest", Postcode: "26400"},
	{Name: "Comité des fêtes", Nature: party.Public, City: "Aouste-sur-Sye", Postcode: "26400"},
	{Name: "Jeanne Duval", Nature: party.Person, City: "Crest", Postcode: "26400"},
	{Name: "André Perrin", Nature: party.Person, City: "Divajeu", Postcode: "26400"},
	{Name: "Colette Roche", Nature: party.Person, City: "Crest", Postcode: "26400"},
	{Name: "Gîte des Trois Becs", Nature: party.Company, City: "Saillans", Postcode: "26340", Limited: true, CreditLimit: 40000},
}

// meet opens the cards of customers and suppliers, and remembers the registers.
func (b *builder) meet(tx *db.Tx) (err error) {
	for _, p := range customers {
		p.Kind = party.Customer
		added, err := party.Add(tx, p)
		if err != nil {
			return err
		}
		b.customers = append(b.customers, added)
	}
	for _, name := range supplierNames() {
		if b.suppliers[name], err = party.Add(tx, party.Party{Kind: party.Supplier, Nature: party.Company, Name: name}); err != nil {
			return err
		}
	}
	categories, err := catalog.List(tx)
	if err != nil {
		return err
	}
	b.categories = catalog.Active(categories)
	methods, err := tender.List(tx)
	for _, m := range methods {
		if m.Active {
			b.methods[m.Kind] = m.ID
		}
	}
	return err
}

// openBooks posts what there was in the drawers on the eve of the first day.
func (b *builder) openBooks(tx *db.Tx) error {
	amounts := map[string]money.Amount{}
	for _, t := range b.tills() {
		amounts[cashbox.AccountKey(t.id, b.methods[tender.Cash])] = t.float
	}
	eve := b.First.Add(-1)
	_, err := cashbox.SetOpening(tx, b.openingKey, eve, amounts, eve, b.people[owner].id)
	return err
}

func (b *builder) tills() []*till {
	var all []*till
	for _, s := range b.shops {
		all = append(all, s.tills...)
	}
	return all
}

func supplierNames() []string {
	var names []string
	for _, o := range outlays {
		if o.supplier != "" && !slices.Contains(names, o.supplier) {
			names = append(names, o.supplier)
		}
	}
	return names
}
