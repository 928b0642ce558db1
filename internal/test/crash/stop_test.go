//go:build unix

package crash

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"encaisse/internal/base/id"
	"encaisse/internal/test/program"
)

// half sends the head of a form and the beginning of its body, and gives what is left to send.
func (s shop) half(t *testing.T, server, key string) (line net.Conn, rest string) {
	t.Helper()
	body := s.paidIn(key, "12,34").Encode()
	host := strings.TrimPrefix(server, "http://")
	line, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { line.Close() })
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nCookie: encaisse=%s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		strings.TrimPrefix(s.operation(server), server), host, s.token, len(body), body[:20])
	if _, err := line.Write([]byte(head)); err != nil {
		t.Fatal(err)
	}
	return line, body[20:]
}

// refusesNew waits until a server no longer takes connections.
func refusesNew(t *testing.T, server string) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		line, err := net.Dial("tcp", strings.TrimPrefix(server, "http://"))
		if err != nil {
			return
		}
		line.Close()
	}
	t.Error("5 s after it was asked to stop, the server still takes connections")
}

// ends waits for a server to end by itself.
func ends(t *testing.T, server *program.Server) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if errors.Is(server.Process().Signal(syscall.Signal(0)), os.ErrProcessDone) {
			return
		}
	}
	t.Errorf("the server does not end:\n%s", server.Output())
}

// A server asked to stop under load answers what it has begun, refuses the rest, and leaves nothing acknowledged behind.
func TestAServerAskedToStopFinishesWhatIsUnderWayAndRefusesTheRest(t *testing.T) {
	folder := t.TempDir()
	s := shopIn(t, folder)
	server := program.Serve(t, folder, trustUs...)
	tellers := make([]*teller, 8)
	for i := range tellers {
		tellers[i] = &teller{shop: s, server: server.Address, acknowledged: map[string]bool{}}
	}
	together(t, tellers, http.StatusSeeOther, 10*time.Second)
	started := id.New()
	line, rest := s.half(t, server.Address, started)
	var group sync.WaitGroup
	for _, o := range tellers {
		group.Go(func() { o.untilGone(t) })
	}
	time.Sleep(200 * time.Millisecond)
	if err := server.Process().Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	refusesNew(t, server.Address)
	if _, err := line.Write([]byte(rest)); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(line), nil)
	if err != nil || answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("what was under way is answered %v %v", answer, err)
	}
	group.Wait()
	ends(t, server)
	program.Run(t, "verify", "--data", folder)
	d, err := open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	stands, acknowledged := movements(t, d, s.company), map[string]bool{started: true}
	for _, o := range tellers {
		for key := range o.acknowledged {
			acknowledged[key] = true
		}
	}
	for key := range acknowledged {
		if stands[key] != 1 {
			t.Errorf("a movement acknowledged stands %d times", stands[key])
		}
	}
	if len(acknowledged) < 20 {
		t.Errorf("%d movements only: too few to prove anything", len(acknowledged))
	}
	heads, err := os.ReadFile(filepath.Join(folder, "heads", s.company+".json"))
	if err != nil || !strings.Contains(string(heads), fmt.Sprintf(`"seq": %d`, len(stands))) {
		t.Errorf("the heads kept apart at the stop are not those of the %d entries: %v\n%s", len(stands), err, heads)
	}
}

// untilGone records movements until the server no longer answers.
func (o *teller) untilGone(t *testing.T) {
	for {
		key := id.New()
		r, err := o.ask(context.Background(), http.MethodPost, o.operation(o.server), o.paidIn(key, "1"))
		switch {
		case err != nil:
			if _, gone := errors.AsType[net.Error](err); !gone {
				t.Errorf("the end is told as %v", err)
			}
			return
		case r.status == http.StatusSeeOther:
			o.acknowledged[key] = true
		case r.status != http.StatusServiceUnavailable:
			t.Errorf("answered %d while stopping", r.status)
		}
	}
}

func TestTwoServersOnOneFolderAreRefused(t *testing.T) {
	folder := t.TempDir()
	shopIn(t, folder)
	program.Serve(t, folder, trustUs...)
	said, status := program.Try(t, "serve", "--data", folder, "--listen", "127.0.0.1:0")
	if status != 1 || !strings.Contains(said, "another server already serves") || !strings.Contains(said, "stop it first") {
		t.Errorf("the second one says %q, status %d", said, status)
	}
	if said := program.Run(t, "verify", "--data", folder); !strings.Contains(said, "Everything holds") { // a command beside it is welcome
		t.Errorf("verify says %s", said)
	}
}
