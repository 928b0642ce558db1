package vat

import (
	"testing"

	"encaisse/internal/base/money"

	"pgregory.net/rapid"
)

func TestFromGrossAtTheRatesOfAFrenchTicket(t *testing.T) {
	for _, c := range []struct {
		gross    money.Amount
		rate     Rate
		net, tax money.Amount
	}{
		{61240, 550, 58047, 3193}, {18450, 1000, 16773, 1677}, {43890, 2000, 36575, 7315}, {5700, 2000, 4750, 950},
		{10000, 210, 9794, 206}, {-1200, 2000, -1000, -200}, {0, 2000, 0, 0}, {999, 0, 999, 0}, {1, 2000, 1, 0}, {3, 2000, 3, 0},
	} {
		net, tax := FromGross(c.gross, c.rate)
		if net != c.net || tax != c.tax {
			t.Errorf("%d at %d: net %d tax %d, want %d %d", c.gross, c.rate, net, tax, c.net, c.tax)
		}
	}
}

func TestSplitTaxIsComputedOncePerRateAndSharedOverItsParts(t *testing.T) {
	shared, totals := Split([]Part{{2000, 33}, {550, 100}, {2000, 33}, {2000, 34}})
	if len(totals) != 2 || totals[1].Gross != 100 || totals[1].Net != 83 || totals[1].Tax != 17 {
		t.Fatalf("totals = %+v", totals)
	}
	if tax := shared[0].Tax + shared[2].Tax + shared[3].Tax; tax != 17 {
		t.Errorf("parts at 20 %% carry %d of tax, want 17", tax)
	}
}

func TestSplitPartsAddUpWhateverTheSigns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 10).Draw(t, "n")
		parts := make([]Part, n)
		for i := range parts {
			parts[i] = Part{rapid.SampledFrom([]Rate{0, 210, 550, 1000, 2000}).Draw(t, "rate"), money.Amount(rapid.Int64Range(-5_000_000, 5_000_000).Draw(t, "gross"))}
		}
		shared, totals := Split(parts)
		got := map[Rate]Total{}
		for i, s := range shared {
			if s.Part != parts[i] || s.Net+s.Tax != s.Gross {
				t.Fatalf("part %d: %+v", i, s)
			}
			sum := got[s.Rate]
			got[s.Rate] = Total{s.Rate, sum.Gross + s.Gross, sum.Net + s.Net, sum.Tax + s.Tax}
		}
		for _, total := range totals {
			if got[total.Rate] != total {
				t.Fatalf("rate %d: parts come to %+v, total says %+v", total.Rate, got[total.Rate], total)
			}
		}
	})
}
