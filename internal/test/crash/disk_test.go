//go:build linux

package crash

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"encaisse/internal/base/id"
	"encaisse/internal/test/program"
)

// teller records movements one after the other and keeps what was acknowledged; one that was refused is sent again under its key.
type teller struct {
	shop
	server       string
	acknowledged map[string]bool
	refused      reply // the last one
}

// until records movements until one is answered with a status, or a time has passed.
func (o *teller) until(t *testing.T, status int, patience time.Duration) (found bool) {
	key := id.New()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		r, err := o.ask(context.Background(), http.MethodPost, o.operation(o.server), o.paidIn(key, "12,34"))
		if err != nil {
			t.Error(err)
			return false
		}
		if r.status == http.StatusSeeOther {
			o.acknowledged[key] = true
			key = id.New()
		} else {
			o.refused = r
			time.Sleep(20 * time.Millisecond)
		}
		if r.status == status {
			return true
		}
	}
	return false
}

// together lets several tellers work at once until each meets a status.
func together(t *testing.T, tellers []*teller, status int, patience time.Duration) {
	t.Helper()
	var group sync.WaitGroup
	for _, o := range tellers {
		group.Go(func() {
			if !o.until(t, status, patience) {
				t.Errorf("never answered %d, but %d: %.300s", status, o.refused.status, o.refused.body)
			}
		})
	}
	group.Wait()
}

// R5: the disk full under load. Nothing acknowledged is lost, the shop is told what to do and may still read and print, and goes on by
// itself once there is room.
func TestAFullDiskIsSaidLosesNothingAndIsForgotten(t *testing.T) {
	p := newPowered(t)
	s := shopIn(t, p.durable)
	p.on(t)
	server := program.Serve(t, p.point, trustUs...)
	tellers := make([]*teller, 4)
	for i := range tellers {
		tellers[i] = &teller{shop: s, server: server.Address, acknowledged: map[string]bool{}}
	}
	together(t, tellers, http.StatusSeeOther, 10*time.Second)
	if err := os.WriteFile(p.quota, []byte(strconv.Itoa(p.largest(t)+3_000_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	together(t, tellers, http.StatusInsufficientStorage, 60*time.Second)
	for _, o := range tellers {
		if !strings.Contains(o.refused.body, "Le disque est plein\u00a0: rien n’a été enregistré") {
			t.Errorf("a full disk is told so: %.2000s", o.refused.body)
		}
	}
	readsOn(t, s, server.Address)
	refused := &teller{shop: s, server: server.Address, acknowledged: map[string]bool{}}
	if refused.until(t, http.StatusSeeOther, 500*time.Millisecond) {
		t.Error("a movement is taken though the disk is full")
	}
	if err := os.Remove(p.quota); err != nil {
		t.Fatal(err)
	}
	started := time.Now()
	together(t, append(tellers, refused), http.StatusSeeOther, 5*time.Second)
	t.Logf("taken again %s after there was room", time.Since(started).Round(time.Millisecond))
	server.Stop()
	if said := program.Run(t, "verify", "--data", p.point); !strings.Contains(said, "Everything holds") {
		t.Errorf("verify says %s", said)
	}
	d, err := open(p.point)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	stands, acknowledged := movements(t, d, s.company), 0
	for _, o := range append(tellers, refused) {
		for key := range o.acknowledged {
			acknowledged++
			if stands[key] != 1 {
				t.Errorf("a movement acknowledged stands %d times", stands[key])
			}
		}
	}
	if acknowledged < 50 || len(stands) != acknowledged {
		t.Errorf("%d movements stand, %d were acknowledged", len(stands), acknowledged)
	}
}

// largest is the size of the largest file of the disk.
func (p *powered) largest(t *testing.T) (size int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(p.point, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		size = max(size, int(info.Size()))
	}
	return size
}

// readsOn asks for pages, a paper and a copy of the reports while nothing can be written.
func readsOn(t *testing.T, s shop, server string) {
	t.Helper()
	month := time.Now().UTC().Format("2006-01")
	for path, begins := range map[string]string{
		"/d/" + s.slug + "/caisses/" + s.box.ID + "/operations":                "<!doctype html>",
		"/d/" + s.slug + "/rapports/journal?mois=" + month:                     "<!doctype html>",
		"/d/" + s.slug + "/rapports/journal.pdf?mois=" + month:                 "%PDF-",
		"/d/" + s.slug + "/rapports/journal.xlsx?mois=" + month:                "PK",
		"/d/" + s.slug + "/rapports/mois/" + month + "/synthese.pdf":           "%PDF-",
		"/d/" + s.slug + "/caisses/" + s.box.ID + "/operation?cle=" + id.New(): "<!doctype html>",
		"/readyz": "ready",
	} {
		r, err := s.ask(t.Context(), http.MethodGet, server+path, nil)
		if err != nil || r.status != http.StatusOK || !strings.HasPrefix(strings.ToLower(r.body), strings.ToLower(begins)) {
			t.Errorf("%s: %d %.200s %v", path, r.status, r.body, err)
		}
	}
}
