package crash

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/books/act"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/program"
)

// R10, in the store: what a key does for whoever uses it right, and wrong.
func TestAKeyIsOfOneActOfOneCompany(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, other := dbtest.Company(t, d), dbtest.Company(t, d)
		key, failing := id.New(), id.New()
		runs := 0
		once := func(company, key, kind string, content any, does error) error {
			return d.Write(t.Context(), company, func(tx *db.Tx) error {
				return act.Once(tx, key, kind, content, func() error { runs++; return does })
			})
		}
		broken := errors.New("broken")
		for _, c := range []struct {
			name               string
			company, key, kind string
			content            any
			does               error
			runs               int
			want               fault.Kind
		}{
			{"the first time", company, key, "movement", []string{"a", "1"}, nil, 1, ""},
			{"again", company, key, "movement", []string{"a", "1"}, nil, 0, ""},
			{"with another amount", company, key, "movement", []string{"a", "2"}, nil, 0, fault.Mismatch},
			{"with its parts cut elsewhere", company, key, "movement", []string{"a1"}, nil, 0, fault.Mismatch},
			{"for another kind of act", company, key, "opening", []string{"a", "1"}, nil, 0, fault.Mismatch},
			{"again after all that", company, key, "movement", []string{"a", "1"}, nil, 0, ""},
			{"in another company", other, key, "movement", []string{"b"}, nil, 1, ""},
			{"for an act that fails", company, failing, "movement", 1, broken, 1, fault.Internal},
			{"for the same act, which now succeeds", company, failing, "movement", 1, nil, 1, ""},
			{"for another content after a failure and a success", company, failing, "movement", 2, nil, 0, fault.Mismatch},
			{"that is empty", company, "", "movement", 1, nil, 0, fault.Invalid},
			{"that is a word", company, "bonjour", "movement", 1, nil, 0, fault.Invalid},
			{"in capitals, which is not the same text", company, strings.ToUpper(key), "movement", []string{"a", "1"}, nil, 0, fault.Invalid},
			{"in braces", company, "{" + key + "}", "movement", 1, nil, 0, fault.Invalid},
			{"with a space after it", company, key + " ", "movement", 1, nil, 0, fault.Invalid},
		} {
			runs = 0
			err := once(c.company, c.key, c.kind, c.content, c.does)
			if got := fault.KindOf(err); got != c.want || runs != c.runs {
				t.Errorf("a key %s: %v, run %d times; want %q and %d", c.name, err, runs, c.want, c.runs)
			}
		}
	})
}

// The same key stated by two servers at the same time with two contents: one is taken, the other is told.
func TestAKeyUsedAtOnceForTwoContentsIsTakenForOne(t *testing.T) {
	one := dbtest.Postgres(t)
	two, err := db.Open(t.Context(), dbtest.Config(t, one))
	if err != nil {
		t.Fatal(err)
	}
	defer two.Close()
	company := dbtest.Company(t, one)
	for range 20 {
		key := id.New()
		var group sync.WaitGroup
		errs := make([]error, 6)
		ran := make([]bool, 6)
		for n := range errs {
			group.Go(func() {
				server := []*db.DB{one, two}[n%2]
				errs[n] = server.Write(context.Background(), company, func(tx *db.Tx) error {
					ran[n] = false // run again, it starts again
					return act.Once(tx, key, "movement", n/2, func() error { ran[n] = true; return nil })
				})
			})
		}
		group.Wait()
		taken, done := map[int]bool{}, 0
		for n, err := range errs {
			if err == nil {
				taken[n/2] = true
			} else if !fault.Is(err, fault.Mismatch) {
				t.Error(err)
			}
			if ran[n] {
				done++
			}
		}
		if len(taken) != 1 || done != 1 {
			t.Errorf("%d contents were taken under one key, in %d runs: %v", len(taken), done, errs)
		}
	}
}

// R10, through the pages of the real program.
func TestAKeyUsedWrongIsRefusedWithWords(t *testing.T) {
	folder := t.TempDir()
	s := shopIn(t, folder)
	d, err := open(folder)
	if err != nil {
		t.Fatal(err)
	}
	other, err := openShop(d, "Boutique voisine", &s)
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	server := program.Serve(t, folder, trustUs...)
	first := id.New()
	altered := func(field, value string) url.Values {
		form := s.paidIn(first, "12,34")
		form.Set(field, value)
		return form
	}
	const already, incomplete = "Cet envoi a déjà servi pour un autre contenu", "Cette page est incomplète. Rechargez-la et recommencez."
	for _, c := range []struct {
		name   string
		shop   shop
		form   url.Values
		status int
		says   string
	}{
		{"a movement", s, s.paidIn(first, "12,34"), http.StatusSeeOther, ""},
		{"the same again", s, s.paidIn(first, "12,34"), http.StatusSeeOther, ""},
		{"the same, written otherwise", s, s.paidIn(first, " 12.34 "), http.StatusSeeOther, ""},
		{"another amount", s, s.paidIn(first, "12,35"), http.StatusUnprocessableEntity, already},
		{"another kind", s, altered("kind", "paid-out"), http.StatusUnprocessableEntity, already},
		{"another memo", s, altered("memo", "autre"), http.StatusUnprocessableEntity, already},
		{"the key of another company", other, other.paidIn(first, "99,99"), http.StatusSeeOther, ""},
		{"and there again", other, other.paidIn(first, "99,99"), http.StatusSeeOther, ""},
		{"and there with the first content", other, other.paidIn(first, "12,34"), http.StatusUnprocessableEntity, already},
		{"no key", s, s.paidIn("", "12,34"), http.StatusUnprocessableEntity, incomplete},
		{"a word", s, s.paidIn("bonjour", "12,34"), http.StatusUnprocessableEntity, incomplete},
		{"a key in capitals", s, s.paidIn(strings.ToUpper(first), "12,34"), http.StatusUnprocessableEntity, incomplete},
		{"a key with an end of its own", s, s.paidIn(first+"' OR '1'='1", "12,34"), http.StatusUnprocessableEntity, incomplete},
	} {
		r, err := c.shop.ask(t.Context(), http.MethodPost, c.shop.operation(server.Address), c.form)
		if err != nil || r.status != c.status || !strings.Contains(r.body, c.says) {
			t.Errorf("%s: %d %.3000s %v, want %d %s", c.name, r.status, r.body, err, c.status, c.says)
		}
	}
	server.Stop()
	program.Run(t, "verify", "--data", folder)
	if d, err = open(folder); err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, c := range []shop{s, other} {
		if stands := movements(t, d, c.company); len(stands) != 1 || stands[first] != 1 {
			t.Errorf("%s: %v", c.slug, stands)
		}
	}
}
