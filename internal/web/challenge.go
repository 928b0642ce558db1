package web

import (
	"net/http"
	"time"
)

// challengeCookie ties to a browser what it was asked to sign with a passkey.
const challengeCookie = "encaisse-defi"

// ChallengeToken is the secret of the challenge a browser was given, "" for none.
func ChallengeToken(r *http.Request) string { return cookieValue(r, challengeCookie) }

// SetChallenge gives the browser the secret of a challenge for a while. It is never sent along from another site.
func (c *Ctx) SetChallenge(token string, life time.Duration) {
	cookie := c.cookie(challengeCookie, token)
	cookie.MaxAge, cookie.SameSite = int(life/time.Second), http.SameSiteStrictMode
	http.SetCookie(c.W, cookie)
}

// ClearChallenge takes the secret of a challenge back once it is answered.
func (c *Ctx) ClearChallenge() { c.drop(challengeCookie) }
