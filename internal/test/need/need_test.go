package need

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// watched is a test that remembers how it was ended.
type watched struct {
	testing.TB
	skipped, failed string
}

func (w *watched) Helper()      {}
func (w *watched) Name() string { return "TestWatched" }
func (w *watched) Skipf(format string, args ...any) {
	w.skipped = fmt.Sprintf(format, args...)
	runtime.Goexit()
}
func (w *watched) Fatalf(format string, args ...any) {
	w.failed = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// asked runs an absent tool's need to its end.
func asked() *watched {
	w := &watched{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		Tool(w, "a-program-nobody-has")
	}()
	<-done
	return w
}

func TestAMissingToolSkipsTheTestAndNamesIt(t *testing.T) {
	list := filepath.Join(t.TempDir(), "skipped")
	t.Setenv("CI", "")
	t.Setenv(SkippedVariable, list)
	w := asked()
	if w.skipped == "" || w.failed != "" {
		t.Fatalf("skipped %q, failed %q", w.skipped, w.failed)
	}
	got, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	if want := "program a-program-nobody-has\tinternal/test/need TestWatched\n"; string(got) != want {
		t.Errorf("noted %q, want %q", got, want)
	}
}

func TestAMissingToolFailsTheTestWhereNothingMayBeLeftOut(t *testing.T) {
	list := filepath.Join(t.TempDir(), "skipped")
	t.Setenv("CI", "true")
	t.Setenv(SkippedVariable, list)
	w := asked()
	if w.failed == "" || w.skipped != "" {
		t.Fatalf("skipped %q, failed %q", w.skipped, w.failed)
	}
	if _, err := os.Stat(list); err == nil {
		t.Error("a failed test was noted as skipped")
	}
}
