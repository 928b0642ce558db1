package db_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
)

func TestAStatementThatCouldTouchAnotherCompanyIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, other := dbtest.Company(t, d), dbtest.Company(t, d)
		for _, c := range []struct {
			name, statement string
			args            []any
			says            string
		}{
			{"without a company", `SELECT last FROM series`, nil, "company_id = $1"},
			{"with a company in clear", `SELECT last FROM series WHERE company_id = '` + other + `'`, []any{company}, "company_id = $1"},
			{"with the company in another place", `SELECT last FROM series WHERE name = $1 AND company_id = $2`, []any{company, other}, "company_id = $1"},
			{"with the tenth argument taken for the first", `SELECT last FROM series WHERE company_id = $10`, []any{company}, "company_id = $1"},
			{"that only mentions the column", `SELECT company_id FROM series WHERE name = $1`, []any{company}, "company_id = $1"},
			{"with another company as first argument", `SELECT last FROM series WHERE company_id = $1`, []any{other}, "first argument"},
			{"with a company of another type", `SELECT last FROM series WHERE company_id = $1`, []any{[]byte(company)}, "first argument"},
			{"without argument", `SELECT last FROM series WHERE company_id = $1`, nil, "first argument"},
			{"that inserts for another company", `INSERT INTO series (company_id, name, last) VALUES ($2, $1, 1)`, []any{company, other}, "company_id = $1"},
			{"that inserts a selection for another company", `INSERT INTO series (company_id, name, last) SELECT $2, $1, 1`, []any{company, other}, "company_id = $1"},
			{"that changes every company", `UPDATE series SET last = 0`, nil, "company_id = $1"},
			{"that removes from every company", `DELETE FROM series`, nil, "company_id = $1"},
			{"that hides a table behind a comma", `SELECT last FROM company c, series WHERE c.id = $1`, []any{company}, "JOIN"},
			{"that hides a second statement", `SELECT 1; DELETE FROM series`, nil, "one statement"},
			{"that is none of ours", `TRUNCATE series`, nil, "only runs"},
			{"that leaves row-level security", `SET LOCAL encaisse.company = ''`, nil, "only runs"},
			{"that is empty", ` `, nil, "only runs"},
		} {
			var n int
			errs := map[string]error{}
			errs["a query"] = d.Read(t.Context(), company, func(q *db.Snapshot) error { return q.Row(c.statement, c.args...).Scan(&n) })
			errs["a list"] = d.Read(t.Context(), company, func(q *db.Snapshot) error {
				return db.Each(q, func(*sql.Rows) error { return nil }, c.statement, c.args...)
			})
			errs["a statement"] = d.Write(t.Context(), company, func(tx *db.Tx) error {
				_, err := tx.Exec(c.statement, c.args...)
				return err
			})
			for how, err := range errs {
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("a statement %s, as %s: %v", c.name, how, err)
				}
			}
		}
	})
}

func TestTheDirectoryDoesNotSeeTheTablesOfCompanies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		for _, statement := range []string{`SELECT last FROM series WHERE company_id = $1`, `SELECT c.id FROM company c JOIN series s ON s.company_id = $1`} {
			var n int
			err := d.Read(t.Context(), "", func(q *db.Snapshot) error { return q.Row(statement, company).Scan(&n) })
			if err == nil || !strings.Contains(err.Error(), "directory") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

func TestTheDirectoryIsOpenToEveryHandle(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		for _, handle := range []string{"", company} {
			err := d.Write(t.Context(), handle, func(tx *db.Tx) error {
				var name string
				_, err := tx.Exec(`INSERT INTO company (id, slug, name, created_at) VALUES ($1, $1, $2, 0) ON CONFLICT (id) DO UPDATE SET name = excluded.name`, company, "Renommée")
				if err == nil {
					err = tx.Row(`SELECT name FROM company WHERE id = $1`, company).Scan(&name)
				}
				if name != "Renommée" {
					t.Errorf("handle %q reads %q", handle, name)
				}
				return err
			})
			if err != nil {
				t.Errorf("handle %q: %v", handle, err)
			}
		}
	})
}

func TestASnapshotDoesNotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		err := d.Read(t.Context(), company, func(q *db.Snapshot) error {
			var n int
			return q.Row(`INSERT INTO series (company_id, name, last) VALUES ($1, 'essai', 1) RETURNING last`, company).Scan(&n)
		})
		if got := last(t, d, company, "essai"); err == nil || got != 0 {
			t.Errorf("%v, and %d is there", err, got)
		}
	})
}

func TestASnapshotSeesOneState(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		count := func(q *db.Snapshot) (n int) {
			if err := q.Row(`SELECT COUNT(*) FROM series WHERE company_id = $1`, company).Scan(&n); err != nil {
				t.Error(err)
			}
			return n
		}
		err := d.Read(t.Context(), company, func(q *db.Snapshot) error {
			before := count(q)
			if err := d.Write(t.Context(), company, add("essai")); err != nil {
				return err
			}
			if after := count(q); before != 0 || after != 0 {
				t.Errorf("%d rows, then %d in the same snapshot", before, after)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// On PostgreSQL the database itself hides the rows of other companies: even a statement that forgets to pick its company sees its own only.
func TestRowLevelSecurityHidesOtherCompaniesFromAForgetfulStatement(t *testing.T) {
	d := dbtest.Postgres(t)
	company, other := dbtest.Company(t, d), dbtest.Company(t, d)
	for _, c := range []string{company, other} {
		if err := d.Write(t.Context(), c, add("essai")); err != nil {
			t.Fatal(err)
		}
	}
	forgetful := `SELECT COUNT(*) FROM series WHERE company_id = $1 OR company_id <> ''`
	var read, written int
	err := d.Read(t.Context(), company, func(q *db.Snapshot) error { return q.Row(forgetful, company).Scan(&read) })
	if err != nil || read != 1 {
		t.Errorf("a snapshot sees %d rows, %v", read, err)
	}
	b := keepBusy(t, d, company) // and in a group, each act under its own company
	var w waiting
	w.send(d, t.Context(), company, func(tx *db.Tx) error {
		n, err := tx.Exec(`UPDATE series SET last = 100 WHERE company_id = $1 OR company_id <> ''`, company)
		written = int(n)
		return err
	})
	b.letGo(t)
	if errs := w.all(); errs[0] != nil || written != 1 {
		t.Errorf("an act writes %d rows, %v", written, errs)
	}
	if got := last(t, d, other, "essai"); got != 1 {
		t.Errorf("the other company’s number is now %d", got)
	}
	raw, err := sql.Open("pgx", dbtest.Config(t, d).Postgres)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	if _, err := raw.Exec(`SET encaisse.company = '` + company + `'`); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec(`INSERT INTO series (company_id, name, last) VALUES ($1, 'autre', 1)`, other); err == nil || !strings.Contains(err.Error(), "row-level security") {
		t.Errorf("a row for another company: %v", err)
	}
}

func TestAReaderAsksAgainAsItsOwnCompany(t *testing.T) {
	d := dbtest.Postgres(t)
	one, two := dbtest.Company(t, d), dbtest.Company(t, d)
	if err := d.Write(t.Context(), one, add("essai")); err != nil {
		t.Fatal(err)
	}
	for range 40 { // every connection of the pool is asked for both
		for company, want := range map[string]int64{one: 1, two: 0} {
			if got := last(t, d, company, "essai"); got != want {
				t.Fatalf("company %s reads %d, want %d", company, got, want)
			}
		}
	}
	var n int
	err := d.Read(context.Background(), "'; DROP TABLE series; --", func(q *db.Snapshot) error {
		return q.Row(`SELECT COUNT(*) FROM series WHERE company_id = $1`, q.Company()).Scan(&n)
	})
	if err != nil || n != 0 {
		t.Errorf("a company that is no identifier sees %d rows, %v", n, err)
	}
}
