package locale

import (
	"errors"
	"testing"
	"time"

	"encaisse/internal/base/day"
	"encaisse/internal/base/money"

	"pgregory.net/rapid"
)

func TestAmountsAreWrittenTheFrenchWay(t *testing.T) {
	for amount, want := range map[money.Amount]string{
		129280: "1\u00a0292,80\u00a0€", -1210: "\u221212,10\u00a0€", 0: "0,00\u00a0€", 5: "0,05\u00a0€", 123456789: "1\u00a0234\u00a0567,89\u00a0€",
	} {
		if got := Euro(amount); got != want {
			t.Errorf("Euro(%d) = %q, want %q", amount, got, want)
		}
	}
	if got := Percent(550) + " " + Percent(2000) + " " + Percent(105); got != "5,5\u00a0% 20\u00a0% 1,05\u00a0%" {
		t.Errorf("rates are written %q", got)
	}
	if got := Plural(1, "journée", "journées") + ", " + Plural(12345, "journée", "journées"); got != "1\u00a0journée, 12\u00a0345\u00a0journées" {
		t.Errorf("plural gives %q", got)
	}
}

func TestWhatPeopleTypeIsRead(t *testing.T) {
	for text, want := range map[string]money.Amount{
		"1 292,80 €": 129280, "1\u202f292,80": 129280, "1292.8": 129280, "100+50-3,2": 14680, "−12,10": -1210, "-5": -500, "0": 0,
		"1.292,80": 129280, "1,292.80": 129280, "12,5": 1250, ",5": 50, "5,": 500, "3*2,50": 750, "2,5×4+1": 1100, "100-3*2,10": 9370,
	} {
		got, given, err := ParseAmount(text)
		if err != nil || !given || got != want {
			t.Errorf("ParseAmount(%q) = %d, %v, %v; want %d", text, got, given, err, want)
		}
	}
}

func TestWhatCannotBeReadIsRefusedAndEmptyIsNotZero(t *testing.T) {
	for text, want := range map[string]error{
		"abc": ErrAmount, "12,5,3": ErrAmount, "1,234": ErrCents, "1.5*2.5": ErrAmount, "--3": ErrAmount, "5+": ErrAmount, "99999999999999": ErrTooMuch,
		"1,2.3,4": ErrAmount, "12 euros": ErrAmount, "+": ErrAmount,
	} {
		if got, _, err := ParseAmount(text); !errors.Is(err, want) {
			t.Errorf("ParseAmount(%q) = %d, %v; want %v", text, got, err, want)
		}
	}
	if _, given, err := ParseAmount("  "); given || err != nil {
		t.Errorf("an empty field counts as typed: %v %v", given, err)
	}
	if _, _, err := ParseCount("-3"); err == nil {
		t.Error("a negative count is accepted")
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.Amount(rapid.Int64Range(-int64(money.Max), int64(money.Max)).Draw(t, "amount"))
		for _, text := range []string{Euro(a), Input(a)} {
			if got, given, err := ParseAmount(text); err != nil || !given || got != a {
				t.Fatalf("%d is written %q and read %d (%v)", a, text, got, err)
			}
		}
	})
}

func TestDatesAreWrittenInFull(t *testing.T) {
	if got := LongDate("2026-11-20"); got != "vendredi 20\u00a0novembre 2026" {
		t.Errorf("LongDate = %q", got)
	}
	if got := DayName("2026-05-01"); got != "vendredi 1er\u00a0mai" {
		t.Errorf("DayName = %q", got)
	}
	at := time.Date(2026, 11, 20, 7, 5, 0, 0, time.UTC)
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	if got := DateTime(at, place); got != "20/11/2026 à 8\u00a0h\u00a005" {
		t.Errorf("DateTime = %q", got)
	}
	if got := Title("épicerie") + MonthName(day.Month("2026-08")); got != "Épicerieaoût 2026" {
		t.Errorf("Title and MonthName = %q", got)
	}
}

func TestAMonthIsKnownByWhatItBeginsWith(t *testing.T) {
	for name, want := range map[string]time.Month{
		"janv.": 1, "févr.": 2, "Février": 2, "fevr.": 2, "mars": 3, "mai": 5, "juin": 6, "juil.": 7, "août": 8, "sept.": 9, "nov": 11, "déc.": 12,
		"": 0, "n": 0, "jui": 0, "ma": 0, "marsien": 0, "brumaire": 0, ".": 0,
	} {
		if got := Month(name); got != want {
			t.Errorf("%q is month %d, not %d", name, got, want)
		}
	}
}
