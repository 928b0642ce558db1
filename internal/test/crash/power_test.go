//go:build linux

package crash

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"encaisse/internal/test/need"
)

// powered is a disk that can lose its power.
type powered struct {
	below, point, durable, quota string
	server                       *victim
}

func newPowered(t *testing.T) *powered {
	t.Helper()
	need.Fuse(t)
	base := t.TempDir()
	p := &powered{filepath.Join(base, "below"), filepath.Join(base, "point"), filepath.Join(base, "durable"), filepath.Join(base, "quota"), nil}
	for _, folder := range []string{p.below, p.point, p.durable} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(p.off)
	return p
}

// on gives the disk its power: it holds what was durable.
func (p *powered) on(t *testing.T) {
	t.Helper()
	if err := os.RemoveAll(p.below); err != nil {
		t.Fatal(err)
	}
	copyPrivate(t, p.below, p.durable)
	var err error
	if p.server, err = start("mount", p.below, p.point, p.durable, p.quota); err != nil {
		t.Fatal(err)
	}
	if !p.server.out.Scan() || p.server.out.Text() != "ready" {
		t.Fatalf("the disk does not start: %s", p.server.out.Text())
	}
}

// copyPrivate copies the files of a folder for their owner alone.
func copyPrivate(t *testing.T, to, from string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(to, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if err := os.Chmod(path, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// off cuts the power.
func (p *powered) off() {
	if p.server == nil {
		return
	}
	p.server.Process.Kill()
	p.server.Wait()
	p.server = nil
	if syscall.Unmount(p.point, syscall.MNT_DETACH) != nil {
		exec.Command("fusermount3", "-uz", p.point).Run()
	}
}

// cut runs a victim on the disk, cuts the power of both, and notes what was acknowledged. The disk dies an instant before the victim,
// which may complain of it.
func (p *powered) cut(t *testing.T, s *stater, be string) {
	t.Helper()
	p.on(t)
	v, err := start(be, p.point)
	if err != nil {
		t.Fatal(err)
	}
	server := p.server
	s.ordeal(t, v, func() { server.Process.Kill(); v.Process.Kill() })
	p.off()
}

// R3: the power cut under load. What was not synchronised is gone.
func TestNothingAcknowledgedIsLostByAPowerCut(t *testing.T) {
	p := newPowered(t)
	prepare(t, p.durable)
	s := &stater{acknowledged: map[string]bool{}}
	cuts := rounds(300)
	for n := range cuts {
		p.cut(t, s, "post")
		if n%25 == 24 || n == cuts-1 {
			check := t.TempDir()
			copyPrivate(t, check, p.durable)
			if _, err := walk(check, s.acknowledged); err != nil {
				t.Fatalf("after %d cuts: %v", n+1, err)
			}
		}
	}
	t.Logf("%d power cuts: %d acts acknowledged, none lost", cuts, len(s.acknowledged))
}

// The negative control of R3: the same harness with synchronous=NORMAL, which the program refuses, must lose what it acknowledged.
func TestThePowerCutHarnessSeesALossWhenThereIsOne(t *testing.T) {
	p := newPowered(t)
	lost := 0
	for range 40 {
		s := &stater{acknowledged: map[string]bool{}}
		p.cut(t, s, "control")
		check := filepath.Join(t.TempDir(), "control.db")
		for _, end := range []string{"", "-wal"} {
			content, err := os.ReadFile(filepath.Join(p.durable, "control.db"+end))
			if err == nil {
				err = os.WriteFile(check+end, content, 0o600)
			}
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
		lost += countLost(t, check, s.acknowledged)
		if lost > 0 {
			return
		}
	}
	t.Fatal("40 power cuts with synchronous=NORMAL lost nothing: the harness proves nothing")
}

func countLost(t *testing.T, path string, acknowledged map[string]bool) (lost int) {
	t.Helper()
	d, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for key := range acknowledged {
		var one int
		if err := d.QueryRow(`SELECT 1 FROM stated WHERE key = $1`, key).Scan(&one); err != nil {
			lost++
		}
	}
	return lost
}

// controlKeys is a victim that does what the program refuses to do: it acknowledges before anything is durable.
func controlKeys(arguments []string) error {
	d, err := sql.Open("sqlite", "file:"+filepath.Join(arguments[0], "control.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)")
	if err != nil {
		return err
	}
	d.SetMaxOpenConns(1)
	ctx := context.Background()
	if _, err := d.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS stated (key TEXT PRIMARY KEY) STRICT`); err != nil {
		return err
	}
	fmt.Println("ready")
	return answerKeys(func(key string) error {
		_, err := d.ExecContext(ctx, `INSERT INTO stated VALUES ($1) ON CONFLICT DO NOTHING`, key)
		return err
	})
}
