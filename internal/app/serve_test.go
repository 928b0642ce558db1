package app

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"encaisse/internal/base/db"
	"encaisse/internal/test/program"
	"encaisse/schema"
)

// get asks for an address and gives its status and body.
func get(t *testing.T, client *http.Client, address string) (int, string) {
	t.Helper()
	answer, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// freePort is an address nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestServeRefusesAtOnceWhatItCannotDo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		name, says string
		args       []string
	}{
		{"an address in use", "this address cannot be served", []string{"--listen", taken.Addr().String()}},
		{"an address that is none", "this address cannot be served", []string{"--listen", "nowhere"}},
		{"metrics for everybody", "is not a loopback address", []string{"--listen", "127.0.0.1:0", "--metrics", "0.0.0.0:0"}},
		{"metrics without address", "is not a loopback address", []string{"--listen", "127.0.0.1:0", "--metrics", ":9180"}},
		{"a proxy that is no network", `"10.0.0.1" is not a network`, []string{"--listen", "127.0.0.1:0", "--proxies", "10.0.0.1"}},
		{"a mail server without sender", "", []string{"--listen", "127.0.0.1:0", "--smtp-host", "127.0.0.1"}},
	} {
		started := time.Now()
		fails(t, c.says, append([]string{"serve", "--data", filepath.Join(t.TempDir(), "data"), "--metrics", ""}, c.args...)...)
		if took := time.Since(started); took > 10*time.Second {
			t.Errorf("%s is refused after %s", c.name, took)
		}
	}
}

func TestDataOfANewerProgramAreRefusedByEveryCommand(t *testing.T) {
	data := shopData(t)
	forge(t, data, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0", "--metrics", ""}, {"verify"}, {"backup", filepath.Join(t.TempDir(), "copy.tar.gz")}, {"migrate"}, {"migrate", "--check"}, {"user", "list"}} {
		fails(t, "made by a newer program", append(args, "--data", data)...)
	}
}

func TestDataOfAnEarlierProgramAreBroughtUpToDateByServeAndMigrateOnly(t *testing.T) {
	earlier := func() string {
		data := filepath.Join(t.TempDir(), "data")
		d, err := db.Open(t.Context(), db.Config{SQLite: filepath.Join(data, databaseFile)})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if _, err := d.MigrateTo(t.Context(), schema.Files, 3); err != nil {
			t.Fatal(err)
		}
		return data
	}
	data := earlier()
	fails(t, "bring it up to date with: encaisse migrate", "verify", "--data", data)
	fails(t, "wait to be run", "migrate", "--check", "--data", data)
	if said := run(t, "migrate", "--data", data); strings.Count(said, "done: ") < 3 {
		t.Errorf("it says %s", said)
	}
	if said := run(t, "migrate", "--data", data); !strings.Contains(said, "up to date") {
		t.Errorf("it says %s", said)
	}
	run(t, "migrate", "--check", "--data", data)
	run(t, "verify", "--data", data)
	data = earlier()
	server := program.Serve(t, data, "--metrics", "")
	if !strings.Contains(server.Output(), "migrated") {
		t.Errorf("it says %s", server.Output())
	}
	server.Stop()
	run(t, "verify", "--data", data)
}

func TestANewPlaceSaysOneLinkUntilItIsUsed(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	link := regexp.MustCompile(`http://127\.0\.0\.1:\d+/\S+`)
	said := func(s *program.Server) string {
		for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
			if _, after, found := strings.Cut(s.Output(), "one-time link to set up:\n"); found && strings.Contains(after, "\n") {
				return link.FindString(after)
			}
		}
		t.Fatalf("no link in:\n%s", s.Output())
		return ""
	}
	first := program.Serve(t, data, "--metrics", "")
	before := said(first)
	first.Stop()
	again := program.Serve(t, data, "--metrics", "")
	after := said(again)
	if status, body := get(t, http.DefaultClient, after); status != http.StatusOK || !strings.Contains(body, "<form") {
		t.Errorf("the link answers %d %.500s", status, body)
	}
	stale := again.Address + before[strings.Index(before, "/installation"):]
	if status, body := get(t, http.DefaultClient, stale); status == http.StatusOK && strings.Contains(body, `type="password"`) {
		t.Error("the link of before still serves")
	}
	again.Stop()
	if status, files := statMode(t, data), leftIn(t, data); status != 0o700 || !strings.Contains(fmt.Sprint(files), keyFile) {
		t.Errorf("mode %o, files %q", status, files)
	}
	shop := program.Serve(t, shopData(t), "--metrics", "")
	if strings.Contains(shop.Output(), "one-time link") {
		t.Errorf("a place where people sign in says:\n%s", shop.Output())
	}
}

func statMode(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

// What whoever watches the program is told, and that no person, company or amount is in it.
func TestTheLogAndTheMetricsTellHowItGoesAndNameNobody(t *testing.T) {
	data, metrics := filepath.Join(t.TempDir(), "data"), freePort(t)
	shop := newShop(t, data, "")
	server := program.Serve(t, data, "--metrics", metrics, "--log-format", "json")
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(server.Address)
	if err != nil {
		t.Fatal(err)
	}
	jar.SetCookies(address, []*http.Cookie{{Name: "encaisse", Value: shop.token}})
	client := &http.Client{Jar: jar}
	operations := server.Address + "/d/" + shop.ref.Slug + "/caisses/" + shop.box.ID + "/operations"
	for path, want := range map[string]int{operations: 200, server.Address + "/healthz": 200, server.Address + "/readyz": 200, server.Address + "/nulle-part": 404, server.Address + "/metrics": 404} {
		if status, body := get(t, client, path); status != want {
			t.Errorf("%s answers %d, want %d: %.300s", path, status, want, body)
		}
	}
	signIn, err := client.PostForm(server.Address+"/connexion", url.Values{"email": {"camille.secrete@exemple.fr"}, "mot-de-passe": {"un mot de passe bien long"}, "password": {"un mot de passe bien long"}})
	if err != nil {
		t.Fatal(err)
	}
	signIn.Body.Close()
	_, told := get(t, http.DefaultClient, "http://"+metrics+"/metrics")
	for _, want := range []string{"encaisse_http_seconds_bucket{", `route="GET /d/{slug}/caisses/{box}/operations"`, `status="200"`, "encaisse_commits_total ", "encaisse_acts_total ", "go_goroutines ", "process_resident_memory_bytes "} {
		if !strings.Contains(told, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	server.Stop()
	secrets := []string{shop.ref.Slug, shop.token, "camille", "mot de passe bien long", "exemple.fr", "Mesure", shop.box.ID}
	requests := 0
	for line := range strings.Lines(server.Output()) {
		if !strings.HasPrefix(line, "{") {
			continue // what it says to whoever started it
		}
		var entry map[string]any
		if err := json.NewDecoder(bufio.NewReader(strings.NewReader(line))).Decode(&entry); err != nil {
			t.Errorf("%s: %v", line, err)
		}
		if entry["msg"] == "request" {
			requests++
		}
	}
	if requests < 4 {
		t.Errorf("%d requests in the log:\n%s", requests, server.Output())
	}
	for _, secret := range secrets {
		if strings.Contains(server.Output(), secret) {
			t.Errorf("the log says %q", secret)
		}
		if strings.Contains(told, secret) {
			t.Errorf("the metrics say %q", secret)
		}
	}
}
