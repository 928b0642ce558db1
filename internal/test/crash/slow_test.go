package crash

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"encaisse/internal/test/program"
)

// cutWithin is how soon a client that does nothing, or too little, must be cut.
const cutWithin = 10 * time.Second

// slow is a client that takes its time. It writes pieces of text with pauses, and reads only when it is told to.
type slow struct {
	name   string
	text   string        // sent at once
	drip   string        // sent again and again
	pause  time.Duration // between two drips
	ignore bool          // never reads what it is answered
	count  int
}

// waitsToBeCut connects and does as the client does until the server cuts, and gives how long that took.
func (c slow) waitsToBeCut(server string) (time.Duration, error) {
	line, err := net.Dial("tcp", strings.TrimPrefix(server, "http://"))
	if err != nil {
		return 0, err
	}
	defer line.Close()
	if c.ignore {
		if err := line.(*net.TCPConn).SetReadBuffer(4096); err != nil {
			return 0, err
		}
	}
	started := time.Now()
	cut := make(chan error, 2)
	go func() {
		_, err := io.WriteString(line, c.text)
		for err == nil && c.drip != "" {
			time.Sleep(c.pause)
			_, err = io.WriteString(line, c.drip)
		}
		if err != nil {
			cut <- err
		}
	}()
	if !c.ignore {
		go func() {
			_, err := io.Copy(io.Discard, line)
			cut <- err
		}()
	}
	select {
	case <-cut:
		return time.Since(started), nil
	case <-time.After(3 * cutWithin):
		return 0, errors.New("not cut")
	}
}

// A client that is slow on purpose, or whose network is, does not hold the server: it is cut within ten seconds, and others are answered
// meanwhile.
func TestASlowClientIsCutWithinTenSecondsAndHoldsNobody(t *testing.T) {
	folder := t.TempDir()
	s := shopIn(t, folder)
	server := program.Serve(t, folder, trustUs...)
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: encaisse\r\nCookie: encaisse=%s\r\n", strings.TrimPrefix(s.operation(server.Address), server.Address), s.token)
	clients := []slow{
		{name: "says nothing", count: 30},
		{name: "sends its first line letter by letter", drip: "G", pause: 300 * time.Millisecond, count: 30},
		{name: "never ends its headers", text: "GET / HTTP/1.1\r\nHost: encaisse\r\n", drip: "X-A: b\r\n", pause: 500 * time.Millisecond, count: 60},
		{name: "sends a form letter by letter", text: head + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n", drip: "a", pause: 200 * time.Millisecond, count: 60},
		{name: "stops in the middle of a form", text: head + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nid=", count: 20},
		{name: "sends a file letter by letter", text: head + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n",
			drip: "a", pause: 200 * time.Millisecond, count: 30},
		{name: "sends chunks without end", text: head + "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n", drip: "1\r\na\r\n", pause: 200 * time.Millisecond, count: 20},
		{name: "never reads its answers", text: strings.Repeat("GET /connexion HTTP/1.1\r\nHost: encaisse\r\n\r\n", 5000), drip: "\r\n", pause: 100 * time.Millisecond, ignore: true, count: 5},
	}
	var group sync.WaitGroup
	var mu sync.Mutex
	longest := map[string]time.Duration{}
	for _, c := range clients {
		for range c.count {
			group.Go(func() {
				took, err := c.waitsToBeCut(server.Address)
				mu.Lock()
				defer mu.Unlock()
				if longest[c.name] = max(longest[c.name], took); err != nil {
					longest[c.name] = time.Hour
				}
			})
		}
	}
	done := make(chan bool)
	go func() { group.Wait(); close(done) }()
	patient, answered := time.Duration(0), 0
	for waiting := true; waiting; {
		select {
		case <-done:
			waiting = false
		case <-time.After(100 * time.Millisecond):
			started := time.Now()
			r, err := s.ask(t.Context(), http.MethodGet, server.Address+"/d/"+s.slug+"/caisses/"+s.box.ID+"/operations", nil)
			if err != nil || r.status != http.StatusOK {
				t.Fatalf("an honest visitor is answered %d %v", r.status, err)
			}
			answered++
			patient = max(patient, time.Since(started))
		}
	}
	for name, took := range longest {
		if took > cutWithin+500*time.Millisecond { // what the machine itself needs to notice
			t.Errorf("a client that %s is cut after %s", name, took.Round(10*time.Millisecond))
		}
	}
	if answered < 20 || patient > 2*time.Second {
		t.Errorf("%d honest visitors were answered meanwhile, in %s at worst", answered, patient)
	}
	t.Logf("an honest visitor waited %s at worst; cut after %v", patient.Round(time.Millisecond), longest)
}
