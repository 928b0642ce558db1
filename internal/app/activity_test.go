package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/base/job"
	"encaisse/internal/books/act"
	"encaisse/internal/shop/activity"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/staff"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/web"
)

func TestEveryActOfACompanyHasWordsInTheActivityLog(t *testing.T) {
	for _, r := range newMatrix(t, dbtest.SQLite(t)).routes {
		pattern, inCompany := strings.CutPrefix(r.Path, web.CompanyPrefix)
		if !inCompany || r.Method != http.MethodPost {
			continue
		}
		if _, _, _, known := activity.Words(pattern, false); !known {
			t.Errorf("%s: this part of the program has no name in internal/shop/activity/words.go", r)
		}
	}
}

// logged are the lines of the company of a matrix, what was done by whom, the newest first.
func (m *matrix) logged(t *testing.T) (said []string) {
	t.Helper()
	var companyID string
	err := m.house.db.Read(context.Background(), "", func(q *db.Snapshot) error {
		entry, _, err := company.EntryBySlug(q, m.slug)
		companyID = entry.ID
		return err
	})
	if err == nil {
		err = m.house.db.Read(context.Background(), companyID, func(q *db.Snapshot) error {
			names, err := names(q)
			if err != nil {
				return err
			}
			lines, _, err := act.Lines(q, act.Filter{})
			for _, l := range lines {
				said = append(said, names[l.By]+", "+l.Label+", "+l.From)
			}
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// as sends a request as a role, with a form for a POST.
func (m *matrix) as(role, method, path string, form url.Values) int {
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token := m.tokens[role]; token != "" {
		r.AddCookie(&http.Cookie{Name: "encaisse", Value: token})
	}
	w := httptest.NewRecorder()
	m.house.site.ServeHTTP(w, r)
	return w.Code
}

func TestWhatIsDoneLeavesALineAndWhatIsRefusedLeavesNone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := newMatrix(t, d)
		base := "/d/" + m.slug
		m.as(staff.Administrator, "GET", base+"/", nil)
		m.as(staff.Administrator, "POST", base+"/clients/nouveau", url.Values{"id": {id.New()}, "nature": {"person"}, "name": {"Zoé"}})
		m.as(staff.Administrator, "POST", base+"/clients/nouveau", url.Values{"id": {id.New()}, "nature": {"person"}, "name": {""}})
		m.as(staff.Cashier, "POST", base+"/clients/nouveau", url.Values{"id": {id.New()}, "nature": {"person"}, "name": {"Refusé"}})
		m.as(staff.Administrator, "GET", base+"/clients/export?format=csv", nil)
		m.as(staff.Administrator, "GET", base+"/clients/export?format=exe", nil)
		m.as("nobody", "POST", "/connexion", url.Values{"email": {staff.Administrator + "@exemple.fr"}, "mot-de-passe": {"ce n’est pas celui-là"}})
		runner := job.Runner{DB: d, Log: m.house.log, Handlers: map[string]job.Handler{staff.NoteJob: m.house.staff.TellNote}}
		if err := runner.Work(context.Background()); err != nil {
			t.Fatal(err)
		}
		who := ", 192.0.2.1"
		want := []string{
			staff.Administrator + ", Client\u00a0: création" + who, staff.Administrator + ", Client\u00a0: impression ou export" + who, staff.Administrator + ", Connexion" + who,
			staff.Administrator + ", Connexion refusée\u00a0: mot de passe inexact" + who, staff.Cashier + ", Connexion" + who,
		}
		slices.Sort(want)
		if got := slices.Sorted(slices.Values(m.logged(t))); !slices.Equal(got, want) {
			t.Errorf("the log says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
