// Package program builds the real program once and runs it the way its users do: another process, its own data folder, what
// it prints read line by line. Whatever happens to the test, the process does not outlive it.
package program

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a program may take to say its address, or to end.
const patience = 60 * time.Second

// PathVariable names an encaisse binary to use instead of building one.
const PathVariable = "ENCAISSE_TEST_PROGRAM"

var address = regexp.MustCompile(`https?://(?:127\.0\.0\.1|localhost|\[::1\]):\d+`)

// built is the binary, built once per process under dist/, where an unchanged tree is not built again.
var built = sync.OnceValues(func() (string, error) {
	if given := os.Getenv(PathVariable); given != "" {
		return filepath.Abs(given)
	}
	root, err := Root()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(root, "dist", "test")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	unlock, err := lock(filepath.Join(folder, "lock"))
	if err != nil {
		return "", err
	}
	defer unlock()
	path := filepath.Join(folder, "encaisse"+ending)
	build := exec.Command("go", "build", "-trimpath", "-o", path, ".")
	build.Dir = root
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		return "", errors.New("go build: " + err.Error() + "\n" + string(said))
	}
	return path, nil
})

// Root is the folder of the module.
func Root() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		above := filepath.Dir(folder)
		if above == folder {
			return "", errors.New("program: no go.mod above the test")
		}
		folder = above
	}
}

// Build gives the path of the binary.
func Build(t testing.TB) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// command is the program with arguments, and without the ENCAISSE_… variables of the person who runs the tests.
func command(ctx context.Context, path string, arguments []string) *exec.Cmd {
	c := exec.CommandContext(ctx, path, arguments...)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "ENCAISSE_") {
			c.Env = append(c.Env, variable)
		}
	}
	return c
}

// Try runs a command of the program to its end and gives what it printed and its exit status.
func Try(t testing.TB, arguments ...string) (said string, status int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*patience)
	defer cancel()
	c := command(ctx, Build(t), arguments)
	var output bytes.Buffer
	c.Stdout, c.Stderr = &output, &output
	run := start(c)
	if err := <-run.started; err != nil {
		t.Fatal(err)
	}
	<-run.done
	return output.String(), c.ProcessState.ExitCode()
}

// Run runs a command of the program to its end, which must be a good one, and gives what it printed.
func Run(t testing.TB, arguments ...string) string {
	t.Helper()
	said, status := Try(t, arguments...)
	if status != 0 {
		t.Fatalf("encaisse %s: status %d\n%s", strings.Join(arguments, " "), status, said)
	}
	return said
}

// Server is a program that serves.
type Server struct {
	Address string // http://127.0.0.1:54321
	Data    string // its data folder
	t       testing.TB
	output  *record
	process *os.Process
	done    <-chan struct{}
	ending  sync.Once
}

// Serve starts « encaisse serve » on a data folder and a free port, and waits for the address it prints. It is stopped at the
// end of the test.
func Serve(t testing.TB, data string, arguments ...string) *Server {
	t.Helper()
	all := append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, arguments...)
	c := command(context.Background(), Build(t), all)
	s := &Server{Data: data, t: t, output: &record{}}
	c.Stdout, c.Stderr = s.output, s.output
	run := start(c)
	if err := <-run.started; err != nil {
		t.Fatal(err)
	}
	s.process, s.done = c.Process, run.done
	t.Cleanup(s.Stop)
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if s.Address = address.FindString(s.Output()); s.Address != "" {
			return s
		}
		select {
		case <-s.done:
			t.Fatalf("encaisse serve ended without an address:\n%s", s.Output())
		default:
		}
	}
	t.Fatalf("encaisse serve gave no address within %s:\n%s", patience, s.Output())
	return nil
}

// Output is what the server has printed so far.
func (s *Server) Output() string { return s.output.String() }

// Process is the server's process.
func (s *Server) Process() *os.Process { return s.process }

// Stop asks the server to end, as Ctrl-C does, and waits.
func (s *Server) Stop() {
	s.ending.Do(func() {
		if err := interrupt(s.process); err != nil && !errors.Is(err, os.ErrProcessDone) {
			s.t.Error(err)
		}
		select {
		case <-s.done:
		case <-time.After(patience):
			s.t.Errorf("the server did not stop within %s:\n%s", patience, s.Output())
			s.process.Kill()
			<-s.done
		}
	})
}

// Kill ends the server with SIGKILL: no warning, nothing saved on the way.
func (s *Server) Kill() {
	s.ending.Do(func() {
		if err := s.process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			s.t.Error(err)
		}
		<-s.done
	})
}

// record keeps what a process prints.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds to the record.
func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(b)
}

// String is the record so far.
func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}
