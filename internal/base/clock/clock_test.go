package clock_test

import (
	"testing"
	"time"

	"encaisse/internal/base/clock"
)

func TestInstantsAreInUTCToTheMicrosecond(t *testing.T) {
	noon := time.Date(2026, 11, 20, 12, 0, 0, 123_456_789, time.FixedZone("Paris", 3600))
	want := time.Date(2026, 11, 20, 11, 0, 0, 123_456_000, time.UTC)
	fake := clock.At(noon)
	set := clock.At(time.Unix(0, 0))
	set.Set(noon)
	for name, c := range map[string]clock.Clock{"stopped there": fake, "turned there": set} {
		if got := c.Now(); !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	before := time.Now().Truncate(time.Microsecond)
	now := clock.System{}.Now()
	if now.Location() != time.UTC || now.Nanosecond()%1000 != 0 || now.Before(before) || now.After(time.Now()) {
		t.Errorf("the machine’s clock says %v", now)
	}
}

func TestAFakeClockMovesOnlyWhenTurned(t *testing.T) {
	start := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	c := clock.At(start)
	for range 2 {
		if !c.Now().Equal(start) {
			t.Error("it moved by itself")
		}
	}
	c.Advance(90 * time.Minute)
	c.Advance(-time.Hour)
	if want := start.Add(30 * time.Minute); !c.Now().Equal(want) {
		t.Errorf("it says %v, want %v", c.Now(), want)
	}
}
