package crash

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/proof"
	"encaisse/internal/web"
)

// record brings money into the till on the present business day, as the page does.
func (s shop) record(d *db.DB) error {
	return d.Write(context.Background(), s.company, func(tx *db.Tx) error {
		settings, err := company.Load(tx)
		if err != nil {
			return err
		}
		today := settings.Today(tx.Now())
		return cashbox.Record(tx, cashbox.Movement{ID: id.New(), Box: s.box.ID, Method: s.method, Kind: cashbox.PaidIn, Amount: 100, On: today}, today, s.person)
	})
}

// proves checks that the entries of a shop are numbered without hole, that no signed instant is before another one signed earlier, that the
// books hold, and how many times the register says that its clock went back.
func (s shop) proves(t *testing.T, d *db.DB, entries, jumps int) {
	t.Helper()
	proof.Holds(t, d, s.company)
	err := d.Read(t.Context(), s.company, func(q *db.Snapshot) error {
		last := map[string]time.Time{}
		for _, chain := range []string{seal.Entry, seal.Events} {
			records, err := seal.Range(q, seal.Office, chain, 1, 100_000)
			if err != nil {
				return err
			}
			for i, r := range records {
				if r.Seq != int64(i+1) {
					t.Errorf("chain %s: n° %d after n° %d", chain, r.Seq, i)
				}
				if r.At.Before(last[chain]) {
					t.Errorf("chain %s: n° %d is stamped %s, before n° %d of %s", chain, r.Seq, r.At, i, last[chain])
				}
				last[chain] = r.At
			}
			if chain == seal.Entry && len(records) != entries {
				t.Errorf("%d entries are sealed, want %d", len(records), entries)
			}
		}
		var said int
		if err := q.Row(`SELECT COUNT(*) FROM seal_event WHERE company_id = $1 AND code = $2`, s.company, seal.ClockBack).Scan(&said); err != nil {
			return err
		}
		if said != jumps {
			t.Errorf("%d jumps of the clock are events, want %d", said, jumps)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func paris(t *testing.T, text string) time.Time {
	t.Helper()
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04:05", text, place)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// every gives instants a step apart.
func every(step time.Duration, first time.Time, n int) []time.Time {
	list := make([]time.Time, n)
	for i := range list {
		list[i] = first.Add(time.Duration(i) * step)
	}
	return list
}

// R8: whatever the clock does, acts are numbered by their order, none is refused, and a clock that goes back leaves a trace.
func TestAWrongClockRefusesNothingAndNeverTurnsAStampBack(t *testing.T) {
	m := dbtest.Morning
	for _, c := range []struct {
		name  string
		at    []time.Time
		jumps int
	}{
		{"an hour back", []time.Time{m, m.Add(-time.Hour), m.Add(-time.Hour + time.Minute), m.Add(time.Minute)}, 1},
		{"a day back", []time.Time{m, m.AddDate(0, 0, -1), m.AddDate(0, 0, -1).Add(time.Hour), m.AddDate(0, 0, 1)}, 1},
		{"two seconds back, which is nothing", []time.Time{m, m.Add(-2 * time.Second), m}, 0},
		{"a little more than two seconds back", []time.Time{m, m.Add(-2*time.Second - time.Microsecond), m}, 1},
		{"a leap second lived twice", []time.Time{m, m.Add(999 * time.Millisecond), m, m.Add(999 * time.Millisecond), m.Add(time.Second)}, 0},
		{"ten years forward and back", []time.Time{m, m.AddDate(10, 0, 0), m.AddDate(10, 0, 1), m.Add(time.Minute), m.Add(time.Hour)}, 1},
		{"five years back", []time.Time{m, m.AddDate(-5, 0, 0), m}, 1},
		{"the night that has no hour from two to three", every(7*time.Minute, paris(t, "2027-03-27 23:30:00"), 60), 0},
		{"the night that has that hour twice", every(7*time.Minute, paris(t, "2027-10-30 23:30:00"), 60), 0},
		{"the last second of a year", []time.Time{paris(t, "2026-12-31 23:59:59"), paris(t, "2026-12-31 23:59:59").Add(999 * time.Millisecond), paris(t, "2027-01-01 00:00:00"), paris(t, "2027-01-01 00:00:01")}, 0},
		{"a clock that hesitates", []time.Time{m, m.Add(-time.Hour), m, m.Add(-time.Hour), m, m.Add(-time.Hour)}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				s, err := openShop(d, "Épicerie des Essais", nil)
				if err != nil {
					t.Fatal(err)
				}
				for _, at := range c.at {
					dbtest.Clock(t, d).Set(at)
					if err := s.record(d); err != nil {
						t.Errorf("refused at %s: %v", at, err)
					}
				}
				s.proves(t, d, len(c.at), c.jumps)
			})
		})
	}
}

func TestTwoServersWhoseClocksDifferByTenMinutesNumberWithoutHole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, err := openShop(d, "Épicerie des Essais", nil)
		if err != nil {
			t.Fatal(err)
		}
		var servers []*db.DB
		for _, ahead := range []time.Duration{5 * time.Minute, -5 * time.Minute} {
			config := dbtest.Config(t, d)
			config.Clock = clock.At(dbtest.Morning.Add(ahead))
			server, err := db.Open(t.Context(), config)
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			servers = append(servers, server)
		}
		for range 5 { // in turn: each time the second one comes after the first, its clock went back
			for _, server := range servers {
				if err := s.record(server); err != nil {
					t.Error(err)
				}
			}
		}
		s.proves(t, d, 10, 5)
		var group sync.WaitGroup
		errs := make([]error, 40)
		for n := range errs { // and all at once
			group.Go(func() { errs[n] = s.record(servers[n%2]) })
		}
		group.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		var said int
		err = d.Read(t.Context(), s.company, func(q *db.Snapshot) error {
			return q.Row(`SELECT COUNT(*) FROM seal_event WHERE company_id = $1 AND code = $2`, s.company, seal.ClockBack).Scan(&said)
		})
		if err != nil || said < 5 {
			t.Error(fmt.Sprint(said, " events, "), err)
		}
		s.proves(t, d, 50, said)
	})
}

func TestAClockSetBackShutsNobodyOut(t *testing.T) {
	for _, back := range []time.Duration{time.Hour, 24 * time.Hour, 10 * 365 * 24 * time.Hour} {
		now := clock.At(dbtest.Morning)
		limiter := web.NewLimiter(60, time.Minute, 10, 100, now)
		for range 10 {
			limiter.Allow("visiteur")
		}
		if _, ok := limiter.Allow("visiteur"); ok {
			t.Error("the limit does not hold")
		}
		now.Advance(-back)
		if wait, ok := limiter.Allow("visiteur"); !ok {
			t.Errorf("after %s back, a visitor waits %s", back, wait)
		}
	}
}
