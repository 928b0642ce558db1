package day

import (
	"testing"
	"time"
)

func paris(t *testing.T) *time.Location {
	t.Helper()
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return place
}

func TestTheBusinessDayChangesAtTheCutoffHourOfTheShop(t *testing.T) {
	place := paris(t)
	for _, c := range []struct {
		local  string
		cutoff int
		want   Day
	}{
		{"2026-11-21 02:59", 5, "2026-11-20"},
		{"2026-11-21 05:00", 5, "2026-11-21"},
		{"2026-11-21 00:00", 0, "2026-11-21"},
		{"2027-01-01 01:30", 4, "2026-12-31"},
		{"2026-03-29 03:30", 3, "2026-03-29"}, // the night the clocks go forward
		{"2026-10-25 02:30", 3, "2026-10-24"}, // the night the hour comes twice
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.local, place)
		if err != nil {
			t.Fatal(err)
		}
		if got := At(at.UTC(), place, c.cutoff); got != c.want {
			t.Errorf("%s with cut-off %d h = %s, want %s", c.local, c.cutoff, got, c.want)
		}
	}
}

func TestMonthsKnowTheirDays(t *testing.T) {
	if got := Month("2028-02").Last(); got != "2028-02-29" {
		t.Errorf("last day of February 2028 = %s", got)
	}
	if got := len(Month("2026-11").Days()); got != 30 {
		t.Errorf("November has %d days", got)
	}
	if got := Month("2026-12").Add(1); got != "2027-01" {
		t.Errorf("month after December = %s", got)
	}
	if got := Day("2026-03-01").Since("2026-02-26"); got != 3 {
		t.Errorf("days from 26 February to 1 March = %d", got)
	}
}

func TestParseRefusesWhatIsNotADate(t *testing.T) {
	for _, text := range []string{"", "2026-02-30", "2026-2-3", "20/11/2026", "1899-12-31", "2200-01-01", "2026-11-20 "} {
		if d, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) = %s", text, d)
		}
	}
}
