package locale_test

import (
	"testing"

	"encaisse/internal/base/locale"
	"encaisse/internal/base/money"
)

func TestNumbersAreWrittenInFrenchWords(t *testing.T) {
	for n, want := range map[int64]string{
		0: "zéro", 1: "un", 10: "dix", 11: "onze", 16: "seize", 17: "dix-sept", 19: "dix-neuf", 20: "vingt", 21: "vingt et un", 22: "vingt-deux", 31: "trente et un", 45: "quarante-cinq",
		59: "cinquante-neuf", 60: "soixante", 61: "soixante et un", 69: "soixante-neuf", 70: "soixante-dix", 71: "soixante et onze", 72: "soixante-douze", 77: "soixante-dix-sept", 79: "soixante-dix-neuf",
		80: "quatre-vingts", 81: "quatre-vingt-un", 82: "quatre-vingt-deux", 89: "quatre-vingt-neuf", 90: "quatre-vingt-dix", 91: "quatre-vingt-onze", 97: "quatre-vingt-dix-sept", 99: "quatre-vingt-dix-neuf",
		100: "cent", 101: "cent un", 171: "cent soixante et onze", 180: "cent quatre-vingts", 181: "cent quatre-vingt-un", 200: "deux cents", 201: "deux cent un", 280: "deux cent quatre-vingts", 999: "neuf cent quatre-vingt-dix-neuf",
		1_000: "mille", 1_001: "mille un", 1_100: "mille cent", 1_999: "mille neuf cent quatre-vingt-dix-neuf", 2_000: "deux mille", 2_200: "deux mille deux cents", 10_000: "dix mille", 21_000: "vingt et un mille",
		71_000: "soixante et onze mille", 80_000: "quatre-vingt mille", 80_080: "quatre-vingt mille quatre-vingts", 100_000: "cent mille", 200_000: "deux cent mille", 300_300: "trois cent mille trois cents",
		1_000_000: "un million", 1_000_001: "un million un", 2_000_000: "deux millions", 80_000_000: "quatre-vingts millions", 200_000_000: "deux cents millions", 1_001_000: "un million mille",
		1_000_000_000: "un milliard", 2_500_000_000: "deux milliards cinq cents millions", -71: "moins soixante et onze",
	} {
		if got := locale.Words(n); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
}

func TestAmountsAreWrittenInFrenchWords(t *testing.T) {
	for a, want := range map[money.Amount]string{
		0: "zéro euro", 1: "un centime", 2: "deux centimes", 80: "quatre-vingts centimes", 81: "quatre-vingt-un centimes", 100: "un euro", 101: "un euro et un centime", 199: "un euro et quatre-vingt-dix-neuf centimes",
		200: "deux euros", 7_100: "soixante et onze euros", 8_000: "quatre-vingts euros", 8_171: "quatre-vingt-un euros et soixante et onze centimes", 20_000: "deux cents euros", 100_000: "mille euros",
		120_050: "mille deux cents euros et cinquante centimes", 100_000_000: "un million d’euros", 200_000_000: "deux millions d’euros", 100_000_100: "un million un euros", 100_000_005: "un million d’euros et cinq centimes",
		100_000_000_000: "un milliard d’euros", -1_250: "moins douze euros et cinquante centimes",
	} {
		if got := locale.EuroWords(a); got != want {
			t.Errorf("%d cents are written %q, want %q", a, got, want)
		}
	}
}

// TestEveryNumberHasWordsOfItsOwn finds two numbers written the same way, and doubled spaces.
func TestEveryNumberHasWordsOfItsOwn(t *testing.T) {
	seen := map[string]int64{}
	for n := range int64(20_000) {
		words := locale.Words(n)
		if other, twice := seen[words]; twice {
			t.Fatalf("%d and %d are both written %q", other, n, words)
		}
		seen[words] = n
	}
}
