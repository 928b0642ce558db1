package catalog

import (
	"context"
	"slices"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

func act(t *testing.T, d *db.DB, company string, do func(*db.Tx) error) error {
	t.Helper()
	return d.Write(context.Background(), company, do)
}

// labels are the labels of the categories in the order of the ticket, those out of use in brackets.
func labels(t *testing.T, d *db.DB, company string) []string {
	t.Helper()
	var list []string
	err := d.Read(context.Background(), company, func(q *db.Snapshot) error {
		all, err := List(q)
		for _, c := range all {
			if c.Active {
				list = append(list, c.Label)
			} else {
				list = append(list, "("+c.Label+")")
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func add(t *testing.T, d *db.DB, company string, names ...string) map[string]string {
	t.Helper()
	ids := map[string]string{}
	err := act(t, d, company, func(tx *db.Tx) error {
		for _, name := range names {
			added, err := Save(tx, "u1", SalesCategory{Label: name, Rate: 2000, Kind: Goods, Active: true})
			if err != nil {
				return err
			}
			ids[name] = added
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestCategoriesAreInTheOrderOfTheTicket(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company := dbtest.Company(t, d)
		ids := add(t, d, company, "Pain", "Vins", "Presse", "Divers")
		for _, step := range []struct {
			what string
			act  func(*db.Tx) error
			want []string
		}{
			{"as they were added", func(*db.Tx) error { return nil }, []string{"Pain", "Vins", "Presse", "Divers"}},
			{"dragged", func(tx *db.Tx) error { return Order(tx, []string{ids["Divers"], ids["Pain"], "unknown"}) }, []string{"Divers", "Pain", "Vins", "Presse"}},
			{"one line up", func(tx *db.Tx) error { return Move(tx, ids["Vins"], -1) }, []string{"Divers", "Vins", "Pain", "Presse"}},
			{"up from the top", func(tx *db.Tx) error { return Move(tx, ids["Divers"], -1) }, []string{"Divers", "Vins", "Pain", "Presse"}},
			{"one out of use", func(tx *db.Tx) error { return SetActive(tx, "u1", ids["Pain"], false) }, []string{"Divers", "Vins", "(Pain)", "Presse"}},
			{"one line down, over the one out of use", func(tx *db.Tx) error { return Move(tx, ids["Vins"], 1) }, []string{"Divers", "Presse", "(Pain)", "Vins"}},
			{"back in use", func(tx *db.Tx) error { return SetActive(tx, "u1", ids["Pain"], true) }, []string{"Divers", "Presse", "Pain", "Vins"}},
			{"one that does not exist", func(tx *db.Tx) error { return Move(tx, id.New(), 1) }, []string{"Divers", "Presse", "Pain", "Vins"}},
		} {
			if err := act(t, d, company, step.act); err != nil {
				t.Fatalf("%s: %v", step.what, err)
			}
			if got := labels(t, d, company); !slices.Equal(got, step.want) {
				t.Errorf("%s: %v, want %v", step.what, got, step.want)
			}
		}
	})
}

func TestACategoryIsKeptWholeAndItsCompanyOnlySeesIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		company, other := dbtest.Company(t, d), dbtest.Company(t, d)
		want := SalesCategory{Label: "Livraison", Rate: 550, Kind: Service, AccountCode: "7061", Colour: "bleu", Note: "Hors centre", Active: true}
		err := act(t, d, company, func(tx *db.Tx) (err error) {
			want.ID, err = Save(tx, "u1", want)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		want.Reporting = ReportServices // by default, that of its kind
		err = d.Read(context.Background(), company, func(q *db.Snapshot) error {
			got, err := Get(q, want.ID)
			if got != want {
				t.Errorf("read back %+v, want %+v", got, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := act(t, d, other, func(tx *db.Tx) error { return SetActive(tx, "u1", want.ID, false) }); !fault.Is(err, fault.NotFound) {
			t.Errorf("the category of another company: %v", err)
		}
	})
}

func TestWhatACategoryMayNotBe(t *testing.T) {
	good := SalesCategory{Label: "Pain", Rate: 550, Kind: Goods, Reporting: ReportGoods, Active: true}
	if err := good.check(nil); err != nil {
		t.Fatalf("a category that is right: %v", err)
	}
	for field, spoil := range map[string]func(*SalesCategory){
		"label":     func(c *SalesCategory) { c.Label = "" },
		"rate":      func(c *SalesCategory) { c.Rate = 1234 },
		"kind":      func(c *SalesCategory) { c.Kind = "dream" },
		"account":   func(c *SalesCategory) { c.AccountCode = "ventes" },
		"reporting": func(c *SalesCategory) { c.Reporting = "X" },
		"colour":    func(c *SalesCategory) { c.Colour = "#fff" },
	} {
		c := good
		spoil(&c)
		f, _ := c.check(nil).(*fault.Fault)
		if f == nil || f.Fields[field] == "" || len(f.Fields) != 1 {
			t.Errorf("%s spoilt: %v", field, f)
		}
	}
	twin := good
	twin.ID = "other"
	if err := good.check([]SalesCategory{twin}); !fault.Is(err, fault.Invalid) {
		t.Errorf("two lines of one label: %v", err)
	}
	twin.Active = false
	if err := good.check([]SalesCategory{twin}); err != nil {
		t.Errorf("the label of a line out of use: %v", err)
	}
}

func TestTheReportingFollowsTheKindAndTheRate(t *testing.T) {
	for _, c := range []struct {
		category SalesCategory
		want     Reporting
	}{
		{SalesCategory{Kind: Goods, Rate: 550}, ReportGoods}, {SalesCategory{Kind: Service, Rate: 2000}, ReportServices}, {SalesCategory{Kind: Goods}, ReportUntaxed},
	} {
		if got := reportingOf(c.category.Kind, c.category.Rate); got != c.want {
			t.Errorf("%s at %d is %s, want %s", c.category.Kind, c.category.Rate, got, c.want)
		}
	}
}
