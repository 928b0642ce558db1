package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"encaisse/internal/base/db"
	"encaisse/internal/base/release"
	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/program"
)

// twoVersions are real programs, built once: 1.0.0, and 1.1.0 that knows one table more. Both trust the same key.
var twoVersions = sync.OnceValues(func() (v struct {
	folder string
	key    release.SecretKey
}, err error) {
	if v.folder, err = os.MkdirTemp("", "encaisse-versions-*"); err != nil {
		return v, err
	}
	if v.key, err = release.NewKey(); err != nil {
		return v, err
	}
	root, err := program.Root()
	if err != nil {
		return v, err
	}
	migration := filepath.Join(v.folder, "next.sql")
	overlay := map[string]map[string]string{"Replace": {
		filepath.Join(root, "schema/sqlite/9001_next.sql"):   migration,
		filepath.Join(root, "schema/postgres/9001_next.sql"): migration,
	}}
	text, err := json.Marshal(overlay)
	if err != nil {
		return v, err
	}
	if err := os.WriteFile(migration, []byte("-- +goose Up\nCREATE TABLE of_the_next_version (id TEXT PRIMARY KEY);\n"), 0o600); err != nil {
		return v, err
	}
	if err := os.WriteFile(filepath.Join(v.folder, "overlay.json"), text, 0o600); err != nil {
		return v, err
	}
	for number, more := range map[string][]string{"1.0.0": nil, "1.1.0": {"-overlay", filepath.Join(v.folder, "overlay.json")}} {
		flags := fmt.Sprintf("-s -w -X encaisse/internal/app.version=%s -X encaisse/internal/app.releaseKey=%s", number, v.key.Public())
		build := exec.Command("go", append(append([]string{"build", "-ldflags", flags, "-o", filepath.Join(v.folder, number)}, more...), ".")...)
		build.Dir, build.Env = root, append(os.Environ(), "CGO_ENABLED=0")
		if said, err := build.CombinedOutput(); err != nil {
			return v, fmt.Errorf("%w: %s", err, said)
		}
	}
	return v, nil
})

// TestMain removes the programs at the end.
func TestMain(m *testing.M) {
	code := m.Run()
	if left, err := filepath.Glob(filepath.Join(os.TempDir(), "encaisse-versions-*")); err == nil && code == 0 {
		for _, folder := range left {
			os.RemoveAll(folder)
		}
	}
	os.Exit(code)
}

// install is version 1.0.0 installed with the data of a shop.
type install struct {
	t                       *testing.T
	program, data, postgres string
	next                    string // the real program of 1.1.0
	key                     release.SecretKey
	path                    string // where systemctl is found
}

func installed(t *testing.T, data, postgres string) *install {
	t.Helper()
	v, err := twoVersions()
	if err != nil {
		t.Fatal(err)
	}
	i := &install{t: t, program: filepath.Join(t.TempDir(), "encaisse"), data: data, postgres: postgres, next: filepath.Join(v.folder, "1.1.0"), key: v.key, path: os.Getenv("PATH")}
	content, err := os.ReadFile(filepath.Join(v.folder, "1.0.0"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(i.program, content, 0o755); err != nil {
		t.Fatal(err)
	}
	return i
}

// run runs a program on the data of the install.
func (i *install) run(program string, args ...string) (said string, code int) {
	i.t.Helper()
	c := exec.Command(program, append(args, "--data", i.data)...)
	c.Env = append(bare(), "ENCAISSE_POSTGRES="+i.postgres, "PATH="+i.path)
	out, err := c.CombinedOutput()
	if err != nil && c.ProcessState == nil {
		i.t.Fatal(err)
	}
	return string(out), c.ProcessState.ExitCode()
}

// holds checks that the install is a version that works on its data, and that nothing waits.
func (i *install) holds(version string) {
	i.t.Helper()
	if said, code := i.run(i.program, "version"); code != 0 || !strings.HasPrefix(said, "encaisse "+version+" ") {
		i.t.Errorf("the program in place says %q, %d", said, code)
	}
	if said, code := i.run(i.program, "verify"); code != 0 || !strings.Contains(said, "Everything holds") {
		i.t.Errorf("verify: %s", said)
	}
	if said, code := i.run(i.program, "migrate", "--check"); code != 0 {
		i.t.Errorf("the tables are not those of the program: %s", said)
	}
	if exists(filepath.Join(i.data, updatesFolder, "journal.json")) || exists(filepath.Join(i.data, updatesFolder, "work")) || exists(i.program+"-next") {
		i.t.Error("something of the update is left")
	}
}

// offer makes a release of a program, signed.
func (i *install) offer(version string, program []byte, change func(*release.List)) (folder string) {
	i.t.Helper()
	folder = i.t.TempDir()
	name := "encaisse-" + runtime.GOOS + "-" + runtime.GOARCH
	if err := os.WriteFile(filepath.Join(folder, name), program, 0o755); err != nil {
		i.t.Fatal(err)
	}
	list := release.New(version)
	list.Files[runtime.GOOS+"/"+runtime.GOARCH] = release.File{Name: name, Size: int64(len(program)), SHA256: sha256Of(program)}
	if change != nil {
		change(&list)
	}
	content, err := json.Marshal(list)
	if err != nil {
		i.t.Fatal(err)
	}
	for file, text := range map[string]string{release.ListFile: string(content), release.SignatureFile: i.key.Sign(content, "test")} {
		if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o644); err != nil {
			i.t.Fatal(err)
		}
	}
	return folder
}

// script is a program that does what 1.1.0 does, but for some cases: lines of a shell, where $real tells that it works on the data of the
// install and not on a copy.
func (i *install) script(cases string) []byte {
	return fmt.Appendf(nil, "#!/bin/sh\ncase \"$*\" in *%q*) real=yes ;; *) real=no ;; esac\ncase \"$1 $real\" in\n%s\nesac\nexec %q \"$@\"\n", "--data "+i.data+" --key-file", cases, i.next)
}

func (i *install) good() []byte {
	content, err := os.ReadFile(i.next)
	if err != nil {
		i.t.Fatal(err)
	}
	return content
}

func TestANewVersionIsInstalledWithItsTables(t *testing.T) {
	i := installed(t, shopData(t), "")
	folder := i.offer("1.1.0", i.good(), nil)
	if said, code := i.run(i.program, "update", folder, "--check"); code != 0 || !strings.Contains(said, "signature is good") {
		t.Fatalf("check: %s", said)
	}
	i.holds("1.0.0")
	server := httptest.NewServer(http.FileServer(http.Dir(folder)))
	defer server.Close()
	if said, code := i.run(i.program, "update", server.URL+"/release.json"); code != 0 || !strings.Contains(said, "Encaisse 1.1.0 is in place") {
		t.Fatalf("update: %d %s", code, said)
	}
	i.holds("1.1.0")
	if said, _ := i.run(i.program+"-previous", "version"); !strings.HasPrefix(said, "encaisse 1.0.0 ") {
		t.Errorf("the program of before says %q", said)
	}
	if backups, err := filepath.Glob(filepath.Join(i.data, updatesFolder, "before-1.1.0-*.backup")); err != nil || len(backups) != 1 {
		t.Errorf("backups: %v, %v", backups, err)
	}
	if said, code := i.run(i.program, "update", folder); code != 1 || !strings.Contains(said, "not newer") {
		t.Errorf("a second time: %d %s", code, said)
	}
	if said, code := i.run(i.program+"-previous", "migrate", "--check"); code != 1 || !strings.Contains(said, "newer program") {
		t.Errorf("the program of before takes the new data: %s", said)
	}
}

func TestAReleaseThatIsNotGoodChangesNothing(t *testing.T) {
	i := installed(t, shopData(t), "")
	other, err := release.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	alter := func(folder, name string) string {
		path := filepath.Join(folder, name)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		content = bytes.Replace(content, []byte("1"), []byte("2"), 1)
		if err := os.WriteFile(path, content, 0o755); err != nil {
			t.Fatal(err)
		}
		return folder
	}
	good := i.script("")
	for name, c := range map[string]struct {
		folder, says string
		more         []string
	}{
		"a program that was changed":       {alter(i.offer("1.1.0", append([]byte("#1\n"), good...), nil), "encaisse-"+runtime.GOOS+"-"+runtime.GOARCH), "is not the file that was signed", nil},
		"a list that was changed":          {alter(i.offer("1.1.0", good, nil), release.ListFile), "signature is not good", nil},
		"a list of another key":            {i.offer("1.1.0", good, nil), "another key", []string{"--key", other.Public().String()}},
		"a key that is none":               {i.offer("1.1.0", good, nil), "no public key", []string{"--key", "RWQ"}},
		"an older version":                 {i.offer("0.9.0", good, nil), "not newer", nil},
		"another system":                   {i.offer("1.1.0", good, func(l *release.List) { l.Files = map[string]release.File{"plan9/mips": {}} }), "not told well", nil},
		"no program for this machine":      {i.offer("1.1.0", good, func(l *release.List) { clear(l.Files) }), "holds no program for", nil},
		"no release at all":                {t.TempDir(), "cannot be read", nil},
		"a place that is not safe":         {"http://exemple.fr/1.1.0", "begins with https://", nil},
		"a program of another version":     {i.offer("1.2.0", good, nil), "another version", nil},
		"a program that refuses the data":  {i.offer("1.1.0", i.script(`"restore no") echo "pas ces données"; exit 1 ;;`), nil), "pas ces données", nil},
		"a program that finds a fault":     {i.offer("1.1.0", i.script(`"verify no") echo "une faute"; exit 1 ;;`), nil), "une faute", nil},
		"a program that does not start":    {i.offer("1.1.0", i.script(`"serve no") echo "je ne démarre pas" >&2; exit 1 ;;`), nil), "je ne démarre pas", nil},
		"a program cut off by its manager": {i.offer("1.1.0", i.script(`"verify no") kill -9 $PPID; exit 1 ;;`), nil), "", nil},
	} {
		said, code := i.run(i.program, append([]string{"update", c.folder}, c.more...)...)
		if code == 0 || !strings.Contains(said, c.says) || strings.Contains(said, "Bringing") {
			t.Errorf("%s: %d, %s; want %q", name, code, said, c.says)
		}
		if said, code := i.run(i.program, "version"); code != 0 || !strings.HasPrefix(said, "encaisse 1.0.0 ") || exists(i.program+"-previous") {
			t.Errorf("%s: the program says %q", name, said)
		}
	}
	free, err := db.Reserve(filepath.Join(i.data, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	if said, code := i.run(i.program, "update", i.offer("1.1.0", good, nil)); code != 1 || !strings.Contains(said, "--service") {
		t.Errorf("while it is served: %d %s", code, said)
	}
	free()
	if said, code := i.run(i.program, "update", i.offer("0.9.0", bytes.ReplaceAll(i.script(`"version no") echo "encaisse 0.9.0 (go)"; exit 0 ;;`), nil, nil), nil), "--allow-older"); code != 0 || !strings.Contains(said, "0.9.0 is in place") {
		t.Errorf("an older one that is wanted: %d %s", code, said)
	}
}

func TestAVersionThatDoesNotHoldIsTakenBackWithItsData(t *testing.T) {
	for name, postgres := range map[string]bool{"SQLite": false, "PostgreSQL": true} {
		t.Run(name, func(t *testing.T) {
			data, dsn := shopData(t), ""
			if postgres {
				data, dsn = filepath.Join(t.TempDir(), "data"), dbtest.NewPostgres(t)
				newShop(t, data, dsn)
			}
			i := installed(t, data, dsn)
			before := figuresOf(t, data, dsn)
			for reason, cases := range map[string]string{
				"its tables cannot be made":  `"migrate yes") ` + i.next + ` "$@"; exit 1 ;;`,
				"it does not serve the data": `"serve yes") exit 1 ;;`,
			} {
				said, code := i.run(i.program, "update", i.offer("1.1.0", i.script(cases), nil))
				if code != 1 || !strings.Contains(said, "the data of before are back") || !strings.Contains(said, "are set aside") {
					t.Fatalf("%s: %d %s", reason, code, said)
				}
				i.holds("1.0.0")
			}
			said, code := i.run(i.program, "update", i.offer("1.1.0", i.script(`"migrate yes") `+i.next+` "$@"; kill -9 $PPID; exit 1 ;;`), nil))
			if code == 0 || !strings.Contains(said, "Bringing") {
				t.Fatalf("cut: %d %s", code, said)
			}
			if said, code := i.run(i.program, "verify"); code != 0 { // what is there works
				t.Errorf("after a cut: %s", said)
			}
			for _, words := range [][]string{{"update", i.offer("1.2.0", i.script(""), nil)}, {"update", "--undo"}} {
				if said, code := i.run(i.program, words...); code != 1 || !strings.Contains(said, "encaisse-previous update --undo") {
					t.Errorf("%v: %d %s", words, code, said)
				}
			}
			if said, code := i.run(i.program+"-previous", "update", "--undo"); code != 0 || !strings.Contains(said, "are back") {
				t.Fatalf("undo: %d %s", code, said)
			}
			i.holds("1.0.0")
			if said, code := i.run(i.program, "update", "--undo"); code != 1 || !strings.Contains(said, "nothing to undo") {
				t.Errorf("undo again: %d %s", code, said)
			}
			after := figuresOf(t, data, dsn)
			for _, table := range []string{"ledger_entry", "ledger_line", "cash_movement"} {
				if fmt.Sprint(before[table]) != fmt.Sprint(after[table]) {
					t.Errorf("%s is not what it was", table)
				}
			}
		})
	}
}

func TestAServiceIsStoppedAndStartedAgain(t *testing.T) {
	i := installed(t, shopData(t), "")
	tools := t.TempDir()
	log, down := filepath.Join(tools, "log"), filepath.Join(tools, "down")
	fake := fmt.Sprintf("#!/bin/sh\necho \"$*\" >> %q\n[ \"$1\" != is-active ] || [ ! -e %q ]\n", log, down)
	if err := os.WriteFile(filepath.Join(tools, "systemctl"), []byte(fake), 0o755); err != nil {
		t.Fatal(err)
	}
	i.path = tools + ":" + i.path
	orders := func() string {
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		os.Remove(log)
		return strings.ReplaceAll(string(text), "is-active --quiet caisse\n", "")
	}
	if said, code := i.run(i.program, "update", i.offer("1.1.0", i.script(`"verify no") exit 1 ;;`), nil), "--service", "caisse"); code != 1 || orders() != "stop caisse\nstart caisse\n" {
		t.Errorf("a version that is not good: %d %s", code, said)
	}
	if err := os.WriteFile(down, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	folder := i.offer("1.1.0", i.good(), nil)
	if said, code := i.run(i.program, "update", folder, "--service", "caisse"); code != 1 || !strings.Contains(said, "does not stay up") || !strings.Contains(said, "--undo") {
		t.Errorf("a service that falls: %d %s", code, said)
	}
	orders()
	os.Remove(down)
	if said, code := i.run(i.program+"-previous", "update", "--undo", "--service", "caisse"); code != 0 || orders() != "stop caisse\nstart caisse\n" {
		t.Errorf("undo: %d %s", code, said)
	}
	i.holds("1.0.0")
	if said, code := i.run(i.program, "update", folder, "--service", "caisse"); code != 0 || orders() != "stop caisse\nstart caisse\n" {
		t.Errorf("a good one: %d %s", code, said)
	}
	i.holds("1.1.0")
}

func sha256Of(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
