package web

import (
	"sync"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/fault"
)

// Limiter lets each key (a client's address, an account) do something at a steady rate, with a burst. It counts in memory of
// this program only: several instances allow as many times more. Its memory is bounded whatever the number of keys.
type Limiter struct {
	every time.Duration // one act more is allowed each time this passes
	burst int
	keys  int // in one generation
	clock clock.Clock

	mu        sync.Mutex
	now, past map[string]time.Time // key → when all it used will be given back; two generations, the older one is dropped
}

// NewLimiter allows n acts per duration and burst acts at once, for about the last keys seen.
func NewLimiter(n int, per time.Duration, burst, keys int, clock clock.Clock) *Limiter {
	return &Limiter{every: per / time.Duration(n), burst: burst, keys: max(1, keys/2), clock: clock, now: map[string]time.Time{}}
}

// Allow counts one act of a key. When it is one too many it is not counted, and wait tells when the next one will pass.
func (l *Limiter) Allow(key string) (wait time.Duration, ok bool) {
	at := l.clock.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	free, known := l.now[key]
	if !known {
		free = l.past[key]
	}
	if free.Before(at) || free.Sub(at) > time.Duration(l.burst)*l.every { // more than a whole burst is a clock that was set back
		free = at
	}
	if wait = free.Sub(at) - time.Duration(l.burst-1)*l.every; wait > 0 {
		return wait, false
	}
	if !known && len(l.now) >= l.keys {
		l.past, l.now = l.now, make(map[string]time.Time, l.keys)
	}
	l.now[key] = free.Add(l.every)
	return 0, true
}

// Check counts one act of a key and is the fault to answer with when it is one too many.
func (l *Limiter) Check(key string) error {
	if wait, ok := l.Allow(key); !ok {
		return Later(wait)
	}
	return nil
}

// Forget gives a key all its acts back: the right password after wrong ones.
func (l *Limiter) Forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.now, key)
	delete(l.past, key)
}

// Later is the fault of who must wait before trying again.
func Later(wait time.Duration) error {
	return &later{Fault: fault.New(fault.TooMany, "Trop de demandes en peu de temps. Attendez "+inWords(wait)+" et recommencez."), wait: wait}
}

type later struct {
	*fault.Fault
	wait time.Duration
}

func (l *later) Unwrap() error { return l.Fault }
