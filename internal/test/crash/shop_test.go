package crash

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/books/act"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/cashbox"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/shop/tender"
	"encaisse/schema"
)

// shop is a company with a till and somebody signed in, made before the program serves.
type shop struct {
	company, slug string
	box           cashbox.Box
	method        string // cash
	person, token string
}

// openShop makes a company in an open store. With a person, it is one more company of that person.
func openShop(d *db.DB, name string, of *shop) (shop, error) {
	s := shop{company: id.New()}
	room, err := staff.New(staff.Config{DB: d})
	if err != nil {
		return s, err
	}
	err = d.Write(context.Background(), s.company, func(tx *db.Tx) error {
		ref, err := company.Create(tx, name)
		if err != nil {
			return err
		}
		s.slug = ref.Slug
		if of != nil {
			s.person, s.token = of.person, of.token
		} else {
			person, err := staff.CreateUser(tx, staff.NewUser{Email: id.New() + "@exemple.fr", Name: "Camille Robert"})
			if err != nil {
				return err
			}
			pass, err := room.Welcome(tx, person.ID, "essais")
			if err != nil {
				return err
			}
			s.person, s.token = person.ID, pass.Token
		}
		if err := staff.Join(tx, ref.ID, s.person, staff.Administrator, nil); err != nil {
			return err
		}
		if s.method, err = tender.Save(tx, s.person, tender.Method{Kind: tender.Cash, Label: "Espèces", Active: true}); err != nil {
			return err
		}
		locations, err := company.Locations(tx)
		if err != nil {
			return err
		}
		s.box, err = cashbox.Create(tx, cashbox.Box{Location: locations[0].ID, Name: "Caisse 1", FirstDay: "2020-01-01"})
		return err
	})
	return s, err
}

// shopIn makes a shop in a data folder, as its program would have left it at a good stop.
func shopIn(t *testing.T, folder string) shop {
	t.Helper()
	d, err := open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(t.Context(), schema.Files); err != nil {
		t.Fatal(err)
	}
	s, err := openShop(d, "Épicerie des Essais", nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// shopInPostgres makes a shop in a PostgreSQL database and gives the file of its master key, which every server needs.
func shopInPostgres(t *testing.T, dsn string) (s shop, keyFile string) {
	t.Helper()
	keyFile = filepath.Join(t.TempDir(), "master.key")
	key, err := seal.ReadOrMakeMasterKey(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	seal.UseVault(key)
	d, err := db.Open(t.Context(), db.Config{Postgres: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(t.Context(), schema.Files); err != nil {
		t.Fatal(err)
	}
	if s, err = openShop(d, "Épicerie des Essais", nil); err != nil {
		t.Fatal(err)
	}
	return s, keyFile
}

// paidIn is the form of money brought into the till under a key.
func (s shop) paidIn(key, amount string) url.Values {
	return url.Values{"id": {key}, "kind": {string(cashbox.PaidIn)}, "method": {s.method}, "amount": {amount}, "on": {string(company.Defaults().Today(time.Now()))}, "memo": {"essai"}}
}

// operation is the address a movement is sent to.
func (s shop) operation(server string) string {
	return server + "/d/" + s.slug + "/caisses/" + s.box.ID + "/operation"
}

// reply is what a visitor was answered.
type reply struct {
	status   int
	location string
	cookies  string
	body     string
}

// visitor asks pages as somebody signed in does. Each request comes from an address of its own, through a proxy the server believes, so
// that the limit of requests of one address does not count.
var visitor = &http.Client{
	Timeout:       30 * time.Second,
	Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// trustUs are the flags of a server that believes the addresses we give.
var trustUs = []string{"--proxies", "127.0.0.1/32", "--metrics", ""}

func (s shop) request(ctx context.Context, method, address string, form url.Values) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", rand.IntN(256), rand.IntN(256), rand.IntN(256)))
	r.AddCookie(&http.Cookie{Name: "encaisse", Value: s.token})
	return r, nil
}

func (s shop) ask(ctx context.Context, method, address string, form url.Values) (reply, error) {
	r, err := s.request(ctx, method, address, form)
	if err != nil {
		return reply{}, err
	}
	answer, err := visitor.Do(r)
	if err != nil {
		return reply{}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return reply{answer.StatusCode, answer.Header.Get("Location"), strings.Join(answer.Header.Values("Set-Cookie"), "; "), string(body)}, err
}

// movements counts how often each movement stands in a store.
func movements(t *testing.T, d *db.DB, companyID string) map[string]int {
	t.Helper()
	stands := map[string]int{}
	err := d.Read(t.Context(), companyID, func(q *db.Snapshot) error {
		return each(q, companyID, "movement:", func(key string) { stands[key]++ })
	})
	if err != nil {
		t.Fatal(err)
	}
	return stands
}

// activities counts the lines of a kind in the log of activity.
func activities(t *testing.T, d *db.DB, companyID, kind string) int {
	t.Helper()
	var lines []act.Line
	err := d.Read(t.Context(), companyID, func(q *db.Snapshot) (err error) {
		lines, _, err = act.Lines(q, act.Filter{Kind: kind})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return len(lines)
}
