package staff

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/locale"
)

// Tries allowed in a minute. An account that tries more is blocked for a minute, then two, four… up to a quarter of an hour;
// an address of the network that tries more only waits for the minute to end.
const (
	triesPerAccount = 5
	triesPerClient  = 30
	triesWindow     = time.Minute
	longestBlock    = 15 * time.Minute
	penaltyMemory   = 24 * time.Hour // after so long without a try, all is forgotten
)

// counter is what the store remembers of the tries of an account or of an address.
type counter struct {
	tries, penalties int
	since            time.Time // when the window of a minute began
	blockedUntil     time.Time
}

// count counts one try; wait is how long to wait when it is one too many.
func (c *counter) count(now time.Time, limit int, doubling bool) (wait time.Duration) {
	if wait := c.blockedUntil.Sub(now); wait > 0 && wait <= longestBlock { // longer is a clock that was set back
		return wait
	}
	if now.Sub(c.since) >= penaltyMemory || now.Before(c.since) {
		c.penalties = 0
	}
	if now.Sub(c.since) >= triesWindow || now.Before(c.since) {
		c.tries, c.since = 0, now
	}
	if c.tries++; c.tries <= limit {
		return 0
	}
	c.blockedUntil = c.since.Add(triesWindow)
	if doubling {
		c.blockedUntil = now.Add(min(longestBlock, triesWindow<<min(c.penalties, 4)))
		c.penalties++
	}
	c.tries, c.since = 0, c.blockedUntil
	return c.blockedUntil.Sub(now)
}

// accountKey and clientKey name counters without keeping addresses in clear.
func accountKey(email string) string { return "compte:" + digestText(CleanEmail(email)) }
func codeKey(userID string) string   { return "code:" + userID }
func clientKey(client string) string { return "adresse:" + digestText(client) }
func resetKey(email string) string   { return "lien:" + digestText(CleanEmail(email)) }

func digestText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

// admit counts a try of an account from an address of the network before anything is verified, so that tries sent all at once
// are counted too. It refuses the one too many.
func (r *Room) admit(ctx context.Context, account, client string) error {
	var wait time.Duration
	err := r.db.Write(ctx, "", func(tx *db.Tx) error {
		byClient, err := countTry(tx, clientKey(client), triesPerClient, false)
		if err != nil {
			return err
		}
		byAccount, err := countTry(tx, account, triesPerAccount, true)
		wait = max(byClient, byAccount)
		return err
	})
	if err == nil && wait > 0 {
		err = tooMany(wait)
	}
	return err
}

func tooMany(wait time.Duration) error {
	return &TooMany{fault.New(fault.TooMany, "Trop d’essais. Attendez "+inWords(wait)+", puis recommencez."), wait}
}

// TooMany is the refusal of one try too many.
type TooMany struct {
	*fault.Fault
	Wait time.Duration
}

// Unwrap gives the fault.
func (t *TooMany) Unwrap() error { return t.Fault }

func countTry(tx *db.Tx, key string, limit int, doubling bool) (time.Duration, error) {
	c, err := lockCounter(tx, key)
	if err != nil {
		return 0, err
	}
	wait := c.count(tx.Now(), limit, doubling)
	return wait, saveCounter(tx, key, c)
}

func inWords(wait time.Duration) string {
	if wait <= time.Minute {
		return locale.Plural(int((wait+time.Second-1)/time.Second), "seconde", "secondes")
	}
	return locale.Plural(int((wait+time.Minute-1)/time.Minute), "minute", "minutes")
}
