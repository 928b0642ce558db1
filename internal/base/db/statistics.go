package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// A company’s rows, as SQLite is told to expect them in every table: many, of which the column after company_id in an index chooses a
// hundred, and each column after it a tenth of those. See docs/decisions/0013.
const (
	expectedRows   = 1_000_000
	expectedChosen = 100
)

// tellStatistics tells SQLite what the indexes of a store choose. Without it, it expects ten rows for a company and reads them all rather than
// through an index; with figures of the store itself (ANALYZE), its ways would change with the data.
func tellStatistics(ctx context.Context, pool *sql.DB) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `ANALYZE sqlite_schema`); err != nil { // makes the table, and reads nothing
		return err
	}
	rows, err := conn.QueryContext(ctx, `SELECT t.name, CASE i.origin WHEN 'pk' THEN t.name ELSE i.name END, i."unique", (SELECT COUNT(*) FROM pragma_index_info(i.name))
		FROM sqlite_schema t, pragma_index_list(t.name) i
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND (SELECT name FROM pragma_index_info(i.name) WHERE seqno = 0) = 'company_id'`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var told []string
	for rows.Next() {
		var table, index string
		var unique bool
		var columns int
		if err := rows.Scan(&table, &index, &unique, &columns); err != nil {
			return err
		}
		told = append(told, fmt.Sprintf("('%s', '%s', '%s')", table, index, expected(columns, unique)))
	}
	if err := rows.Err(); err != nil || len(told) == 0 {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil) // two programs that start at once tell it one after the other
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, text := range []string{`DELETE FROM sqlite_stat1`, `INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ` + strings.Join(told, ", ")} {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, `ANALYZE sqlite_schema`) // this connection reads it again
	return err
}

// expected is a line of sqlite_stat1: how many rows there are, then how many for one value of the first column, of the first two, and so on.
func expected(columns int, unique bool) string {
	text, chosen := fmt.Sprint(expectedRows, " ", expectedRows), expectedChosen
	for c := 2; c <= columns; c++ {
		if c == columns && unique {
			chosen = 1
		}
		text += fmt.Sprint(" ", chosen)
		chosen = max(2, chosen/10)
	}
	return text
}
