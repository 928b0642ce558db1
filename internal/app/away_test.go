package app

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/clock"
	"encaisse/internal/shop/copies"
	"encaisse/internal/test/s3test"

	"filippo.io/age"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// sendingShop is a keeper whose copies go to a storage of this process, and the file of the key that reads them.
func sendingShop(t *testing.T, trial bool) (*keeper, *s3test.Storage, *clock.Fake, string) {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	identity := filepath.Join(t.TempDir(), "cle.txt")
	if err := os.WriteFile(identity, []byte(key.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	k, at, _ := keepingShop(t, key.Recipient().String())
	s := s3test.Start(t)
	settings := S3{Endpoint: s.Address, Region: s3test.Region, Bucket: s3test.Bucket, Prefix: "boutique", AccessKey: s3test.AccessKey, SecretFile: s3test.SecretFile(t, s3test.Secret)}
	if trial {
		settings.Identity = identity
	}
	if k.away, err = settings.open(k, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	return k, s, at, identity
}

// refusing makes a storage answer every request with an error.
func refusing(s *s3test.Storage, status int, code string, methods string) {
	s.Fail(func(r *http.Request, w http.ResponseWriter) bool {
		if !strings.Contains(methods, r.Method) {
			return false
		}
		s3test.Refuse(w, status, code)
		return true
	})
}

func TestACopyIsSentElsewhereReadBackAndRestoredFromThere(t *testing.T) {
	k, s, at, identity := sendingShop(t, true)
	k.upkeep(t.Context())
	if away := stateOf(t, k).Away; away.Waiting != 1 || away.Host == "" {
		t.Errorf("before: %+v", away)
	}
	k.away.upkeep(t.Context())
	state := stateOf(t, k)
	name := state.Copies[0].Name
	if w := state.Away; w.Fault != "" || len(w.Copies) != 1 || w.Copies[0] != state.Copies[0] || w.SentAt.IsZero() || w.Waiting != 0 || w.TrialFault != "" || w.TrialOf != name || w.Busy {
		t.Fatalf("after: %+v", w)
	}
	asked := len(s.Asked())
	at.Advance(time.Hour)
	k.away.upkeep(t.Context())
	if len(s.Asked()) != asked {
		t.Errorf("with nothing to send it asks %v", s.Asked()[asked:])
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, s.Content("boutique/"+name), 0o600); err != nil {
		t.Fatal(err)
	}
	back := filepath.Join(t.TempDir(), "back")
	run(t, "restore", file, "--identity", identity, "--data", back)
	run(t, "verify", "--data", back)
	again, err := newKeeper(k.program, k.db, k.folder, "", k.log)
	if err != nil || again.state.Away.Proved[name].IsZero() {
		t.Errorf("a new start knows of %+v, %v", again.state.Away, err)
	}
	if left, err := filepath.Glob(filepath.Join(k.folder, ".making-*")); err != nil || len(left) > 0 {
		t.Errorf("it leaves %v, %v", left, err)
	}
}

func TestASendingThatFailsIsSaidAndTriedLaterAndLater(t *testing.T) {
	k, s, at, _ := sendingShop(t, false)
	k.upkeep(t.Context())
	refusing(s, 403, "SignatureDoesNotMatch", "GET PUT")
	wait := time.Minute
	for tries := 1; tries <= 12; tries++ {
		k.away.upkeep(t.Context())
		w := stateOf(t, k).Away
		if !strings.Contains(w.Fault, "clé d’accès") || w.Tries != tries || !w.Next.Equal(at.Now().Add(wait)) {
			t.Fatalf("try %d: %+v, want a wait of %s", tries, w, wait)
		}
		asked := len(s.Asked())
		at.Advance(wait - time.Second)
		k.away.upkeep(t.Context())
		if len(s.Asked()) != asked {
			t.Fatalf("try %d: tried again at once", tries)
		}
		at.Advance(time.Second)
		wait = min(2*wait, 6*time.Hour)
	}
	s.Fail(nil)
	k.away.upkeep(t.Context())
	if w := stateOf(t, k).Away; w.Fault != "" || w.Tries != 0 || len(w.Copies) != 1 {
		t.Errorf("once it answers again: %+v", w)
	}
}

func TestACopyThatArrivesOtherwiseIsSentAgain(t *testing.T) {
	k, s, at, _ := sendingShop(t, false)
	k.upkeep(t.Context())
	s.Bend(func(r *http.Request, b []byte) []byte {
		if r.Method == http.MethodPut {
			return append([]byte{b[0] ^ 1}, b[1:]...)
		}
		return b
	})
	k.away.upkeep(t.Context())
	if w := stateOf(t, k).Away; !strings.Contains(w.Fault, "n’est pas celle") || len(s.Names()) != 0 || w.Waiting != 1 {
		t.Errorf("%+v, %v", w, s.Names())
	}
	s.Bend(nil)
	at.Advance(time.Minute)
	k.away.upkeep(t.Context())
	if w := stateOf(t, k).Away; w.Fault != "" || len(w.Proved) != 1 {
		t.Errorf("%+v", w)
	}
	s.Keep(s.Names()[0], []byte("cut by somebody")) // same name, and the list says another size
	at.Advance(25 * time.Hour)
	k.away.upkeep(t.Context())
	if w := stateOf(t, k).Away; w.Waiting != 0 || w.Copies[0].Size != stateOf(t, k).Copies[0].Size {
		t.Errorf("a copy that changed there: %+v", w)
	}
}

func TestCopiesAreThinnedOutElsewhereToo(t *testing.T) {
	for _, locked := range []bool{false, true} {
		k, s, at, _ := sendingShop(t, false)
		if locked {
			refusing(s, 403, "AccessDenied", "DELETE")
		}
		s.Keep("boutique/notes.txt", []byte("of somebody else"))
		old := at.Now()
		for n := range 40 { // twenty days of two copies
			s.Keep("boutique/"+copies.Name(old.Add(-time.Duration(n+1)*12*time.Hour), true), []byte("old"))
		}
		k.upkeep(t.Context())
		k.away.upkeep(t.Context())
		w := stateOf(t, k).Away
		want := 1 + 40
		if !locked {
			want -= len(copies.TooMany(w.Copies)) + 41 - len(w.Copies)
		}
		if w.Fault != "" || w.Locked != locked || len(w.Copies) != want || len(s.Names()) != want+1 || !locked && len(copies.TooMany(w.Copies)) > 0 || !locked && want > 15 {
			t.Errorf("locked %t: %d of %d kept, %+v", locked, len(w.Copies), want, w)
		}
	}
}

func TestACopyLeavesEncryptedOnly(t *testing.T) {
	k, s, at, _ := sendingShop(t, false)
	to := k.to
	k.to = nil
	k.upkeep(t.Context())
	k.to = to
	k.away.upkeep(t.Context())
	if len(s.Names()) != 0 {
		t.Errorf("a copy in clear left: %v", s.Names())
	}
	at.Advance(24 * time.Hour)
	k.upkeep(t.Context())
	k.away.upkeep(t.Context())
	if names := s.Names(); len(names) != 1 || !strings.HasSuffix(names[0], ".age") {
		t.Errorf("it holds %v", names)
	}
	for says, args := range map[string][]string{
		"leaves this machine encrypted only": {},
		"which are off":                      {"--backups", "none"},
		"use https://":                       {"--backup-recipient", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p", "--s3-endpoint", "http://s3.exemple.fr"},
		"the address of the storage":         {"--s3-endpoint", ""},
		"trial-identity":                     {"--backup-recipient", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p", "--s3-trial-identity", "/nowhere"},
	} {
		fails(t, says, append([]string{"serve", "--data", filepath.Join(t.TempDir(), "data"), "--listen", "127.0.0.1:0", "--metrics", "", "--s3-endpoint", s.Address, "--s3-bucket", "b", "--s3-access-key", "k", "--s3-secret-file", s3test.SecretFile(t, "s")}, args...)...)
	}
}

func TestTheAgeOfTheCopiesIsMeasured(t *testing.T) {
	k, s, _, _ := sendingShop(t, false)
	k.upkeep(t.Context())
	refusing(s, 500, "InternalError", "GET PUT")
	k.away.upkeep(t.Context())
	g := newGauges(k.db)
	g.watch(k)
	g.watch(nil)
	w := httptest.NewRecorder()
	promhttp.HandlerFor(g.registry, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{`encaisse_copy_seconds{place="here"} 1.7`, `encaisse_copy_seconds{place="elsewhere"} 0`, `encaisse_copy_fault{place="here"} 0`, `encaisse_copy_fault{place="elsewhere"} 1`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}

func TestAStorageThatHangsHoldsNothingBack(t *testing.T) {
	k, s, _, _ := sendingShop(t, false)
	k.upkeep(t.Context())
	asked := make(chan struct{}, 10)
	s.Fail(func(r *http.Request, _ http.ResponseWriter) bool {
		asked <- struct{}{}
		<-r.Context().Done()
		return true
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { k.away.run(ctx); close(ended) }()
	<-asked
	if w := stateOf(t, k).Away; !w.Busy {
		t.Errorf("%+v", w)
	}
	if err := k.Start(); err != nil {
		t.Errorf("a copy cannot be made meanwhile: %v", err)
	}
	k.running.Wait()
	stop()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("the end of the program waits for the storage")
	}
}
