package copies

import (
	"testing"
	"time"
)

func TestANameSaysItsInstant(t *testing.T) {
	at := time.Date(2026, 11, 22, 3, 4, 5, 0, time.UTC)
	for _, encrypted := range []bool{false, true} {
		name := Name(at, encrypted)
		if got, ok := MadeAt(name); !ok || !got.Equal(at) {
			t.Errorf("%s is of %s, %v", name, got, ok)
		}
	}
	for _, other := range []string{"copies.json", "encaisse-hier.backup", "encaisse-20261122-030405.backup.new", "20261122-030405.backup", "encaisse-20261122-030405"} {
		if _, ok := MadeAt(other); ok {
			t.Errorf("%s is taken for a copy", other)
		}
	}
}

func TestOldCopiesAreThinnedOut(t *testing.T) {
	newest := time.Date(2026, 11, 22, 12, 0, 0, 0, time.Local)
	var list []Copy
	for hours := 0; hours < 24*800; hours += 12 { // two a day for more than two years
		list = append(list, Copy{At: newest.Add(-time.Duration(hours) * time.Hour)})
	}
	kept := map[string]int{}
	for _, c := range list {
		kept[c.At.Local().Format(time.DateOnly)]++
	}
	for _, c := range TooMany(list) {
		kept[c.At.Local().Format(time.DateOnly)]--
	}
	want := map[string]int{
		"2026-11-22": 2, "2026-11-21": 2, "2026-11-20": 1, "2026-11-19": 1, "2026-11-18": 1, "2026-11-17": 1, "2026-11-16": 1, // days
		"2026-11-15": 1, "2026-11-08": 1, "2026-11-01": 1, "2026-10-25": 1, // Sundays, the last days of their weeks
		"2026-10-31": 1, "2026-09-30": 1, "2026-08-31": 1, "2026-07-31": 1, "2026-06-30": 1, "2026-05-31": 1, "2026-04-30": 1,
		"2026-03-31": 1, "2026-02-28": 1, "2026-01-31": 1, "2025-12-31": 1, // months
	}
	for day, n := range kept {
		if n != want[day] {
			t.Errorf("%s: %d kept, want %d", day, n, want[day])
		}
	}
}
