package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/right"
)

// haste is the patience of a test: the same rules, forty times faster.
var haste = Patience{Header: 100 * time.Millisecond, Read: 200 * time.Millisecond, Write: 200 * time.Millisecond, Idle: 2 * time.Second, Answer: 5 * time.Second}

// serve runs a real server and gives its address.
func serve(t *testing.T, change func(*Config)) string {
	t.Helper()
	h := open(t, func(c *Config) {
		c.Patience = haste
		if change != nil {
			change(c)
		}
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := h.site.Server("")
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := server.Serve(listener); err != http.ErrServerClosed {
			t.Error(err)
		}
	}()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		<-done
	})
	return listener.Addr().String()
}

func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// cutAfter sends a piece again and again until the server cuts the connection, and tells how long it took.
func cutAfter(t *testing.T, conn net.Conn, piece string) time.Duration {
	t.Helper()
	start := time.Now()
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_, _ = io.Copy(io.Discard, conn)
	}()
	for {
		select {
		case <-closed:
			return time.Since(start)
		case <-time.After(20 * time.Millisecond):
			if _, err := io.WriteString(conn, piece); err != nil {
				return time.Since(start)
			}
		}
		if time.Since(start) > 10*haste.Read {
			t.Fatal("never cut")
		}
	}
}

func TestTheTimeLimitsCutASlowClientWithinTenSeconds(t *testing.T) {
	for name, limit := range map[string]time.Duration{
		"head": DefaultPatience.Header, "body": DefaultPatience.Read, "answer": DefaultPatience.Write,
	} {
		if limit <= 0 || limit >= 10*time.Second {
			t.Errorf("%s: %s", name, limit)
		}
	}
	server := open(t, nil).site.Server("127.0.0.1:0")
	if server.ReadHeaderTimeout != 5*time.Second || server.ReadTimeout <= 0 || server.WriteTimeout <= 0 || server.IdleTimeout <= 0 || server.MaxHeaderBytes > 64<<10 {
		t.Errorf("a limit is missing: %+v", server)
	}
}

func TestAClientThatDripsItsRequestIsCut(t *testing.T) {
	address := serve(t, nil)
	t.Run("in the head", func(t *testing.T) {
		conn := dial(t, address)
		fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: x\r\n")
		if took := cutAfter(t, conn, "a: b\r\n"); took > 5*haste.Header {
			t.Errorf("cut after %s", took)
		}
	})
	t.Run("in the form", func(t *testing.T) {
		conn := dial(t, address)
		fmt.Fprintf(conn, "POST /apparence HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n")
		if took := cutAfter(t, conn, "a"); took > 5*haste.Read {
			t.Errorf("cut after %s", took)
		}
	})
	t.Run("in an upload", func(t *testing.T) {
		conn := dial(t, address)
		fmt.Fprintf(conn, "POST /d/marche/recus HTTP/1.1\r\nHost: x\r\nCookie: encaisse=claire\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n")
		if took := cutAfter(t, conn, "a"); took > 5*haste.Read {
			t.Errorf("cut after %s", took)
		}
	})
}

func TestAClientThatDoesNotTakeItsAnswerIsCut(t *testing.T) {
	ended := make(chan time.Duration, 1)
	address := serve(t, func(c *Config) {
		c.Routes = append(c.Routes, Route{Method: "GET", Path: "/gros", Right: right.Public, Do: func(c *Ctx) error {
			start := time.Now()
			defer func() { ended <- time.Since(start) }()
			return c.Send("gros.bin", "application/octet-stream", make([]byte, 64<<20))
		}})
	})
	conn := dial(t, address)
	fmt.Fprintf(conn, "GET /gros HTTP/1.1\r\nHost: x\r\n\r\n")
	select {
	case took := <-ended:
		if took > 5*haste.Write {
			t.Errorf("cut after %s", took)
		}
	case <-time.After(10 * haste.Write):
		t.Error("never cut")
	}
}

func TestAnUploadThatAdvancesMayTakeItsTime(t *testing.T) {
	address := serve(t, nil)
	conn := dial(t, address)
	head := "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\n"
	tail := "\r\n--b--\r\n"
	const pieces = 8
	size := len(head) + pieces*progress + len(tail)
	fmt.Fprintf(conn, "POST /d/marche/recus HTTP/1.1\r\nHost: x\r\nCookie: encaisse=claire\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n%s", size, head)
	for range pieces { // in all twice as long as one wait
		time.Sleep(haste.Read / 4)
		if _, err := io.WriteString(conn, strings.Repeat("x", progress)); err != nil {
			t.Fatal(err)
		}
	}
	fmt.Fprint(conn, tail)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestAFileThatIsTooLargeIsReceivedToItsEndSoThatTheRefusalIsSeen(t *testing.T) {
	address := serve(t, nil)
	body, kind := multipartBody(t, nil, "photo", "grand.png", make([]byte, 16<<20))
	request, err := http.NewRequest("POST", "http://"+address+"/d/marche/recus", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	request.AddCookie(&http.Cookie{Name: "encaisse", Value: "claire"})
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestAnAnswerMayTakeLongerThanARequest(t *testing.T) {
	address := serve(t, func(c *Config) {
		c.Routes = append(c.Routes, Route{Method: "POST", Path: "/lent", Right: right.Public, Do: func(c *Ctx) error {
			time.Sleep(3 * haste.Read)
			if err := c.Context().Err(); err != nil {
				return err
			}
			return c.JSON(http.StatusOK, "fait")
		}})
	})
	answer, err := http.Post("http://"+address+"/lent", "application/x-www-form-urlencoded", strings.NewReader("a=b"))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestAnAnswerThatTakesTooLongIsRefused(t *testing.T) {
	h := open(t, func(c *Config) {
		c.Patience = haste
		c.Patience.Answer = 20 * time.Millisecond
		c.Routes = append(c.Routes, Route{Method: "GET", Path: "/sans-fin", Right: right.Public, Do: func(c *Ctx) error {
			<-c.Context().Done()
			return c.Context().Err()
		}})
	})
	if got := h.get("/sans-fin"); got.Code != http.StatusServiceUnavailable {
		t.Errorf("answer %d", got.Code)
	}
}

func TestALargeHeadIsRefused(t *testing.T) {
	address := serve(t, nil)
	conn := dial(t, address)
	fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n", strings.Repeat("a", 64<<10))
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", answer.StatusCode)
	}
}
