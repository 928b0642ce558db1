package assistant

import "time"

// The steps.
const (
	stepIdentity = 1
	stepTrade    = 2
	stepTicket   = 3
	stepTills    = 4
	stepTeam     = 5
	lastStep     = stepTeam
)

// Progress is how far the first run of a company went.
type Progress struct {
	Step    int    // the next one to take
	Trade   string // preset applied, or empty
	Done    int    // bit n−1: step n was filled in, not skipped
	EndedAt time.Time
}

// Ended tells whether the last step is behind.
func (p Progress) Ended() bool { return !p.EndedAt.IsZero() }

// did tells whether a step was filled in.
func (p Progress) did(step int) bool { return p.Done&(1<<(step-1)) != 0 }

// after is the progress once a step is behind, filled in or skipped.
func (p Progress) after(step int, filled bool) Progress {
	if filled {
		p.Done |= 1 << (step - 1)
	}
	p.Step = max(p.Step, min(step+1, lastStep))
	return p
}
