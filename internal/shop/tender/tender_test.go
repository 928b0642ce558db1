package tender

import (
	"context"
	"slices"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/books/chart"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

func TestEveryKindHasARoleOfTheChartAndAName(t *testing.T) {
	plan := chart.Default()
	for _, k := range Kinds() {
		m := Method{Kind: k.Kind}
		if !plan.Has(m.Role()) {
			t.Errorf("%s: no role %s in the chart", k.Kind, m.Role())
		}
		if k.Kind.Label() != k.Label || k.Kind.Icon() == "" {
			t.Errorf("%s is called %q with the icon %q", k.Kind, k.Kind.Label(), k.Kind.Icon())
		}
	}
}

func TestMethodsAreSavedOrderedAndTakenOutOfUse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		cash := Method{Kind: Cash, Label: "Espèces", Prefilled: true, Float: 15000, Active: true}
		card := Method{Kind: Card, Label: "Carte", Prefilled: true, Float: 15000, AccountCode: "5115", Active: true}
		credit := Method{Kind: OnAccount, Label: "En compte", Prefilled: true, Active: true}
		err := d.Write(context.Background(), company, func(tx *db.Tx) error {
			for _, m := range []*Method{&cash, &card, &credit} {
				added, err := Save(tx, "u1", *m)
				if err != nil {
					return err
				}
				m.ID = added
			}
			changed := card
			changed.Kind, changed.Label = Cheque, "Carte bancaire" // its kind stays
			if _, err := Save(tx, "u1", changed); err != nil {
				return err
			}
			if err := Move(tx, card.ID, -1); err != nil {
				return err
			}
			return SetActive(tx, "u1", credit.ID, false)
		})
		if err != nil {
			t.Fatal(err)
		}
		want := []Method{
			{ID: card.ID, Kind: Card, Label: "Carte bancaire", Prefilled: true, AccountCode: "5115", Active: true}, // no float: it is no drawer
			{ID: cash.ID, Kind: Cash, Label: "Espèces", Float: 15000, Active: true},                                // never proposed: cash is counted
			{ID: credit.ID, Kind: OnAccount, Label: "En compte"},
		}
		err = d.Read(context.Background(), company, func(q *db.Snapshot) error {
			got, err := List(q)
			if !slices.Equal(got, want) {
				t.Errorf("methods are %+v, want %+v", got, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestWhatAMethodMayNotBe(t *testing.T) {
	for field, m := range map[string]Method{
		"label": {Kind: Card}, "kind": {Kind: "shell", Label: "Coquillages"}, "account": {Kind: Card, Label: "Carte", AccountCode: "x"}, "float": {Kind: Cash, Label: "Espèces", Float: -1},
	} {
		f, _ := m.check(nil).(*fault.Fault)
		if f == nil || f.Fields[field] == "" || len(f.Fields) != 1 {
			t.Errorf("%s spoilt: %v", field, f)
		}
	}
}
