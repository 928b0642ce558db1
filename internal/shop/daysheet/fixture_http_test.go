package daysheet

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/money"
	"encaisse/internal/base/right"
	"encaisse/internal/base/vat"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/party"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
	"encaisse/internal/web/ui"
)

const claire, paul = "01900000-0000-7000-8000-00000000c1a1", "01900000-0000-7000-8000-00000000ba01"

// market is the épicerie of the tests: two tills in one shop and one in another, open Tuesday to Sunday, on Saturday 21 November 2026.
type market struct {
	d                                         *db.DB
	company                                   string
	halles, gare                              string // locations
	till, second, station                     cashbox.Box
	grocery, deli, wine, gift                 string // categories
	cash, card, meal, cheque, voucher, credit string // methods
	anne                                      string // customer
	options                                   company.Options
	blind                                     bool
	photo                                     string // end of the address of a photo kept with each day, "" for none
}

var everything = company.Options{Expenses: true, Transfers: true, Credit: company.CreditTotal, Vouchers: true, Overpayments: true, Customers: true}

func newMarket(t *testing.T, d *db.DB, change ...func(*market)) *market {
	t.Helper()
	s := &market{d: d, options: everything}
	for _, c := range change {
		c(s)
	}
	s.at(t, "2026-11-02 08:00")
	s.company = dbtest.Company(t, d)
	s.write(t, func(tx *db.Tx) error {
		var failed error
		keep := func(id string, err error) string { failed = errors.Join(failed, err); return id }
		method := func(kind tender.Kind, label string) string {
			return keep(tender.Save(tx, claire, tender.Method{Kind: kind, Label: label, Active: true, Prefilled: kind != tender.Cash}))
		}
		category := func(label string, rate vat.Rate) string {
			return keep(catalog.Save(tx, claire, catalog.SalesCategory{Label: label, Rate: rate, Kind: catalog.Goods, Active: true}))
		}
		box := func(location, name string) cashbox.Box {
			b, err := cashbox.Create(tx, cashbox.Box{Location: location, Name: name, FirstDay: "2026-11-17", TargetFloat: 15000, MinCash: 15000, MaxCash: 50000, BlindCount: s.blind})
			failed = errors.Join(failed, err)
			return b
		}
		settings := company.Defaults()
		settings.LegalName, settings.Options, settings.Tolerance = "Épicerie du Marché", s.options, 200
		failed = errors.Join(failed, company.Change(tx, claire, settings))
		s.halles = keep(company.SaveLocation(tx, claire, company.Location{Name: "Les Halles", Zone: company.Mainland, Active: true}))
		s.gare = keep(company.SaveLocation(tx, claire, company.Location{Name: "La Gare", Zone: company.Mainland, Active: true}))
		failed = errors.Join(failed, company.SetWeek(tx, claire, s.halles, "2026-01-01", 0b1111110), company.SetWeek(tx, claire, s.gare, "2026-01-01", 0b1111110))
		s.grocery, s.deli, s.wine, s.gift = category("Épicerie", 550), category("Traiteur", 1000), category("Vins et boissons", 2000), category("Cadeaux", 2000)
		s.cash, s.card, s.meal, s.cheque = method(tender.Cash, "Espèces"), method(tender.Card, "Carte bancaire"), method(tender.Meal, "Titres-resto"), method(tender.Cheque, "Chèques")
		s.voucher, s.credit = method(tender.Voucher, "Bons cadeaux"), method(tender.OnAccount, "Crédit client")
		s.till, s.second, s.station = box(s.halles, "Caisse 1"), box(s.halles, "Caisse 2"), box(s.gare, "Caisse de la Gare")
		s.anne = keep(party.Add(tx, party.Party{Kind: party.Customer, Nature: party.Person, Name: "Anne Petit"}))
		if failed != nil {
			return failed
		}
		_, err := cashbox.SetOpening(tx, id.New(), "2026-11-16", map[string]money.Amount{cashbox.AccountKey(s.till.ID, s.cash): 20485}, "2026-11-17", claire)
		return err
	})
	s.at(t, "2026-11-21 08:55")
	return s
}

func (s *market) at(t *testing.T, local string) {
	t.Helper()
	dbtest.SetClock(t, s.d, local)
}

func (s *market) write(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := s.d.Write(context.Background(), s.company, fn); err != nil {
		t.Fatal(err)
	}
}

func (s *market) page(t *testing.T, box string, on day.Day) (p Page) {
	t.Helper()
	err := s.d.Read(context.Background(), s.company, func(q *db.Snapshot) (err error) {
		p, err = Load(q, box, on)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// friday20 is what is typed of Friday 20 November, as on the ticket Z: it balances.
func (s *market) friday20() map[string]string {
	return map[string]string{
		FieldZ: "1482", FieldSale + s.grocery: "612,40", FieldSale + s.deli: "184,50", FieldSale + s.wine: "438,90", FieldSale + s.gift: "57",
		FieldVouchers: "50", FieldRepaid: "38,20", FieldSalesCount: "47",
		FieldTaken + s.cash: "318,60", FieldTaken + s.card: "842,10", FieldTaken + s.meal: "96,30", FieldTaken + s.cheque: "74", FieldTaken + s.voucher: "30", FieldTaken + s.credit: "20",
	}
}

// plain is a small day: sales in cash alone.
func (s *market) plain(amount, counted string) map[string]string {
	return map[string]string{FieldZ: "1480", FieldSale + s.grocery: amount, FieldTaken + s.cash: amount, FieldCounted + s.cash: counted, FieldSalesCount: "10"}
}

func (s *market) close(t *testing.T, box string, on day.Day, fields map[string]string) {
	t.Helper()
	s.write(t, func(tx *db.Tx) error {
		_, err := Close(tx, Request{Key: id.New(), Box: box, On: on, Fields: fields, By: claire})
		return err
	})
}

// spend takes two expenses and a deposit out of the first till on Friday.
func (s *market) spend(t *testing.T) {
	t.Helper()
	s.write(t, func(tx *db.Tx) error {
		move := func(kind cashbox.Kind, amount money.Amount, memo string) error {
			return cashbox.Record(tx, cashbox.Movement{ID: id.New(), Box: s.till.ID, Method: s.cash, Kind: kind, Amount: amount, On: "2026-11-20", Role: "expense.post", Memo: memo}, "2026-11-21", claire)
		}
		return errors.Join(move(cashbox.Expense, 1240, "timbres"), move(cashbox.Expense, 1100, "recommandé"), move(cashbox.Deposit, 20000, ""))
	})
}

// people is the gate of the tests: who is signed in, with which rights, in which locations.
type people struct {
	company   string
	user      *string // Claire when nil
	rights    right.Set
	locations []string
	anonymous *bool
}

var manager = right.Set{right.DaysheetView, right.DaysheetEnter, right.DaysheetValidate, right.DaysheetForce, right.DaysheetCorrect, right.DaysheetLock, right.MovementRecord, right.BalanceView, right.ReportView, right.ReportExport, right.PartyView, right.PartyEdit}

var names = map[string]string{claire: "Claire Dumont", paul: "Paul Martin"}

func (g people) Identify(*http.Request) (web.Identity, error) {
	if g.anonymous != nil && *g.anonymous {
		return web.Identity{}, nil
	}
	who := claire
	if g.user != nil {
		who = *g.user
	}
	return web.Identity{UserID: who, Name: names[who], Email: "claire@example.fr", SessionID: "s"}, nil
}

func (g people) Enter(context.Context, web.Identity, string) (web.Access, error) {
	place, err := time.LoadLocation("Europe/Paris")
	return web.Access{CompanyID: g.company, Slug: "marche", Name: "Épicerie du Marché", Rights: g.rights, Locations: g.locations, Zone: place}, err
}

// open serves the room.
func (s *market) open(t *testing.T, g people) *httptest.Server {
	t.Helper()
	g.company = s.company
	if g.rights == nil {
		g.rights = manager
	}
	room := New(s.d, Hooks{Names: func(db.Querier) (map[string]string, error) { return names, nil }, Papers: s.papers})
	cash := cashbox.New(s.d, cashbox.Hooks{AfterMovement: AfterMovement})
	site, err := web.New(web.Config{Gate: g, Routes: append(room.Routes(), cash.Routes()...), Modules: []fs.FS{Scripts(), cashbox.Scripts()}, Clock: dbtest.Clock(t, s.d), Nav: func(c *web.Ctx) []ui.NavItem {
		return []ui.NavItem{{Label: "Accueil", Icon: "accueil", URL: c.URL(), Tab: true}, {Label: "Journées", Icon: "journees", URL: c.URL("journees"), Tab: true, Badge: 2},
			{Label: "Clients", Icon: "clients", URL: c.URL("clients"), Tab: true}, {Label: "Rapports", Icon: "rapports", URL: c.URL("rapports"), Tab: true}, {Label: "Réglages", Icon: "reglages", URL: c.URL("reglages"), Foot: true}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	server.Client().Jar = jar
	return server
}

// papers gives the photo of each day of the tests.
func (s *market) papers(db.Querier, string, day.Day) ([]ui.Link, error) {
	if s.photo == "" {
		return nil, nil
	}
	return []ui.Link{{Label: "Photo du ticket Z", URL: s.photo}}, nil
}

func (s *market) path(box string, on day.Day, more string) string {
	return "/d/marche/journees/" + box + "/" + string(on) + more
}

// get reads a page, and gives its status, its address in the end and its text.
func get(t *testing.T, server *httptest.Server, path string) (int, string, string) {
	t.Helper()
	return read(t, must(server.Client().Get(server.URL+path))(t))
}

// post sends a form and follows where it leads.
func post(t *testing.T, server *httptest.Server, path string, forms ...map[string]string) (int, string, string) {
	t.Helper()
	values := url.Values{}
	for _, form := range forms {
		for name, value := range form {
			values.Set(name, value)
		}
	}
	return read(t, must(server.Client().PostForm(server.URL+path, values))(t))
}

func must(answer *http.Response, err error) func(*testing.T) *http.Response {
	return func(t *testing.T) *http.Response {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
}

func read(t *testing.T, answer *http.Response) (int, string, string) {
	t.Helper()
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Request.URL.RequestURI(), strings.NewReplacer("\u00a0", " ", "&#39;", "’").Replace(string(body))
}
