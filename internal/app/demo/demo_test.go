package demo

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/books/ledger"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/staff"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/proof"
)

// noon is the instant the demonstrations of the tests end at: a Friday.
var noon = time.Date(2026, time.January, 23, 11, 0, 0, 0, time.UTC)

const friday day.Day = "2026-01-23"

func build(t *testing.T, d *db.DB, seed int64, days int) Built {
	t.Helper()
	key, err := seal.NewMasterKey([]byte("the master key of a test store !"))
	if err != nil {
		t.Fatal(err)
	}
	room, err := staff.New(staff.Config{DB: d, Vault: key})
	if err != nil {
		t.Fatal(err)
	}
	built, err := Build(context.Background(), Config{DB: d, Clock: dbtest.Clock(t, d), Staff: room, Seed: seed, Now: noon, Today: friday, First: friday.Add(-days)})
	if err != nil {
		t.Fatal(err)
	}
	return built
}

func read(t *testing.T, d *db.DB, b Built, fn func(q *db.Snapshot) error) {
	t.Helper()
	if err := d.Read(context.Background(), b.Company.ID, fn); err != nil {
		t.Fatal(err)
	}
}

// digest is the digest of every figure: each version of each sheet, each movement, each balance, by the names people read.
func digest(t *testing.T, d *db.DB, b Built) string {
	t.Helper()
	sum := sha256.New()
	read(t, d, b, func(q *db.Snapshot) error {
		boxes, err := cashbox.List(q)
		if err != nil {
			return err
		}
		slices.SortFunc(boxes, func(a, b cashbox.Box) int { return strings.Compare(a.Name, b.Name) })
		for _, box := range boxes {
			for _, on := range day.Range(box.FirstDay.Add(-1), friday) {
				page, err := daysheet.Load(q, box.ID, on)
				if err != nil {
					return err
				}
				for _, v := range page.Versions {
					fmt.Fprintln(sum, box.Name, on, figuresOf(t, v))
				}
				if page.Draft != nil {
					fmt.Fprintln(sum, box.Name, on, "draft", page.Draft.Gross)
				}
				for _, m := range page.Movements {
					fmt.Fprintln(sum, box.Name, on, m.Kind, m.Amount, m.Memo, m.Rate, m.Role, m.BackDated, m.At)
				}
			}
		}
		accounts, err := ledger.Accounts(q, "")
		slices.SortFunc(accounts, func(a, b ledger.Account) int {
			return strings.Compare(fmt.Sprint(a.Label, a.Code, a.Balance), fmt.Sprint(b.Label, b.Code, b.Balance))
		})
		for _, a := range accounts {
			fmt.Fprintln(sum, a.Code, a.Label, a.Balance)
		}
		return err
	})
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// figuresOf are those of a version, by the labels of its lines.
func figuresOf(t *testing.T, v daysheet.Version) string {
	t.Helper()
	var c daysheet.Content
	if err := json.Unmarshal([]byte(v.Content), &c); err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprint(v.Number, v.Seq, v.ZNumber, v.SalesCount, v.CustomerCount, v.Gross, v.Net, v.Tax, v.Taken, v.Breakdown, v.OverShort, v.Unexplained, v.Perpetual, v.PerpetualAbs, v.Reason, v.At)
	for _, s := range c.Sales {
		text += fmt.Sprint(s.Label, s.Gross, s.Tax)
	}
	for _, m := range c.Methods {
		text += fmt.Sprint(m.Label, m.Taken, m.Expected, m.OverShort, m.Remitted)
	}
	return text + fmt.Sprint(c.Figures.VouchersSold, c.Figures.Repaid, c.Figures.Overpayment, c.Figures.Pieces, c.Figures.Note)
}

func TestTheSameSeedOnTheSameDayGivesTheSameFigures(t *testing.T) {
	d, again, other := dbtest.SQLite(t), dbtest.SQLite(t), dbtest.SQLite(t)
	built := build(t, d, 7, 45)
	proof.Holds(t, d, built.Company.ID)
	want := digest(t, d, built)
	if got := digest(t, again, build(t, again, 7, 45)); got != want {
		t.Errorf("the same seed gave %s then %s", want, got)
	}
	if got := digest(t, other, build(t, other, 8, 30)); got == want {
		t.Error("another seed gave the same figures")
	}
}

func TestADemonstrationIsTheSameOnBothDatabases(t *testing.T) {
	digests := map[string]string{}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		built := build(t, d, 3, 60)
		proof.Holds(t, d, built.Company.ID)
		digests[d.Name()] = digest(t, d, built)
	})
	if pg, there := digests["postgres"]; there && pg != digests["sqlite"] {
		t.Errorf("figures on SQLite %s, on PostgreSQL %s", digests["sqlite"], pg)
	}
}

func TestADemonstrationShowsWhatWaits(t *testing.T) {
	d := dbtest.SQLite(t)
	built := build(t, d, 1, 90)
	var todos map[string]daysheet.Todo
	states := map[daysheet.CellState]int{}
	corrected, overShorts, tills := 0, 0, 0
	var turnover money.Amount
	read(t, d, built, func(q *db.Snapshot) error {
		list, err := daysheet.Todos(q)
		todos = map[string]daysheet.Todo{}
		for _, todo := range list {
			todos[todo.Box.Name] = todo
			tills++
			cells, err := daysheet.Days(q, todo.Box.ID, todo.Box.FirstDay, friday)
			if err != nil {
				return err
			}
			turnover += daysheet.Sum(cells).Gross
			for _, c := range cells {
				states[c.State]++
				if c.Version > 1 {
					corrected++
				}
				if c.OverShort.Abs() > 500 {
					overShorts++
				}
			}
		}
		return err
	})
	if main := todos["Caisse 1"]; len(main.Gaps) != 1 || main.Gaps[0].Unexplained < 2400 || main.Gaps[0].On != friday.Add(-3) || len(main.Drafts) != 1 || main.Drafts[0] != friday || len(main.Missing) != 0 {
		t.Errorf("at the first till wait %+v", main)
	}
	if station := todos["Caisse Gare"]; len(station.Missing) != 1 || station.Missing[0] != friday.Add(-1) || len(station.Gaps) != 0 {
		t.Errorf("by the station wait %+v", station)
	}
	if tills != 3 || states[daysheet.CellLocked] < 150 || states[daysheet.CellDone] < 10 || states[daysheet.CellHoliday] < 4 || states[daysheet.CellClosed] < 25 || corrected < 3 || overShorts < 3 {
		t.Errorf("%d tills, states %v, %d corrected, %d large over-shorts", tills, states, corrected, overShorts)
	}
	if turnover < 15_000_000 || turnover > 40_000_000 {
		t.Errorf("three tills sold %d cents in ninety days", turnover)
	}
}

func TestEverybodyOfADemonstrationSignsIn(t *testing.T) {
	d := dbtest.SQLite(t)
	built := build(t, d, 2, 40)
	key, err := seal.NewMasterKey([]byte("the master key of a test store !"))
	if err != nil {
		t.Fatal(err)
	}
	room, err := staff.New(staff.Config{DB: d, Vault: key})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range built.People {
		if len(p.Password) < 12 {
			t.Errorf("%s has a short password", p.Email)
		}
		pass, err := room.SignIn(context.Background(), staff.Attempt{Email: p.Email, Password: p.Password, Client: "192.0.2.1"})
		if err != nil || pass.Token == "" {
			t.Errorf("%s cannot sign in: %v", p.Email, err)
		}
		files, err := room.Files(context.Background(), p.id)
		if err != nil || len(files.Files) != 1 {
			t.Errorf("%s sees no company: %+v, %v", p.Email, files, err)
		}
	}
	if again := newPeople(2); again[owner].Password != built.People[owner].Password || newPeople(3)[owner].Password == again[owner].Password {
		t.Error("passwords do not follow the seed")
	}
}

func TestPiecesComeToTheAmount(t *testing.T) {
	for amount := range money.Amount(3000) {
		var sum money.Amount
		for value, n := range pieces(throw(1, "test", fmt.Sprint(amount)), amount*37) {
			sum += money.Amount(value * n)
		}
		if sum != amount*37 {
			t.Fatalf("pieces of %d come to %d", amount*37, sum)
		}
	}
}

func TestEveryShopHasAnEstablishmentNumberOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range newShops(MaxShops) {
		sum := 0
		for i := range s.siret {
			digit := int(s.siret[len(s.siret)-1-i] - '0')
			if i%2 == 1 {
				digit *= 2
			}
			sum += digit/10 + digit%10
		}
		if len(s.siret) != 14 || sum%10 != 0 || seen[s.siret] || seen[s.name] {
			t.Errorf("%s: SIRET %s", s.name, s.siret)
		}
		seen[s.siret], seen[s.name] = true, true
	}
	if first := establishment(1); first != "12345678200010" {
		t.Errorf("the first establishment is %s", first)
	}
}
