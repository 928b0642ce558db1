package money

import (
	"testing"

	"pgregory.net/rapid"
)

func TestDivRoundRoundsHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct{ n, d, want int64 }{
		{5, 2, 3}, {-5, 2, -3}, {4, 3, 1}, {-4, 3, -1}, {0, 7, 0}, {7, 7, 1}, {1, 2, 1}, {-1, 2, -1},
	} {
		if got := DivRound(c.n, c.d); got != c.want {
			t.Errorf("DivRound(%d, %d) = %d, want %d", c.n, c.d, got, c.want)
		}
	}
}

func TestSplitGivesTheCentsLeftToTheLargestRemainderThenByOrder(t *testing.T) {
	got := Split(100, []Amount{1, 1, 1})
	if got[0] != 34 || got[1] != 33 || got[2] != 33 {
		t.Errorf("100 over three equal parts = %v, want [34 33 33]", got)
	}
	got = Split(-10, []Amount{2, 1})
	if got[0] != -7 || got[1] != -3 {
		t.Errorf("-10 over 2:1 = %v, want [-7 -3]", got)
	}
}

func TestSplitPartsAlwaysAddUpToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := Amount(rapid.Int64Range(-int64(Max), int64(Max)).Draw(t, "total"))
		raw := rapid.SliceOfN(rapid.Int64Range(0, int64(Max)), 1, 12).Draw(t, "weights")
		weights := make([]Amount, len(raw))
		for i, w := range raw {
			weights[i] = Amount(w)
		}
		if got := Sum(Split(total, weights)...); got != total {
			t.Fatalf("parts add up to %d, want %d", got, total)
		}
	})
}
