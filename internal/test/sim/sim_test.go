package sim

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/proof"
)

// How many seeds the normal suite lives through, on each database.
var seeds = map[string]uint64{"sqlite": 50, "postgres": 5}

func TestAShopAndItsAuditorAgreeWhateverHappens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first, many := setting(t, "ENCAISSE_SIM_FIRST", 1), setting(t, "ENCAISSE_SIM_SEEDS", seeds[d.Name()])
		for seed := first; seed < first+many; seed++ {
			t.Run(fmt.Sprint("seed-", seed), func(t *testing.T) {
				company, err := Run(d, dbtest.Clock(t, d), seed, 6, 10)
				if err != nil {
					t.Fatal(err)
				}
				proof.Holds(t, d, company)
			})
		}
	})
}

// An auditor who never objects would prove nothing.
func TestTheAuditorNoticesWhatItWasNotToldOf(t *testing.T) {
	d := dbtest.SQLite(t)
	for what, draw := range map[string]func(w *world) act{
		"a movement":  func(w *world) act { return w.movement(w.boxes[0]) },
		"a closing":   func(w *world) act { return w.closing(w.boxes[1]) },
		"a repayment": func(w *world) act { return w.repayment(w.boxes[0]) },
	} {
		w, err := newWorld(d, dbtest.Clock(t, d), 4)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.live(6); err != nil {
			t.Fatal(err)
		}
		w.clock.Set(firstDay.Add(1).Time().Add(6 * time.Hour)) // a day nobody entered yet
		a := draw(w)
		for n := 0; !a.allowed && n < 50; n++ {
			a = draw(w)
		}
		if _, err := w.send(a); err != nil {
			t.Fatal(err)
		}
		if err := w.glance(); err == nil {
			t.Errorf("the auditor did not notice %s: %s", what, a.what)
		}
	}
}

func setting(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}
