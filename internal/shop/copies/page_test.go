package copies

import (
	"testing"

	"encaisse/internal/test/pagetest"
)

func TestPagesAreTheirGoldenFiles(t *testing.T) { pagetest.Golden(t, Samples()) }

func TestASizeIsReadable(t *testing.T) {
	for n, want := range map[int64]string{0: "0\u00a0octets", 999: "999\u00a0octets", 1000: "1,0\u00a0ko", 48_213_400: "48,2\u00a0Mo", 3_100_000_000: "3,1\u00a0Go", 5_000_000_000_000: "5\u00a0000,0\u00a0Go"} {
		if got := size(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}
