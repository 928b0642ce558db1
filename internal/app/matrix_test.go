package app

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/right"
	"encaisse/internal/books/seal"
	"encaisse/internal/shop/assistant"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/devices"
	"encaisse/internal/shop/staff"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

var update = flag.Bool("update", false, "write the table of rights again, to be read before it is committed")

// matrix is a house with two companies: one with a person in each role, the other with a person of its own.
type matrix struct {
	house  *house
	routes []web.Route
	slug   string            // of the company asked for
	tokens map[string]string // role, or "other" for the administrator of the other company, or "nobody" → session
}

func newMatrix(t *testing.T, d *db.DB) *matrix {
	t.Helper()
	key, err := seal.NewMasterKey([]byte("the master key of a test store !"))
	if err != nil {
		t.Fatal(err)
	}
	h, err := newHouse(houseConfig{db: d, key: key, log: slog.New(slog.DiscardHandler), clock: clock.System{}, unlimited: true})
	if err != nil {
		t.Fatal(err)
	}
	m := &matrix{house: h, routes: routes(d, h.staff, "", nil, devices.New(nil, nil)), tokens: map[string]string{"nobody": ""}}
	var roles []string
	for _, r := range staff.BuiltInRoles() {
		roles = append(roles, r.ID)
	}
	m.slug = m.company(t, "Épicerie du Marché", roles, func(role string) string { return role })
	m.company(t, "Boulangerie voisine", []string{staff.Administrator}, func(string) string { return "other" })
	return m
}

// company makes a company with a person in each role, and keeps their sessions under the name given.
func (m *matrix) company(t *testing.T, name string, roles []string, as func(role string) string) (slug string) {
	t.Helper()
	err := m.house.db.Write(context.Background(), id.New(), func(tx *db.Tx) error {
		ref, err := company.Create(tx, name)
		if err != nil {
			return err
		}
		slug = ref.Slug
		for _, role := range roles {
			u, err := staff.CreateUser(tx, staff.NewUser{Email: as(role) + "@exemple.fr", Name: role})
			if err != nil {
				return err
			}
			if err := staff.Join(tx, ref.ID, u.ID, role, nil); err != nil {
				return err
			}
			pass, err := m.house.staff.Welcome(tx, u.ID, "test")
			if err != nil {
				return err
			}
			m.tokens[as(role)] = pass.Token
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return slug
}

var parameter = regexp.MustCompile(`\{[a-z]+\}`)

// ask sends a route as somebody and gives the status.
func (m *matrix) ask(r web.Route, as string) int {
	path := strings.Replace(r.Path, "{slug}", m.slug, 1)
	path = strings.Replace(path, "{date}", "2026-11-20", 1)
	path = parameter.ReplaceAllString(path, "0192f0c1-0000-7000-8000-00000000000f")
	request := httptest.NewRequest(r.Method, path, strings.NewReader(""))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token := m.tokens[as]; token != "" {
		request.AddCookie(&http.Cookie{Name: "encaisse", Value: token})
	}
	answer := httptest.NewRecorder()
	m.house.site.ServeHTTP(answer, request)
	return answer.Code
}

// line is what the table says of a route: its right and the roles that hold it.
func line(r web.Route) string {
	var roles []string
	for _, role := range staff.BuiltInRoles() {
		if role.Rights.Has(r.Right) {
			roles = append(roles, role.ID)
		}
	}
	who := strings.Join(roles, " ")
	switch r.Right {
	case right.Public:
		who = "tout le monde"
	case right.SignedIn:
		who = "toute personne connectée"
	}
	if r.Token {
		who = "une liaison qui a ce droit"
	}
	return fmt.Sprintf("%s\t%s\t%s", r, r.Right, who)
}

const rightsTable = "testdata/rights.txt"

// The table is read and committed by people: a route that is not in it, or whose roles changed, fails here.
func TestEveryRouteIsListedWithTheRolesThatMayUseIt(t *testing.T) {
	m := newMatrix(t, dbtest.SQLite(t))
	var lines []string
	for _, r := range m.routes {
		lines = append(lines, line(r))
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.MkdirAll(filepath.Dir(rightsTable), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(rightsTable, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(rightsTable)
	if err != nil {
		t.Fatal(err)
	}
	listed := strings.Split(string(want), "\n")
	for _, l := range lines {
		if !slices.Contains(listed, l) {
			t.Errorf("not listed in %s:\n%s", rightsTable, l)
		}
	}
	if len(listed) != len(lines)+1 {
		t.Errorf("%s lists %d routes, there are %d", rightsTable, len(listed)-1, len(lines))
	}
}

func TestEachRouteLetsInWhoHoldsItsRightAndNobodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := newMatrix(t, d)
		for _, r := range m.routes {
			if r.Path == "/deconnexion" {
				continue // it ends the session the others need
			}
			inCompany := strings.HasPrefix(r.Path, web.CompanyPrefix)
			for as := range m.tokens {
				got, refused := m.ask(r, as), false
				switch {
				case r.Right == right.Public:
				case r.Token:
					if refused = true; got != http.StatusUnauthorized {
						t.Errorf("%s, which is for the tokens of programs, answers %d to the session of a person", r, got)
					}
				case as == "nobody":
					if refused = true; got != http.StatusUnauthorized && got != http.StatusSeeOther {
						t.Errorf("%s lets nobody in particular in: %d", r, got)
					}
				case inCompany && as == "other":
					if refused = true; got != http.StatusNotFound {
						t.Errorf("%s answers %d to somebody of another company", r, got)
					}
				case inCompany && !holds(as, r.Right):
					if refused = true; got != http.StatusForbidden {
						t.Errorf("%s answers %d to a %s, who lacks %s", r, got, as, r.Right)
					}
				}
				if !refused && (got == http.StatusUnauthorized || got == http.StatusForbidden && !refusesItself(r) || got >= 500) {
					t.Errorf("%s answers %d to a %s, who holds %s", r, got, as, r.Right)
				}
			}
		}
	})
}

func holds(roleID string, need right.Right) bool {
	role, known := staff.BuiltInRole(roleID)
	return known && role.Rights.Has(need)
}

// refusesItself tells whether a route may refuse for a reason of its own: a state-changing act on people asks for the password again, and
// a company is opened by those whose account allows it.
func refusesItself(r web.Route) bool {
	return strings.Contains(r.Path, "/equipe") || strings.HasPrefix(r.Path, "/compte") || r.Path == assistant.NewCompanyPath
}
