package dbtest_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
	"encaisse/schema"
)

func TestEachStoreIsMigratedEmptyAndStandsAtMorning(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if want := t.Name()[len("TestEachStoreIsMigratedEmptyAndStandsAtMorning/"):]; d.Name() != want {
			t.Errorf("store %s in sub-test %s", d.Name(), want)
		}
		var companies int
		err := d.Read(context.Background(), "", func(q *db.Snapshot) error {
			return q.Row(`SELECT COUNT(*) FROM company`).Scan(&companies)
		})
		if err != nil || companies != 0 {
			t.Errorf("%d companies, %v", companies, err)
		}
		dbtest.Clock(t, d).Advance(time.Hour)
		if got := d.Now(); !got.Equal(dbtest.Morning.Add(time.Hour)) {
			t.Errorf("the store’s clock says %s", got)
		}
	})
}

func TestStoresDoNotSeeEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		other := dbtest.SQLite(t)
		if d.Name() == "postgres" {
			other = dbtest.Postgres(t)
		}
		dbtest.Company(t, d)
		var companies int
		if err := dbtest.Raw(t, other).QueryRow(`SELECT COUNT(*) FROM company`).Scan(&companies); err != nil || companies != 0 {
			t.Errorf("%d companies in the other store, %v", companies, err)
		}
		if err := dbtest.Raw(t, d).QueryRow(`SELECT COUNT(*) FROM company`).Scan(&companies); err != nil || companies != 1 {
			t.Errorf("%d companies in this store, %v", companies, err)
		}
	})
}

func TestTheRoleOfATestStoreOwnsNoTableAndBypassesNothing(t *testing.T) {
	raw, err := sql.Open("pgx", dbtest.Config(t, dbtest.Postgres(t)).Postgres)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var owned int
	if err := raw.QueryRow(`SELECT COUNT(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'member')`).Scan(&owned); err != nil || owned != 0 {
		t.Errorf("owns %d tables, %v", owned, err)
	}
	var above bool
	if err := raw.QueryRow(`SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user`).Scan(&above); err != nil || above {
		t.Errorf("superuser or bypassing: %v, %v", above, err)
	}
}

func TestAnEmptyStoreCanBeMigratedByItsRole(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, d *db.DB) {
		names, err := d.Migrate(context.Background(), schema.Files)
		if err != nil || len(names) == 0 {
			t.Fatalf("ran %q, %v", names, err)
		}
		dbtest.Company(t, d)
	})
}

func TestRowLevelSecurityBindsTheRoleOfATestStore(t *testing.T) {
	d := dbtest.Postgres(t)
	company := dbtest.Company(t, d)
	raw, err := sql.Open("pgx", dbtest.Config(t, d).Postgres)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	admin := dbtest.Raw(t, d)
	if _, err := admin.Exec(`INSERT INTO series (company_id, name, last) VALUES ($1, 'essai', 7)`, company); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		on   *sql.DB
		want int
	}{{"the application’s role without a company", raw, 0}, {"an intruder with the superuser’s password", admin, 1}} {
		var rows int
		if err := c.on.QueryRow(`SELECT COUNT(*) FROM series`).Scan(&rows); err != nil || rows != c.want {
			t.Errorf("%s sees %d rows, want %d, %v", c.name, rows, c.want, err)
		}
	}
}
