package staff

import (
	"context"
	"strings"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/id"
)

// Where a session stands: after the password, waiting for the code; or open.
const (
	stageCode = "code"
	stageOpen = "open"
)

const (
	codePatience = 10 * time.Minute // to give the code after the password
	seenEvery    = time.Minute      // how often the last use of a session is written
	freshFor     = 10 * time.Minute // how long a password given counts as just given
)

// Session is an open session of a person.
type Session struct {
	ID, UserID   string
	Agent        string // browser and system, in a few words
	SecondFactor bool
	CreatedAt    time.Time
	VerifiedAt   time.Time // when the password was last given
	SeenAt       time.Time
	ExpiresAt    time.Time
	stage        string
}

// Pass is what a browser is given: the secret of its session and until when it may be used.
type Pass struct {
	Token     string
	Until     time.Time
	NeedsCode bool // the session opens only with a code
}

// idleEnd is when a session ends if nothing more is asked.
func (r *Room) idleEnd(s Session) time.Time { return s.SeenAt.Add(r.rules.Idle) }

// live tells whether a session may still be used.
func (r *Room) live(s Session, now time.Time) bool {
	return now.Before(s.ExpiresAt) && (s.stage != stageOpen || now.Before(r.idleEnd(s)))
}

// Fresh tells whether the password was given a moment ago, as acts on rights ask.
func (s Session) Fresh(now time.Time) bool { return now.Sub(s.VerifiedAt) < freshFor }

// open makes a session in place of the one a browser had.
func (r *Room) open(tx *db.Tx, userID, agent, before string, stage string, secondFactor bool) (Pass, error) {
	if before != "" {
		if err := deleteSessionByHash(tx, hashToken(before)); err != nil {
			return Pass{}, err
		}
	}
	token, hash := newToken()
	now := tx.Now()
	s := Session{
		ID: id.New(), UserID: userID, Agent: agent, SecondFactor: secondFactor, stage: stage,
		CreatedAt: now, VerifiedAt: now, SeenAt: now, ExpiresAt: now.Add(r.rules.Absolute),
	}
	if stage == stageCode {
		s.ExpiresAt = now.Add(codePatience)
	}
	err := insertSession(tx, s, hash)
	return Pass{Token: token, Until: s.ExpiresAt, NeedsCode: stage == stageCode}, err
}

// find gives the live session of a secret and its person.
func (r *Room) find(q db.Querier, token, stage string) (s Session, u userRow, known bool, err error) {
	if token == "" {
		return s, u, false, nil
	}
	s, known, err = sessionByHash(q, hashToken(token))
	if err != nil || !known || s.stage != stage || !r.live(s, q.Now()) {
		return s, u, false, err
	}
	u, known, err = userByID(q, s.UserID)
	return s, u, known && !u.Disabled, err
}

// Session finds who a secret belongs to. Its use is written down once a minute at most.
func (r *Room) Session(ctx context.Context, token string) (s Session, u User, known bool, err error) {
	var row userRow
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		s, row, known, err = r.find(q, token, stageOpen)
		return err
	})
	if err != nil || !known {
		return Session{}, User{}, false, err
	}
	if now := r.db.Now(); now.Sub(s.SeenAt) >= seenEvery {
		seen := r.db.Write(ctx, "", func(tx *db.Tx) error { return touchSession(tx, s.ID) })
		if seen != nil { // a full disk must not close the shop’s screens
			r.log.Warn("session not renewed", "error", seen)
		}
	}
	return s, row.User, true, nil
}

// SignOut closes the session of a secret.
func (r *Room) SignOut(ctx context.Context, token string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error { return deleteSessionByHash(tx, hashToken(token)) })
}

// Sessions lists the open sessions of a person, the last used first.
func (r *Room) Sessions(ctx context.Context, userID string) (list []Session, err error) {
	err = r.db.Read(ctx, "", func(q *db.Snapshot) error {
		all, err := sessionsOf(q, userID)
		for _, s := range all {
			if s.stage == stageOpen && r.live(s, q.Now()) {
				list = append(list, s)
			}
		}
		return err
	})
	return list, err
}

// CloseSession closes one session of a person.
func (r *Room) CloseSession(ctx context.Context, userID, sessionID string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error {
		closed, err := deleteSession(tx, userID, sessionID)
		if err == nil && !closed {
			err = fault.New(fault.NotFound, "Cette session est déjà fermée.")
		}
		return err
	})
}

// CloseSessions closes all sessions of a person but one ("" for none).
func (r *Room) CloseSessions(ctx context.Context, userID, but string) error {
	return r.db.Write(ctx, "", func(tx *db.Tx) error { return deleteSessions(tx, userID, but) })
}

// agentWords tells a browser and its system from what it says of itself: « Firefox sur Windows ».
func agentWords(header string) string {
	name := firstOf(header, "navigateur", "Edg/", "Edge", "OPR/", "Opera", "SamsungBrowser", "Samsung Internet", "Firefox/", "Firefox", "FxiOS", "Firefox",
		"CriOS", "Chrome", "Chrome/", "Chrome", "Safari/", "Safari")
	system := firstOf(header, "", "iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "Windows", "Windows", "Mac OS X", "Mac", "CrOS", "ChromeOS", "Linux", "Linux")
	if header == "" {
		return "Navigateur inconnu"
	}
	if system == "" {
		return strings.ToUpper(name[:1]) + name[1:]
	}
	return strings.ToUpper(name[:1]) + name[1:] + " sur " + system
}

// firstOf gives the word of the first mark found; pairs are mark, word.
func firstOf(text, otherwise string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if strings.Contains(text, pairs[i]) {
			return pairs[i+1]
		}
	}
	return otherwise
}
