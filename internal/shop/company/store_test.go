package company_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
)

// found makes a company as the assistant does and gives its id.
func found(t *testing.T, d *db.DB, name string) company.Ref {
	t.Helper()
	var ref company.Ref
	err := d.Write(context.Background(), id.New(), func(tx *db.Tx) (err error) {
		ref, err = company.Create(tx, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func write(t *testing.T, d *db.DB, ref company.Ref, act func(*db.Tx) error) error {
	t.Helper()
	return d.Write(context.Background(), ref.ID, act)
}

func read(t *testing.T, d *db.DB, ref company.Ref, look func(*db.Snapshot) error) {
	t.Helper()
	if err := d.Read(context.Background(), ref.ID, look); err != nil {
		t.Fatal(err)
	}
}

// events are the labels of the events of settings, in order.
func events(t *testing.T, d *db.DB, ref company.Ref) []string {
	t.Helper()
	var labels []string
	rows, err := dbtest.Raw(t, d).Query(`SELECT label FROM seal_event WHERE company_id = $1 AND code = $2 ORDER BY id`, ref.ID, seal.ParametersChanged)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var label string
		if err := rows.Scan(&label); err != nil {
			t.Fatal(err)
		}
		labels = append(labels, label)
	}
	return labels
}

func TestANewCompanyHasItsOwnAddressDefaultSettingsAndOneLocation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first, second := found(t, d, "Épicerie des Halles"), found(t, d, "Epicerie des halles")
		if first.Slug != "epicerie-des-halles" || second.Slug != "epicerie-des-halles-2" {
			t.Errorf("slugs are %q and %q", first.Slug, second.Slug)
		}
		read(t, d, first, func(q *db.Snapshot) error {
			settings, err := company.Load(q)
			if err != nil || settings.DisplayName() != "Épicerie des Halles" || settings.Cutoff != 0 || settings.Currency != "EUR" || settings.TimeZone != "Europe/Paris" {
				t.Errorf("settings are %+v (%v)", settings, err)
			}
			locations, err := company.Locations(q)
			if err != nil || len(locations) != 1 || locations[0].Name != "Épicerie des Halles" || !locations[0].Active {
				t.Errorf("locations are %+v (%v)", locations, err)
			}
			return err
		})
	})
}

func TestACompanyWithoutANameIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(context.Background(), id.New(), func(tx *db.Tx) error {
			_, err := company.Create(tx, "  ")
			return err
		})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("a blank name: %v", err)
		}
	})
}

func TestSettingsAreKeptWholeAndWhatChangedIsNamedInAnEvent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := found(t, d, "Halles")
		want := company.Settings{
			Identity: company.Identity{LegalName: "Halles SARL", TradeName: "Aux Halles", LegalForm: "SARL", Capital: "10 000 €", SIREN: "732829320", VATNumber: "FR44732829320", RCS: "RCS Lyon", NAF: "47.11B"},
			Address:  company.Address{Street: "12 rue des Halles", Postcode: "69002", City: "Lyon"},
			Phone:    "04 78 00 00 00", Email: "contact@halles.fr",
			Currency: "EUR", TimeZone: "Indian/Reunion", Cutoff: 5, VATRegime: company.Quarterly, YearStart: 7,
			Thresholds: company.Thresholds{MinCash: 5000, MaxCash: 60000, Tolerance: 300, LockDays: 10},
			Options:    company.Options{Expenses: true, Transfers: true, Credit: company.CreditByCustomer, Vouchers: true, Overpayments: true, Customers: true},
		}
		for range 2 { // the second time nothing changes
			if err := write(t, d, ref, func(tx *db.Tx) error { return company.Change(tx, "u1", want) }); err != nil {
				t.Fatal(err)
			}
		}
		read(t, d, ref, func(q *db.Snapshot) error {
			got, err := company.Load(q)
			if got != want {
				t.Errorf("read back %+v, want %+v", got, want)
			}
			renamed, err2 := company.Find(q)
			if renamed.Name != "Aux Halles" || renamed.Slug != ref.Slug {
				t.Errorf("the directory says %+v", renamed)
			}
			return errOr(err, err2)
		})
		said := events(t, d, ref)
		if len(said) != 1 || !strings.Contains(said[0], "identité, adresse, fuseau horaire, heure de changement de journée, régime de TVA, début d’exercice, seuils, tolérance, verrouillage automatique, parties optionnelles") {
			t.Errorf("events are %q", said)
		}
	})
}

func errOr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestALocationIsAddedChangedAndOneStaysInUse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := found(t, d, "Halles")
		corsica := company.Location{Name: "Ajaccio", Zone: company.Corsica, Active: true}
		err := write(t, d, ref, func(tx *db.Tx) (err error) {
			corsica.ID, err = company.SaveLocation(tx, "u1", corsica)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		read(t, d, ref, func(q *db.Snapshot) error {
			rates, err := company.Rates(q, "2026-11-20")
			var list []vat.Rate
			for _, r := range rates {
				list = append(list, r.Rate)
			}
			if !slices.Equal(list, []vat.Rate{2000, 1300, 1000, 550, 210, 90, 0}) {
				t.Errorf("rates of a company on the mainland and in Corsica are %v", list)
			}
			return err
		})
		var first company.Location
		err = write(t, d, ref, func(tx *db.Tx) error {
			all, err := company.Locations(tx)
			first = all[0]
			first.Active = false
			if err == nil {
				_, err = company.SaveLocation(tx, "u1", first)
			}
			return err
		})
		if err != nil {
			t.Fatalf("the first of two locations goes out of use: %v", err)
		}
		corsica.Active = false
		err = write(t, d, ref, func(tx *db.Tx) error {
			_, err := company.SaveLocation(tx, "u1", corsica)
			return err
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("the last location in use: %v", err)
		}
		err = write(t, d, ref, func(tx *db.Tx) error {
			_, err := company.SaveLocation(tx, "u1", company.Location{ID: id.New(), Name: "Ailleurs", Zone: company.Mainland, Active: true})
			return err
		})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("a location that does not exist: %v", err)
		}
	})
}

func TestTheSIRENOfACompanyIsThatOfItsLocations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := found(t, d, "Halles")
		err := write(t, d, ref, func(tx *db.Tx) error {
			_, err := company.SaveLocation(tx, "u1", company.Location{Name: "Lyon", SIRET: "732 829 320 00074", Zone: company.Mainland, Active: true})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		err = write(t, d, ref, func(tx *db.Tx) error {
			settings, err := company.Load(tx)
			settings.SIREN = "404833048"
			return errOr(err, company.Change(tx, "u1", settings))
		})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "Lyon") {
			t.Errorf("the SIREN of another company: %v", err)
		}
	})
}

func TestTheCalendarIsKeptAndOldDaysKeepTheirWeek(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := found(t, d, "Halles")
		var location string
		exception := company.Exception{ID: id.New(), First: "2026-12-20", Open: true}
		err := write(t, d, ref, func(tx *db.Tx) error {
			all, err := company.Locations(tx)
			if err != nil {
				return err
			}
			location = all[0].ID
			exception.Location = location
			return errOr(
				company.SetWeek(tx, "u1", location, "2026-09-01", company.Workdays&^1),
				company.SetHolidays(tx, "u1", location, map[string]bool{"armistice-1918": true}),
				company.AddException(tx, "u1", exception), company.AddException(tx, "u1", exception), // the form was sent twice
			)
		})
		if err != nil {
			t.Fatal(err)
		}
		read(t, d, ref, func(q *db.Snapshot) error {
			c, err := company.LoadCalendar(q, location)
			for on, want := range map[string]company.State{
				"2026-08-31": company.Open, "2026-09-07": company.Closed, "2026-11-11": company.Open, "2026-12-25": company.Holiday, "2026-12-20": company.Open, "2026-12-13": company.Closed,
			} {
				if got, _ := c.State(day.Day(on)); got != want {
					t.Errorf("%s is %s, want %s", on, got, want)
				}
			}
			if len(c.Exceptions) != 1 || c.Exceptions[0].Label != "Ouverture exceptionnelle" || c.Exceptions[0].Last != "2026-12-20" {
				t.Errorf("exceptions are %+v", c.Exceptions)
			}
			return err
		})
		err = write(t, d, ref, func(tx *db.Tx) error {
			return errOr(company.RemoveException(tx, "u1", location, exception.ID), company.RemoveException(tx, "u1", location, exception.ID))
		})
		if err != nil {
			t.Fatal(err)
		}
		read(t, d, ref, func(q *db.Snapshot) error {
			c, err := company.LoadCalendar(q, location)
			if len(c.Exceptions) != 0 {
				t.Errorf("exceptions are %+v after the only one was taken back", c.Exceptions)
			}
			return err
		})
	})
}

func TestAWrongExceptionIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := found(t, d, "Halles")
		for name, e := range map[string]company.Exception{
			"first": {}, "last": {First: "2026-08-10", Last: "2026-08-01"}, "label": {First: "2026-08-10", Label: strings.Repeat("é", 61)},
		} {
			err := write(t, d, ref, func(tx *db.Tx) error {
				all, err := company.Locations(tx)
				e.Location = all[0].ID
				return errOr(err, company.AddException(tx, "u1", e))
			})
			if f, _ := err.(*fault.Fault); f == nil || f.Fields[name] == "" {
				t.Errorf("exception wrong in %s: %v", name, err)
			}
		}
		if err := write(t, d, ref, func(tx *db.Tx) error {
			return company.AddException(tx, "u1", company.Exception{Location: id.New(), First: "2026-08-10"})
		}); !fault.Is(err, fault.NotFound) {
			t.Errorf("exception of no location: %v", err)
		}
	})
}

func TestALogoIsAPictureOfAKnownKind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ref := found(t, d, "Halles")
		png := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89")
		webp := []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00")
		for _, good := range []company.Logo{{Type: "image/png", Body: png}, {Type: "image/webp", Body: webp}} {
			if err := write(t, d, ref, func(tx *db.Tx) error { return company.SetLogo(tx, "u1", good) }); err != nil {
				t.Errorf("%s: %v", good.Type, err)
			}
			read(t, d, ref, func(q *db.Snapshot) error {
				kept, err := company.LoadLogo(q)
				if kept.Type != good.Type || string(kept.Body) != string(good.Body) {
					t.Errorf("kept a %s of %d bytes", kept.Type, len(kept.Body))
				}
				return err
			})
		}
		for name, bad := range map[string]company.Logo{
			"a drawing that can run scripts": {Type: "image/svg+xml", Body: []byte("<svg/>")},
			"a text called PNG":              {Type: "image/png", Body: []byte("bonjour")},
			"a film called WebP":             {Type: "image/webp", Body: []byte("RIFF\x1a\x00\x00\x00AVI LIST\x00\x00")},
			"more than a megabyte":           {Type: "image/png", Body: make([]byte, company.LogoLimit+1)},
		} {
			if err := write(t, d, ref, func(tx *db.Tx) error { return company.SetLogo(tx, "u1", bad) }); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := write(t, d, ref, func(tx *db.Tx) error { return company.RemoveLogo(tx, "u1") }); err != nil {
			t.Fatal(err)
		}
		read(t, d, ref, func(q *db.Snapshot) error {
			kept, err := company.LoadLogo(q)
			if kept.Type != "" {
				t.Errorf("a logo taken away is still a %s", kept.Type)
			}
			return err
		})
	})
}
