package offsite

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"encaisse/internal/test/s3test"
)

// place is a place in a storage of this process.
func place(t *testing.T, s *s3test.Storage, change func(*Config)) *Store {
	t.Helper()
	c := Config{Endpoint: s.Address, Region: s3test.Region, Bucket: s3test.Bucket, Prefix: "/boutique/", AccessKey: s3test.AccessKey, SecretFile: s3test.SecretFile(t, s3test.Secret)}
	if change != nil {
		change(&c)
	}
	store, err := open(c, 300*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// file is a file of some bytes.
func file(t *testing.T, size int) (path string, content []byte) {
	t.Helper()
	content = bytes.Repeat([]byte("encaisse "), size/9+1)[:size]
	path = filepath.Join(t.TempDir(), "copie")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, content
}

func TestAFileIsSentListedFetchedAndRemoved(t *testing.T) {
	for _, region := range []string{"", s3test.Region} {
		s := s3test.Start(t)
		store := place(t, s, func(c *Config) { c.Region = region })
		s.Keep("boutique/dossier/autre", nil)
		s.Keep("boutique-2/autre", nil)
		for name, size := range map[string]int{"a": 0, "b": 100, "c": 70_000, "d": 17 << 20 /* in parts */, "e": 5} {
			path, content := file(t, size)
			if err := store.Put(t.Context(), name, path); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !bytes.Equal(s.Content("boutique/"+name), content) {
				t.Errorf("%s: %d bytes are kept, want %d", name, len(s.Content("boutique/"+name)), size)
			}
			back := filepath.Join(t.TempDir(), "back")
			if err := store.Fetch(t.Context(), name, back); err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(back); err != nil || !bytes.Equal(got, content) {
				t.Errorf("%s: %d bytes came back, %v", name, len(got), err)
			}
		}
		if err := store.Remove(t.Context(), "c"); err != nil {
			t.Fatal(err)
		}
		list, err := store.List(t.Context())
		if err != nil || len(list) != 4 || list[0] != (Object{"a", 0}) || list[2] != (Object{"d", 17 << 20}) || list[3].Name != "e" {
			t.Errorf("the list is %v, %v", list, err)
		}
	}
}

func TestWhatGoesWrongIsExplained(t *testing.T) {
	answer := func(status int, code string) func(*s3test.Storage) {
		return func(s *s3test.Storage) {
			s.Fail(func(_ *http.Request, w http.ResponseWriter) bool { s3test.Refuse(w, status, code); return true })
		}
	}
	for _, c := range []struct {
		name, says string
		change     func(*Config)
		storage    func(*s3test.Storage)
	}{
		{"a wrong secret", "ne reconnaît pas la clé", func(c *Config) { c.SecretFile = s3test.SecretFile(t, "autre") }, nil},
		{"a wrong key", "ne reconnaît pas la clé", func(c *Config) { c.AccessKey = "AKAUTRE" }, nil},
		{"a bucket that is not there", "n’existe pas", func(c *Config) { c.Bucket = "ailleurs" }, nil},
		{"another region", "autre région", func(c *Config) { c.Region = "eu-west-3" }, nil},
		{"a key that may not write", "n’a pas le droit", nil, answer(403, "AccessDenied")},
		{"a clock that is wrong", "L’horloge", nil, answer(403, "RequestTimeTooSkewed")},
		{"a full storage", "est plein", nil, answer(507, "XMinioStorageFull")},
		{"a storage in trouble", "indisponible", nil, answer(500, "InternalError")},
		{"a storage that is overrun", "indisponible", nil, answer(503, "SlowDown")},
		{"a storage that refuses otherwise", "a refusé", nil, answer(400, "InvalidRequest")},
		{"nobody", "ne répond pas", func(c *Config) { c.Endpoint = "http://127.0.0.1:1" }, nil},
		{"a storage that says nothing", "ne répond", nil, func(s *s3test.Storage) {
			s.Fail(func(r *http.Request, _ http.ResponseWriter) bool {
				io.Copy(io.Discard, r.Body) // or the end of the client is not seen
				<-r.Context().Done()
				return true
			})
		}},
		{"a file that is kept otherwise", "n’est pas celle", nil, func(s *s3test.Storage) {
			s.Bend(func(r *http.Request, b []byte) []byte {
				if r.Method == http.MethodPut {
					return append([]byte("x"), b[1:]...)
				}
				return b
			})
		}},
		{"a file that comes back cut", "n’est pas celle", nil, func(s *s3test.Storage) {
			s.Bend(func(r *http.Request, b []byte) []byte {
				if r.Method == http.MethodGet {
					return b[:len(b)/2]
				}
				return b
			})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := s3test.Start(t)
			store := place(t, s, c.change)
			if c.storage != nil {
				c.storage(s)
			}
			path, _ := file(t, 3000)
			err := store.Put(t.Context(), "copie", path)
			if err == nil || !strings.Contains(Explain(err), c.says) {
				t.Fatalf("it says %q of %v, want %q", Explain(err), err, c.says)
			}
			if names := s.Names(); len(names) > 0 {
				t.Errorf("it leaves %v", names)
			}
		})
	}
}

func TestAStorageThatRefusesARemovalIsToldFromAWrongKey(t *testing.T) {
	s := s3test.Start(t)
	store := place(t, s, nil)
	s.Fail(func(_ *http.Request, w http.ResponseWriter) bool { s3test.Refuse(w, 403, "AccessDenied"); return true })
	if err := store.Remove(t.Context(), "x"); !Refused(err) {
		t.Errorf("a refusal is %v", err)
	}
	s.Fail(nil)
	if err := place(t, s, func(c *Config) { c.AccessKey = "AKAUTRE" }).Remove(t.Context(), "x"); err == nil || Refused(err) {
		t.Errorf("a wrong key is %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := store.Remove(ended, "x"); !errors.Is(err, context.Canceled) || !strings.Contains(Explain(err), "s’est arrêté") {
		t.Errorf("an end of the program is %v", err)
	}
}

func TestSettingsThatCannotBeAreRefusedAtOnce(t *testing.T) {
	good := Config{Endpoint: "https://s3.fr-par.scw.cloud", Region: "fr-par", Bucket: "copies", AccessKey: "k", SecretFile: s3test.SecretFile(t, "s")}
	for says, change := range map[string]func(*Config){
		"is no address":      func(c *Config) { c.Endpoint = "s3.fr-par.scw.cloud" },
		"no address of a st": func(c *Config) { c.Endpoint = "https://s3.fr-par.scw.cloud/copies" },
		"use https://":       func(c *Config) { c.Endpoint = "http://s3.fr-par.scw.cloud" },
		"go together":        func(c *Config) { c.Bucket = "" },
		"of the secret key":  func(c *Config) { c.SecretFile = filepath.Join(t.TempDir(), "none") },
	} {
		c := good
		change(&c)
		if _, err := Open(c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
	for _, endpoint := range []string{"https://s3.fr-par.scw.cloud", "http://192.168.1.20:9000", "http://nas.local:9000/", "http://localhost:9000"} {
		good.Endpoint = endpoint
		if _, err := Open(good); err != nil {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}
