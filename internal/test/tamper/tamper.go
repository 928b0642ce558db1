// Package tamper does to a test store what an intruder could who has the password of the database, or its file: change rows by hand,
// with no trigger, no company and no program in the way. What it does is what « encaisse verify » must find.
package tamper

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
)

// Intruder is inside the database.
type Intruder struct {
	t        testing.TB
	raw      *sql.DB
	postgres bool
}

// Row is a row by the names of its columns.
type Row map[string]any

// BreakIn opens the database under a store and takes every trigger away.
func BreakIn(t testing.TB, d *db.DB) *Intruder {
	t.Helper()
	in := &Intruder{t: t, raw: dbtest.Raw(t, d), postgres: d.Name() == "postgres"}
	in.raw.SetMaxOpenConns(1)
	if !in.postgres {
		for _, trigger := range in.texts(`SELECT name FROM sqlite_master WHERE type = 'trigger'`) {
			in.must("DROP TRIGGER " + trigger)
		}
		return in
	}
	for _, table := range in.texts(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`) {
		in.must("ALTER TABLE " + table + " DISABLE TRIGGER ALL")
	}
	return in
}

func (in *Intruder) must(statement string, args ...any) {
	in.t.Helper()
	if _, err := in.raw.Exec(statement, args...); err != nil {
		in.t.Fatalf("%s: %v", statement, err)
	}
}

// texts is a column of texts.
func (in *Intruder) texts(query string, args ...any) []string {
	in.t.Helper()
	rows, err := in.raw.Query(query, args...)
	if err != nil {
		in.t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			in.t.Fatal(err)
		}
		list = append(list, text)
	}
	if err := rows.Err(); err != nil {
		in.t.Fatal(err)
	}
	return list
}

// Do runs a statement that must change at least one row.
func (in *Intruder) Do(statement string, args ...any) {
	in.t.Helper()
	result, err := in.raw.Exec(statement, args...)
	if err != nil {
		in.t.Fatalf("%s: %v", statement, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		in.t.Fatalf("%s: %d rows %v", statement, n, err)
	}
}

// Columns are the columns of a table, in order.
func (in *Intruder) Columns(table string) []string {
	in.t.Helper()
	query := `SELECT name FROM pragma_table_info($1) ORDER BY cid`
	if in.postgres {
		query = `SELECT column_name::text FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position`
	}
	columns := in.texts(query, table)
	if len(columns) == 0 {
		in.t.Fatalf("table %s has no column", table)
	}
	return columns
}

func (in *Intruder) primaryKey(table string) []string {
	in.t.Helper()
	query := `SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk`
	if in.postgres {
		query = `SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) WHERE i.indrelid = $1::regclass AND i.indisprimary`
	}
	return in.texts(query, table)
}

// Rows are the rows of a table.
func (in *Intruder) Rows(table string) []Row {
	in.t.Helper()
	columns := in.Columns(table)
	found, err := in.raw.Query("SELECT " + strings.Join(columns, ", ") + " FROM " + table + " ORDER BY " + strings.Join(in.primaryKey(table), ", "))
	if err != nil {
		in.t.Fatal(err)
	}
	defer found.Close()
	var list []Row
	for found.Next() {
		values, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			to[i] = &values[i]
		}
		if err := found.Scan(to...); err != nil {
			in.t.Fatal(err)
		}
		row := Row{}
		for i, column := range columns {
			row[column] = values[i]
		}
		list = append(list, row)
	}
	if err := found.Err(); err != nil {
		in.t.Fatal(err)
	}
	return list
}

// EachCell changes each value of some rows of a table, at most those asked for and spread from the first to the last, one value at a time,
// calls fn, and puts the value back. A value that a constraint of the table itself refuses is left alone. The table must have rows; it gives
// how many values were changed.
func (in *Intruder) EachCell(table string, most int, fn func(row Row, column string)) int {
	in.t.Helper()
	rows, keys, cells := in.spread(table, most), in.primaryKey(table), 0
	for _, row := range rows {
		for column, value := range row {
			other := different(value)
			if in.set(table, keys, row, column, value, other) != nil {
				continue
			}
			cells++
			fn(row, column)
			if err := in.set(table, keys, row, column, other, value); err != nil {
				in.t.Fatal(err)
			}
		}
	}
	return cells
}

// spread picks some rows of a table, the first and the last among them.
func (in *Intruder) spread(table string, most int) []Row {
	in.t.Helper()
	rows := in.Rows(table)
	if len(rows) == 0 {
		in.t.Fatalf("table %s has no row", table)
	}
	if len(rows) <= most {
		return rows
	}
	picked := make([]Row, most)
	for i := range picked {
		picked[i] = rows[i*(len(rows)-1)/max(most-1, 1)]
	}
	return picked
}

// EachRemoved removes some rows of a table, picked as by EachCell, one at a time, calls fn, and puts the row back.
func (in *Intruder) EachRemoved(table string, most int, fn func(row Row)) {
	in.t.Helper()
	columns, keys := in.Columns(table), in.primaryKey(table)
	for _, row := range in.spread(table, most) {
		where, args := match(keys, row)
		in.Do("DELETE FROM "+table+" WHERE "+where, args...)
		fn(row)
		if err := in.insert(table, columns, row); err != nil {
			in.t.Fatal(err)
		}
	}
}

// EachInserted adds to a table a copy of some of its rows, picked as by EachCell, one at a time, under a key of its own, calls fn, and takes the
// copy away. A value that must be the only one of its kind is changed with the key. It gives how many rows were added.
func (in *Intruder) EachInserted(table string, most int, fn func(row Row)) (added int) {
	in.t.Helper()
	columns, keys := in.Columns(table), in.primaryKey(table)
	for _, row := range in.spread(table, most) {
		for _, also := range append([]string{""}, columns...) {
			forged := Row{}
			for column, value := range row {
				if forged[column] = value; column == keys[len(keys)-1] || column == also && column != "company_id" {
					forged[column] = different(value)
				}
			}
			if in.insert(table, columns, forged) != nil {
				continue
			}
			added++
			fn(forged)
			where, args := match(keys, forged)
			in.Do("DELETE FROM "+table+" WHERE "+where, args...)
			break
		}
	}
	return added
}

func (in *Intruder) insert(table string, columns []string, row Row) error {
	places, values := make([]string, len(columns)), make([]any, len(columns))
	for i, column := range columns {
		places[i], values[i] = fmt.Sprintf("$%d", i+1), row[column]
	}
	_, err := in.raw.Exec("INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES ("+strings.Join(places, ", ")+")", values...)
	return err
}

// match is the condition that picks a row by its key.
func match(keys []string, row Row) (where string, args []any) {
	conditions := make([]string, len(keys))
	for i, key := range keys {
		args = append(args, row[key])
		conditions[i] = fmt.Sprintf("%s = $%d", key, i+1)
	}
	return strings.Join(conditions, " AND "), args
}

// set changes one value of a row, which may be one of its key.
func (in *Intruder) set(table string, keys []string, row Row, column string, from, to any) error {
	at := Row{}
	for _, key := range keys {
		at[key] = row[key]
		if key == column {
			at[key] = from
		}
	}
	where, args := match(keys, at)
	result, err := in.raw.Exec(fmt.Sprintf("UPDATE %s SET %s = $%d WHERE %s", table, column, len(args)+1, where), append(args, to)...)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("%s of %s: %d rows %w", column, table, n, err)
	}
	return nil
}

// different is a value that looks like the one given and is another.
func different(value any) any {
	switch v := value.(type) {
	case int64:
		return v + 1000
	case bool:
		return !v
	case string:
		return v + "x"
	case []byte:
		other := append([]byte(nil), v...)
		other[len(other)-1] ^= 1
		return other
	case nil:
		return int64(1000)
	}
	panic(fmt.Sprintf("tamper: a value of type %T", value))
}
