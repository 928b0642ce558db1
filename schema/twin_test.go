package schema_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/test/dbtest"
	"encaisse/schema"
)

// portable is how a type of PostgreSQL is written in the other twin.
var portable = map[string]string{"bigint": "INTEGER", "boolean": "INTEGER", "text": "TEXT", "bytea": "BLOB"}

// A column as both twins must have it: name, type, whether it may be empty, default, place in the primary key.
const (
	sqliteColumns   = `SELECT name, type, "notnull" = 1 OR pk > 0, COALESCE(dflt_value, '-'), pk FROM pragma_table_info($1) ORDER BY cid`
	postgresColumns = `SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, COALESCE(pg_get_expr(f.adbin, f.adrelid), '-'),
			COALESCE((SELECT array_position(x.indkey::int2[], a.attnum) + 1 FROM pg_index x WHERE x.indrelid = t.oid AND x.indisprimary), 0)
		FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid LEFT JOIN pg_attrdef f ON f.adrelid = t.oid AND f.adnum = a.attnum
		WHERE t.relname = $1 AND t.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`
)

func twins(t *testing.T) (lite, pg *sql.DB) {
	t.Helper()
	return dbtest.Raw(t, dbtest.SQLite(t)), dbtest.Raw(t, dbtest.Postgres(t))
}

func TestTheTwinsHaveTheSameColumns(t *testing.T) {
	lite, pg := twins(t)
	for _, table := range schema.Tables() {
		theirs := rows(t, pg, postgresColumns, table)
		for i, line := range theirs {
			part := strings.Fields(line)
			part[1] = portable[part[1]]
			part[2] = map[string]string{"true": "1", "false": "0"}[part[2]]
			if part[3] = strings.TrimSuffix(part[3], "::text"); part[3] == "true" || part[3] == "false" {
				part[3] = map[string]string{"true": "1", "false": "0"}[part[3]]
			}
			theirs[i] = strings.Join(part, " ")
		}
		if ours := rows(t, lite, sqliteColumns, table); !slices.Equal(ours, theirs) {
			t.Errorf("%s\nsqlite:   %q\npostgres: %q", table, ours, theirs)
		}
	}
}

func TestTheTwinsHaveTheSameIndexes(t *testing.T) {
	lite, pg := twins(t)
	for _, table := range schema.Tables() {
		var ours []string
		for _, name := range rows(t, lite, `SELECT name FROM pragma_index_list($1)`, table) {
			about := rows(t, lite, `SELECT "unique", partial FROM pragma_index_list($1) WHERE name = $2`, table, name)[0]
			columns := rows(t, lite, `SELECT name FROM pragma_index_info($1) ORDER BY seqno`, name)
			ours = append(ours, about+" "+strings.Join(columns, ","))
		}
		theirs := rows(t, pg, `SELECT CASE WHEN x.indisunique THEN 1 ELSE 0 END, CASE WHEN x.indpred IS NULL THEN 0 ELSE 1 END,
				(SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(x.indkey::int2[]) WITH ORDINALITY k (attnum, n) JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum)
			FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid WHERE t.relname = $1 AND t.relnamespace = 'public'::regnamespace`, table)
		if !slices.Equal(sorted(ours), sorted(theirs)) {
			t.Errorf("%s\nsqlite:   %q\npostgres: %q", table, sorted(ours), sorted(theirs))
		}
	}
}

func TestTheTwinsHaveTheSameReferences(t *testing.T) {
	lite, pg := twins(t)
	count := 0
	for _, table := range schema.Tables() {
		ours := rows(t, lite, `SELECT "table", group_concat("from" || '>' || "to", ',') FROM (SELECT * FROM pragma_foreign_key_list($1) ORDER BY id, seq) GROUP BY id`, table)
		theirs := rows(t, pg, `SELECT u.relname, (SELECT string_agg(a.attname || '>' || b.attname, ',' ORDER BY k.n) FROM unnest(c.conkey, c.confkey) WITH ORDINALITY k (f, t, n)
					JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.f JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.t)
			FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class u ON u.oid = c.confrelid WHERE c.contype = 'f' AND t.relname = $1`, table)
		if !slices.Equal(sorted(ours), sorted(theirs)) {
			t.Errorf("%s\nsqlite:   %q\npostgres: %q", table, sorted(ours), sorted(theirs))
		}
		count += len(ours)
	}
	if count == 0 {
		t.Error("no reference was looked at")
	}
}

func TestTheTablesOfSQLiteAreStrict(t *testing.T) {
	lite, _ := twins(t)
	for _, table := range schema.Tables() {
		if got := rows(t, lite, `SELECT strict FROM pragma_table_list WHERE name = $1`, table); fmt.Sprint(got) != "[1]" {
			t.Errorf("%s: strict %v", table, got)
		}
	}
}
