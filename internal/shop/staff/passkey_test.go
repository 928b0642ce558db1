package staff

import (
	"context"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/test/dbtest"
)

func TestPasskeysServeAtANameByHTTPSOrOnThisMachine(t *testing.T) {
	for address, want := range map[string]string{
		"https://caisse.exemple.fr":      "https://caisse.exemple.fr caisse.exemple.fr",
		"https://Caisse.Exemple.fr:443/": "https://caisse.exemple.fr caisse.exemple.fr",
		"https://comptoir.local:8443":    "https://comptoir.local:8443 comptoir.local",
		"https://comptoir:8443":          "no", // browsers would; what checks their answers would not
		"http://localhost:8080":          "http://localhost:8080 localhost",
		"http://caisse.localhost":        "http://caisse.localhost caisse.localhost",
		"http://caisse.exemple.fr":       "no",
		"http://127.0.0.1:8080":          "no",
		"https://192.168.1.20:8443":      "no",
		"https://[::1]:8443":             "no",
		"ftp://caisse.exemple.fr":        "no",
		"caisse.exemple.fr":              "no",
		"":                               "no",
	} {
		got := "no"
		if origin, domain, ok := splitOrigin(address); ok {
			got = origin + " " + domain
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", address, got, want)
		}
	}
}

func TestAPasskeyOpensASessionAndNoCodeIsAsked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, post := newRoom(t, d)
		u := newPerson(t, room, "marie")
		enrol(t, room, u, identity(t, room, signIn(t, room, u).Token).SessionID)
		phone, _ := addPasskey(t, room, u)
		waiting := signIn(t, room, u)
		if !waiting.NeedsCode {
			t.Fatal("the password alone opens")
		}
		asked := askEntry(t, room)
		pass, err := room.SignInWithPasskey(t.Context(), KeyAttempt{Token: asked.Token, Answer: phone.sign(t, asked), Client: "192.0.2.1", Before: waiting.Token})
		if err != nil || pass.NeedsCode {
			t.Fatalf("the passkey does not open: %v %+v", err, pass)
		}
		s, _, known, err := room.Session(t.Context(), pass.Token)
		if err != nil || !known || s.UserID != u.ID || !s.SecondFactor || !s.Fresh(d.Now()) {
			t.Errorf("the session is %+v, %v %v", s, known, err)
		}
		if _, err := room.SecondFactor(t.Context(), waiting.Token, "000000", "192.0.2.1"); !fault.Is(err, fault.SignIn) {
			t.Errorf("the session that waited still stands: %v", err)
		}
		list, err := room.Passkeys(t.Context(), u.ID)
		if err != nil || len(list) != 1 || list[0].Name != "Téléphone" || list[0].Domain != "caisse.test" || !list[0].UsedAt.Equal(d.Now()) {
			t.Errorf("the list says %+v, %v", list, err)
		}
		if _, err := enter(t, room, phone); err != nil { // a counter left at 0 is no regression
			t.Errorf("it serves once only: %v", err)
		}
		deliver(t, room)
		if n := len(post.letters); n != 2 || !strings.Contains(post.letters[1].Text, "Téléphone") {
			t.Errorf("%d letters tell of the code and of the key", n)
		}
	})
}

// eachWrong tries wrong answers of a new passkey of a person each, with a limit of tries of its own.
func eachWrong[T any](t *testing.T, room *Room, u User, cases map[string]T, try func(phone *device, asked Challenge, how T) error) {
	t.Helper()
	for name, how := range cases {
		phone, _ := addPasskey(t, room, u)
		if err := try(phone, askEntry(t, room), how); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: it is answered by %v", name, err)
		}
		write(t, room.db, "", func(tx *db.Tx) error { return deletePasskeys(tx, u.ID) })
		dbtest.Clock(t, room.db).Advance(2 * time.Minute)
	}
}

func TestAnAnswerOfAPasskeyIsSignedHereByItsKeyForItsOwner(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		marie, paul := newPerson(t, room, "marie"), newPerson(t, room, "paul")
		addPasskey(t, room, paul)
		eachWrong(t, room, marie, map[string]func(phone *device){
			"given to another site":                       func(phone *device) { phone.origin = "https://caisse.example" },
			"given to another port":                       func(phone *device) { phone.origin = "https://caisse.test:8443" },
			"signed for another name":                     func(phone *device) { phone.domain = "test" },
			"signed without knowing who holds the device": func(phone *device) { phone.flags = ownerPresent },
			"signed with nobody present":                  func(phone *device) { phone.flags = ownerVerified },
			"signed with another key":                     func(phone *device) { phone.key = newDevice(t).key },
			"said to be another person’s":                 func(phone *device) { phone.handle = []byte(paul.ID) },
			"said to be nobody’s":                         func(phone *device) { phone.handle = nil },
			"of a key nobody has":                         func(phone *device) { phone.id = newDevice(t).id },
		}, func(phone *device, asked Challenge, lie func(*device)) error {
			lie(phone)
			_, err := room.SignInWithPasskey(t.Context(), KeyAttempt{Token: asked.Token, Answer: phone.sign(t, asked), Client: "192.0.2.1"})
			return err
		})
	})
}

func TestAChallengeIsAnsweredOnceInTimeByTheBrowserItWasGivenTo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		marie := newPerson(t, room, "marie")
		send := func(token, answer string) error {
			_, err := room.SignInWithPasskey(t.Context(), KeyAttempt{Token: token, Answer: answer, Client: "192.0.2.1"})
			return err
		}
		eachWrong(t, room, marie, map[string]func(phone *device, asked Challenge) error{
			"answered twice": func(phone *device, asked Challenge) error {
				answer := phone.sign(t, asked)
				mustBe(t, send(asked.Token, answer), "")
				return send(asked.Token, answer)
			},
			"answered well after a wrong answer": func(phone *device, asked Challenge) error {
				mustBe(t, send(asked.Token, newDevice(t).sign(t, asked)), fault.Invalid)
				return send(asked.Token, phone.sign(t, asked))
			},
			"answered after five minutes": func(phone *device, asked Challenge) error {
				dbtest.Clock(t, d).Advance(challengePatience)
				return send(asked.Token, phone.sign(t, asked))
			},
			"given to another browser": func(phone *device, asked Challenge) error {
				return send(askEntry(t, room).Token, phone.sign(t, asked))
			},
			"given to no browser": func(phone *device, asked Challenge) error { return send("", phone.sign(t, asked)) },
			"given for a new key": func(phone *device, asked Challenge) error {
				other, err := room.AskPasskey(t.Context(), marie.ID, "caisse.test", "192.0.2.1")
				mustBe(t, err, "")
				return send(other.Token, phone.sign(t, asked))
			},
			"given at another of our names": func(phone *device, _ Challenge) error {
				asked, err := room.AskEntry(t.Context(), "localhost:8080", "192.0.2.1")
				mustBe(t, err, "")
				phone.origin, phone.domain = "http://localhost:8080", "localhost"
				return send(asked.Token, phone.sign(t, asked))
			},
			"answered with nothing": func(_ *device, asked Challenge) error { return send(asked.Token, "{}") },
		}, func(phone *device, asked Challenge, try func(*device, Challenge) error) error {
			return try(phone, asked)
		})
	})
}

func TestAPasskeyTakenAwayOrOfAClosedAccountOpensNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, post := newRoom(t, d)
		marie, paul := newPerson(t, room, "marie"), newPerson(t, room, "paul")
		phone, key := addPasskey(t, room, marie)
		tablet, _ := addPasskey(t, room, marie)
		here, there := signIn(t, room, marie), signIn(t, room, marie)
		session := identity(t, room, here.Token).SessionID
		mustBe(t, room.RemovePasskey(t.Context(), paul.ID, key.ID, session, "192.0.2.1"), fault.NotFound)
		mustBe(t, room.NamePasskey(t.Context(), paul.ID, key.ID, "À moi"), fault.NotFound)
		mustBe(t, room.NamePasskey(t.Context(), marie.ID, key.ID, "Vieux téléphone"), "")
		mustBe(t, room.RemovePasskey(t.Context(), marie.ID, key.ID, session, "192.0.2.1"), "")
		mustBe(t, room.RemovePasskey(t.Context(), marie.ID, key.ID, session, "192.0.2.1"), fault.NotFound)
		if !holds(t, room, here.Token) || holds(t, room, there.Token) {
			t.Error("taking a key away closed the session that did it, or left another")
		}
		deliver(t, room)
		if letters := post.letters; len(letters) != 3 || !strings.Contains(letters[2].Text, "Vieux téléphone") {
			t.Errorf("the letters are %+v", letters)
		}
		_, err := enter(t, room, phone)
		mustBe(t, err, fault.Invalid)
		_, err = enter(t, room, tablet)
		mustBe(t, err, "")
		write(t, d, "", func(tx *db.Tx) error { return Disable(tx, marie.ID) })
		_, err = enter(t, room, tablet)
		mustBe(t, err, fault.Invalid)
		write(t, d, "", func(tx *db.Tx) error { return Enable(tx, marie.ID) })
		_, err = enter(t, room, tablet)
		mustBe(t, err, "")
		last := signIn(t, room, marie)
		write(t, d, "", func(tx *db.Tx) error { return DropPasskeys(tx, marie.ID) })
		_, err = enter(t, room, tablet)
		mustBe(t, err, fault.Invalid)
		if holds(t, room, last.Token) {
			t.Error("the sessions stay when all keys are dropped")
		}
	})
}

func TestAPasskeyWhoseCounterGoesBackIsPutAside(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		phone, _ := addPasskey(t, room, u)
		phone.counts = true
		for range 3 {
			_, err := enter(t, room, phone)
			mustBe(t, err, "")
		}
		copied := *phone
		copied.counter = 1
		if _, err := enter(t, room, &copied); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "copiée") {
			t.Errorf("the copy is answered by %v", err)
		}
		if _, err := enter(t, room, phone); !fault.Is(err, fault.Invalid) {
			t.Errorf("the key put aside is answered by %v", err)
		}
		list, err := room.Passkeys(t.Context(), u.ID)
		if err != nil || len(list) != 1 || !list[0].Suspect {
			t.Errorf("the list says %+v, %v", list, err)
		}
	})
}

func TestANewPasskeyIsForWhoAskedOnceFromHere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		marie, paul := newPerson(t, room, "marie"), newPerson(t, room, "paul")
		ask := func() Challenge {
			asked, err := room.AskPasskey(t.Context(), marie.ID, "caisse.test", "192.0.2.1")
			mustBe(t, err, "")
			return asked
		}
		add := func(who User, token, answer string) error {
			_, err := room.AddPasskey(t.Context(), NewPasskey{UserID: who.ID, Token: token, Answer: answer, Client: "192.0.2.1", Agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
			return err
		}
		phone, asked := newDevice(t), ask()
		mustBe(t, add(paul, asked.Token, phone.make(t, asked)), fault.Invalid)
		answer := phone.make(t, asked)
		mustBe(t, add(marie, asked.Token, answer), "")
		mustBe(t, add(marie, asked.Token, answer), fault.Invalid)
		asked = ask()
		mustBe(t, add(marie, asked.Token, phone.make(t, asked)), fault.Conflict) // the same key again
		for name, lie := range map[string]func(d *device){
			"another site":     func(d *device) { d.origin = "https://caisse.example" },
			"another name":     func(d *device) { d.domain = "caisse.example" },
			"nobody verified":  func(d *device) { d.flags = ownerPresent },
			"five minutes ago": func(*device) { dbtest.Clock(t, room.db).Advance(challengePatience) },
		} {
			asked, liar := ask(), newDevice(t)
			lie(liar)
			if err := add(marie, asked.Token, liar.make(t, asked)); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: it is answered by %v", name, err)
			}
		}
		_, err := room.AskPasskey(t.Context(), marie.ID, "192.168.1.20:8443", "192.0.2.1")
		mustBe(t, err, fault.Invalid)
		for range mostPasskeys - 1 {
			addPasskey(t, room, marie)
		}
		_, err = room.AskPasskey(t.Context(), marie.ID, "caisse.test", "192.0.2.1")
		mustBe(t, err, fault.Conflict)
		list, err := room.Passkeys(t.Context(), marie.ID)
		if err != nil || len(list) != mostPasskeys || list[0].Name != "Firefox sur Linux" {
			t.Errorf("%d keys, the first %+v, %v", len(list), list[0], err)
		}
	})
}

func TestTriesOfAPasskeyAreCounted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		phone, _ := addPasskey(t, room, newPerson(t, room, "marie"))
		thief := *phone
		thief.key = newDevice(t).key
		for range triesPerAccount {
			_, err := enter(t, room, &thief)
			mustBe(t, err, fault.Invalid)
		}
		_, err := enter(t, room, phone)
		mustBe(t, err, fault.TooMany)
		dbtest.Clock(t, d).Advance(2 * time.Minute)
		_, err = enter(t, room, phone)
		mustBe(t, err, "")
	})
}

func TestAnAddressOfTheNetworkIsGivenSoManyChallengesAMinute(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		for range challengesPerClient {
			askEntry(t, room)
		}
		_, err := room.AskEntry(t.Context(), "caisse.test", "192.0.2.1")
		mustBe(t, err, fault.TooMany)
		_, err = room.AskEntry(t.Context(), "caisse.test", "192.0.2.2")
		mustBe(t, err, "")
		dbtest.Clock(t, d).Advance(time.Minute)
		askEntry(t, room)
	})
}

func TestWhatWasAskedIsForgottenAndNoSecretOfItIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		asked := askEntry(t, room)
		if strings.Contains(dump(t, d), asked.Token) {
			t.Error("the secret of the challenge is in the store")
		}
		dbtest.Clock(t, d).Advance(challengePatience)
		if err := room.Sweep(context.Background()); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(dump(t, d), "passkey_challenge.") {
			t.Error("a challenge that ended is still kept")
		}
	})
}

func TestTheCompaniesOfAPersonAreToldOfTheirPasskeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		room, _ := newRoom(t, d)
		u := newPerson(t, room, "marie")
		ref, _ := newCompany(t, d, u)
		phone, key := addPasskey(t, room, u)
		phone.counts = true
		_, err := enter(t, room, phone)
		mustBe(t, err, "")
		copied, thief := *phone, *phone
		copied.counter, thief.key = 0, newDevice(t).key
		_, err = enter(t, room, &copied)
		mustBe(t, err, fault.Invalid)
		_, err = enter(t, room, &thief)
		mustBe(t, err, fault.Invalid)
		mustBe(t, room.RemovePasskey(t.Context(), u.ID, key.ID, "", "192.0.2.1"), "")
		mustTell(t, room, ref.ID, u, noteKeyAdded, noteKeyCopied, noteKeyRefused, noteKeyRemoved)
	})
}
