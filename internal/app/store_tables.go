package app

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/company"
	"encaisse/schema"
)

// tableHead is the line that begins each table in a copy by tables; a line for each row follows.
type tableHead struct {
	Table   string   `json:"table"`
	Company string   `json:"company"` // "" for the directory
	Columns []string `json:"columns"`
}

var columnName = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)

// known tells whether a head names a table of ours as dumpTables does.
func (h tableHead) known() bool {
	if slices.Contains(db.DirectoryTables(), h.Table) != (h.Company == "") || h.Company != "" && !slices.Contains(h.Columns, "company_id") {
		return false
	}
	strange := func(column string) bool { return !columnName.MatchString(column) }
	return slices.Contains(schema.Tables(), h.Table) && !slices.ContainsFunc(h.Columns, strange)
}

// binary marks a column of bytes in a row.
type binary struct {
	Base64 string `json:"base64"`
}

// dumpTables writes every row of every table: the directory as of one instant, then each company it names as of a later one.
func dumpTables(ctx context.Context, d *db.DB, path string) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	w := bufio.NewWriterSize(out, 1<<20)
	var ids []string
	err = d.Read(ctx, "", func(q *db.Snapshot) (err error) {
		if ids, err = company.AllIDs(q); err != nil {
			return err
		}
		return dumpOf(q, w, asItIs)
	})
	for _, companyID := range ids {
		if err == nil {
			err = d.Read(ctx, companyID, func(q *db.Snapshot) error { return dumpOf(q, w, asItIs) })
		}
	}
	return errors.Join(err, w.Flush(), out.Sync())
}

// rowChange changes a row on its way out of a store or into one.
type rowChange func(table string, columns []string, row []any) error

func asItIs(string, []string, []any) error { return nil }

// dumpOf writes the tables of the directory, or of a company.
func dumpOf(q *db.Snapshot, w io.Writer, change rowChange) error {
	for _, table := range schema.Tables() {
		if slices.Contains(db.DirectoryTables(), table) != (q.Company() == "") {
			continue
		}
		if err := dumpTable(q, w, table, change); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
	}
	return nil
}

func dumpTable(q *db.Snapshot, w io.Writer, table string, change rowChange) error {
	line := json.NewEncoder(w)
	query, args := `SELECT * FROM `+table, []any{}
	if q.Company() != "" {
		query, args = `SELECT * FROM `+table+` WHERE company_id = $1`, []any{q.Company()}
	}
	first := true
	return db.Each(q, func(r *sql.Rows) error {
		columns, err := r.Columns()
		if err != nil {
			return err
		}
		if first {
			first = false
			if err := line.Encode(tableHead{Table: table, Company: q.Company(), Columns: columns}); err != nil {
				return err
			}
		}
		values := make([]any, len(columns))
		to := make([]any, len(columns))
		for i := range values {
			to[i] = &values[i]
		}
		if err := r.Scan(to...); err != nil {
			return err
		}
		if err := change(table, columns, values); err != nil {
			return err
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = binary{base64.StdEncoding.EncodeToString(b)}
			}
		}
		return line.Encode(values)
	}, query, args...)
}

// loadTables fills an empty database from a copy by tables, a thousand rows in one act.
func loadTables(ctx context.Context, d *db.DB, path string) error {
	return eachBatch(path, func(head tableHead, rows [][]any) error {
		return d.Write(ctx, head.Company, func(tx *db.Tx) error { return loadRows(tx, head, rows) })
	})
}

// eachBatch reads a copy by tables, a thousand rows of one table at a time.
func eachBatch(path string, load func(head tableHead, rows [][]any) error) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	lines := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	lines.UseNumber()
	var head tableHead
	var rows [][]any
	flush := func() error {
		if len(rows) == 0 {
			return nil
		}
		err := load(head, rows)
		rows = rows[:0]
		return err
	}
	for {
		var raw json.RawMessage
		if err := lines.Decode(&raw); errors.Is(err, io.EOF) {
			return flush()
		} else if err != nil {
			return fmt.Errorf("the copy is damaged: %w", err)
		}
		if raw[0] == '{' {
			if err := flush(); err != nil {
				return err
			}
			head = tableHead{}
			if err := json.Unmarshal(raw, &head); err != nil || !head.known() {
				return fmt.Errorf("the copy names a table or columns this version does not know: %s", raw)
			}
			continue
		}
		row, err := readRow(raw)
		if err != nil || len(row) != len(head.Columns) || len(row) == 0 {
			return fmt.Errorf("the copy is damaged: table %s: %.200s", head.Table, raw)
		}
		head.straighten(row)
		if rows = append(rows, row); len(rows) == 1000 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
}

// straighten gives back their type to the truths that SQLite keeps as 0 and 1.
func (h tableHead) straighten(row []any) {
	for i, column := range h.Columns {
		if n, is := row[i].(int64); is && schema.Booleans()[h.Table+"."+column] {
			row[i] = n != 0
		}
	}
}

func readRow(raw json.RawMessage) ([]any, error) {
	var cells []json.RawMessage
	if err := json.Unmarshal(raw, &cells); err != nil {
		return nil, err
	}
	row := make([]any, len(cells))
	for i, cell := range cells {
		var b binary
		var n int64
		var text string
		var truth bool
		switch {
		case string(cell) == "null":
		case cell[0] == '{':
			if err := json.Unmarshal(cell, &b); err != nil {
				return nil, err
			}
			bytes, err := base64.StdEncoding.DecodeString(b.Base64)
			if err != nil {
				return nil, err
			}
			row[i] = bytes
		case json.Unmarshal(cell, &n) == nil:
			row[i] = n
		case json.Unmarshal(cell, &truth) == nil:
			row[i] = truth
		case json.Unmarshal(cell, &text) == nil:
			row[i] = text
		default:
			return nil, fmt.Errorf("the copy is damaged: %s", cell)
		}
	}
	return row, nil
}

// loadRows inserts rows. The company comes first, as every statement on a company’s table needs.
func loadRows(tx *db.Tx, head tableHead, rows [][]any) error {
	columns := slices.Clone(head.Columns)
	at := slices.Index(columns, "company_id")
	if head.Company != "" {
		columns = append([]string{"company_id"}, slices.Delete(columns, at, at+1)...)
	}
	marks := make([]string, len(columns))
	for i := range marks {
		marks[i] = fmt.Sprint("$", i+1)
	}
	text := `INSERT INTO ` + head.Table + ` (` + strings.Join(columns, ", ") + `) VALUES (` + strings.Join(marks, ", ") + `)`
	for _, row := range rows {
		if head.Company != "" {
			row = append([]any{head.Company}, slices.Delete(slices.Clone(row), at, at+1)...)
		}
		if _, err := tx.Exec(text, row...); err != nil {
			return err
		}
	}
	return nil
}
