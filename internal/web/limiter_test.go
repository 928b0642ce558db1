package web

import (
	"fmt"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/base/fault"
)

func TestALimiterAllowsABurstThenASteadyRate(t *testing.T) {
	now := clock.At(time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC))
	l := NewLimiter(6, time.Minute, 3, 100, now) // one every 10 s, three at once
	for i := range 3 {
		if _, ok := l.Allow("a"); !ok {
			t.Fatalf("act %d refused", i+1)
		}
	}
	wait, ok := l.Allow("a")
	if ok || wait != 10*time.Second {
		t.Errorf("the fourth act: %v, wait %s", ok, wait)
	}
	if _, ok := l.Allow("b"); !ok {
		t.Error("another key is refused too")
	}
	now.Advance(9 * time.Second)
	if wait, ok := l.Allow("a"); ok || wait != time.Second {
		t.Errorf("after 9 s: %v, wait %s", ok, wait)
	}
	now.Advance(time.Second)
	if _, ok := l.Allow("a"); !ok {
		t.Error("after 10 s the next act is refused")
	}
	l.Forget("a")
	if _, ok := l.Allow("a"); !ok {
		t.Error("a key forgotten is refused")
	}
	now.Advance(time.Hour)
	for i := range 3 {
		if _, ok := l.Allow("b"); !ok {
			t.Errorf("an hour later act %d is refused", i+1)
		}
	}
	if err := l.Check("b"); !fault.Is(err, fault.TooMany) {
		t.Errorf("Check gives %v", err)
	}
}

func TestALimiterKeepsABoundedNumberOfKeysAndForgetsTheOldest(t *testing.T) {
	now := clock.At(time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC))
	l := NewLimiter(1, time.Hour, 1, 100, now)
	l.Allow("busy")
	for i := range 10_000 {
		l.Allow(fmt.Sprint("key-", i))
		if i%20 == 0 {
			if _, ok := l.Allow("busy"); ok && i < 40 {
				t.Fatal("a key seen lately is forgotten")
			}
		}
		if n := len(l.now) + len(l.past); n > 101 {
			t.Fatalf("%d keys are kept", n)
		}
	}
}

func TestTooManyRequestsAreAnsweredWith429(t *testing.T) {
	h := open(t, func(c *Config) { c.Limiter = NewLimiter(60, time.Minute, 5, 100, clock.At(time.Now())) })
	from := func(address string) int {
		return h.ask("GET", "/connexion", nil, func(r *http.Request) { r.RemoteAddr = address + ":1000" }).Code
	}
	for range 5 {
		if got := from("203.0.113.1"); got != 200 {
			t.Fatalf("within the limit: %d", got)
		}
	}
	if got := from("203.0.113.1"); got != 429 {
		t.Errorf("over the limit: %d", got)
	}
	if got := from("203.0.113.2"); got != 200 {
		t.Errorf("somebody else: %d", got)
	}
}

func TestTheAddressOfAVisitorIsThatBehindOurProxiesOnly(t *testing.T) {
	h := open(t, func(c *Config) {
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	})
	for name, c := range map[string]struct {
		from, forwarded, want string
	}{
		"direct":                        {"203.0.113.7:1", "", "203.0.113.7"},
		"a stranger who pretends":       {"203.0.113.7:1", "192.0.2.1", "203.0.113.7"},
		"behind a proxy":                {"10.0.0.2:1", "192.0.2.1", "192.0.2.1"},
		"pretending behind a proxy":     {"10.0.0.2:1", "198.51.100.9, 192.0.2.1", "192.0.2.1"},
		"behind two proxies":            {"10.0.0.2:1", "192.0.2.1, 10.0.0.3", "192.0.2.1"},
		"a proxy that says nothing":     {"10.0.0.2:1", "", "10.0.0.2"},
		"nonsense":                      {"10.0.0.2:1", "unknown", "10.0.0.2"},
		"IPv6 by its network":           {"[2001:db8:1:2:3::4]:1", "", "2001:db8:1:2::/64"},
		"IPv4 in IPv6":                  {"[::ffff:203.0.113.7]:1", "", "203.0.113.7"},
		"IPv6 proxy, IPv6 visitor":      {"[::1]:1", "2001:db8:9::1", "2001:db8:9::/64"},
		"an address that does not read": {"pipe", "192.0.2.1", "invalid IP"},
	} {
		r, err := http.NewRequest("GET", "/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.RemoteAddr = c.from
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := h.site.clientKey(r); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
