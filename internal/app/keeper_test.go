package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/shop/copies"

	"filippo.io/age"
)

// keepingShop is the keeper of a data folder with a month of figures, and its clock.
func keepingShop(t *testing.T, recipient string) (*keeper, *clock.Fake, string) {
	t.Helper()
	data := shopData(t)
	at := clock.At(time.Date(2026, 11, 20, 4, 0, 0, 0, time.Local))
	p := &Program{Data: data, clock: at}
	d, err := p.openExisting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	k, err := newKeeper(p, d, "", recipient, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return k, at, data
}

func stateOf(t *testing.T, k *keeper) copies.State {
	t.Helper()
	s, err := k.State()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestACopyIsMadeEachDayAndTriedEachMonth(t *testing.T) {
	k, at, data := keepingShop(t, "")
	start := at.Now()
	for _, c := range []struct {
		after time.Duration // since the start, at 4 in the morning
		want  int           // copies
		tried time.Duration
	}{
		{0, 1, 0},
		{10 * time.Minute, 1, 0},
		{21 * time.Hour, 1, 0},                        // 1 in the night: the hour of the next has not come
		{23*time.Hour + time.Minute, 2, 0},            // 3 in the night
		{31 * 24 * time.Hour, 3, 31 * 24 * time.Hour}, // a month later
	} {
		at.Set(start.Add(c.after))
		k.upkeep(t.Context())
		s := stateOf(t, k)
		if s.Fault != "" || s.TrialFault != "" || len(s.Copies) != c.want || !s.TrialAt.Equal(start.Add(c.tried)) {
			t.Errorf("after %s: %d copies, tried %s, %s %s", c.after, len(s.Copies), s.TrialAt, s.Fault, s.TrialFault)
		}
	}
	again, err := newKeeper(k.program, k.db, k.folder, "", k.log)
	if err != nil || !again.state.TrialAt.Equal(k.state.TrialAt) || again.trialDue() {
		t.Errorf("a new start knows of %+v, %v", again.state, err)
	}
	newest := k.path(stateOf(t, k).Copies[0].Name)
	if code, said := command("restore", newest, "--data", filepath.Join(t.TempDir(), "back")); code != 0 {
		t.Errorf("restore: %s", said)
	}
	left, err := os.ReadDir(filepath.Join(data, "backups"))
	if err != nil || len(left) != 4 { // three copies and what is known of them
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

func TestAnEncryptedCopyIsReadWithItsKeyAlone(t *testing.T) {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	k, _, _ := keepingShop(t, key.Recipient().String())
	k.upkeep(t.Context())
	s := stateOf(t, k)
	if len(s.Copies) != 1 || !s.Encrypted || s.TrialFault != "" || s.TrialAt.IsZero() {
		t.Fatalf("state %+v", s)
	}
	file := k.path(s.Copies[0].Name)
	content, err := os.ReadFile(file)
	if err != nil || strings.Contains(string(content), "manifest.json") || !isEncrypted(file) {
		t.Errorf("the copy is readable, %v", err)
	}
	identity := filepath.Join(t.TempDir(), "cle.txt")
	if err := os.WriteFile(identity, []byte(key.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := command("restore", file, "--data", filepath.Join(t.TempDir(), "back")); code == 0 || !strings.Contains(said, "--identity") {
		t.Errorf("restored without its key: %d %s", code, said)
	}
	back := filepath.Join(t.TempDir(), "back")
	if code, said := command("restore", file, "--identity", identity, "--data", back); code != 0 {
		t.Errorf("restore: %s", said)
	}
	if code, said := command("verify", "--data", back); code != 0 {
		t.Errorf("verify: %s", said)
	}
}

func TestACopyThatCannotBeMadeIsSaidAndLeavesNothing(t *testing.T) {
	k, at, _ := keepingShop(t, "")
	k.program.KeyFile = filepath.Join(t.TempDir(), "nowhere")
	k.upkeep(t.Context())
	s := stateOf(t, k)
	if len(s.Copies) != 0 || !strings.Contains(s.Fault, "master key") || s.Busy {
		t.Errorf("state %+v", s)
	}
	if left, err := os.ReadDir(k.folder); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
	k.program.KeyFile = ""
	k.upkeep(t.Context())
	if s := stateOf(t, k); len(s.Copies) != 0 {
		t.Error("tried again at once")
	}
	at.Advance(2 * time.Hour)
	k.upkeep(t.Context())
	if s := stateOf(t, k); len(s.Copies) != 1 || s.Fault != "" {
		t.Errorf("an hour later: %+v", s)
	}
}

func TestADamagedCopyIsNotKept(t *testing.T) {
	k, _, _ := keepingShop(t, "")
	work := t.TempDir()
	whole := filepath.Join(work, "whole")
	files := filepath.Join(work, "files")
	if err := os.Mkdir(files, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := k.program.copyInto(context.Background(), k.db, files, whole); err != nil {
		t.Fatal(err)
	}
	if err := check(t.Context(), whole, work, k.program); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(whole, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := check(t.Context(), whole, work, k.program); err == nil {
		t.Error("a damaged copy passes")
	}
	if err := k.try(t.Context(), whole, work, "damaged"); err == nil || stateOf(t, k).TrialFault == "" {
		t.Error("a damaged copy passes its trial")
	}
}

func TestOnlyOneCopyIsMadeAtATime(t *testing.T) {
	k, _, _ := keepingShop(t, "")
	if !k.take() {
		t.Fatal("the keeper is busy from the start")
	}
	if err := k.Start(); err != copies.ErrBusy {
		t.Errorf("a second one answers %v", err)
	}
	k.finish(t.Context())
	if err := k.Start(); err != nil {
		t.Error(err)
	}
	k.running.Wait()
	if s := stateOf(t, k); len(s.Copies) == 0 || s.Busy {
		t.Errorf("state %+v", s)
	}
}
