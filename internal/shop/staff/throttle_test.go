package staff

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/test/dbtest"
)

func TestAnAccountTriedTooOftenIsBlockedForLongerAndLonger(t *testing.T) {
	now := dbtest.Morning
	c := counter{since: now}
	for i, minutes := range []time.Duration{1, 2, 4, 8, 15, 15} {
		for try := range triesPerAccount {
			if wait := c.count(now, triesPerAccount, true); wait != 0 {
				t.Fatalf("round %d: try %d waits %v", i, try, wait)
			}
		}
		if wait := c.count(now, triesPerAccount, true); wait != minutes*time.Minute {
			t.Errorf("round %d: blocked for %v, want %v min", i, wait, minutes)
		}
		if wait := c.count(now.Add(30*time.Second), triesPerAccount, true); wait != minutes*time.Minute-30*time.Second {
			t.Errorf("round %d: thirty seconds later, %v to wait", i, wait)
		}
		now = now.Add(minutes * time.Minute)
	}
	if wait := c.count(now.Add(25*time.Hour), triesPerAccount, true); wait != 0 || c.penalties != 0 {
		t.Errorf("a day later it is not forgotten: %+v", c)
	}
}

func TestFiveTriesAMinuteGoOnForever(t *testing.T) {
	now := dbtest.Morning
	c := counter{since: now}
	for i := range 1000 {
		if i > 0 && i%triesPerAccount == 0 {
			now = now.Add(triesWindow)
		}
		if wait := c.count(now, triesPerAccount, true); wait != 0 {
			t.Fatalf("try %d waits %v", i, wait)
		}
	}
}

func TestAClockSetBackDoesNotBlockForever(t *testing.T) {
	c := counter{since: dbtest.Morning, blockedUntil: dbtest.Morning.Add(15 * time.Minute)}
	if wait := c.count(dbtest.Morning.AddDate(-1, 0, 0), triesPerAccount, true); wait != 0 {
		t.Errorf("waits %v", wait)
	}
}

func TestTenThousandGuessesGetAHandfulOfTriesOnEveryInstance(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		second, _ := newRoom(t, secondHandle(t, d))
		tried, refused := room.hasher.done.Load(), 0
		for i := range 200 {
			here := []*Room{room, second}[i%2]
			_, err := here.SignIn(t.Context(), Attempt{Email: " Marie@EXEMPLE.fr", Password: "guess", Client: fmt.Sprint("client ", i)})
			if fault.Is(err, fault.TooMany) {
				refused++
				continue
			}
			mustBe(t, err, fault.Invalid)
		}
		if tries := room.hasher.done.Load() - tried + second.hasher.done.Load(); tries != triesPerAccount || refused != 200-triesPerAccount {
			t.Errorf("%d tries, %d refused", tries, refused)
		}
		_, err := room.SignIn(t.Context(), Attempt{Email: u.Email, Password: goodPassword, Client: "hers"})
		late, ok := errors.AsType[*TooMany](err)
		if !ok || late.Wait != time.Minute {
			t.Errorf("the right password meanwhile: %v", err)
		}
		dbtest.Clock(t, d).Advance(time.Minute)
		signIn(t, room, u)
		for range triesPerAccount {
			_, err := room.SignIn(t.Context(), Attempt{Email: u.Email, Password: "guess", Client: "hers"})
			mustBe(t, err, fault.Invalid) // the right password gave all tries back
		}
	})
}

func TestAnAddressOfTheNetworkTriesThirtyTimesAMinuteWhateverTheAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		for i := range triesPerClient {
			mustBe(t, room.admit(t.Context(), accountKey(fmt.Sprint(i)), "198.51.100.7"), "")
		}
		mustBe(t, room.admit(t.Context(), accountKey("one more"), "198.51.100.7"), fault.TooMany)
		mustBe(t, room.admit(t.Context(), accountKey("one more"), "198.51.100.8"), "")
		dbtest.Clock(t, d).Advance(time.Minute)
		mustBe(t, room.admit(t.Context(), accountKey("again"), "198.51.100.7"), "")
	})
}

// secondHandle opens the same store as another instance would, on the same clock.
func secondHandle(t testing.TB, d *db.DB) *db.DB {
	t.Helper()
	config := dbtest.Config(t, d)
	config.Clock = dbtest.Clock(t, d)
	other, err := db.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { other.Close() })
	return other
}
