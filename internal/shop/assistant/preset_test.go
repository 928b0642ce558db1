package assistant

import (
	"slices"
	"testing"
	"unicode/utf8"

	"encaisse/internal/base/day"
	"encaisse/internal/base/vat"
	"encaisse/internal/books/chart"
	"encaisse/internal/shop/company"
	"encaisse/internal/shop/tender"
	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

func TestThereIsAPresetForEachOfTheTradesPromised(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Presets() {
		if seen[p.Key] {
			t.Errorf("two presets are called %s", p.Key)
		}
		seen[p.Key] = true
	}
	for _, key := range []string{"boulangerie", "epicerie", "bar-tabac", "restaurant", "coiffure", "fleuriste", "pharmacie", "pret-a-porter"} {
		if !seen[key] {
			t.Errorf("no preset for %s", key)
		}
	}
	if got := FindPreset("charpentier").Key; got != "commerce" {
		t.Errorf("an unknown trade gets the preset of %s", got)
	}
}

func TestEveryRateOfEveryPresetIsInForceInEveryZone(t *testing.T) {
	for _, p := range Presets() {
		for _, z := range company.Zones() {
			for _, on := range []day.Day{"2024-01-01", "2026-11-20", "2030-12-31"} {
				for _, l := range p.Lines {
					rate := l.category(z.Zone.VAT(), company.Monthly).Rate
					if !vat.InForce(z.Zone.VAT(), rate, on) {
						t.Errorf("%s, %s: %d is not in force in %s on %s", p.Key, l.Label, rate, z.Zone, on)
					}
				}
			}
		}
	}
}

// LAW-VAT-1
func TestLinesTakeTheRateOfTheirClassWhereTheShopIs(t *testing.T) {
	for _, c := range []struct {
		class Class
		zone  vat.Zone
		want  vat.Rate
	}{
		{Normal, vat.Mainland, 2000}, {Intermediate, vat.Mainland, 1000}, {Reduced, vat.Mainland, 550}, {Medicine, vat.Mainland, 210}, {OnBehalf, vat.Mainland, 0},
		{Normal, vat.Corsica, 2000}, {ServedAlcohol, vat.Corsica, 1000}, {Intermediate, vat.Corsica, 1000}, {Flowers, vat.Corsica, 210}, {Reduced, vat.Corsica, 210}, {Equipment, vat.Corsica, 550},
		{Normal, vat.Antilles, 850}, {Intermediate, vat.Antilles, 210}, {Bread, vat.Antilles, 0}, {Press, vat.Antilles, 105}, {Normal, vat.None, 0}, {Reduced, vat.None, 0},
	} {
		if got := rateOf(c.class, c.zone); got != c.want {
			t.Errorf("class %d in %s is at %d, want %d", c.class, c.zone, got, c.want)
		}
	}
	if got := (Line{Label: "Pain", Class: Reduced}).category(vat.Mainland, company.Franchise).Rate; got != 0 {
		t.Errorf("a franchise collects %d", got)
	}
}

func TestPresetsAreWholeAndAgreeWithTheirOptions(t *testing.T) {
	for _, p := range Presets() {
		if p.Name == "" || p.About == "" || len(p.Lines) < 3 || p.Week == 0 || p.Float <= 0 || p.MaxCash <= p.Float || p.Tolerance <= 0 {
			t.Errorf("%s is not whole: %+v", p.Key, p)
		}
		labels := map[string]bool{}
		for _, l := range p.Lines {
			if labels[l.Label] || utf8.RuneCountInString(l.Label) > 40 || utf8.RuneCountInString(l.Note) > 200 {
				t.Errorf("%s: the line %q is there twice or too long", p.Key, l.Label)
			}
			labels[l.Label] = true
			if l.Account != "" && !chart.ValidCode(l.Account) {
				t.Errorf("%s: the line %q has the account %q", p.Key, l.Label, l.Account)
			}
			if (l.Class == OnBehalf) != (l.Account != "") {
				t.Errorf("%s: what is sold for somebody else, and only that, has an account of its own: %q", p.Key, l.Label)
			}
		}
		has := func(kind tender.Kind) bool {
			return slices.ContainsFunc(p.Pays, func(pay Pay) bool { return pay.Kind == kind })
		}
		if !has(tender.Cash) || !has(tender.Card) {
			t.Errorf("%s: nobody can pay in cash or by card", p.Key)
		}
		if has(tender.Voucher) != p.Options.Vouchers || has(tender.OnAccount) != (p.Options.Credit != company.CreditOff) {
			t.Errorf("%s: the payment methods and the options disagree", p.Key)
		}
	}
}

// LAW-VAT-2
func TestTobaccoIsNoSaleOfTheShop(t *testing.T) {
	for _, l := range FindPreset("bar-tabac").Lines {
		if l.Label == "Tabac" {
			c := l.category(vat.Mainland, company.Monthly)
			if c.Rate != 0 || c.AccountCode != "467" || c.Note == "" {
				t.Errorf("tobacco is %+v", c)
			}
			return
		}
	}
	t.Error("a bar-tabac sells no tobacco")
}
