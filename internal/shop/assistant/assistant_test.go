package assistant_test

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/assistant"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// shop is a company as the assistant makes it.
func shop(t *testing.T, d *db.DB) company.Ref {
	t.Helper()
	var ref company.Ref
	err := d.Write(context.Background(), id.New(), func(tx *db.Tx) (err error) {
		ref, err = company.Create(tx, "Halles")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func act(t *testing.T, d *db.DB, companyID string, do func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), companyID, do); err != nil {
		t.Fatal(err)
	}
}

// setUp is what a company has: lines, methods, boxes, in their order.
func setUp(t *testing.T, d *db.DB, companyID string) (lines []catalog.SalesCategory, methods []tender.Method, boxes []cashbox.Box, settings company.Settings) {
	t.Helper()
	err := d.Read(context.Background(), companyID, func(q *db.Snapshot) error {
		var all [4]error
		lines, all[0] = catalog.List(q)
		methods, all[1] = tender.List(q)
		boxes, all[2] = cashbox.List(q)
		settings, all[3] = company.Load(q)
		for _, err := range all {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return catalog.Active(lines), tender.Active(methods), boxes, settings
}

func labels(lines []catalog.SalesCategory) []string {
	list := make([]string, len(lines))
	for i, c := range lines {
		list[i] = c.Label
	}
	return list
}

func TestEveryPresetSetsAShopUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, p := range assistant.Presets() {
			ref := shop(t, d)
			act(t, d, ref.ID, func(tx *db.Tx) error { return assistant.Apply(tx, "u1", p) })
			lines, methods, _, settings := setUp(t, d, ref.ID)
			if len(lines) != len(p.Lines) || lines[0].Label != p.Lines[0].Label || len(methods) != len(p.Pays) || methods[0].Float != p.Float {
				t.Errorf("%s: %d lines and %d methods, the first with a float of %d", p.Key, len(lines), len(methods), methods[0].Float)
			}
			if settings.Options != p.Options || settings.MaxCash != p.MaxCash || settings.Tolerance != p.Tolerance {
				t.Errorf("%s: settings are %+v", p.Key, settings)
			}
		}
	})
}

func TestAnotherTradeKeepsWhatBearsTheSameLabelAndDeletesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := shop(t, d)
		apply := func(key string) {
			act(t, d, ref.ID, func(tx *db.Tx) error { return assistant.Apply(tx, "u1", assistant.FindPreset(key)) })
		}
		apply("epicerie")
		first, _, _, _ := setUp(t, d, ref.ID)
		apply("librairie")
		if lines, _, _, _ := setUp(t, d, ref.ID); !slices.Equal(labels(lines), []string{"Livres", "Presse", "Papeterie", "Jeux et cadeaux"}) {
			t.Errorf("lines are %q", labels(lines))
		}
		apply("epicerie")
		if again, _, _, _ := setUp(t, d, ref.ID); !slices.Equal(again, first) {
			t.Errorf("back to the first trade, lines are %+v, want %+v", again, first)
		}
	})
}

func TestSkippedStepsTakeTheFormOfAnyShopAtTheEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := shop(t, d)
		for range 2 { // taken again, nothing more is made
			act(t, d, ref.ID, func(tx *db.Tx) error { return assistant.End(tx, "u1", "2026-11-20") })
		}
		lines, methods, boxes, _ := setUp(t, d, ref.ID)
		if len(lines) != 4 || len(methods) != 4 || len(boxes) != 1 || boxes[0].FirstDay != "2026-11-19" {
			t.Errorf("%d lines, %d methods, boxes %+v", len(lines), len(methods), boxes)
		}
	})
}

func TestTillsAreOpenedOnceWithTheirFloatAndTheirFirstDay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := shop(t, d)
		tills := assistant.Tills{Count: 2, Float: 20000, FirstDay: "2026-11-01", Week: company.Workdays, Thresholds: company.Thresholds{MaxCash: 80000, Tolerance: 300, LockDays: 5}}
		act(t, d, ref.ID, func(tx *db.Tx) error {
			if err := assistant.Apply(tx, "u1", assistant.FindPreset("fleuriste")); err != nil {
				return err
			}
			return assistant.SetTills(tx, "u1", tills)
		})
		tills.Count, tills.Float, tills.Week = 3, 15000, company.EveryDay
		act(t, d, ref.ID, func(tx *db.Tx) error { return assistant.SetTills(tx, "u1", tills) })
		_, methods, boxes, settings := setUp(t, d, ref.ID)
		if len(boxes) != 3 || boxes[0].Name != "Caisse 1" || boxes[2].Name != "Caisse 3" || boxes[0].TargetFloat != 15000 || boxes[0].FirstDay != "2026-11-01" {
			t.Errorf("boxes are %+v", boxes)
		}
		if methods[0].Float != 15000 || settings.Thresholds != tills.Thresholds {
			t.Errorf("float %d, thresholds %+v", methods[0].Float, settings.Thresholds)
		}
		err := d.Read(context.Background(), ref.ID, func(q *db.Snapshot) error {
			present, err := assistant.LoadTills(q, "2026-11-20")
			if present != tills {
				t.Errorf("the step shows %+v, want %+v", present, tills)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// open serves the assistant with real sign-in, and gives a browser and the setup link.
func open(t *testing.T, d *db.DB) (browser *http.Client, address, link string) {
	t.Helper()
	vault, err := seal.NewMasterKey([]byte("the master key of a test store !"))
	if err != nil {
		t.Fatal(err)
	}
	people, err := staff.New(staff.Config{DB: d, Vault: vault})
	if err != nil {
		t.Fatal(err)
	}
	site, err := web.New(web.Config{Gate: staff.Gate{Room: people}, Routes: assistant.New(d, people, "https://caisse.example.fr").Routes(), Clock: dbtest.Clock(t, d)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	if link, err = people.NewSetupLink(context.Background()); err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return browser, server.URL, link
}

// post sends a form and gives the status, where it leads and the page.
func post(t *testing.T, browser *http.Client, address string, fields ...string) (status int, to, page string) {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	answer, err := browser.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header.Get("Location"), string(body)
}

func TestTheFirstRunLeadsFromAnEmptyProgramToYesterdaysSheet(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		browser, address, link := open(t, d)
		founder := []string{"societe", "Fleurs d’Élodie", "nom", "Élodie Garnier", "email", "elodie@example.fr", "mot-de-passe", "girafe tordue sous la pluie 41"}
		if status, _, _ := post(t, browser, address+"/installation/faux", founder...); status != http.StatusNotFound {
			t.Errorf("a wrong link answers %d", status)
		}
		if status, _, page := post(t, browser, address+link, "societe", "Fleurs", "nom", "Élodie", "email", "elodie@example.fr", "mot-de-passe", "court"); status != 422 || !strings.Contains(page, "12\u00a0caractères") {
			t.Errorf("a short password answers %d", status)
		}
		status, to, page := post(t, browser, address+link, founder...)
		if status != http.StatusSeeOther || to != "/d/fleurs-d-elodie/mise-en-route/1" {
			t.Fatalf("the installation answers %d to %q\n%s", status, to, page)
		}
		if status, _, _ := post(t, browser, address+link, founder...); status != http.StatusNotFound {
			t.Errorf("the link serves a second time: %d", status)
		}
		base := address + "/d/fleurs-d-elodie/mise-en-route"
		for _, step := range []struct {
			path   string
			fields []string
			status int
			to     string
		}{
			{"/1", []string{"siren", "732829321", "legal_name", "Fleurs", "vat_regime", "monthly"}, 422, ""},
			{"/1", []string{"siren", "732 829 320", "legal_name", "Fleurs SARL", "trade_name", "Fleurs d’Élodie", "postcode", "67000", "city", "Strasbourg", "vat_regime", "monthly"}, 303, "2"},
			{"/2", []string{"trade", "fleuriste"}, 303, "3"},
			{"/3/ajouter", []string{"label", "Cartes", "rate", "2000"}, 303, "3"},
			{"/3/ajouter", []string{"label", "Cartes", "rate", "2000"}, 422, ""},
			{"/3", nil, 303, "4"},
			{"/4", []string{"count", "9"}, 422, ""},
			{"/4", []string{"passer", "oui"}, 303, "5"},
			{"/5/inviter", []string{"email", "cabinet@example.fr", "role", "comptable"}, 200, ""},
			{"/5", nil, 303, "/d/fleurs-d-elodie/journees/2026-11"},
		} {
			status, to, page := post(t, browser, base+step.path, step.fields...)
			if status != step.status || !strings.HasSuffix(to, step.to) {
				t.Errorf("%s %q answers %d to %q", step.path, step.fields, status, to)
			}
			if step.path == "/5/inviter" && !strings.Contains(page, "https://caisse.example.fr/invitation/") {
				t.Errorf("the invitation shows no link")
			}
		}
		isSetUp(t, d, "fleurs-d-elodie")
	})
}

// isSetUp checks what the first run left behind.
func isSetUp(t *testing.T, d *db.DB, slug string) {
	t.Helper()
	var ref company.Entry
	err := d.Read(context.Background(), "", func(q *db.Snapshot) (err error) {
		ref, _, err = company.EntryBySlug(q, slug)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	lines, methods, boxes, settings := setUp(t, d, ref.ID)
	if len(lines) != 6 || lines[5].Label != "Cartes" || len(methods) == 0 || len(boxes) != 1 || settings.VATNumber != "FR44732829320" {
		t.Errorf("set up with %q, %d methods, %d boxes, %+v", labels(lines), len(methods), len(boxes), settings.Identity)
	}
	err = d.Read(context.Background(), ref.ID, func(q *db.Snapshot) error {
		p, err := assistant.LoadProgress(q)
		if !p.Ended() || p.Done != 0b10111 || p.Trade != "fleuriste" {
			t.Errorf("progress is %+v", p)
		}
		locations, err2 := company.Locations(q)
		if len(locations) != 1 || locations[0].Zone != company.AlsaceMoselle || locations[0].City != "Strasbourg" {
			t.Errorf("locations are %+v", locations)
		}
		if err == nil {
			err = err2
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOnlyThoseWhoMayOpenACompany(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var user staff.User
		act(t, d, "", func(tx *db.Tx) (err error) {
			user, err = staff.CreateUser(tx, staff.NewUser{Email: "paul@example.fr", Name: "Paul"})
			return err
		})
		err := d.Write(context.Background(), id.New(), func(tx *db.Tx) error {
			_, err := assistant.Found(tx, user.ID, "Chez Paul", "")
			return err
		})
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("somebody who may not: %v", err)
		}
	})
}
