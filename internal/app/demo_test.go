package app

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"encaisse/internal/base/clock"
)

// command runs the program as from a shell and gives its exit code and what it said.
func command(args ...string) (code int, said string) {
	var out bytes.Buffer
	code = Main(args, &out, &out)
	return code, out.String()
}

func TestDemoSaysItsSignInsAgainAndTouchesNoOtherData(t *testing.T) {
	data := filepath.Join(t.TempDir(), "demo")
	code, first := command("demo", "--data", data, "--seed", "5", "--days", "30")
	if code != 0 || strings.Count(first, ".example ") != 6 || !strings.Contains(first, "seed 5") {
		t.Fatalf("demo ended with %d:\n%s", code, first)
	}
	info, err := os.Stat(filepath.Join(data, demoFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file of the sign-ins: %v, %v", info, err)
	}
	if code, said := command("verify", "--data", data); code != 0 {
		t.Errorf("verify ended with %d:\n%s", code, said)
	}
	code, again := command("demo", "--data", data, "--seed", "6")
	_, signIns, _ := strings.Cut(first, "These people sign in:")
	if code != 0 || !strings.HasSuffix(again, signIns) {
		t.Errorf("demo run again ended with %d:\n%s", code, again)
	}
	if err := os.Remove(filepath.Join(data, demoFile)); err != nil {
		t.Fatal(err)
	}
	if code, said := command("demo", "--data", data); code != 1 || !strings.Contains(said, "must not touch") {
		t.Errorf("demo in a folder that holds data ended with %d:\n%s", code, said)
	}
}

func TestADemoThatIsStoppedLeavesNothingInTheWay(t *testing.T) {
	data := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	var out bytes.Buffer
	p := &Program{Data: data, out: stopping{&out, stop}, errs: &out, clock: clock.System{}}
	if err := (Demo{Seed: 1, Years: 1, Shops: 2}).Run(ctx, p); err == nil {
		t.Fatal("the demonstration was not stopped")
	}
	left, err := fs.Glob(os.DirFS(data), "*")
	if err != nil || len(left) > 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if code, said := command("demo", "--data", data, "--days", "30"); code != 0 {
		t.Errorf("demo after one that was stopped ended with %d:\n%s", code, said)
	}
}

// stopping stops the program when it says that the first month is built.
type stopping struct {
	*bytes.Buffer
	stop context.CancelFunc
}

func (s stopping) Write(text []byte) (int, error) {
	if bytes.Contains(text, []byte("days closed")) {
		s.stop()
	}
	return s.Buffer.Write(text)
}
