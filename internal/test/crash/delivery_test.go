package crash

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/base/id"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/program"
)

// drop sends a form and leaves as soon as it is sent, or a moment later: the answer is lost. It tells whether one came first.
func (s shop) drop(address string, form url.Values) (r reply, came bool) {
	ctx, leave := context.WithCancel(context.Background())
	defer leave()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) {
		time.AfterFunc(time.Duration(rand.IntN(4000))*time.Microsecond, leave)
	}})
	r, err := s.ask(ctx, http.MethodPost, address, form)
	return r, err == nil
}

// deliver sends one movement one to three times at once, each time to any of the servers, some answers lost on the way, and again until one
// arrives. It gives the answers, and how often it was sent and lost.
func (s shop) deliver(servers []*program.Server, key string) (answers []reply, sent, lost int) {
	form := s.paidIn(key, fmt.Sprintf("%d,%02d", 1+rand.IntN(99), rand.IntN(100)))
	for len(answers) == 0 {
		var group sync.WaitGroup
		var mu sync.Mutex
		for range 1 + rand.IntN(3) {
			address, dropped := s.operation(servers[rand.IntN(len(servers))].Address), rand.IntN(3) == 0
			sent++
			group.Go(func() {
				var r reply
				var came bool
				if dropped {
					r, came = s.drop(address, form)
				} else {
					var err error
					r, err = s.ask(context.Background(), http.MethodPost, address, form)
					came = err == nil
				}
				mu.Lock()
				defer mu.Unlock()
				if came {
					answers = append(answers, r)
				} else {
					lost++
				}
			})
		}
		group.Wait()
	}
	return answers, sent, lost
}

// counted has the server count its rows, as one in use does by itself: ours has no autovacuum, and would go on with the plans of empty tables.
func counted(t *testing.T, dsn string) {
	t.Helper()
	raw, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.ExecContext(t.Context(), `ANALYZE`); err != nil {
		t.Fatal(err)
	}
}

// R9: two servers on one database, each movement sent one to three times at once to either, a third of the answers lost.
func TestAMovementSentSeveralTimesToTwoServersCountsOnce(t *testing.T) {
	dsn := dbtest.NewPostgres(t)
	s, keyFile := shopInPostgres(t, dsn)
	var servers []*program.Server
	for range 2 {
		servers = append(servers, program.Serve(t, t.TempDir(), append([]string{"--postgres", dsn, "--key-file", keyFile}, trustUs...)...))
	}
	acts := rounds(20_000)
	keys := make(chan string)
	var workers sync.WaitGroup
	var sent, lost, wrong atomic.Int64
	for range 12 {
		workers.Go(func() {
			for key := range keys {
				answers, n, l := s.deliver(servers, key)
				sent.Add(int64(n))
				lost.Add(int64(l))
				for _, r := range answers {
					if (r.status != http.StatusSeeOther || r != answers[0]) && wrong.Add(1) < 5 {
						t.Errorf("answered %d %s %s, then %d %s %s %.2000s", answers[0].status, answers[0].location, answers[0].cookies, r.status, r.location, r.cookies, r.body)
					}
				}
			}
		})
	}
	delivered := map[string]bool{}
	for n := range acts {
		if n%1000 == 500 {
			counted(t, dsn)
		}
		key := id.New()
		delivered[key] = true
		keys <- key
	}
	close(keys)
	workers.Wait()
	for _, server := range servers {
		server.Stop()
	}
	d, err := db.Open(t.Context(), db.Config{Postgres: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	stands := movements(t, d, s.company)
	for key, times := range stands {
		if times != 1 || !delivered[key] {
			t.Errorf("%s stands %d times", key, times)
		}
	}
	if len(stands) != acts {
		t.Errorf("%d movements stand, %d were sent", len(stands), acts)
	}
	if lines := activities(t, d, s.company, "caisses"); lines != acts {
		t.Errorf("the log of activity has %d lines for %d movements", lines, acts)
	}
	if said := program.Run(t, "verify", "--postgres", dsn, "--key-file", keyFile, "--data", t.TempDir()); wrong.Load() == 0 {
		t.Logf("%d movements sent %d times, %d answers lost, none doubled\n%s", acts, sent.Load(), lost.Load(), said)
	}
	if int(sent.Load()) < acts*3/2 || int(lost.Load()) < acts/10 {
		t.Errorf("sent %d times, %d answers lost: too few to prove anything", sent.Load(), lost.Load())
	}
}
