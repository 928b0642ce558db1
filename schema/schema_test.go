package schema_test

import (
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
	"encaisse/schema"
)

// rows reads a query as lines of text, its columns separated by spaces.
func rows(t *testing.T, on *sql.DB, query string, args ...any) []string {
	t.Helper()
	found, err := on.Query(query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for found.Next() {
		values, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			to[i] = &values[i]
		}
		if err := found.Scan(to...); err != nil {
			t.Fatal(err)
		}
		line := make([]string, len(columns))
		for i, v := range values {
			line[i] = fmt.Sprint(v)
		}
		list = append(list, strings.Join(line, " "))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// companyTables are the tables that belong to companies.
func companyTables() []string {
	directory := db.DirectoryTables()
	return slices.DeleteFunc(slices.Clone(schema.Tables()), func(name string) bool { return slices.Contains(directory, name) })
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

const publicTables = `SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'goose_db_version'`

func TestTheMigrationsMakeTheTablesThatAreNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		query := publicTables
		if d.Name() == "sqlite" {
			query = `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'goose_db_version' AND name NOT LIKE 'sqlite_%'`
		}
		if made, named := sorted(rows(t, dbtest.Raw(t, d), query)), sorted(schema.Tables()); !slices.Equal(made, named) {
			t.Errorf("made:  %q\nnamed: %q", made, named)
		}
		if len(companyTables()) < 30 || len(companyTables()) == len(schema.Tables()) {
			t.Errorf("%d tables of companies among %d", len(companyTables()), len(schema.Tables()))
		}
	})
}

func TestEveryMigrationHasItsTwin(t *testing.T) {
	sides := map[string][]string{}
	for _, side := range []string{"sqlite", "postgres"} {
		files, err := fs.Glob(schema.Files, side+"/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for i, file := range files {
			name := strings.TrimPrefix(file, side+"/")
			if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(name, want) {
				t.Errorf("%s: the numbers follow each other, want %s…", file, want)
			}
			sides[side] = append(sides[side], name)
		}
	}
	if !slices.Equal(sides["sqlite"], sides["postgres"]) {
		t.Errorf("sqlite:   %q\npostgres: %q", sides["sqlite"], sides["postgres"])
	}
}

// The rules of a schema that can be distributed by company, read in PostgreSQL's own catalogue.
func TestKeysAndReferencesBeginWithTheCompany(t *testing.T) {
	raw := dbtest.Raw(t, dbtest.Postgres(t))
	tables := companyTables()
	primary := 0
	for _, line := range rows(t, raw, `SELECT t.relname, i.relname, x.indisprimary, a.attname FROM pg_index x
			JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
		WHERE t.relnamespace = 'public'::regnamespace`) {
		part := strings.Fields(line)
		if !slices.Contains(tables, part[0]) {
			continue
		}
		if part[2] == "true" {
			primary++
		}
		if part[3] != "company_id" {
			t.Errorf("%s: index %s begins with %s", part[0], part[1], part[3])
		}
	}
	if primary != len(tables) {
		t.Errorf("%d primary keys on %d tables of companies", primary, len(tables))
	}
	crossing := 0
	for _, line := range rows(t, raw, `SELECT t.relname, c.conname, u.relname, a.attname, b.attname FROM pg_constraint c
			JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class u ON u.oid = c.confrelid
			JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1] JOIN pg_attribute b ON b.attrelid = u.oid AND b.attnum = c.confkey[1]
		WHERE c.contype = 'f'`) {
		part := strings.Fields(line)
		from, to := slices.Contains(tables, part[0]), slices.Contains(tables, part[2])
		if from != to {
			t.Errorf("%s: %s leads from %s to %s, one of which is of the directory", part[0], part[1], part[0], part[2])
		}
		if from && (part[3] != "company_id" || part[4] != "company_id") {
			t.Errorf("%s: %s leads from %s to %s", part[0], part[1], part[3], part[4])
		}
		if from {
			crossing++
		}
	}
	if crossing == 0 {
		t.Error("no reference between tables of companies was looked at")
	}
}

func TestRowsOfOtherCompaniesAreHiddenInEveryTable(t *testing.T) {
	raw := dbtest.Raw(t, dbtest.Postgres(t))
	const own = "(company_id = current_setting('encaisse.company'::text, true))"
	var guarded []string
	for _, line := range rows(t, raw, `SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, p.polpermissive, p.polcmd, pg_get_expr(p.polqual, p.polrelid), COALESCE(pg_get_expr(p.polwithcheck, p.polrelid), '-'), p.polroles
		FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid`) {
		table, rest, _ := strings.Cut(line, " ")
		if want := "true true true * " + own + " - {0}"; rest != want { // no check of its own: what may be seen may be written
			t.Errorf("%s: %s, want %s", table, rest, want)
		}
		guarded = append(guarded, table)
	}
	if want := sorted(companyTables()); !slices.Equal(sorted(guarded), want) {
		t.Errorf("guarded: %q\nwant:    %q", sorted(guarded), want)
	}
}

func TestNothingIsNumberedByTheDatabase(t *testing.T) {
	raw := dbtest.Raw(t, dbtest.Postgres(t))
	for _, name := range rows(t, raw, `SELECT relname::text FROM pg_class WHERE relkind = 'S' AND relname NOT LIKE 'goose_%'`) {
		t.Errorf("sequence %s", name)
	}
	for _, line := range rows(t, raw, `SELECT t.relname, a.attname FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid LEFT JOIN pg_attrdef f ON f.adrelid = t.oid AND f.adnum = a.attnum
		WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> 'goose_db_version' AND a.attnum > 0 AND (a.attidentity <> '' OR pg_get_expr(f.adbin, f.adrelid) LIKE '%nextval%')`) {
		t.Errorf("%s is numbered by the database", line)
	}
}

func TestColumnsAreOfTheFourTypesEveryDatabaseHas(t *testing.T) {
	raw := dbtest.Raw(t, dbtest.Postgres(t))
	count := 0
	for _, line := range rows(t, raw, `SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
		WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND t.relname <> 'goose_db_version' AND a.attnum > 0 AND NOT a.attisdropped`) {
		count++
		if part := strings.Fields(line); !slices.Contains([]string{"bigint", "text", "boolean", "bytea"}, strings.Join(part[2:], " ")) {
			t.Errorf("%s.%s is of type %s", part[0], part[1], strings.Join(part[2:], " "))
		}
	}
	if count < 200 {
		t.Errorf("%d columns looked at", count)
	}
}

func TestTheMigrationsKeepToWhatEveryDatabaseCanDo(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)\b(SERIAL|BIGSERIAL|IDENTITY|AUTOINCREMENT|NEXTVAL|ADVISORY|LISTEN|NOTIFY|TEMP|TEMPORARY|EXCLUDE|EXTENSION|JSONB?|UUID|TIMESTAMPTZ?|REAL|DOUBLE|NUMERIC|VIRTUAL)\b`)
	comment := regexp.MustCompile(`(?m)--.*$`)
	checks := regexp.MustCompile(`CHECK \(.*\)`)
	files, err := fs.Glob(schema.Files, "*/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	limits := map[string][]string{}
	for _, file := range files {
		text, err := fs.ReadFile(schema.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		bare := comment.ReplaceAllString(string(text), "")
		for _, word := range forbidden.FindAllString(bare, -1) {
			t.Errorf("%s: %s", file, word)
		}
		side, name, _ := strings.Cut(file, "/")
		limits[side] = append(limits[side], name)
		limits[side] = append(limits[side], checks.FindAllString(bare, -1)...)
	}
	if len(limits["sqlite"]) < 20 || !slices.Equal(limits["sqlite"], limits["postgres"]) {
		t.Errorf("the limits of the values differ:\nsqlite:   %q\npostgres: %q", limits["sqlite"], limits["postgres"])
	}
}

func TestTheTruthsAreTheColumnsPostgreSQLKeepsAsSuch(t *testing.T) {
	made := rows(t, dbtest.Raw(t, dbtest.Postgres(t)), `SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'boolean' AND table_name <> 'goose_db_version'`)
	named := slices.Collect(maps.Keys(schema.Booleans()))
	if made, named := sorted(made), sorted(named); !slices.Equal(made, named) {
		t.Errorf("made:  %q\nnamed: %q", made, named)
	}
}
