package seal_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/internal/test/dbtest"
)

// sealedTables are append-only.
var sealedTables = []string{"seal_register", "seal_key", "seal_record", "seal_event"}

// intruder is someone with the password of the database, or its file: nothing stops him there.
type intruder struct {
	t *testing.T
	*sql.DB
}

func breakIn(t *testing.T, d *db.DB) intruder {
	t.Helper()
	raw := dbtest.Raw(t, d)
	raw.SetMaxOpenConns(1)
	in := intruder{t, raw}
	for _, table := range sealedTables {
		if d.Name() == "postgres" {
			in.do("ALTER TABLE " + table + " DISABLE TRIGGER ALL")
			continue
		}
		in.do("DROP TRIGGER " + table + "_no_update")
		in.do("DROP TRIGGER " + table + "_no_delete")
	}
	return in
}

func (in intruder) do(statement string, args ...any) {
	in.t.Helper()
	result, err := in.Exec(statement, args...)
	if err != nil {
		in.t.Fatalf("%s: %v", statement, err)
	}
	if n, err := result.RowsAffected(); err == nil && n == 0 && !strings.HasPrefix(statement, "ALTER") && !strings.HasPrefix(statement, "DROP") {
		in.t.Fatalf("%s: no row", statement)
	}
}

// columnsOf are the columns of a table, in order.
func columnsOf(t *testing.T, raw *sql.DB, d *db.DB, table string) []string {
	t.Helper()
	query := "SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid"
	if d.Name() == "postgres" {
		query = "SELECT column_name FROM information_schema.columns WHERE table_name = '" + table + "' ORDER BY ordinal_position"
	}
	rows, err := raw.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil || len(names) < 3 {
		t.Fatalf("columns of %s: %q %v", table, names, err)
	}
	return names
}

// changed is a value that looks like the one given and is another.
func changed(value any) any {
	switch v := value.(type) {
	case int64:
		return v + 1000
	case string:
		return v + "x"
	case []byte:
		other := append([]byte(nil), v...)
		other[len(other)-1] ^= 1
		return other
	}
	panic(fmt.Sprintf("a value of type %T", value))
}

// eachCell calls fn after changing each value of each row of a table by hand, and puts the value back.
func (in intruder) eachCell(d *db.DB, table string, keys []string, fn func(row map[string]any, column string)) {
	in.t.Helper()
	columns := columnsOf(in.t, in.DB, d, table)
	for _, row := range in.rows(table, columns) {
		for _, column := range columns {
			other := changed(row[column])
			in.set(table, keys, row, column, row[column], other)
			fn(row, column)
			in.set(table, keys, row, column, other, row[column])
		}
	}
}

// set changes one value of the row that has these keys; the value itself may be one of them.
func (in intruder) set(table string, keys []string, row map[string]any, column string, from, to any) {
	in.t.Helper()
	statement, args := "UPDATE "+table+" SET "+column+" = $1 WHERE TRUE", []any{to}
	for _, key := range keys {
		value := row[key]
		if key == column {
			value = from
		}
		args = append(args, value)
		statement += fmt.Sprintf(" AND %s = $%d", key, len(args))
	}
	in.do(statement, args...)
}

func (in intruder) rows(table string, columns []string) []map[string]any {
	in.t.Helper()
	found, err := in.Query("SELECT " + strings.Join(columns, ", ") + " FROM " + table + " ORDER BY 1, 2, 3, 4")
	if err != nil {
		in.t.Fatal(err)
	}
	defer found.Close()
	var list []map[string]any
	for found.Next() {
		values, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			to[i] = &values[i]
		}
		if err := found.Scan(to...); err != nil {
			in.t.Fatal(err)
		}
		row := map[string]any{}
		for i, column := range columns {
			row[column] = values[i]
		}
		list = append(list, row)
	}
	if err := found.Err(); err != nil || len(list) == 0 {
		in.t.Fatalf("%s: %d rows %v", table, len(list), err)
	}
	return list
}

func TestAChangedValueOfARecordIsFoundAndNamed(t *testing.T) { // LAW-ISCA-S-3
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.week()
		in := breakIn(t, d)
		in.eachCell(d, "seal_record", []string{"company_id", "register", "chain", "seq"}, func(row map[string]any, column string) {
			_, err := s.verify()
			b, is := errors.AsType[*seal.Broken](err)
			if !is {
				t.Errorf("%s of %v %v n° %v: verify says %v", column, row["register"], row["chain"], row["seq"], err)
				return
			}
			switch column {
			case "company_id", "seq", "chain", "register": // the row is elsewhere
				if b.Register != row["register"] && b.Register != row["register"].(string)+"x" {
					t.Errorf("%s of %v %v n° %v: verify names another place: %v", column, row["register"], row["chain"], row["seq"], err)
				}
			default:
				if b.Register != row["register"] || b.Chain != row["chain"] || b.Seq != row["seq"] {
					t.Errorf("%s of %v %v n° %v: verify names another place: %v", column, row["register"], row["chain"], row["seq"], err)
				}
			}
		})
		s.whole()
	})
}

func TestAChangedValueOfAnythingElseOfTheSealIsFound(t *testing.T) { // LAW-ISCA-S-3, LAW-KEY-2
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.week()
		in := breakIn(t, d)
		for table, keys := range map[string][]string{
			"seal_register": {"company_id", "id"}, "seal_key": {"company_id", "id"}, "seal_event": {"company_id", "id"}, "seal_head": {"company_id", "register"},
		} {
			in.eachCell(d, table, keys, func(row map[string]any, column string) {
				if _, err := s.verify(); err == nil {
					t.Errorf("%s of %s %v: verify finds nothing", column, table, row[keys[1]])
				}
			})
		}
		s.whole()
	})
}

func TestAChangedActIsFoundAndNamed(t *testing.T) { // LAW-ISCA-I-1
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.week()
		s.acts["act-004"] += " with another amount"
		if what := s.broken(seal.Office, seal.Entry, 2); !strings.Contains(what, "act-004") {
			t.Errorf("it says %q", what)
		}
		delete(s.acts, "act-004")
		if what := s.broken(seal.Office, seal.Entry, 2); !strings.Contains(what, "missing") {
			t.Errorf("it says %q", what)
		}
	})
}

func TestAnActWithoutRecordIsFoundAndNamed(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	s.week()
	s.acts["act-0045"] = "slipped in"
	if _, err := s.verify(); err == nil || !strings.Contains(err.Error(), "act act-0045 has no record") {
		t.Errorf("verify says %v", err)
	}
}

func TestRowsRemovedInsertedOrSwappedAreFoundAndNamed(t *testing.T) { // LAW-ISCA-S-3
	const sale = " WHERE register = 'till-1' AND chain = 'sale' AND seq = "
	copyRow := func(seq, id string) string {
		return `INSERT INTO seal_record SELECT company_id, register, chain, ` + seq + `, at, on_day, source_kind, '` + id + `', fields, digest, key_id, format, signature FROM seal_record` + sale + `3`
	}
	forgedRegister := `INSERT INTO seal_register SELECT company_id, 'till-2', kind, label, opened_at FROM seal_register WHERE id = 'till-1'`
	cases := []struct {
		name            string
		statements      []string
		register, chain string
		seq             int64
		says            string
	}{
		{"first record removed", []string{"DELETE FROM seal_record" + sale + "1"}, "till-1", "sale", 1, "missing"},
		{"record removed in the middle", []string{"DELETE FROM seal_record" + sale + "5"}, "till-1", "sale", 5, "missing"},
		{"record removed, the others renumbered", []string{"DELETE FROM seal_record" + sale + "5", "UPDATE seal_record SET seq = seq - 1 WHERE register = 'till-1' AND chain = 'sale' AND seq = 6"}, "till-1", "sale", 5, "signature"},
		{"whole chain removed", []string{"DELETE FROM seal_record WHERE register = 'till-1' AND chain = 'sale'"}, "till-1", "sale", 1, "missing"},
		{"last record removed", []string{"DELETE FROM seal_record" + sale + "9"}, "till-1", "sale", 9, "missing"},
		{"record inserted at the end", []string{copyRow("10", "act-x")}, "till-1", "sale", 10, "signature"},
		{"record inserted before the first", []string{copyRow("0", "act-x")}, "till-1", "sale", 0, "the first is n° 1"},
		{"record inserted in the place of another", []string{"DELETE FROM seal_record" + sale + "4", copyRow("4", "act-x")}, "till-1", "sale", 4, "signature"},
		{"two records swapped", []string{"UPDATE seal_record SET seq = -1" + sale + "4", "UPDATE seal_record SET seq = 4" + sale + "6", "UPDATE seal_record SET seq = 6" + sale + "-1"}, "till-1", "sale", 4, "signature"},
		{"two acts swapped", []string{"UPDATE seal_record SET source_id = 'x'" + sale + "4", "UPDATE seal_record SET source_id = 'act-010'" + sale + "5", "UPDATE seal_record SET source_id = 'act-012'" + sale + "4"}, "till-1", "sale", 4, "signature"},
		{"chain moved to another name", []string{"UPDATE seal_record SET chain = 'training' WHERE chain = 'duplicate'"}, "till-1", "duplicate", 1, "missing"},
		{"chain of an unknown name", []string{"UPDATE seal_record SET chain = 'bets' WHERE chain = 'duplicate'"}, "till-1", "bets", 0, "no chain has this name"},
		{"register removed", []string{"DELETE FROM seal_register WHERE id = 'till-1'"}, "till-1", "", 0, "missing"},
		{"register inserted", []string{forgedRegister}, "till-2", "", 0, "heads is missing"},
		{"heads removed", []string{"DELETE FROM seal_head WHERE register = 'till-1'"}, "till-1", "", 0, "heads is missing"},
		{"heads emptied", []string{"UPDATE seal_head SET heads = '' WHERE register = 'till-1'"}, "till-1", "event", 2, "keeps no head"},
		{"event removed", []string{"DELETE FROM seal_event WHERE code = 50 AND source = 'day1'"}, "office", "event", 3, "missing"},
		{"event inserted", []string{"INSERT INTO seal_event SELECT company_id, 'event-x', register, code, label, at, by_user, source FROM seal_event WHERE source = 'day1'"}, "", "", 0, "event event-x has no record"},
		{"key removed", []string{"DELETE FROM seal_key WHERE register = 'office'"}, "office", "event", 1, "not one of the register"},
		{"key inserted", []string{"INSERT INTO seal_key SELECT company_id, 'A', register, algorithm, public_key, private_key, created_at FROM seal_key WHERE register = 'office'"}, "office", "", 0, "fingerprint"},
		{"tail cut with its head", []string{"DELETE FROM seal_record" + sale + "9", "UPDATE seal_head SET heads = replace(heads, 'sale 9 ', 'sale 8 ') WHERE register = 'till-1'"}, "till-1", "sale", 8, "keeps another signature"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				s := newShop(t, d)
				s.week()
				in := breakIn(t, d)
				for _, statement := range c.statements {
					in.do(statement)
				}
				if c.register == "" {
					if _, err := s.verify(); err == nil || !strings.Contains(err.Error(), c.says) {
						t.Errorf("verify says %v", err)
					}
				} else if what := s.broken(c.register, c.chain, c.seq); !strings.Contains(what, c.says) {
					t.Errorf("it says %q, want %q", what, c.says)
				}
			})
		})
	}
}

// cut removes the last record of a chain, its head and its act, and leaves no trace of them in the database.
func (s *shop) cut(in intruder, register, chain string) {
	s.t.Helper()
	var records []seal.Stored
	s.read(func(q *db.Snapshot) error {
		var err error
		records, err = seal.Range(q, register, chain, 1, 1000)
		return err
	})
	last, before := records[len(records)-1], records[len(records)-2]
	line := func(r seal.Stored) string {
		return fmt.Sprintf("%s %d %d %s", chain, r.Seq, r.At.UnixMicro(), r.Signature)
	}
	in.do("DELETE FROM seal_record WHERE register = $1 AND chain = $2 AND seq = $3", register, chain, last.Seq)
	in.do("UPDATE seal_head SET heads = replace(heads, $1, $2) WHERE register = $3", line(last), line(before), register)
	delete(s.acts, last.SourceID)
}

func TestACutTailShowsInTheClosingThatRepeatedItsHead(t *testing.T) { // LAW-ISCA-S-3
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.week()
		in := breakIn(t, d)
		s.cut(in, "till-1", seal.Sale)
		if what := s.broken("till-1", seal.Sale, 9); !strings.Contains(what, "n° 3 of chain daily repeats n° 9") {
			t.Errorf("it says %q", what)
		}
		s.cut(in, "till-1", seal.Daily) // the closing that repeated it goes too; the closing of the month still has both
		if what := s.broken("till-1", seal.Sale, 9); !strings.Contains(what, "n° 1 of chain period repeats n° 9") {
			t.Errorf("it says %q", what)
		}
	})
}

func TestATailCutAfterTheLastClosingShowsInTheWitness(t *testing.T) { // LAW-ISCA-S-3
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.week()
		s.seal("till-1", seal.Sale, "last")
		witness := s.heads()
		if counts, err := s.verify(witness...); err != nil || counts.Witnessed != len(witness) || len(witness) < 7 {
			t.Fatalf("%+v %v", counts, err)
		}
		s.cut(breakIn(t, d), "till-1", seal.Sale)
		s.whole() // nothing inside the database can tell
		if what := s.broken("till-1", seal.Sale, 10, witness...); !strings.Contains(what, "older copy, or its tail was cut") {
			t.Errorf("it says %q", what)
		}
	})
}

func TestAChainMadeAgainWithAnotherKeyShowsInTheWitness(t *testing.T) { // LAW-KEY-2
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.seal("till-1", seal.Sale, "act-1")
		witness := s.heads()
		in := breakIn(t, d)
		for _, table := range []string{"seal_register", "seal_key", "seal_record", "seal_event", "seal_head"} {
			in.do("DELETE FROM " + table)
		}
		s.write(func(tx *db.Tx) error {
			if err := seal.OpenRegister(tx, seal.Office, seal.Office, "Arrière-boutique"); err != nil {
				return err
			}
			return seal.OpenRegister(tx, "till-1", "till", "Caisse 1")
		})
		s.seal("till-1", seal.Sale, "act-1")
		s.whole()
		if what := s.broken(seal.Office, seal.Events, 1, witness...); !strings.Contains(what, "made again") {
			t.Errorf("it says %q", what)
		}
	})
}

func TestAKeyOfTheIntruderIsNotTaken(t *testing.T) { // LAW-KEY-2
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.seal("till-1", seal.Sale, "act-1")
		in := breakIn(t, d)
		in.do(`UPDATE seal_head SET key_id = (SELECT id FROM seal_key WHERE register = 'office') WHERE register = 'till-1'`)
		s.seal("till-1", seal.Sale, "act-2") // signed with a key that no event of the register brought in
		s.broken("till-1", seal.Sale, 2)
	})
}
