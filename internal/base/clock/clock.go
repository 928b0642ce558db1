// Package clock is the one place the program learns the time from, so that tests and simulations can turn it.
package clock

import (
	"sync"
	"time"
)

// Clock tells the present instant.
type Clock interface{ Now() time.Time }

// System is the machine's clock.
type System struct{}

// Now is the present instant, to the microsecond, which is what both databases keep.
func (System) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Fake is a clock a test turns by hand. The zero value is not ready: use At.
type Fake struct {
	mu  sync.Mutex
	now time.Time
}

// At makes a clock stopped at an instant.
func At(t time.Time) *Fake { return &Fake{now: t.UTC().Truncate(time.Microsecond)} }

// Now is the instant the clock was last set to.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Set turns the clock to an instant, forwards or backwards.
func (f *Fake) Set(t time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = t.UTC().Truncate(time.Microsecond)
}

// Advance moves the clock by a duration.
func (f *Fake) Advance(d time.Duration) { f.Set(f.Now().Add(d)) }
