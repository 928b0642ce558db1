package staff

import (
	"context"
	"runtime"
	"sync/atomic"

	"encaisse/internal/base/fault"

	"github.com/alexedwards/argon2id"
)

// argon is how passwords are digested: 19 MiB, two passes, one lane.
var argon = argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// Hash is the digest of a password that was checked. Only this room makes one.
type Hash struct{ text string }

// hasher digests passwords a few at a time, so that a crowd that signs in cannot take all the memory: the others wait their turn.
type hasher struct {
	turns chan struct{}
	decoy string // compared with when the person is unknown, so that the answer takes as long

	busy, most, done atomic.Int64 // how many run now, ran at once, ran in all
}

func newHasher() (*hasher, error) {
	h := &hasher{turns: make(chan struct{}, max(2, min(4, runtime.GOMAXPROCS(0))))}
	token, _ := newToken()
	var err error
	h.decoy, err = argon2id.CreateHash(token, &argon)
	return h, err
}

// turn waits for a turn; the function given back ends it.
func (h *hasher) turn(ctx context.Context) (func(), error) {
	select {
	case h.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Unavailable, "Trop de personnes se connectent en même temps. Réessayez dans un instant.", ctx.Err())
	}
	h.most.Store(max(h.most.Load(), h.busy.Add(1)))
	return func() {
		h.busy.Add(-1)
		h.done.Add(1)
		<-h.turns
	}, nil
}

func (h *hasher) hash(ctx context.Context, password string) (Hash, error) {
	end, err := h.turn(ctx)
	if err != nil {
		return Hash{}, err
	}
	defer end()
	text, err := argon2id.CreateHash(cleanPassword(password), &argon)
	return Hash{text}, err
}

// matches compares a password with a digest; old tells that the digest was made with weaker settings. Without a digest it
// takes the same time and says no.
func (h *hasher) matches(ctx context.Context, password, digest string) (ok, old bool, err error) {
	end, err := h.turn(ctx)
	if err != nil {
		return false, false, err
	}
	defer end()
	known := digest != ""
	if !known {
		digest = h.decoy
	}
	ok, params, err := argon2id.CheckHash(cleanPassword(password), digest)
	if err != nil {
		return false, false, err
	}
	return ok && known, *params != argon, nil
}

// Hash checks a password against the rules and digests it. It takes a while: call it before a transaction, not inside.
func (r *Room) Hash(ctx context.Context, password string, about ...string) (Hash, error) {
	if err := checkPassword(password, about...); err != nil {
		return Hash{}, err
	}
	return r.hasher.hash(ctx, password)
}
