package staff

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/test/dbtest"
)

func TestAnUnknownAddressIsAnsweredLikeAWrongPasswordAfterTheSameWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u, out := newPerson(t, room, "marie"), newPerson(t, room, "jean")
		write(t, d, "", func(tx *db.Tx) error {
			if _, err := CreateUser(tx, NewUser{Email: "sans@exemple.fr", Name: "Sans mot de passe"}); err != nil {
				return err
			}
			return Disable(tx, out.ID)
		})
		var said []string
		for _, email := range []string{u.Email, "nobody@exemple.fr", out.Email, "sans@exemple.fr", "not an address", ""} {
			done, acts := room.hasher.done.Load(), d.Stats().Acts
			password := "wrong"
			if email == out.Email {
				password = goodPassword
			}
			_, err := room.SignIn(t.Context(), Attempt{Email: email, Password: password, Client: "192.0.2.1"})
			mustBe(t, err, fault.Invalid)
			said = append(said, err.Error())
			if digests, writes := room.hasher.done.Load()-done, d.Stats().Acts-acts; digests != 1 || writes != 2 { // the try counted, and the job that tells the companies of the person, if any
				t.Errorf("%q: %d digests and %d writes, want 1 and 2", email, digests, writes)
			}
		}
		for _, text := range said {
			if text != said[0] {
				t.Errorf("told apart: %q and %q", text, said[0])
			}
		}
	})
}

func TestOnlyTheDigestOfASecretIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		ref, _ := newCompany(t, d, u)
		pass := signIn(t, room, u)
		var reset string
		write(t, d, "", func(tx *db.Tx) (err error) {
			reset, err = ResetLink(tx, u.Email)
			return err
		})
		link, err := room.Invite(t.Context(), ref.ID, Granter{UserID: u.ID, Rights: allRights()}, NewMember{Email: "paul@exemple.fr", RoleID: Cashier})
		if err != nil {
			t.Fatal(err)
		}
		if err := room.AskReset(t.Context(), u.Email, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		secret, recovery := enrol(t, room, u, identity(t, room, pass.Token).SessionID)
		everything := dump(t, d)
		for name, text := range map[string]string{
			"the secret of a session": pass.Token, "the link of a new password": strings.TrimPrefix(reset, "/mot-de-passe/"),
			"the link of an invitation": strings.TrimPrefix(link.Path, "/invitation/"), "the password": goodPassword,
			"the secret of a code generator": secret, "a code of last resort": strings.ReplaceAll(recovery[0], "-", ""),
			"a link in a letter that waits": "caisse.test", "the secret in another form": hex.EncodeToString([]byte(secret)),
		} {
			if strings.Contains(everything, text) {
				t.Errorf("%s is in the store", name)
			}
		}
		if len(pass.Token) < 43 {
			t.Errorf("the secret %q is shorter than 256 bits", pass.Token)
		}
	})
}

func TestSigningInRenewsTheSessionOfTheBrowser(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		first := signIn(t, room, u)
		second, err := room.SignIn(t.Context(), Attempt{Email: u.Email, Password: goodPassword, Client: "192.0.2.1", Before: first.Token})
		if err != nil {
			t.Fatal(err)
		}
		if holds(t, room, first.Token) || !holds(t, room, second.Token) {
			t.Error("the session before still holds, or the new one does not")
		}
		if err := room.SignOut(t.Context(), second.Token); err != nil || holds(t, room, second.Token) {
			t.Errorf("signed out, the session holds (%v)", err)
		}
		for _, token := range []string{"", "x", strings.Repeat("A", 5000)} {
			if holds(t, room, token) {
				t.Errorf("%.10q opens a session", token)
			}
		}
	})
}

func TestASessionEndsWhenIdleAndInAnyCaseAfterADayOfWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		clock := dbtest.Clock(t, d)
		u := newPerson(t, room, "marie")
		idle, busy := signIn(t, room, u), signIn(t, room, u)
		for range 11 {
			clock.Advance(time.Hour)
			if !holds(t, room, busy.Token) {
				t.Fatal("a session in use ended")
			}
		}
		if holds(t, room, idle.Token) {
			t.Error("a session idle for eleven hours holds")
		}
		clock.Advance(time.Hour)
		if holds(t, room, busy.Token) {
			t.Error("a session of twelve hours holds")
		}
		if err := room.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(dump(t, d), "session.") {
			t.Error("ended sessions are still there after the sweep")
		}
	})
}

func TestClosingASessionHoldsAtTheNextRequestOnEveryInstance(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		other, _ := newRoom(t, secondHandle(t, d))
		u := newPerson(t, room, "marie")
		here, there, last := signIn(t, room, u), signIn(t, other, u), signIn(t, room, u)
		mine := identity(t, other, here.Token)
		if err := other.CloseSession(t.Context(), u.ID, mine.SessionID); err != nil {
			t.Fatal(err)
		}
		if holds(t, room, here.Token) {
			t.Error("closed by one instance, the session holds on the other")
		}
		mustBe(t, room.CloseSession(t.Context(), "somebody else", identity(t, room, there.Token).SessionID), fault.NotFound)
		if err := room.CloseSessions(t.Context(), u.ID, identity(t, room, last.Token).SessionID); err != nil {
			t.Fatal(err)
		}
		if holds(t, other, there.Token) || !holds(t, other, last.Token) {
			t.Error("closing the others closed the wrong ones")
		}
		write(t, d, "", func(tx *db.Tx) error { return Disable(tx, u.ID) })
		if holds(t, other, last.Token) {
			t.Error("a closed account is still signed in")
		}
	})
}

func TestAnotherPasswordClosesEverythingOpenedWithTheOneBefore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		elsewhere, here := signIn(t, room, u), signIn(t, room, u)
		change := PasswordChange{SessionID: identity(t, room, here.Token).SessionID, UserID: u.ID, Token: here.Token, Client: "192.0.2.1", Current: "wrong", New: "bruyère ondine calfeutre"}
		_, err := room.ChangePassword(t.Context(), change)
		mustBe(t, err, fault.Invalid)
		change.Current, change.New = goodPassword, "marie exemple 2026"
		_, err = room.ChangePassword(t.Context(), change)
		mustBe(t, err, fault.Invalid)
		change.New = "bruyère ondine calfeutre"
		pass, err := room.ChangePassword(t.Context(), change)
		if err != nil {
			t.Fatal(err)
		}
		if holds(t, room, elsewhere.Token) || holds(t, room, here.Token) || !holds(t, room, pass.Token) {
			t.Error("a session of the password before holds, or the new one does not")
		}
		_, err = room.SignIn(t.Context(), Attempt{Email: u.Email, Password: goodPassword, Client: "192.0.2.1"})
		mustBe(t, err, fault.Invalid)
	})
}

func TestThePasswordGivenAgainCountsForTenMinutes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		pass := signIn(t, room, u)
		dbtest.Clock(t, d).Advance(10 * time.Minute)
		s, _, _, err := room.Session(t.Context(), pass.Token)
		if err != nil || s.Fresh(d.Now()) {
			t.Fatalf("ten minutes after sign-in the password counts as just given (%v)", err)
		}
		_, err = room.Confirm(t.Context(), s.ID, "wrong", "192.0.2.1")
		mustBe(t, err, fault.Invalid)
		renewed, err := room.Confirm(t.Context(), s.ID, goodPassword, "192.0.2.1")
		mustBe(t, err, "")
		if again, _, _, err := room.Session(t.Context(), renewed.Token); err != nil || !again.Fresh(d.Now()) || again.ID != s.ID || !renewed.Until.Equal(s.ExpiresAt) {
			t.Errorf("just given, it does not count, or opened another session (%v)", err)
		}
		if holds(t, room, pass.Token) {
			t.Error("the secret of the session from before still opens it")
		}
	})
}

func TestBrowsersAreNamedInAFewWords(t *testing.T) {
	for header, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0": "Edge sur Windows",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                "Firefox sur Linux",
		"Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1":      "Safari sur iPad",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36":              "Chrome sur Android",
		"curl/8": "Navigateur",
		"":       "Navigateur inconnu",
	} {
		if got := agentWords(header); got != want {
			t.Errorf("%s\n is named %q, want %q", header, got, want)
		}
	}
}
