package staff

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/books/seal"
	"encaisse/internal/paper/mail"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// goodPassword is one the rules take.
const goodPassword = "girouette planche vapeur"

// postbox keeps the letters sent.
type postbox struct{ letters []mail.Message }

func (p *postbox) Send(_ context.Context, m mail.Message) error {
	p.letters = append(p.letters, m)
	return nil
}

func testVault(t testing.TB) seal.Vault {
	t.Helper()
	vault, err := seal.NewMasterKey([]byte("thirty-two bytes for the testing"))
	if err != nil {
		t.Fatal(err)
	}
	return vault
}

// newRoom opens the room on a store, with a post office.
func newRoom(t testing.TB, d *db.DB) (*Room, *postbox) {
	t.Helper()
	post := &postbox{}
	room, err := New(Config{DB: d, Vault: testVault(t), Mail: post, PublicURL: "https://caisse.test/", KeySites: []string{"https://caisse.test/", "http://localhost:8080"}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return room, post
}

func write(t testing.TB, d *db.DB, company string, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(t.Context(), company, fn); err != nil {
		t.Fatal(err)
	}
}

// newPerson adds somebody whose password is goodPassword.
func newPerson(t testing.TB, r *Room, name string) User {
	t.Helper()
	hash, err := r.Hash(t.Context(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	var u User
	write(t, r.db, "", func(tx *db.Tx) (err error) {
		u, err = CreateUser(tx, NewUser{Email: name + "@exemple.fr", Name: name, Password: hash})
		return err
	})
	return u
}

// newCompany makes a company with two shops and its first administrator.
func newCompany(t testing.TB, d *db.DB, admin User) (ref company.Ref, shops []company.Location) {
	t.Helper()
	companyID := id.New()
	write(t, d, companyID, func(tx *db.Tx) (err error) {
		if ref, err = company.Create(tx, "Épicerie du Port"); err != nil {
			return err
		}
		if _, err := company.SaveLocation(tx, admin.ID, company.Location{Name: "Halle", Zone: company.Mainland, Active: true}); err != nil {
			return err
		}
		if shops, err = company.Locations(tx); err != nil {
			return err
		}
		return Join(tx, ref.ID, admin.ID, Administrator, nil)
	})
	return ref, shops
}

func signIn(t testing.TB, r *Room, u User) Pass {
	t.Helper()
	pass, err := r.SignIn(t.Context(), Attempt{Email: u.Email, Password: goodPassword, Client: "192.0.2.1", Agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
	if err != nil {
		t.Fatal(err)
	}
	return pass
}

// holds tells whether a secret opens a session.
func holds(t testing.TB, r *Room, token string) bool {
	t.Helper()
	_, _, known, err := r.Session(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return known
}

// identity is somebody signed in, as the window knows them.
func identity(t testing.TB, r *Room, token string) web.Identity {
	t.Helper()
	s, u, known, err := r.Session(t.Context(), token)
	if err != nil || !known {
		t.Fatalf("no session: %v", err)
	}
	return web.Identity{UserID: u.ID, Name: u.Name, Email: u.Email, SessionID: s.ID}
}

func mustBe(t testing.TB, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Fatalf("want a fault of kind %q, got %v", kind, err)
	}
}

// dump is every row of every table of a store, as text, to look for what must not be there.
func dump(t testing.TB, d *db.DB) string {
	t.Helper()
	raw := dbtest.Raw(t, d)
	var out strings.Builder
	for _, table := range []string{"app_user", "session", "invitation", "password_reset", "sign_in_attempt", "setup_link", "passkey", "passkey_challenge", "job", "membership", "firm", "firm_member", "role", "visit", "seal_event"} {
		rows, err := raw.Query("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, cells := make([]any, len(columns)), make([]any, len(columns))
			for i := range cells {
				cells[i] = &values[i]
			}
			if err := rows.Scan(cells...); err != nil {
				t.Fatal(err)
			}
			for i, v := range values {
				if b, is := v.([]byte); is {
					v = string(bytes.ToValidUTF8(b, []byte("?")))
				}
				fmt.Fprintf(&out, "%s.%s=%v\n", table, columns[i], v)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
	return out.String()
}

// codeNow is what a code generator shows at an instant.
func codeNow(t testing.TB, secret string, at time.Time) string {
	t.Helper()
	code, err := codeAt(secret, at.Unix()/codePeriod)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// enrol sets up a code generator and gives its secret and the codes of last resort.
func enrol(t testing.TB, r *Room, u User, sessionID string) (secret string, recovery []string) {
	t.Helper()
	if err := r.StartGenerator(t.Context(), u.ID); err != nil {
		t.Fatal(err)
	}
	e, err := r.PendingGenerator(t.Context(), u.ID)
	if err != nil || e == nil {
		t.Fatalf("no generator: %v", err)
	}
	recovery, err = r.ConfirmGenerator(t.Context(), u.ID, sessionID, codeNow(t, e.Secret, r.db.Now()), "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	return e.Secret, recovery
}

// events lists the codes of the events of a company about rights and sign-in.
func events(t testing.TB, d *db.DB, companyID string) (codes []int) {
	t.Helper()
	rows, err := dbtest.Raw(t, d).Query(`SELECT code FROM seal_event WHERE company_id = $1 AND code IN (80, 130) ORDER BY at, id`, companyID)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var code int
		if err := rows.Scan(&code); err != nil {
			t.Fatal(err)
		}
		codes = append(codes, code)
	}
	return codes
}
