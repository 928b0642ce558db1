package program

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary stand in for the program: it serves nothing, but prints an address and waits to be stopped.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 || strings.HasPrefix(os.Args[1], "-test.") {
		os.Setenv(PathVariable, os.Args[0])
		os.Exit(m.Run())
	}
	switch os.Args[1] {
	case "serve":
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
		fmt.Println("variables:", os.Getenv("ENCAISSE_DATA"))
		fmt.Println("listening on http://127.0.0.1:54321/ with", strings.Join(os.Args[2:], " "))
		<-stop
		fmt.Println("stopped")
	case "fail":
		fmt.Println("refused")
		os.Exit(3)
	}
}

func TestAServerIsStartedReadAndStopped(t *testing.T) {
	t.Setenv("ENCAISSE_DATA", "/the/person's/own/data")
	s := Serve(t, "/somewhere", "--demo")
	if s.Address != "http://127.0.0.1:54321" {
		t.Errorf("address %q", s.Address)
	}
	if !strings.Contains(s.Output(), "with --data /somewhere --listen 127.0.0.1:0 --demo") {
		t.Errorf("started otherwise: %s", s.Output())
	}
	if strings.Contains(s.Output(), "own/data") {
		t.Error("the variables of the person who runs the tests reach the program")
	}
	s.Stop()
	if !strings.HasSuffix(s.Output(), "stopped\n") {
		t.Errorf("not stopped in order: %s", s.Output())
	}
}

func TestAKilledServerSaysNothingMore(t *testing.T) {
	s := Serve(t, "/somewhere")
	s.Kill()
	if strings.Contains(s.Output(), "stopped") {
		t.Errorf("it had time to stop: %s", s.Output())
	}
	s.Stop() // what the end of the test does, once more
}

func TestACommandsStatusAndWordsAreGiven(t *testing.T) {
	if said, status := Try(t, "fail"); said != "refused\n" || status != 3 {
		t.Errorf("said %q, status %d", said, status)
	}
}

func TestTheProgramDoesNotOutliveTheTest(t *testing.T) {
	if os.Getenv("ENCAISSE_TEST_LEAVES") != "" {
		s := Serve(t, "/somewhere")
		fmt.Println("child", s.Process().Pid)
		os.Exit(0) // as a time-out of the test does: no cleaning up
	}
	c := exec.Command(os.Args[0], "-test.run", "^TestTheProgramDoesNotOutliveTheTest$")
	c.Env = append(os.Environ(), "ENCAISSE_TEST_LEAVES=1")
	said, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	var child int
	if _, err := fmt.Sscanf(string(said), "child %d", &child); err != nil {
		t.Fatalf("%q: %v", said, err)
	}
	process, err := os.FindProcess(child)
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if err := process.Signal(syscall.Signal(0)); errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH) {
			return
		}
	}
	t.Errorf("process %d is still there", child)
}
