package receivable_test

import (
	"math/rand/v2"
	"testing"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"
	"encaisse/internal/shop/receivable"
)

func TestADebtIsSortedByItsAgeAndTheOldestIsPaidFirst(t *testing.T) {
	const today day.Day = "2026-11-20"
	for _, c := range []struct {
		name  string
		moves []receivable.Move
		want  receivable.Ageing
		since day.Day
	}{
		{"nothing moved: nothing is owed", nil, receivable.Ageing{}, ""},
		{"a debt of today is young", []receivable.Move{{"2026-11-20", 1000}}, receivable.Ageing{1000}, "2026-11-20"},
		{"30 days is still the first age", []receivable.Move{{"2026-10-21", 1000}}, receivable.Ageing{1000}, "2026-10-21"},
		{"31 days is the second", []receivable.Move{{"2026-10-20", 1000}}, receivable.Ageing{0, 1000}, "2026-10-20"},
		{"61 days is the third", []receivable.Move{{"2026-09-20", 1000}}, receivable.Ageing{0, 0, 1000}, "2026-09-20"},
		{"91 days is the last", []receivable.Move{{"2026-08-21", 1000}}, receivable.Ageing{0, 0, 0, 1000}, "2026-08-21"},
		{"a payment pays the oldest debt", []receivable.Move{{"2026-07-01", 1000}, {"2026-11-01", 500}, {"2026-11-02", -1000}}, receivable.Ageing{500}, "2026-11-01"},
		{"a payment pays a part of a debt", []receivable.Move{{"2026-07-01", 1000}, {"2026-11-02", -400}}, receivable.Ageing{0, 0, 0, 600}, "2026-07-01"},
		{"what is paid in advance pays the next debt", []receivable.Move{{"2026-07-01", -1000}, {"2026-11-01", 1500}}, receivable.Ageing{500}, "2026-11-01"},
		{"an advance is no debt", []receivable.Move{{"2026-07-01", 1000}, {"2026-11-01", -1500}}, receivable.Ageing{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ages, since := receivable.Age(c.moves, today)
			if ages != c.want || since != c.since {
				t.Errorf("%v since %q, want %v since %q", ages, since, c.want, c.since)
			}
		})
	}
}

func TestTheAgesAlwaysAddUpToWhatIsOwed(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 14))
	for range 500 {
		on, sum := day.Day("2025-01-01"), money.Amount(0)
		var moves []receivable.Move
		for range r.IntN(60) {
			on = on.Add(r.IntN(15))
			amount := money.Amount(r.IntN(20_000) - 9_000)
			moves = append(moves, receivable.Move{On: on, Amount: amount})
			sum += amount
		}
		ages, since := receivable.Age(moves, on.Add(r.IntN(100)))
		if ages.Total() != max(0, sum) || (since == "") != (sum <= 0) {
			t.Fatalf("%v: ages %v since %q, want %d in all", moves, ages, since, max(0, sum))
		}
	}
}
