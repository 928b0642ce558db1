package job_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/job"
	"encaisse/internal/test/dbtest"
)

func add(t *testing.T, d *db.DB, kind, payload string) (id string) {
	t.Helper()
	err := d.Write(context.Background(), "", func(tx *db.Tx) (err error) {
		id, err = job.Add(tx, kind, payload)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func of(t *testing.T, d *db.DB) (list []job.Job) {
	t.Helper()
	err := d.Read(context.Background(), "", func(q *db.Snapshot) (err error) {
		list, err = job.Of(q, "", 10)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func runner(d *db.DB, handler job.Handler) *job.Runner {
	return &job.Runner{DB: d, Handlers: map[string]job.Handler{"mail": handler}, Log: slog.New(slog.DiscardHandler)}
}

func work(t *testing.T, r *job.Runner) {
	t.Helper()
	if err := r.Work(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestAJobExistsOnlyIfItsActDoes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		refused := errors.New("the act is refused")
		err := d.Write(context.Background(), "", func(tx *db.Tx) error {
			if _, err := job.Add(tx, "mail", "lost"); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		add(t, d, "mail", "kept")
		var seen []string
		work(t, runner(d, func(_ context.Context, j job.Job) error {
			seen = append(seen, j.Payload)
			return nil
		}))
		if len(seen) != 1 || seen[0] != "kept" || len(of(t, d)) != 0 {
			t.Errorf("ran %q, left %v", seen, of(t, d))
		}
	})
}

func TestAJobThatFailsIsTriedAgainLaterAndLaterThenGivenUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clock := dbtest.Clock(t, d)
		add(t, d, "mail", "x")
		var tries []time.Time
		r := runner(d, func(context.Context, job.Job) error {
			tries = append(tries, clock.Now())
			return errors.New("the post office is closed")
		})
		for range 40 * 60 {
			work(t, r)
			clock.Advance(time.Minute)
			if of(t, d)[0].State == job.Dead {
				break
			}
		}
		if len(tries) != 12 {
			t.Fatalf("tried %d times", len(tries))
		}
		for i, want := range []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360} {
			if got := tries[i+1].Sub(tries[i]); got != want*time.Minute {
				t.Errorf("pause %d lasted %v, want %v min", i, got, want)
			}
		}
		if dead := of(t, d)[0]; dead.Fault != "the post office is closed" || dead.Payload != "x" || dead.EndedAt.IsZero() {
			t.Errorf("the dead letter is %+v", dead)
		}
	})
}

func TestAFinalFailureIsADeadLetterThatPeopleStartAgainOrDrop(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first, second := add(t, d, "mail", "1"), add(t, d, "mail", "2")
		add(t, d, "unheard of", "3")
		refuse := true
		r := runner(d, func(context.Context, job.Job) error {
			if refuse {
				return job.Final(errors.New("no such address"))
			}
			return nil
		})
		work(t, r)
		if list := of(t, d); len(list) != 3 || list[0].State != job.Dead || list[1].State != job.Dead || list[2].State != job.Dead {
			t.Fatalf("dead letters: %+v", list)
		}
		refuse = false
		err := d.Write(context.Background(), "", func(tx *db.Tx) error {
			again, err := job.Again(tx, first)
			if err != nil || !again {
				t.Errorf("again: %v %v", again, err)
			}
			dropped, err := job.Drop(tx, second)
			if err != nil || !dropped {
				t.Errorf("drop: %v %v", dropped, err)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		work(t, r)
		if list := of(t, d); len(list) != 1 || list[0].Kind != "unheard of" {
			t.Errorf("left: %+v", list)
		}
	})
}

func TestAJobThatPanicsRunsAgainAndOnlyOneRunnerHasItAtATime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		add(t, d, "mail", "x")
		runs := 0
		r := runner(d, func(ctx context.Context, _ job.Job) error {
			runs++
			other := runner(d, func(context.Context, job.Job) error {
				t.Error("another runner took a job that is being run")
				return nil
			})
			work(t, other)
			if runs == 1 {
				panic("power cut")
			}
			return nil
		})
		work(t, r)
		dbtest.Clock(t, d).Advance(time.Minute)
		work(t, r)
		if runs != 2 || len(of(t, d)) != 0 {
			t.Errorf("ran %d times, left %v", runs, of(t, d))
		}
	})
}

func TestTheLateNoteOfARunnerThatLostItsLeaseChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		add(t, d, "mail", "x")
		second := false
		slow := runner(d, func(context.Context, job.Job) error {
			dbtest.Clock(t, d).Advance(6 * time.Minute)
			work(t, runner(d, func(context.Context, job.Job) error {
				second = true
				return job.Final(errors.New("refused"))
			}))
			return nil
		})
		work(t, slow)
		if list := of(t, d); !second || len(list) != 1 || list[0].State != job.Dead {
			t.Errorf("second run %v, left %+v", second, list)
		}
	})
}
