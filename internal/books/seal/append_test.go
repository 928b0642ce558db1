package seal_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/books/seal"
	"encaisse/internal/test/dbtest"
)

func TestEachChainIsNumberedFromOne(t *testing.T) { // LAW-ISCA-S-2
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		for i, want := range []int64{1, 2, 1, 3, 1} {
			chain := []string{seal.Sale, seal.Sale, seal.Duplicate, seal.Sale, seal.Training}[i]
			got := s.seal("till-1", chain, fmt.Sprint("act", i))
			if got.Seq != want || len(got.Signature) != 86 || got.Extract != seal.Extract(got.Signature) || !got.At.Equal(dbtest.Morning) {
				t.Errorf("%s: sealed %+v, want n° %d", chain, got, want)
			}
		}
		counts := s.whole()
		// the events of two new keys, and five acts
		if want := (seal.Counts{Registers: 2, Keys: 2, Chains: 5, Records: 7, Acts: 7}); counts != want {
			t.Errorf("counts %+v, want %+v", counts, want)
		}
	})
}

func TestARecordIsFoundByItsActAndByItsNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		for i := range 5 {
			s.seal("till-1", seal.Sale, fmt.Sprint("act", i))
		}
		s.read(func(q *db.Snapshot) error {
			r, err := seal.OfSource(q, "act", "act3")
			if err != nil || r.Seq != 4 || r.Register != "till-1" || r.On != "2026-11-20" || !slices.Equal(r.Values(), []string{"2000:12000", "12000", "act3"}) || len(r.Extract()) != 4 {
				t.Errorf("record %+v %v", r, err)
			}
			if _, err := seal.OfSource(q, "act", "other"); !errors.Is(err, sql.ErrNoRows) {
				t.Errorf("the record of an act that was not sealed: %v", err)
			}
			list, err := seal.Range(q, "till-1", seal.Sale, 2, 3)
			if err != nil || len(list) != 3 || list[0].Seq != 2 || list[2].Seq != 4 {
				t.Errorf("range %+v %v", list, err)
			}
			heads, err := seal.Heads(q, "till-1")
			if err != nil || len(heads) != 2 || heads[0].Chain != seal.Events || heads[1].Chain != seal.Sale || heads[1].Seq != 5 {
				t.Errorf("heads %+v %v", heads, err)
			}
			if _, err := seal.Heads(q, "till-9"); !errors.Is(err, seal.ErrNotOpen) {
				t.Errorf("heads of a register that is not open: %v", err)
			}
			return nil
		})
	})
}

func TestWhatCannotBeSealedIsRefused(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newShop(t, d)
	for name, change := range map[string]func(*seal.Record){
		"a register that is not open": func(r *seal.Record) { r.Register = "till-9" },
		"a chain that does not exist": func(r *seal.Record) { r.Chain = "sales" },
		"an event":                    func(r *seal.Record) { r.Chain = seal.Events },
		"no act":                      func(r *seal.Record) { r.SourceID = "" },
		"a field that is no text":     func(r *seal.Record) { r.Fields = []string{"\x00"} },
	} {
		err := d.Write(context.Background(), s.company, func(tx *db.Tx) error {
			r := seal.Record{Register: "till-1", Chain: seal.Sale, SourceKind: "act", SourceID: "x"}
			change(&r)
			_, err := seal.Append(tx, r)
			return err
		})
		if err == nil {
			t.Errorf("%s: sealed", name)
		}
	}
	for _, code := range []int{12345, seal.NewKey} {
		if err := d.Write(context.Background(), s.company, func(tx *db.Tx) error { return seal.LogEvent(tx, seal.Event{Code: code}) }); err == nil {
			t.Errorf("an event of code %d was logged", code)
		}
	}
	s.whole()
}

func TestAnActIsSealedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.seal("till-1", seal.Sale, "act")
		err := d.Write(context.Background(), s.company, func(tx *db.Tx) error {
			_, err := seal.Append(tx, s.record("till-1", seal.Sale, "act"))
			return err
		})
		if err == nil {
			t.Error("it was sealed again")
		}
		s.whole()
	})
}

func TestAnActThatFailsLeavesNoRecordAndNoHole(t *testing.T) { // LAW-ISCA-I-1
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.seal("till-1", seal.Sale, "act-1")
		failure := errors.New("refused by a rule")
		err := d.Write(context.Background(), s.company, func(tx *db.Tx) error {
			if _, err := seal.Append(tx, seal.Record{Register: "till-1", Chain: seal.Sale, SourceKind: "act", SourceID: "act-2"}); err != nil {
				return err
			}
			return failure
		})
		if !errors.Is(err, failure) {
			t.Fatal(err)
		}
		if got := s.seal("till-1", seal.Sale, "act-3"); got.Seq != 2 {
			t.Errorf("n° %d after a failure, want 2", got.Seq)
		}
		s.whole()
	})
}

func TestSixteenWritersLeaveWholeChains(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		other, err := db.Open(context.Background(), dbtest.Config(t, d)) // a second instance of the program on the same store
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		const writers, each = 16, 12
		chains := []string{seal.Sale, seal.Duplicate, seal.Daily}
		var wait sync.WaitGroup
		for w := range writers {
			wait.Go(func() {
				on := []*db.DB{d, other}[w%2]
				for i := range each {
					record := s.record("till-1", chains[i%3], fmt.Sprintf("act-%d-%d", w, i))
					err := on.Write(context.Background(), s.company, func(tx *db.Tx) error {
						_, err := seal.Append(tx, record)
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
		if counts := s.whole(); counts.Records != writers*each+2 {
			t.Errorf("%d records, want %d", counts.Records, writers*each+2)
		}
	})
}

func TestAClosingRepeatsTheHeadsOfEveryChain(t *testing.T) { // LAW-ISCA-S-3
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		sale := s.seal("till-1", seal.Sale, "sale")
		first := s.seal("till-1", seal.Daily, "day-1")
		s.seal("till-1", seal.Daily, "day-2")
		s.read(func(q *db.Snapshot) error {
			r, err := seal.OfSource(q, "act", "day-2")
			if err != nil {
				return err
			}
			values := r.Values()
			event := values[4]
			want := []string{"2000:12000", "12000", "day-2", "head:daily:1:" + first.Signature, event, "head:sale:1:" + sale.Signature, "heads:3"}
			if !slices.Equal(values, want) || !strings.HasPrefix(event, "head:event:1:") {
				t.Errorf("signed fields %q, want %q", values, want)
			}
			return nil
		})
		if counts := s.whole(); counts.RepeatedHeads != 5 {
			t.Errorf("%d repeated heads, want 5", counts.RepeatedHeads)
		}
	})
}

func TestTheInstantNeverGoesBackAndAJumpOfTheClockIsOneEvent(t *testing.T) { // LAW-ISCA-S-5
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		clock, before := dbtest.Clock(t, d), len(s.events())
		jumps := func() int { return len(s.events()) - before }
		stamp := func(id string) time.Time { return s.seal("till-1", seal.Sale, id).At }
		steps := []struct {
			to   time.Duration // the clock, from the morning
			at   time.Duration // the stamp
			says int           // events so far
		}{
			{10 * time.Second, 10 * time.Second, 0},
			{8 * time.Second, 10 * time.Second, 0}, // two seconds are let pass
			{9 * time.Second, 10 * time.Second, 0},
			{-time.Hour, 10 * time.Second, 1},
			{-time.Hour, 10 * time.Second, 1}, // once a jump, not once a record
			{-time.Hour + time.Minute, 10 * time.Second, 1},
			{-2 * time.Hour, 10 * time.Second, 2}, // another jump
			{time.Minute, time.Minute, 2},
			{10 * 365 * 24 * time.Hour, 10 * 365 * 24 * time.Hour, 2},
			{0, 10 * 365 * 24 * time.Hour, 3}, // ten years ahead by mistake, and set right: nothing is refused
			{time.Hour, 10 * 365 * 24 * time.Hour, 3},
		}
		for i, step := range steps {
			clock.Set(dbtest.Morning.Add(step.to))
			if got := stamp(fmt.Sprint("act", i)); !got.Equal(dbtest.Morning.Add(step.at)) {
				t.Errorf("step %d: stamped %v, want the morning + %v", i, got, step.at)
			}
			if got := jumps(); got != step.says {
				t.Errorf("step %d: %d events, want %d", i, got, step.says)
			}
		}
		for _, e := range s.events() {
			if e.Code == seal.ClockBack && (e.Register != "till-1" || e.Label == "Horloge reculée de 0 s") {
				t.Errorf("event %+v", e)
			}
		}
		s.whole()
	})
}

func TestANewKeySignsWhatFollowsAndTheOldOneStillChecksWhatWasSigned(t *testing.T) { // LAW-KEY-2
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.seal("till-1", seal.Sale, "before")
		s.write(func(tx *db.Tx) error { return seal.Rotate(tx, "till-1") })
		s.seal("till-1", seal.Sale, "between")
		s.write(func(tx *db.Tx) error { return seal.Rotate(tx, "till-1") })
		s.seal("till-1", seal.Sale, "after")
		s.read(func(q *db.Snapshot) error {
			keys := map[string]bool{}
			for _, id := range []string{"before", "between", "after"} {
				r, err := seal.OfSource(q, "act", id)
				if err != nil {
					return err
				}
				keys[r.KeyID] = true
			}
			list, err := seal.Keys(q, "till-1")
			if len(keys) != 3 || len(list) != 3 {
				t.Errorf("%d keys signed, %d are kept; want 3", len(keys), len(list))
			}
			return err
		})
		news := 0
		for _, e := range s.events() {
			if e.Register == "till-1" && e.Code == seal.NewKey {
				news++
			}
		}
		if news != 3 {
			t.Errorf("%d events of a new key, want 3", news)
		}
		s.whole()
	})
}

func TestAnEventOfTheOfficeIsKeptWithItsLabel(t *testing.T) { // LAW-JET-1
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		dbtest.Clock(t, d).Advance(time.Second)
		s.write(func(tx *db.Tx) error {
			if err := seal.LogEvent(tx, seal.Event{Code: seal.RightsChanged, By: "person", Source: "role:cashier"}); err != nil {
				return err
			}
			return seal.LogEvent(tx, seal.Event{Code: seal.DayClosed, Label: "Clôture du 20/11", Register: "till-1"})
		})
		events := s.events()
		got := events[len(events)-2:]
		want := []seal.LoggedEvent{
			{ID: got[0].ID, Register: seal.Office, Code: 130, Label: "Modification des droits d’un utilisateur", At: dbtest.Morning.Add(time.Second), By: "person", Source: "role:cashier"},
			{ID: got[1].ID, Register: "till-1", Code: 50, Label: "Clôture du 20/11", At: dbtest.Morning.Add(time.Second)},
		}
		if !slices.Equal(got, want) {
			t.Errorf("events %+v, want %+v", got, want)
		}
		s.whole()
	})
}

func TestSealedTablesRefuseChangeInTheDatabaseItself(t *testing.T) { // LAW-ISCA-I-1
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newShop(t, d)
		s.week()
		raw := dbtest.Raw(t, d)
		for table, column := range map[string]string{"seal_register": "label", "seal_key": "private_key", "seal_record": "digest", "seal_event": "label"} {
			for _, statement := range []string{"UPDATE " + table + " SET " + column + " = " + column, "DELETE FROM " + table} {
				if _, err := raw.Exec(statement); err == nil || !strings.Contains(err.Error(), "append-only: "+table) {
					t.Errorf("%s: %v", statement, err)
				}
			}
		}
		s.whole()
	})
}
