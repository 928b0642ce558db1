package app

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"encaisse/internal/test/dbtest"
	"encaisse/internal/test/program"
)

func TestACopyMadeOnPostgreSQLRestoresIntoEither(t *testing.T) {
	dsn, home := dbtest.NewPostgres(t), t.TempDir()
	run(t, "demo", "--data", home, "--postgres", dsn, "--days", "30", "--clients", "0")
	file := filepath.Join(t.TempDir(), "copy.tar.gz")
	run(t, "backup", "--data", home, "--postgres", dsn, file)
	before := figuresOf(t, home, dsn)
	for name, postgres := range map[string]string{"into PostgreSQL": dbtest.NewPostgres(t), "into a file": ""} {
		t.Run(name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "restored")
			run(t, "restore", "--data", data, "--postgres", postgres, file)
			if said := run(t, "verify", "--data", data, "--postgres", postgres); !strings.Contains(said, "Everything holds") {
				t.Errorf("verify says %s", said)
			}
			sameFigures(t, before, figuresOf(t, data, postgres))
			if postgres != "" {
				data = filepath.Join(t.TempDir(), "again") // another folder, the same database
			}
			before := leftIn(t, data)
			fails(t, "never overwrites", "restore", "--data", data, "--postgres", postgres, file)
			if left := leftIn(t, data); !slices.Equal(left, before) {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

func TestRestoreNeverOverwrites(t *testing.T) {
	file := filepath.Join(t.TempDir(), "copy.tar.gz")
	run(t, "backup", "--data", shopData(t), file)
	for _, name := range []string{databaseFile, keyFile, headsFolder} {
		data := t.TempDir()
		path := filepath.Join(data, name)
		if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
			t.Fatal(err)
		}
		fails(t, path+" exists already", "restore", "--data", data, file)
		if text, err := os.ReadFile(path); err != nil || string(text) != "precious" || len(leftIn(t, data)) != 1 {
			t.Errorf("%s holds %q, beside %q, %v", name, text, leftIn(t, data), err)
		}
	}
	key, data := filepath.Join(t.TempDir(), "elsewhere.key"), filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(key, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, key+" exists already", "restore", "--data", data, "--key-file", key, file)
}

func TestACopyOfAFileIsNotRestoredIntoPostgreSQLAndNothingIsLeft(t *testing.T) {
	file, data := filepath.Join(t.TempDir(), "copy.tar.gz"), filepath.Join(t.TempDir(), "data")
	run(t, "backup", "--data", shopData(t), file)
	fails(t, "restore it without --postgres", "restore", "--data", data, "--postgres", dbtest.NewPostgres(t), file)
	if left := leftIn(t, data); left != nil {
		t.Errorf("left behind: %q", left)
	}
	run(t, "restore", "--data", data, file)
}

// item is a file of an archive made by hand.
type item struct {
	name, content string
	kind          byte // 0 is a plain file
}

// archive makes a backup by hand. The manifest it ends with is right unless it is given.
func archive(t *testing.T, items []item, change func(*manifest)) string {
	t.Helper()
	m := manifest{Format: backupFormat, Software: "encaisse test", MadeAt: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC), Schema: 6, Files: map[string]string{}}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	out := tar.NewWriter(zip)
	put := func(i item) {
		h := &tar.Header{Name: i.name, Mode: 0o600, Size: int64(len(i.content)), Typeflag: tar.TypeReg}
		if i.kind != 0 {
			h.Typeflag, h.Size, h.Linkname, i.content = i.kind, 0, i.content, ""
		}
		if err := out.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(out, i.content); err != nil {
			t.Fatal(err)
		}
	}
	last := item{}
	for _, i := range items {
		if i.name == manifestFile {
			last = i
			continue
		}
		put(i)
		sum := sha256.Sum256([]byte(i.content))
		m.Files[i.name] = hex.EncodeToString(sum[:])
	}
	if change != nil {
		change(&m)
	}
	if last.name == "" {
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		last = item{name: manifestFile, content: string(text)}
	}
	if last.content != "none" {
		put(last)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "crafted.tar.gz")
	if err := os.WriteFile(path, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// contents are the files of a good backup.
func contents(t *testing.T) map[string]string {
	t.Helper()
	file, folder := filepath.Join(t.TempDir(), "copy.tar.gz"), t.TempDir()
	run(t, "backup", "--data", shopData(t), file)
	if _, err := unpack(file, folder); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, name := range leftIn(t, folder) {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		found[name] = string(text)
	}
	return found
}

func TestACopyThatIsNoneOrWasChangedIsRefusedAndLeavesNothing(t *testing.T) {
	good := contents(t)
	key, base := item{name: keyFile, content: good[keyFile]}, item{name: databaseFile, content: good[databaseFile]}
	for _, c := range []struct {
		name   string
		items  []item
		change func(*manifest)
		says   string
	}{
		{"with a name that leaves the folder", []item{key, base, {name: "../outside", content: "x"}}, nil, "../outside"},
		{"with a name that leaves it later", []item{key, base, {name: "heads/../../outside", content: "x"}}, nil, "outside"},
		{"with a name from the root", []item{key, base, {name: "/tmp/outside", content: "x"}}, nil, "/tmp/outside"},
		{"with a file of another name", []item{key, base, {name: "encaisse.json", content: "{}"}}, nil, "encaisse.json"},
		{"with a hidden file among the heads", []item{key, base, {name: "heads/.bashrc", content: "x"}}, nil, ".bashrc"},
		{"with a link", []item{{name: keyFile, content: "/etc/passwd", kind: tar.TypeSymlink}, base}, nil, keyFile},
		{"with a folder", []item{key, base, {name: "heads", kind: tar.TypeDir}}, nil, "heads"},
		{"with a file that the manifest lacks", []item{key, base}, func(m *manifest) { delete(m.Files, keyFile) }, "2 files of 1"},
		{"without a file that the manifest names", []item{key, base}, func(m *manifest) { m.Files["heads/0.json"] = "00" }, "heads/0.json is not what was written"},
		{"with a file twice", []item{key, base, key}, nil, "exists"},
		{"with another content", []item{key, base}, func(m *manifest) { m.Files[databaseFile] = strings.Repeat("0", 64) }, databaseFile + " is not what was written"},
		{"without its key", []item{base}, nil, "lacks the master key"},
		{"without its data", []item{key}, nil, "or the data"},
		{"with its data twice", []item{key, base, {name: tablesFile, content: ""}}, nil, "or the data"},
		{"of another format", []item{key, base}, func(m *manifest) { m.Format = 2 }, "its format is 2"},
		{"without manifest", []item{key, base, {name: manifestFile, content: "none"}}, nil, "its format is 0"},
		{"with a manifest that cannot be read", []item{key, base, {name: manifestFile, content: "{"}}, nil, "unexpected EOF"},
		{"of a newer program", []item{key, base}, func(m *manifest) { m.Schema = 9999 }, "newer program"},
		{"whose key is no key", []item{{name: keyFile, content: "short"}, base}, nil, "32 bytes"},
		{"whose database is none", []item{key, {name: databaseFile, content: strings.Repeat("no database ", 100)}}, nil, "not a database"},
		{"whose tables are unknown", []item{key, {name: tablesFile, content: `{"table":"sqlite_master","company":"","columns":["a"]}` + "\n[1]\n"}}, nil, "does not know"},
		{"whose tables are cut", []item{key, {name: tablesFile, content: `{"table":"firm","company":"","columns":["id","name","created_at"]}` + "\n[\"a\",\"b\""}}, nil, "damaged"},
		{"whose rows are refused", []item{key, {name: tablesFile, content: `{"table":"firm","company":"","columns":["id","name","created_at"]}` + "\n[\"a\",null,1]\n"}}, nil, "firm"},
		{"whose columns are hostile", []item{key, {name: tablesFile, content: `{"table":"firm","company":"","columns":["id) VALUES ('x'); DROP TABLE firm; --"]}` + "\n[\"a\"]\n"}}, nil, "does not know"},
		{"whose rows have no company", []item{key, {name: tablesFile, content: `{"table":"series","company":"c","columns":["name","last"]}` + "\n[\"a\",1]\n"}}, nil, "does not know"},
		{"whose company is the directory", []item{key, {name: tablesFile, content: `{"table":"series","company":"","columns":["company_id","name","last"]}` + "\n[\"c\",\"a\",1]\n"}}, nil, "does not know"},
		{"whose rows are of another length", []item{key, {name: tablesFile, content: `{"table":"series","company":"c","columns":["company_id","name","last"]}` + "\n[]\n"}}, nil, "damaged: table series"},
		{"whose rows come without table", []item{key, {name: tablesFile, content: "[1]\n"}}, nil, "damaged"},
	} {
		parent := t.TempDir()
		data := filepath.Join(parent, "data")
		fails(t, c.says, "restore", "--data", data, archive(t, c.items, c.change))
		if left := leftIn(t, parent); left != nil {
			t.Errorf("a copy %s leaves behind %q, %q", c.name, left, leftIn(t, data))
		}
	}
	run(t, "restore", "--data", filepath.Join(t.TempDir(), "data"), archive(t, []item{key, base}, nil)) // the one they all come from
}

// In a process of its own: this one has already opened the keys.
func TestACopyWithTheKeyOfAnotherIsRefused(t *testing.T) {
	good, data := contents(t), filepath.Join(t.TempDir(), "data")
	file := archive(t, []item{{name: keyFile, content: strings.Repeat("k", 32)}, {name: databaseFile, content: good[databaseFile]}}, nil)
	if said, status := program.Try(t, "restore", "--data", data, file); status != 1 || !strings.Contains(said, "is the master key that of this database?") || leftIn(t, data) != nil {
		t.Errorf("it says %q, status %d, and leaves %q", said, status, leftIn(t, data))
	}
}

// R7, for copies: one byte changed anywhere, or the end cut off, is found, or changes nothing.
func TestADamagedCopyIsFoundWhereverTheDamageIs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "copy.tar.gz")
	run(t, "backup", "--data", shopData(t), file)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := unpack(file, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var places []int
	for n := range 20 { // the head and the end, byte by byte, and the middle in steps
		places = append(places, n, len(whole)-1-n)
	}
	steps := 30
	if os.Getenv("CI") != "" {
		steps = 900
	}
	for n := range steps {
		places = append(places, len(whole)*n/steps)
	}
	harmless := 0
	for _, at := range places {
		damaged := slices.Clone(whole)
		damaged[at] ^= 1 << (at % 8)
		for _, text := range [][]byte{damaged, whole[:at]} {
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := unpack(file, t.TempDir())
			if err != nil {
				continue
			}
			if harmless++; got.Software != want.Software || got.Schema != want.Schema || !got.MadeAt.Equal(want.MadeAt) || !maps.Equal(got.Files, want.Files) {
				t.Errorf("damage at %d of %d is not found, and changes what is restored", at, len(whole))
			}
		}
	}
	if harmless > 10 { // the date, the flags and the system in the head of the compressed file
		t.Errorf("%d of %d damages are not found", harmless, 2*len(places))
	}
	if err := os.WriteFile(file, append(slices.Clone(whole), "more"...), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, "damaged", "restore", "--data", filepath.Join(t.TempDir(), "data"), file)
}

func TestARestoreThatStopsMidwayInPostgreSQLSaysWhatToDo(t *testing.T) {
	good := contents(t)
	rows := `{"table":"firm","company":"","columns":["id","name","created_at"]}` + "\n"
	for n := range 1500 { // more than one act
		rows += fmt.Sprintf("[%q,\"Cabinet\",1]\n", fmt.Sprint("firm-", n))
	}
	rows += `["firm-1","Cabinet",1]` + "\n"
	dsn, data := dbtest.NewPostgres(t), filepath.Join(t.TempDir(), "data")
	file := archive(t, []item{{name: keyFile, content: good[keyFile]}, {name: tablesFile, content: rows}}, nil)
	fails(t, "make the PostgreSQL database anew", "restore", "--data", data, "--postgres", dsn, file)
	if left := leftIn(t, data); left != nil {
		t.Errorf("left behind: %q", left)
	}
}

func TestAMissingMasterKeyIsSaidAndNeverReplaced(t *testing.T) {
	data := shopData(t)
	if err := os.Remove(filepath.Join(data, keyFile)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"verify"}, {"backup", filepath.Join(t.TempDir(), "copy.tar.gz")}, {"migrate"}, {"user", "list"}} {
		fails(t, "put it back from a backup", append(args, "--data", data)...)
	}
	if exists(filepath.Join(data, keyFile)) {
		t.Error("another key was made")
	}
	if err := os.WriteFile(filepath.Join(data, keyFile), bytes.Repeat([]byte{1}, 32), 0o644); err != nil {
		t.Fatal(err)
	}
	fails(t, "chmod 600", "verify", "--data", data)
}
