// Package job does what happens after an act: a letter sent, a report made. A job is written in the transaction of the act, so
// that it exists if and only if the act does; it is run afterwards, again and again until it succeeds, and never lost. A job that
// fails too often, or for good, is kept as a dead letter that people can see, start again or drop.
//
// A job runs at least once. A crash between the end of its work and the note of it makes it run twice: a handler repeats its
// work without harm.
package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
)

// State is where a job stands.
type State string

// The states.
const (
	Waiting State = "waiting" // to be run when its time comes
	Running State = "running" // being run, until its lease ends
	Done    State = "done"
	Dead    State = "dead" // given up: people decide
)

// Job is something to do after an act.
type Job struct {
	ID, Kind, Company string
	Payload           string // for the handler of its kind only; dropped when the job is done
	State             State
	Tries             int
	Fault             string    // why the last try failed
	RunAt             time.Time // not before; while running, when its lease ends
	CreatedAt         time.Time
	EndedAt           time.Time // zero until it ends
}

// Handler does the work of a kind of job. An error makes the job run again later, unless it is Final.
type Handler func(ctx context.Context, j Job) error

// Final marks an error no further try can mend.
func Final(err error) error { return &final{err} }

type final struct{ error }

func (f *final) Unwrap() error { return f.error }

// Add writes a job in the transaction of its act.
func Add(tx *db.Tx, kind, payload string) (id string, err error) {
	return AddAt(tx, kind, payload, tx.Now())
}

// AddAt writes a job to be run from an instant on.
func AddAt(tx *db.Tx, kind, payload string, at time.Time) (string, error) {
	j := Job{ID: id.New(), Kind: kind, Company: tx.Company(), Payload: payload, RunAt: at, CreatedAt: tx.Now()}
	return j.ID, insert(tx, j)
}

// How long and how often a job is tried: after 1, 2, 4… minutes, at most 6 hours apart, 12 times in all: about a day.
const (
	lease      = 5 * time.Minute
	firstPause = time.Minute
	longPause  = 6 * time.Hour
	maxTries   = 12
	memory     = 30 * 24 * time.Hour // done jobs are forgotten after that
)

// Runner runs the jobs of a store. Several may run on one store: each job is run by one at a time.
type Runner struct {
	DB       *db.DB
	Handlers map[string]Handler
	Log      *slog.Logger
	Every    time.Duration // how often to look for jobs; 0 is every 2 seconds
}

// Run runs jobs until the context ends, and lets the one at work finish.
func (r *Runner) Run(ctx context.Context) {
	every := r.Every
	if every == 0 {
		every = 2 * time.Second
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	var swept time.Time
	for {
		if err := r.Work(ctx); err != nil && ctx.Err() == nil {
			r.Log.Warn("jobs wait", "error", err)
		}
		if now := r.DB.Now(); now.Sub(swept) > time.Hour && ctx.Err() == nil {
			swept = now
			if err := r.DB.Write(ctx, "", forget); err != nil {
				r.Log.Warn("old jobs not forgotten", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Work runs all jobs due now, one after the other.
func (r *Runner) Work(ctx context.Context) error {
	for ctx.Err() == nil {
		j, found, err := r.claim(ctx)
		if err != nil || !found {
			return err
		}
		if err := r.finish(context.WithoutCancel(ctx), j, r.do(ctx, j)); err != nil {
			return err
		}
	}
	return nil
}

// claim takes the job due for longest, if any. A job whose runner died is due again when its lease ends.
func (r *Runner) claim(ctx context.Context) (j Job, found bool, err error) {
	err = r.DB.Read(ctx, "", func(q *db.Snapshot) error {
		found, err = isDue(q)
		return err
	})
	if err != nil || !found {
		return j, false, err
	}
	err = r.DB.Write(ctx, "", func(tx *db.Tx) error {
		j, found, err = claimOne(tx, tx.Now().Add(lease))
		return err
	})
	return j, found, err
}

func (r *Runner) do(ctx context.Context, j Job) (err error) {
	handler, known := r.Handlers[j.Kind]
	if !known {
		return Final(fmt.Errorf("no handler for jobs of kind %q", j.Kind))
	}
	if j.Tries > maxTries { // its runner died each time
		return Final(errors.New("every runner died on this job"))
	}
	ctx, cancel := context.WithTimeout(ctx, lease-30*time.Second)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			r.Log.Error("panic in a job", "job", j.ID, "kind", j.Kind, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return handler(ctx, j)
}

// finish notes how a run ended. A runner that came back after its lease notes nothing: another has the job.
func (r *Runner) finish(ctx context.Context, j Job, failed error) error {
	after := j
	switch now := r.DB.Now(); {
	case failed == nil:
		after.State, after.Payload, after.Fault, after.EndedAt = Done, "", "", now
	case isFinal(failed) || j.Tries >= maxTries:
		after.State, after.Fault, after.EndedAt = Dead, failed.Error(), now
		r.Log.Error("job given up", "job", j.ID, "kind", j.Kind, "company", j.Company, "tries", j.Tries)
	default:
		after.State, after.Fault, after.RunAt = Waiting, failed.Error(), now.Add(pause(j.Tries))
		r.Log.Warn("job will be tried again", "job", j.ID, "kind", j.Kind, "company", j.Company, "tries", j.Tries)
	}
	return r.DB.Write(ctx, "", func(tx *db.Tx) error { return save(tx, j, after) })
}

// pause is the wait after a number of tries.
func pause(tries int) time.Duration {
	return min(longPause, firstPause<<min(max(tries-1, 0), 16))
}

func isFinal(err error) bool {
	_, is := errors.AsType[*final](err)
	return is
}

// Of lists the last jobs of a company that did not end well or are not done yet, the newest first.
func Of(q db.Querier, company string, limit int) ([]Job, error) { return unfinished(q, company, limit) }

// Again gives a dead job of a company its tries back.
func Again(tx *db.Tx, id string) (bool, error) { return revive(tx, tx.Company(), id) }

// Drop forgets a dead job of a company.
func Drop(tx *db.Tx, id string) (bool, error) { return remove(tx, tx.Company(), id) }
