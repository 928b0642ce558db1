package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/shop/staff"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

// answer asks for an address as somebody, as a browser would.
func (m *matrix) answer(method, target, as string, change func(*http.Request)) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, target, strings.NewReader(""))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token := m.tokens[as]; token != "" {
		request.AddCookie(&http.Cookie{Name: "encaisse", Value: token})
	}
	if change != nil {
		change(request)
	}
	answer := httptest.NewRecorder()
	m.house.site.ServeHTTP(answer, request)
	return answer
}

// address is that of a route, with a value for each of its parameters.
func (m *matrix) address(r web.Route, value string) string {
	path := strings.Replace(r.Path, "{slug}", m.slug, 1)
	return parameter.ReplaceAllString(path, value)
}

const someID = "0192f0c1-0000-7000-8000-00000000000f"

func TestEveryRouteThatWritesRefusesAnotherSite(t *testing.T) {
	m := newMatrix(t, dbtest.SQLite(t))
	for _, r := range m.routes {
		if r.Method == http.MethodGet || r.Token {
			continue
		}
		for what, change := range map[string]func(*http.Request){
			"its Origin":       func(q *http.Request) { q.Header.Set("Origin", "https://ailleurs.example") },
			"no Origin at all": func(q *http.Request) { q.Header.Set("Origin", "null") },
			"Sec-Fetch-Site":   func(q *http.Request) { q.Header.Set("Sec-Fetch-Site", "cross-site") },
			"a sister site":    func(q *http.Request) { q.Header.Set("Sec-Fetch-Site", "same-site") },
		} {
			if got := m.answer(r.Method, m.address(r, someID), staff.Administrator, change).Code; got != http.StatusForbidden {
				t.Errorf("%s sent from another site, told by %s, answers %d", r, what, got)
			}
		}
	}
}

func TestEveryRouteAnswersWithTheSecurityHeaders(t *testing.T) {
	m := newMatrix(t, dbtest.SQLite(t))
	for _, r := range m.routes {
		for _, as := range []string{staff.Administrator, "nobody"} {
			if r.Path == "/deconnexion" {
				continue
			}
			answer := m.answer(r.Method, m.address(r, someID), as, nil)
			for name, want := range map[string]string{
				"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			} {
				if got := answer.Header().Get(name); !strings.Contains(got, want) {
					t.Errorf("%s to %s: %s is %q", r, as, name, got)
				}
			}
			if got := answer.Header().Get("Cache-Control"); !strings.Contains(got, "no-store") && as != "nobody" && strings.HasPrefix(r.Path, web.CompanyPrefix) {
				t.Errorf("%s to %s may be kept by the browser: %q", r, as, got)
			}
		}
	}
}

// rows counts the rows of each table, but for those that tell of the visit itself.
func rows(t *testing.T, d *db.DB) map[string]int {
	t.Helper()
	raw, counts := dbtest.Raw(t, d), map[string]int{}
	found, err := raw.Query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	for found.Next() {
		var name string
		if err := found.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if slices.Contains([]string{"session", "visit", "activity", "activity_origin", "passkey_challenge"}, table) {
			continue
		}
		var n int
		if err := raw.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table] = n
	}
	return counts
}

// The exports leave an event, as the law asks; nothing else a person reads leaves anything.
func TestAPageThatIsReadChangesNothing(t *testing.T) {
	d := dbtest.SQLite(t)
	m := newMatrix(t, d)
	before := rows(t, d)
	for _, r := range m.routes {
		if r.Method != http.MethodGet {
			continue
		}
		m.answer(http.MethodGet, m.address(r, someID), staff.Administrator, nil)
		after := rows(t, d)
		for table, n := range after {
			if n != before[table] && !strings.HasPrefix(table, "seal_") {
				t.Errorf("%s: %s had %d rows and has %d", r, table, before[table], n)
			}
		}
		before = after
	}
}

func TestWhatIsForWhoKeepsTheProgramIsNotWithThePages(t *testing.T) {
	m := newMatrix(t, dbtest.SQLite(t))
	for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/heap", "/debug/vars", "/.git/config", "/.env", "/encaisse.db", "/encaisse.key", "/server-status", "/admin"} {
		if got := m.answer(http.MethodGet, path, staff.Administrator, nil).Code; got != http.StatusNotFound {
			t.Errorf("%s answers %d", path, got)
		}
	}
}

func TestNoAddressLeadsOutOfTheFilesOfTheProgram(t *testing.T) {
	m := newMatrix(t, dbtest.SQLite(t))
	outside := []string{"../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//....//etc/passwd", "..%5c..%5cetc%5cpasswd", "%00/etc/passwd", "/etc/passwd", "file:///etc/passwd", "..;/etc/passwd", "%c0%ae%c0%ae/etc/passwd"}
	for _, under := range []string{"/static/", "/static/js/", "/manuel/", "/d/" + m.slug + "/justificatifs/", "/"} {
		for _, path := range outside {
			target, err := url.ParseRequestURI(under + path)
			if err != nil {
				continue // no request can be made of it
			}
			request := httptest.NewRequest(http.MethodGet, "/", nil)
			request.URL = target
			request.AddCookie(&http.Cookie{Name: "encaisse", Value: m.tokens[staff.Administrator]})
			answer := httptest.NewRecorder()
			m.house.site.ServeHTTP(answer, request)
			if answer.Code == http.StatusOK || answer.Code >= 500 || strings.Contains(answer.Body.String(), "root:") {
				t.Errorf("%s%s answers %d", under, path, answer.Code)
			}
		}
	}
}

// hostile are texts that mean something to a database, a page, a shell or a number, and nothing to us.
var hostile = []string{`' OR '1'='1`, `1; DROP TABLE party; --`, `"><script>alert(1)</script>`, `{{7*7}}`, `$(id)`, "a\x00b", "-1", "99999999999999999999", "2026-13-45", "%", strings.Repeat("9", 5000)}

// names of the questions that pages understand.
var asked = regexp.MustCompile(`c\.Query\("([a-z_]+)"`)

func TestNoQuestionBreaksAPageOrRunsInIt(t *testing.T) {
	m := newMatrix(t, dbtest.SQLite(t))
	var names []string
	files, err := filepath.Glob("../shop/*/http*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range asked.FindAllStringSubmatch(string(text), -1) {
			names = append(names, found[1])
		}
	}
	if len(names) < 20 {
		t.Fatalf("only %d questions were found", len(names))
	}
	for _, r := range m.routes {
		if r.Method != http.MethodGet {
			continue
		}
		for _, text := range hostile {
			question := url.Values{}
			for _, name := range names {
				question.Set(name, text)
			}
			for _, target := range []string{m.address(r, someID) + "?" + question.Encode(), m.address(r, url.PathEscape(text))} {
				if len(target) > 60_000 {
					continue
				}
				answer := m.answer(http.MethodGet, target, staff.Administrator, nil)
				if answer.Code >= 500 || strings.Contains(answer.Body.String(), "<script>alert") {
					t.Errorf("%s asked with %.40q answers %d", r, text, answer.Code)
				}
			}
		}
	}
}

// A form gives what it shows: who, when, and whose things are the server’s to know.
func TestFieldsThatAFormDoesNotShowChangeNothing(t *testing.T) {
	m := newMatrix(t, dbtest.SQLite(t))
	fields := url.Values{"name": {"Claire"}, "nom": {"Claire"}, "role": {staff.Administrator}, "role_id": {staff.Administrator}, "admin": {"1"}, "company_id": {"x"}, "user_id": {"x"}, "firm_id": {"x"}, "email_verified": {"1"}}
	answer := m.answer(http.MethodPost, "/compte", staff.Cashier, func(q *http.Request) {
		*q = *httptest.NewRequest(http.MethodPost, "/compte", strings.NewReader(fields.Encode()))
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.AddCookie(&http.Cookie{Name: "encaisse", Value: m.tokens[staff.Cashier]})
	})
	if answer.Code != http.StatusSeeOther {
		t.Fatalf("the account answers %d", answer.Code)
	}
	if got := m.answer(http.MethodGet, "/d/"+m.slug+"/reglages/equipe", staff.Administrator, nil).Code; got != http.StatusOK {
		t.Errorf("an administrator asks for the team: %d", got)
	}
	if got := m.answer(http.MethodGet, "/d/"+m.slug+"/reglages/equipe", staff.Cashier, nil).Code; got == http.StatusOK {
		t.Errorf("a cashier who sent more fields sees the team: %d", got)
	}
}
