package staff

import (
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/test/dbtest"
)

func TestACodeServesOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		clock := dbtest.Clock(t, d)
		u := newPerson(t, room, "marie")
		secret, _ := enrol(t, room, u, identity(t, room, signIn(t, room, u).Token).SessionID)
		used := codeNow(t, secret, clock.Now())

		waiting := signIn(t, room, u)
		if !waiting.NeedsCode || holds(t, room, waiting.Token) {
			t.Fatal("the session is open without its code")
		}
		_, err := room.SecondFactor(t.Context(), waiting.Token, used, "192.0.2.1")
		mustBe(t, err, fault.Invalid) // it set the generator up

		clock.Advance(30 * time.Second)
		code := codeNow(t, secret, clock.Now())
		pass, err := room.SecondFactor(t.Context(), waiting.Token, code[:3]+" "+code[3:], "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		if pass.Token == waiting.Token || !holds(t, room, pass.Token) || holds(t, room, waiting.Token) {
			t.Error("the session was not renewed with the code")
		}
		again := signIn(t, room, u)
		for _, replay := range []string{code, codeNow(t, secret, clock.Now().Add(-30*time.Second))} {
			_, err = room.SecondFactor(t.Context(), again.Token, replay, "192.0.2.1")
			mustBe(t, err, fault.Invalid)
		}
		if _, err := room.SecondFactor(t.Context(), again.Token, codeNow(t, secret, clock.Now().Add(30*time.Second)), "192.0.2.1"); err != nil {
			t.Errorf("the code of a clock half a minute ahead is refused: %v", err)
		}
	})
}

func TestCodesAreGuessedFiveTimesOnlyAndWithinTenMinutes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		clock := dbtest.Clock(t, d)
		u := newPerson(t, room, "marie")
		secret, _ := enrol(t, room, u, identity(t, room, signIn(t, room, u).Token).SessionID)
		waiting := signIn(t, room, u)
		for range triesPerAccount {
			_, err := room.SecondFactor(t.Context(), waiting.Token, "000000", "192.0.2.1")
			mustBe(t, err, fault.Invalid)
		}
		clock.Advance(30 * time.Second)
		_, err := room.SecondFactor(t.Context(), waiting.Token, codeNow(t, secret, clock.Now()), "192.0.2.1")
		mustBe(t, err, fault.TooMany)
		clock.Advance(10 * time.Minute)
		_, err = room.SecondFactor(t.Context(), waiting.Token, codeNow(t, secret, clock.Now()), "192.0.2.1")
		mustBe(t, err, fault.SignIn)
	})
}

func TestACodeOfLastResortServesOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		_, recovery := enrol(t, room, u, identity(t, room, signIn(t, room, u).Token).SessionID)
		if len(recovery) != recoveryCodes {
			t.Fatalf("%d codes", len(recovery))
		}
		if _, err := room.SecondFactor(t.Context(), signIn(t, room, u).Token, strings.ToUpper(recovery[3]), "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		_, err := room.SecondFactor(t.Context(), signIn(t, room, u).Token, recovery[3], "192.0.2.1")
		mustBe(t, err, fault.Invalid)
		renewed, err := room.RenewRecovery(t.Context(), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = room.SecondFactor(t.Context(), signIn(t, room, u).Token, recovery[0], "192.0.2.1")
		mustBe(t, err, fault.Invalid)
		if _, err := room.SecondFactor(t.Context(), signIn(t, room, u).Token, renewed[0], "192.0.2.1"); err != nil {
			t.Errorf("a new code of last resort: %v", err)
		}
	})
}

func TestAGeneratorIsInPlaceOnlyOnceItsFirstCodeWasGiven(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		here := signIn(t, room, u)
		elsewhere := signIn(t, room, u)
		mine := identity(t, room, here.Token).SessionID
		if err := room.StartGenerator(t.Context(), u.ID); err != nil {
			t.Fatal(err)
		}
		_, err := room.ConfirmGenerator(t.Context(), u.ID, mine, "000000", "192.0.2.1")
		mustBe(t, err, fault.Invalid)
		if signIn(t, room, u).NeedsCode {
			t.Error("a code is asked before the generator is in place")
		}
		enrol(t, room, u, mine)
		if holds(t, room, elsewhere.Token) || !holds(t, room, here.Token) {
			t.Error("the sessions opened without a code must close, this one must stay")
		}
		if err := room.RemoveGenerator(t.Context(), u.ID, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		if signIn(t, room, u).NeedsCode {
			t.Error("a code is asked though the generator is gone")
		}
	})
}
