package firm

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

func dayOf(text string) day.Day { return day.Day(text) }

func identityOf(u staff.User) web.Identity {
	return web.Identity{UserID: u.ID, Name: u.Name, Email: u.Email, SessionID: "session-" + u.ID}
}

func TestTheLetterOfAlertsIsWrittenOnceADayToWhoAskedForIt(t *testing.T) { // DAY-11
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		late := o.client(t, o.firm, "En retard")
		o.close(t, late, 29)
		write := func(at string) int {
			t.Helper()
			dbtest.SetClock(t, d, at)
			if err := o.room.WriteDigests(context.Background()); err != nil {
				t.Fatal(err)
			}
			return len(o.deliver(t))
		}
		if n := write("2026-11-05 09:10"); n != 0 {
			t.Fatalf("%d letters to nobody", n)
		}
		for who, frequency := range map[string]string{"Claire": "daily", "Samuel": "weekly"} {
			if status, _ := o.ask(t, who, "/compte/alertes", url.Values{"frequence": {frequency}}); status != 303 {
				t.Fatalf("asking: %d", status)
			}
		}
		if status, body := o.ask(t, "Claire", "/compte/alertes", url.Values{"frequence": {"hourly"}}); status != 422 || !strings.Contains(body, "Choisissez une des valeurs") {
			t.Errorf("a frequency that is none: %d", status)
		}
		for _, c := range []struct {
			at   string
			want int // letters in all
		}{{"2026-11-05 06:59", 0}, {"2026-11-05 07:00", 1}, {"2026-11-05 07:10", 1}, {"2026-11-05 23:50", 1}, {"2026-11-06 08:00", 2}, {"2026-11-09 08:00", 4}} {
			if n := write(c.at); n != c.want {
				t.Errorf("%s: %d letters in all, want %d", c.at, n, c.want)
			}
		}
		letter := o.post.letters[0]
		for _, want := range []string{"En retard", "Octobre 2026\u00a0: 2\u00a0journées manquantes", "https://caisse.test/d/" + late.Slug + "/", "/alertes/"} {
			if !strings.Contains(letter.Text, want) {
				t.Errorf("the letter does not say %q:\n%s", want, letter.Text)
			}
		}
		link := letter.Text[strings.Index(letter.Text, "/alertes/"):]
		link = strings.TrimSpace(link)
		if status, _ := o.ask(t, "", link, nil); status != 200 {
			t.Errorf("the page of the link: %d", status)
		}
		if status, body := o.ask(t, "", link, url.Values{}); status != 200 || !strings.Contains(body, "C’est fait") {
			t.Errorf("stopping: %d", status)
		}
		if status, _ := o.ask(t, "", "/alertes/0199e000-0000-7000-8000-000000000001", url.Values{}); status != 404 {
			t.Errorf("a link of nobody: %d", status)
		}
		if n := write("2026-11-10 08:00"); n != 4 {
			t.Errorf("a letter after it was stopped: %d in all", n)
		}
	})
}

func TestWhoWorksInAShopReadsWhatTheyMaySee(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		c := o.client(t, "", "Épicerie")
		o.close(t, c, 29)
		o.write(t, c.ID, func(tx *db.Tx) error {
			settings := company.Defaults()
			settings.LegalName, settings.MinCash = "Épicerie", 5000
			if err := company.Change(tx, "u", settings); err != nil {
				return err
			}
			return staff.Join(tx, c.ID, o.samuel.ID, staff.Cashier, nil)
		})
		for who, want := range map[string]string{
			c.manager.ID: "Caisse 1\u00a0: 5\u00a0journées à saisir, la première le 30/10/2026|Caisse 1\u00a0: 12,00\u00a0€ en espèces, sous le minimum de 50,00\u00a0€",
			o.samuel.ID:  "Caisse 1\u00a0: 5\u00a0journées à saisir, la première le 30/10/2026",
			o.claire.ID:  "",
		} {
			_, list, err := o.room.gather(context.Background(), who, "2026-11-06")
			var lines []string
			for _, a := range list {
				lines = append(lines, a.lines...)
			}
			if got := strings.Join(lines, "|"); err != nil || got != want {
				t.Errorf("got  %q\nwant %q (%v)", got, want, err)
			}
		}
	})
}

func TestCashIsToldBelowZeroUnderItsLeastAndOverItsMost(t *testing.T) {
	methods := []tender.Method{{ID: "c", Kind: tender.Cash}, {ID: "k", Kind: tender.Card}}
	settings := company.Settings{Thresholds: company.Thresholds{MinCash: 5000, MaxCash: 50000}}
	for _, c := range []struct {
		box  cashbox.Box
		cash money.Amount
		want string
	}{
		{cashbox.Box{}, -100, "négatives"}, {cashbox.Box{}, 4999, "sous le minimum de 50,00"}, {cashbox.Box{}, 5000, ""}, {cashbox.Box{}, 50001, "au-dessus du maximum de 500,00"},
		{cashbox.Box{MinCash: 1000, MaxCash: 2000}, 1500, ""}, {cashbox.Box{MinCash: 1000, MaxCash: 2000}, 2001, "au-dessus du maximum de 20,00"},
	} {
		c.box.ID, c.box.Name = "b", "Caisse 1"
		got := strings.Join(cashAlerts(c.box, settings, methods, map[string]money.Amount{"box/b/c": c.cash, "box/b/k": 99900000}), "|")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%d in cash: %q, want %q", c.cash, got, c.want)
		}
	}
}
