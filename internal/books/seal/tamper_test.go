package seal_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/tamper"
)

func TestAChangedValueOfARecordIsFoundAndNamed(t *testing.T) { // LAW-ISCA-S-3
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.week()
		in := tamper.BreakIn(t, d)
		in.EachCell("seal_record", 12, func(row tamper.Row, column string) {
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
		in := tamper.BreakIn(t, d)
		for _, table := range []string{"seal_register", "seal_key", "seal_event", "seal_head"} {
			in.EachCell(table, 5, func(row tamper.Row, column string) {
				if _, err := s.verify(); err == nil {
					t.Errorf("%s of %s %v: verify finds nothing", column, table, row)
				}
			})
			in.EachRemoved(table, 5, func(row tamper.Row) {
				if _, err := s.verify(); err == nil {
					t.Errorf("row of %s removed, %v: verify finds nothing", table, row)
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
				in := tamper.BreakIn(t, d)
				for _, statement := range c.statements {
					in.Do(statement)
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
func (s *shop) cut(in *tamper.Intruder, register, chain string) {
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
	in.Do("DELETE FROM seal_record WHERE register = $1 AND chain = $2 AND seq = $3", register, chain, last.Seq)
	in.Do("UPDATE seal_head SET heads = replace(heads, $1, $2) WHERE register = $3", line(last), line(before), register)
	delete(s.acts, last.SourceID)
}

func TestACutTailShowsInTheClosingThatRepeatedItsHead(t *testing.T) { // LAW-ISCA-S-3
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.week()
		in := tamper.BreakIn(t, d)
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
		s.cut(tamper.BreakIn(t, d), "till-1", seal.Sale)
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
		in := tamper.BreakIn(t, d)
		for _, table := range []string{"seal_register", "seal_key", "seal_record", "seal_event", "seal_head"} {
			in.Do("DELETE FROM " + table)
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
		in := tamper.BreakIn(t, d)
		in.Do(`UPDATE seal_head SET key_id = (SELECT id FROM seal_key WHERE register = 'office') WHERE register = 'till-1'`)
		s.seal("till-1", seal.Sale, "act-2") // signed with a key that no event of the register brought in
		s.broken("till-1", seal.Sale, 2)
	})
}
