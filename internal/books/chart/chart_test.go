package chart_test

import (
	"context"
	"strings"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/chart"
	"encaisse/internal/test/dbtest"
)

func TestEveryRoleOfTheFrenchChartHasAnAccountOfItsOwnName(t *testing.T) {
	roles := map[string]bool{}
	for _, a := range chart.Default().Accounts() {
		if roles[a.Role] {
			t.Errorf("%s is there twice", a.Role)
		}
		roles[a.Role] = true
		if !chart.ValidCode(a.Code) || a.Label == "" || a.Own {
			t.Errorf("%s posts to %q %q", a.Role, a.Code, a.Label)
		}
		if code, label := chart.Default().Account(a.Role); code != a.Code || label != a.Label {
			t.Errorf("%s is %s %s and %s %s", a.Role, a.Code, a.Label, code, label)
		}
	}
	for _, a := range chart.Default().Expenses() {
		if !roles[a.Role] || !strings.HasPrefix(a.Role, "expense.") {
			t.Errorf("%s is no expense", a.Role)
		}
	}
}

func TestARoleNobodyKnowsIsADefect(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an account was given for it")
		}
	}()
	chart.Default().Account("sale.of-the-shop")
}

func TestAnAccountNumberHasTwoDigitsThenLettersOrDigits(t *testing.T) {
	for code, want := range map[string]bool{
		"53": true, "530": true, "70710": true, "411DUPONT": true, "108": true, "890": true, "123456789012": true,
		"": false, "5": false, "0530": false, "930": false, "5A0": false, "A530": false, "530 ": false, "70.7": false, "411dupont": false, "411É": false, "1234567890123": false,
	} {
		if got := chart.ValidCode(code); got != want {
			t.Errorf("%q: %v, want %v", code, got, want)
		}
	}
}

func TestACompanyMapsARoleForItselfOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		here, there := dbtest.Company(t, d), dbtest.Company(t, d)
		for _, c := range []struct{ code, label string }{{"5301", "Caisse des Halles"}, {"5302", "Caisse de la Gare"}} {
			err := d.Write(context.Background(), here, func(tx *db.Tx) error {
				if err := chart.Set(tx, "box.cash", c.code, c.label); err != nil {
					return err
				}
				return wantAccount(t, tx, c.code, c.label, true) // the act sees what it changed
			})
			if err != nil {
				t.Fatal(err)
			}
			wantAccountOf(t, d, here, c.code, c.label, true)
			wantAccountOf(t, d, there, "530", "Caisse", false)
		}
	})
}

func TestARoleIsMappedToWhatCanBeAnAccount(t *testing.T) {
	long := strings.Repeat("é", 120)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		for _, c := range []struct {
			name, role, code, label string
			want                    fault.Kind
			field                   string
		}{
			{"a role nobody knows", "box.gold", "530", "Or", fault.NotFound, ""},
			{"a code of one digit", "box.cash", "5", "Caisse", fault.Invalid, "code"},
			{"no label", "box.cash", "530", "", fault.Invalid, "label"},
			{"a label too long", "box.cash", "530", long + "é", fault.Invalid, "label"},
			{"a label as long as may be", "box.cash", "530", long, "", ""},
		} {
			err := d.Write(context.Background(), company, func(tx *db.Tx) error { return chart.Set(tx, c.role, c.code, c.label) })
			if got := fault.KindOf(err); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
			if f, is := err.(*fault.Fault); is && c.field != "" && f.Fields[c.field] == "" {
				t.Errorf("%s: nothing is said of the field %s: %v", c.name, c.field, f.Fields)
			}
		}
		wantAccountOf(t, d, company, "530", long, true)
	})
}

func wantAccountOf(t *testing.T, d *db.DB, company, code, label string, own bool) {
	t.Helper()
	if err := d.Read(context.Background(), company, func(q *db.Snapshot) error { return wantAccount(t, q, code, label, own) }); err != nil {
		t.Fatal(err)
	}
}

func wantAccount(t *testing.T, q db.Querier, code, label string, own bool) error {
	t.Helper()
	c, err := chart.Load(q)
	if err != nil {
		return err
	}
	if gotCode, gotLabel := c.Account("box.cash"); gotCode != code || gotLabel != label {
		t.Errorf("cash posts to %s %s, want %s %s", gotCode, gotLabel, code, label)
	}
	if first := c.Accounts()[0]; first.Role != "box.cash" || first.Code != code || first.Own != own {
		t.Errorf("the chart begins with %+v", first)
	}
	return nil
}
