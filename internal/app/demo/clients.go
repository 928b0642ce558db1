package demo

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/assistant"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/firm"
	"encaisse/internal/shop/question"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
)

// MaxClients is how many companies the firm may look after beside the shop.
const MaxClients = 12

// client is a small company of the firm, with one till, told by its last weeks.
type client struct {
	name, city, trade, manager string
	weeks                      int          // it has lived
	ordinary                   money.Amount // turnover of an ordinary day
	keeper                     int          // who looks after it: a person, −1 for the whole firm
	behind                     int          // open days not entered, the last ones
	gap                        bool         // an expense recorded after the closing, which nobody explained
	asleep                     bool         // nothing this month
	reminded                   bool
	asked, answer              string // a question about its last day, and what was answered
}

var clients = [MaxClients]client{
	{name: "Boulangerie Pichon", city: "Die", trade: "boulangerie", manager: "Éric Pichon", weeks: 12, ordinary: 98000, keeper: accountant},
	{name: "Le Zinc", city: "Crest", trade: "bar-tabac", manager: "Nadia Roussel", weeks: 8, ordinary: 76000, keeper: accountant, behind: 4, reminded: true},
	{name: "Salon Mireille", city: "Saillans", trade: "coiffure", manager: "Mireille Arnal", weeks: 6, ordinary: 41000, keeper: colleague},
	{name: "Aux Herbes folles", city: "Aouste-sur-Sye", trade: "fleuriste", manager: "Chloé Vidal", weeks: 7, ordinary: 52000, keeper: colleague, gap: true,
		asked: "Une dépense de 34,80\u00a0€ est arrivée après la clôture. Avez-vous la facture\u00a0?"},
	{name: "Librairie de la Drôme", city: "Valence", trade: "librairie", manager: "Antoine Mercier", weeks: 9, ordinary: 83000, keeper: accountant,
		asked: "Les ventes de presse doivent-elles rester hors du chiffre d’affaires\u00a0?", answer: "Oui, le dépositaire nous les facture à part. Rien ne change."},
	{name: "Boucherie Lambert", city: "Livron", trade: "boucherie", manager: "Didier Lambert", weeks: 8, ordinary: 112000, keeper: colleague},
	{name: "Cave des Trois Becs", city: "Saillans", trade: "caviste", manager: "Odile Faure", weeks: 5, ordinary: 64000, keeper: -1, behind: 2},
	{name: "Institut Calliste", city: "Loriol", trade: "beaute", manager: "Inès Calliste", weeks: 6, ordinary: 38000, keeper: colleague, behind: 9, reminded: true},
	{name: "Primeurs du Vercors", city: "Die", trade: "primeur", manager: "Yanis Haddad", weeks: 7, ordinary: 71000, keeper: accountant},
	{name: "Bistrot du Pont", city: "Crest", trade: "restaurant", manager: "Sylvie Moreau", weeks: 6, ordinary: 134000, keeper: accountant, gap: true},
	{name: "Cordonnerie Express", city: "Valence", trade: "services", manager: "Marc Duval", weeks: 8, ordinary: 29000, keeper: colleague, asleep: true},
	{name: "Chausseur Bonpas", city: "Montélimar", trade: "pret-a-porter", manager: "Laure Bonpas", weeks: 4, ordinary: 87000, keeper: -1},
}

// company being told, with what its acts need.
type clientStory struct {
	client
	id, by, box string
	lines       []catalog.SalesCategory
	cash, card  string
	calendar    company.Calendar
	float       money.Amount
	days        []day.Day // entered
}

// portfolio builds the other companies of the firm, and what its members did about them. The shop brings two files in meanwhile.
func (b *builder) portfolio(ctx context.Context) error {
	if b.Clients == 0 {
		return nil
	}
	if err := b.bring(ctx); err != nil {
		return err
	}
	for _, c := range clients[:b.Clients] {
		s := &clientStory{client: c, id: id.New()}
		if err := b.tell(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	b.Clock.Set(b.Now)
	return nil
}

func (b *builder) tell(ctx context.Context, s *clientStory) error {
	first := b.Today.Add(-7 * s.weeks)
	last := b.Today.Add(-1)
	if s.asleep {
		last = b.Today.Month().First().Add(-1)
		first = min(first, last.Add(-20))
	}
	do := func(on day.Day, minutes int, fn func(tx *db.Tx) error) error {
		b.Clock.Set(b.at(on, minutes))
		return b.DB.Write(ctx, s.id, fn)
	}
	if err := do(first.Add(-1), 10*60, func(tx *db.Tx) error { return b.openClient(tx, s, first) }); err != nil {
		return err
	}
	var open []day.Day
	for on := first; on <= last; on = on.Add(1) {
		if state, _ := s.calendar.State(on); state == company.Open {
			open = append(open, on)
		}
	}
	open = open[:max(1, len(open)-s.behind)]
	drawer := money.Amount(0)
	for _, on := range open {
		fields, left := b.clientSheet(s, on, drawer)
		key := id.New()
		if err := do(on, 19*60+10, func(tx *db.Tx) error {
			_, err := daysheet.Close(tx, daysheet.Request{Key: key, Box: s.box, On: on, Fields: fields, By: s.by})
			return err
		}); err != nil {
			return fmt.Errorf("%s: %w", on, err)
		}
		drawer = left
	}
	s.days = open
	return b.followUp(ctx, s)
}

// openClient makes a company as the assistant does for its trade, and gives it to the firm.
func (b *builder) openClient(tx *db.Tx, s *clientStory, first day.Day) error {
	ref, err := company.Create(tx, s.name)
	if err != nil {
		return err
	}
	u, err := staff.CreateUser(tx, staff.NewUser{Email: ref.Slug + "@client.example", Name: s.manager})
	if err != nil {
		return err
	}
	s.by = u.ID
	if err := staff.Join(tx, ref.ID, s.by, staff.Administrator, nil); err != nil {
		return err
	}
	if err := staff.GiveToFirm(tx, b.firm, s.by); err != nil {
		return err
	}
	preset := assistant.FindPreset(s.trade)
	if err := assistant.Apply(tx, s.by, preset); err != nil {
		return err
	}
	s.float = preset.Float
	settings, err := company.Load(tx)
	if err != nil {
		return err
	}
	settings.LegalName, settings.TradeName, settings.Address = s.name, s.name, company.Address{City: s.city}
	if err := company.Change(tx, s.by, settings); err != nil {
		return err
	}
	places, err := company.Locations(tx)
	if err != nil {
		return err
	}
	if s.box, err = cashbox.Save(tx, s.by, cashbox.Box{Location: places[0].ID, Name: "Caisse 1", Active: true, FirstDay: first}); err != nil {
		return err
	}
	if s.calendar, err = company.LoadCalendar(tx, places[0].ID); err != nil {
		return err
	}
	if err := s.learn(tx); err != nil {
		return err
	}
	return assistant.End(tx, s.by, first)
}

// learn reads the lines and the methods the trade brought.
func (s *clientStory) learn(tx *db.Tx) error {
	lines, err := catalog.List(tx)
	if err != nil {
		return err
	}
	s.lines = catalog.Active(lines)
	methods, err := tender.List(tx)
	for _, m := range methods {
		switch {
		case !m.Active:
		case m.Kind == tender.Cash:
			s.cash = m.ID
		case m.Kind == tender.Card:
			s.card = m.ID
		}
	}
	return err
}

// clientSheet is what is typed on a day that is right to the cent, and what stays in the drawer.
func (b *builder) clientSheet(s *clientStory, on day.Day, drawer money.Amount) (fields map[string]string, left money.Amount) {
	d := throw(b.Seed, "client", s.name, string(on))
	total := share(share(s.ordinary, monthly[on.Time().Month()]), d.around(160))
	fields = map[string]string{daysheet.FieldSalesCount: strconv.Itoa(12 + d.n(60)), daysheet.FieldZ: strconv.Itoa(on.Since("2024-01-01"))}
	rest := total
	for i, l := range s.lines {
		amount := rest
		if i < len(s.lines)-1 {
			amount = share(rest, d.between(250, 520))
		}
		rest -= amount
		fields[daysheet.FieldSale+l.ID] = locale.Input(amount)
	}
	cash := share(total, d.between(180, 340))
	counted := drawer + cash
	fields[daysheet.FieldTaken+s.cash], fields[daysheet.FieldTaken+s.card] = locale.Input(cash), locale.Input(total-cash)
	fields[daysheet.FieldCounted+s.cash] = locale.Input(counted)
	if goes := (counted - s.float) / 500 * 500; goes > 0 && on.Weekday() == time.Saturday {
		fields[daysheet.FieldRemitted], counted = locale.Input(goes), counted-goes
	}
	return fields, counted
}

// followUp is what came after: an expense nobody explained, a reminder, a question and its answer, and who looks after the company.
func (b *builder) followUp(ctx context.Context, s *clientStory) error {
	last := s.days[len(s.days)-1]
	do := func(minutesAgo int, fn func(tx *db.Tx) error) error {
		b.Clock.Set(b.minutesAgo(minutesAgo))
		return b.DB.Write(ctx, s.id, fn)
	}
	if s.gap {
		m := cashbox.Movement{ID: id.New(), Box: s.box, Method: s.cash, Kind: cashbox.Expense, Amount: 3480, On: last, Role: "expense.supplies", Rate: 2000, Memo: "fournitures"}
		if err := do(50, func(tx *db.Tx) error { return record(tx, m, b.Today, s.by, "Dépense saisie après la clôture") }); err != nil {
			return err
		}
	}
	if s.reminded {
		if err := do(40, func(tx *db.Tx) error { return firm.Reminded(tx, b.firm, b.Today.Month(), 1, b.people[accountant].id) }); err != nil {
			return err
		}
	}
	if s.asked != "" {
		if err := b.ask(s, last, do); err != nil {
			return err
		}
	}
	for _, month := range []day.Month{b.Today.Month().Add(-1), b.Today.Month()} {
		if err := daysheet.RefreshSummary(ctx, b.DB, s.id, month); err != nil {
			return err
		}
	}
	if s.keeper < 0 {
		return nil
	}
	return b.Staff.Assign(ctx, b.firm, b.people[accountant].id, s.id, []string{b.people[s.keeper].id})
}

// ask asks the question of a company, and answers it.
func (b *builder) ask(s *clientStory, on day.Day, do func(int, func(*db.Tx) error) error) error {
	by, key := b.people[max(s.keeper, accountant)], id.New()
	err := do(30, func(tx *db.Tx) error {
		about, err := question.SubjectOf(tx, s.box, string(on), "")
		if err != nil {
			return err
		}
		return question.Ask(tx, key, about, s.asked, question.Author{ID: by.id, Name: by.Name})
	})
	if err != nil || s.answer == "" {
		return err
	}
	return do(10, func(tx *db.Tx) error {
		return question.Say(tx, question.Reply{Key: id.Derive(key), Question: key, Kind: question.Answers, Text: s.answer, By: question.Author{ID: s.by, Name: s.manager}})
	})
}
