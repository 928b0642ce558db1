package crash

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/catalog"
	"encaisse/internal/shop/daysheet"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/proof"
)

// trade is a shop whose days are closed one after the other while its safe moves money: what the victim must know of it.
type trade struct {
	Company, Box, Safe, Method, Card, Category string
	Began                                      int64 // milliseconds
}

const tradeFile = "trade.json"

// keysADay is how many keys state something about one day.
const keysADay = 4

// numbered makes keys that end with their number.
func numbered() func() string {
	n := -1
	return func() string {
		n++
		return id.New()[:24] + fmt.Sprintf("%012x", n)
	}
}

// of is the day a key closes, later for a later key.
func (s trade) of(key string) (day.Day, error) {
	n, err := strconv.ParseInt(key[24:], 16, 64)
	return day.Day("2020-01-02").Add(int(n) / keysADay), err
}

// do records a movement in the safe under a key, then closes a day of the till. A day that another key closed before is closed.
func (s trade) do(d *db.DB, key string) error {
	on, err := s.of(key)
	if err != nil {
		return err
	}
	write := func(fn func(tx *db.Tx) error) error { return d.Write(context.Background(), s.Company, fn) }
	err = write(func(tx *db.Tx) error {
		return cashbox.Record(tx, cashbox.Movement{ID: key, Box: s.Safe, Method: s.Method, Kind: cashbox.PaidIn, Amount: 1234, On: on}, "2026-11-20", "victim")
	})
	if err != nil {
		return err
	}
	err = write(func(tx *db.Tx) error {
		sheet := id.New() // a closing whose answer was lost is stated anew: the day itself is closed once
		_, err := daysheet.Close(tx, daysheet.Request{Key: sheet, Box: s.Box, On: on, By: "victim", Fields: map[string]string{
			daysheet.FieldSale + s.Category: "100", daysheet.FieldTaken + s.Card: "100", daysheet.FieldCounted + s.Method: "0"}})
		return err
	})
	if fault.Is(err, fault.Conflict) {
		return nil
	}
	return err
}

// closeDays is the victim that does so.
func closeDays(arguments []string) error {
	var s trade
	text, err := os.ReadFile(filepath.Join(arguments[0], tradeFile))
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil {
		return err
	}
	d, err := open(arguments[0])
	if err != nil {
		return err
	}
	fmt.Println("ready")
	return answerKeys(func(key string) error { return s.do(d, key) })
}

// prepareTrade makes that shop.
func prepareTrade(t *testing.T, folder string) trade {
	t.Helper()
	made := shopIn(t, folder)
	s := trade{Company: made.company, Safe: made.box.ID, Method: made.method}
	d, err := open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Write(t.Context(), s.Company, func(tx *db.Tx) (err error) {
		if s.Category, err = catalog.Save(tx, made.person, catalog.SalesCategory{Label: "Épicerie", Rate: 550, Kind: catalog.Goods, Active: true}); err != nil {
			return err
		}
		if s.Card, err = tender.Save(tx, made.person, tender.Method{Kind: tender.Card, Label: "Carte", Active: true}); err != nil {
			return err
		}
		till, err := cashbox.Create(tx, cashbox.Box{Location: made.box.Location, Name: "Caisse 2", FirstDay: "2020-01-01"})
		s.Box = till.ID
		return err
	})
	text, failed := json.Marshal(s)
	if err = errors.Join(err, failed); err == nil {
		err = os.WriteFile(filepath.Join(folder, tradeFile), text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// R1, inside the closing of a day: killed at any instant, a day is closed whole, with its entry, its seal and its lock, or not at all.
func TestADayCutInItsClosingIsClosedWholeOrNotAtAll(t *testing.T) {
	folder := t.TempDir()
	shop := prepareTrade(t, folder)
	s := &stater{acknowledged: map[string]bool{}, next: numbered()}
	kills := rounds(200)
	for range kills {
		v, err := start("trade", folder)
		if err != nil {
			t.Fatal(err)
		}
		if complaint := s.ordeal(t, v, func() { v.Process.Kill() }); complaint != "" {
			t.Fatal(complaint)
		}
	}
	d, err := open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	proof.Holds(t, d, shop.Company)
	closed, moved := map[day.Day]int{}, movements(t, d, shop.Company)
	err = d.Read(t.Context(), shop.Company, func(q *db.Snapshot) error {
		return db.Each(q, func(r *sql.Rows) error {
			var on day.Day
			err := r.Scan(&on)
			closed[on]++
			return err
		}, `SELECT on_day FROM daysheet WHERE company_id = $1`, shop.Company)
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range s.acknowledged {
		on, err := shop.of(key)
		if err != nil || moved[key] != 1 || closed[on] != 1 {
			t.Errorf("a movement acknowledged stands %d times, its day of %s is closed %d times, %v", moved[key], on, closed[on], err)
		}
	}
	if len(s.acknowledged) < kills || len(closed) < kills/2 {
		t.Errorf("%d acts acknowledged, %d days closed: too few to prove anything", len(s.acknowledged), len(closed))
	}
	for on, times := range closed {
		if times != 1 {
			t.Errorf("%s is closed %d times", on, times)
		}
	}
	t.Logf("%d kills: %d movements acknowledged, %d days closed, none half", kills, len(s.acknowledged), len(closed))
}
