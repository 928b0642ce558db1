package crash

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"encaisse/internal/base/id"
)

// victim is this binary running in a role.
type victim struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func start(be string, arguments ...string) (*victim, error) {
	v := &victim{Cmd: exec.Command(os.Args[0], arguments...)}
	v.Env = append(os.Environ(), role+"="+be)
	v.Stderr = os.Stderr
	out, err := v.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if v.in, err = v.StdinPipe(); err != nil {
		return nil, err
	}
	v.out = bufio.NewScanner(out)
	return v, v.Start()
}

// stater is whoever states facts: it makes their keys, sends them, sends again those not acknowledged, and every seventh twice.
type stater struct {
	mu           sync.Mutex
	waiting      []string
	acknowledged map[string]bool
	next         func() string // makes a key; nil for one of the usual kind
}

// feed sends keys until the victim no longer takes them.
func (s *stater) feed(in io.Writer) {
	s.mu.Lock()
	again := append([]string(nil), s.waiting...)
	s.mu.Unlock()
	for _, key := range again {
		if _, err := fmt.Fprintln(in, key); err != nil {
			return
		}
	}
	next := s.next
	if next == nil {
		next = id.New
	}
	for n := 0; ; n++ {
		s.mu.Lock()
		key := next()
		s.waiting = append(s.waiting, key)
		s.mu.Unlock()
		text := key + "\n"
		if n%7 == 0 {
			text += text
		}
		if _, err := io.WriteString(in, text); err != nil {
			return
		}
	}
}

// listen notes what the victim acknowledges until it is gone, and gives what it complained of.
func (s *stater) listen(out *bufio.Scanner, ready chan<- bool) (complaint string) {
	for out.Scan() {
		word, key, _ := strings.Cut(out.Text(), " ")
		switch word {
		case "ready":
			close(ready)
		case "ok":
			s.acknowledged[key] = true
		default:
			complaint = out.Text()
		}
	}
	return complaint
}

// forget drops what was acknowledged from what waits.
func (s *stater) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept := s.waiting[:0]
	for _, key := range s.waiting {
		if !s.acknowledged[key] {
			kept = append(kept, key)
		}
	}
	s.waiting = kept
}

// ordeal lets a victim work once it is ready, ends it by stop, and gives what it complained of.
func (s *stater) ordeal(t *testing.T, v *victim, stop func()) (complaint string) {
	t.Helper()
	ready, fed := make(chan bool), make(chan bool)
	go func() { s.feed(v.in); close(fed) }()
	go func() {
		select {
		case <-ready:
		case <-time.After(30 * time.Second):
		}
		time.Sleep(time.Duration(5+rand.IntN(65)) * time.Millisecond)
		stop()
	}()
	complaint = s.listen(v.out, ready)
	v.Wait()
	v.in.Close()
	<-fed
	s.forget()
	return complaint
}

// R1: the program killed under load, each time at another instant.
func TestNothingAcknowledgedIsLostOrDoubledByAKill(t *testing.T) {
	folder := t.TempDir()
	prepare(t, folder)
	s := &stater{acknowledged: map[string]bool{}}
	kills := rounds(1000)
	for range kills {
		v, err := start("post", folder)
		if err != nil {
			t.Fatal(err)
		}
		if complaint := s.ordeal(t, v, func() { v.Process.Kill() }); complaint != "" {
			t.Fatal(complaint)
		}
	}
	stored, err := walk(folder, s.acknowledged)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.acknowledged) < kills {
		t.Fatalf("only %d acts were acknowledged in %d kills: the load was too light to prove anything", len(s.acknowledged), kills)
	}
	t.Logf("%d kills: %d acts acknowledged, %d stored, none lost, none doubled", kills, len(s.acknowledged), stored)
}

// R17: a migration cut at any instant leaves the schema of before or of after, and the next start finishes it.
func TestAMigrationKilledLeavesTheOldSchemaOrTheNew(t *testing.T) {
	whole, finished := cutMigration(t, time.Minute)
	if !finished {
		t.Fatal("a migration lasts more than a minute")
	}
	cuts, ended := rounds(100), 0
	for n := range cuts {
		if _, finished := cutMigration(t, whole*time.Duration(n)/time.Duration(cuts)); finished {
			ended++
		}
	}
	t.Logf("%d migrations of %s cut, %d had finished before the cut", cuts, whole.Round(time.Millisecond), ended)
}

// cutMigration kills a migration after a while, and has the next start finish it. It gives how long it worked.
func cutMigration(t *testing.T, after time.Duration) (worked time.Duration, finished bool) {
	t.Helper()
	folder := t.TempDir()
	v, err := start("migrate", folder)
	if err != nil {
		t.Fatal(err)
	}
	for v.out.Scan() && v.out.Text() != "ready" {
	}
	started := time.Now()
	cut := time.AfterFunc(after, func() { v.Process.Kill() })
	for v.out.Scan() {
		if v.out.Text() == "done" {
			finished = true
		}
	}
	worked = time.Since(started)
	cut.Stop()
	v.Wait()
	prepareAfter(t, folder)
	return worked, finished
}

// prepareAfter brings a store whose migration was cut up to date, uses it, and checks it.
func prepareAfter(t *testing.T, folder string) {
	t.Helper()
	prepare(t, folder)
	d, err := open(folder)
	if err != nil {
		t.Fatal(err)
	}
	key := id.New()
	if err := post(t.Context(), d, key); err != nil {
		t.Fatal(err)
	}
	d.Close()
	if _, err := walk(folder, map[string]bool{key: true}); err != nil {
		t.Fatal(err)
	}
	if leftovers, err := filepath.Glob(filepath.Join(folder, "*.db-journal")); err != nil || len(leftovers) > 0 {
		t.Fatalf("left behind: %v %v", leftovers, err)
	}
}
