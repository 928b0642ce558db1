package figures

import (
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/company"
	"encaisse/internal/test/pagetest"

	"pgregory.net/rapid"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

// taken are takings written day, box, amount.
func taken(list ...any) Takings {
	t := Takings{}
	for i := 0; i < len(list); i += 3 {
		t.Add(day.Day(list[i].(string)), list[i+1].(string), money.Amount(list[i+2].(int)))
	}
	return t
}

func TestTakingsCompareWithTheSameWeekdayAYearBefore(t *testing.T) {
	for _, c := range []struct {
		name    string
		takings Takings
		want    Comparison
		words   string
	}{
		{"Friday 20 November 2026 with Friday 21 November 2025", taken("2026-11-20", "b1", 11310, "2025-11-21", "b1", 10000), Comparison{Now: 11310, Before: 10000, Days: 1}, "+13,1\u00a0%"},
		{"less than the year before", taken("2026-11-20", "b1", 9600, "2025-11-21", "b1", 10000), Comparison{Now: 9600, Before: 10000, Days: 1}, "−4,0\u00a0%"},
		{"the same", taken("2026-11-20", "b1", 10000, "2025-11-21", "b1", 10000), Comparison{Now: 10000, Before: 10000, Days: 1}, "égal"},
		{"the same date of the year before is another weekday", taken("2026-11-20", "b1", 9600, "2025-11-20", "b1", 10000), Comparison{Partial: true}, ""},
		{"a day closed a year before is left out", taken("2026-11-19", "b1", 500, "2026-11-20", "b1", 200, "2025-11-21", "b1", 100), Comparison{Now: 200, Before: 100, Days: 1, Partial: true}, "+100,0\u00a0%"},
		{"a day closed now is left out", taken("2026-11-20", "b1", 200, "2025-11-20", "b1", 999, "2025-11-21", "b1", 100), Comparison{Now: 200, Before: 100, Days: 1}, "+100,0\u00a0%"},
		{"a box that opened since is left out", taken("2026-11-20", "b1", 200, "2026-11-20", "b2", 777, "2025-11-21", "b1", 100), Comparison{Now: 200, Before: 100, Days: 1, Partial: true}, "+100,0\u00a0%"},
		{"no year before, no percentage", taken("2026-11-20", "b1", 200), Comparison{Partial: true}, ""},
		{"a year before of nothing, no percentage", taken("2026-11-20", "b1", 200, "2025-11-21", "b1", 0), Comparison{Now: 200, Days: 1}, ""},
	} {
		got := c.takings.Compare("2026-11-01", "2026-11-20")
		if got != c.want || got.Words() != c.words {
			t.Errorf("%s: %+v %q, want %+v %q", c.name, got, got.Words(), c.want, c.words)
		}
	}
}

func TestTheCurveOfAYearBeforeStandsUnderItsWeekdays(t *testing.T) {
	now := taken("2026-11-02", "b1", 100, "2026-11-04", "b1", 10, "2025-11-03", "b1", 7, "2025-12-01", "b1", 1)
	if got := now.Cumulated("2026-11-01", "2026-11-04", 0); len(got) != 4 || got[0] != 0 || got[1] != 100 || got[2] != 100 || got[3] != 110 {
		t.Errorf("now %v", got)
	}
	if got := now.Cumulated("2026-11-01", "2026-11-30", -Year); len(got) != 30 || got[1] != 7 || got[29] != 8 {
		t.Errorf("before %v", got)
	}
}

// workdays is a calendar closed on Sundays.
var workdays = company.Calendar{Zone: company.Mainland}

func TestABudgetIsSpreadTheWayTheShopSells(t *testing.T) {
	// June 2026: 4 Mondays but the 1st is a fifth, no public holiday. Closed on Sundays: 26 open days, 5 Mondays and 5 Tuesdays, 4 of each other.
	// Saturday sells three times any other day: 22×1 + 4×3 = 34 parts of 100,00 €.
	pattern := Pattern{time.Monday: 100, time.Tuesday: 100, time.Wednesday: 100, time.Thursday: 100, time.Friday: 100, time.Saturday: 300}
	spread := Spread(340_000, "2026-06", workdays, pattern)
	for on, want := range map[day.Day]money.Amount{"2026-06-01": 10_000, "2026-06-06": 30_000, "2026-06-07": 0, "2026-06-30": 10_000} {
		if spread[on] != want {
			t.Errorf("%s has %d, want %d", on, spread[on], want)
		}
	}
	// Without any history every open day weighs the same: 26 open days of 1,00 €.
	if got := Spread(2600, "2026-06", workdays, nil)["2026-06-06"]; got != 100 {
		t.Errorf("without history a Saturday has %d, want 100", got)
	}
	// A weekday nothing is known of weighs the average of the others.
	known := Spread(34_000, "2026-06", workdays, Pattern{time.Saturday: 300, time.Monday: 100})
	if known["2026-06-02"]*3 < known["2026-06-06"] || known["2026-06-02"] <= known["2026-06-01"] {
		t.Errorf("an unknown Tuesday has %d between a Monday of %d and a Saturday of %d", known["2026-06-02"], known["2026-06-01"], known["2026-06-06"])
	}
}

func TestTheDaysOfABudgetAddUpToItsMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := money.Amount(rapid.Int64Range(0, 100_000_000).Draw(t, "amount"))
		month := day.Month("2024-01").Add(rapid.IntRange(0, 60).Draw(t, "month"))
		pattern := Pattern{}
		for w := range 7 {
			if weight := rapid.Int64Range(-1, 500_000).Draw(t, "weight"); weight > 0 {
				pattern[time.Weekday(w)] = money.Amount(weight)
			}
		}
		var sum money.Amount
		for on, part := range Spread(amount, month, workdays, pattern) {
			if part < 0 || on.Month() != month {
				t.Fatalf("%s has %d", on, part)
			}
			sum += part
		}
		if sum != amount {
			t.Fatalf("the days add up to %d, not %d", sum, amount)
		}
	})
}

func TestWithoutABudgetNothingIsComparedWithIt(t *testing.T) {
	f := SampleFigures()
	f.Budget = Budget{}
	target := f.Target(f.First, f.Last)
	if target.Known || target.Words() != "" {
		t.Errorf("a budget nobody typed gives %+v %q", target, target.Words())
	}
	if _, ok := target.Percent(); ok {
		t.Error("a budget nobody typed has a percentage")
	}
}

func TestABudgetIsComparedUpToTheLastDayEntered(t *testing.T) {
	f := SampleFigures()
	target := f.Target(f.First, f.Last)
	var due money.Amount
	for on, part := range f.Budget.spread["2026-11"]["l1"] {
		if on <= "2026-11-20" {
			due += part
		}
	}
	if target.Whole != 2_750_000 || target.Due != due || target.Met != f.Gross.Sum(f.First, f.Until) {
		t.Errorf("%+v, want 27 500,00 € aimed at, %d due, %d met", target, due, f.Gross.Sum(f.First, f.Until))
	}
	// The shop of Metz has no budget: what it takes is left out of the comparison.
	f.Gross.Add("2026-11-10", "b2", 500_000)
	if again := f.Target(f.First, f.Last); again.Met != target.Met {
		t.Errorf("a shop without a budget changes what was met from %d to %d", target.Met, again.Met)
	}
}

func TestAFileOfBudgetsIsReadWholeOrNotAtAll(t *testing.T) {
	shops := []company.Location{{ID: "l1", Name: "Épicerie des Halles"}, {ID: "l2", Name: "Halles de Metz"}}
	for _, c := range []struct{ name, file, want string }{
		{"semicolons, with the names of the months", "Mois;Établissement;Budget TTC\r\njanvier 2026;épicerie des halles;24 000,50\r\n2/2026;Halles de Metz;12000\r\n", ""},
		{"commas and ISO months", "mois,etab,budget\n2026-01,Epicerie des Halles,24000.50\n2026-02,HALLES DE METZ,12000\n", ""},
		{"as a spreadsheet of Windows saves it", "Mois;\xc9tablissement;Budget\r\n01/2026;\xc9picerie des Halles;24000,50\r\n01/02/2026;Halles de Metz;12000\r\n", ""},
		{"a shop of somebody else", "m;e;b\n01/2026;Ailleurs;10\n", "Ligne 2"},
		{"a month that is none", "m;e;b\n\n13/2026;Halles de Metz;10\n", "ne se lit pas"},
		{"an amount that is none", "m;e;b\n01/2026;Halles de Metz;dix\n", "montant"},
		{"less than nothing", "m;e;b\n01/2026;Halles de Metz;-5\n", "de 0 à"},
		{"the same month twice", "m;e;b\n01/2026;Halles de Metz;5\n2026-01;halles de metz;6\n", "Ligne 3"},
		{"nothing", "m;e;b\n", "aucun budget"},
	} {
		goals, err := ReadGoals([]byte(c.file), shops)
		if c.want == "" {
			if err != nil || len(goals) != 2 || *goals[Slot{"l1", "2026-01"}] != 2_400_050 || *goals[Slot{"l2", "2026-02"}] != 1_200_000 {
				t.Errorf("%s: %v, %v", c.name, goals, err)
			}
			continue
		}
		found, ok := err.(*fault.Fault)
		if !ok || !strings.Contains(found.Fields["fichier"], c.want) || goals != nil {
			t.Errorf("%s: %v %v, want a refusal that says %q", c.name, goals, err, c.want)
		}
	}
}
