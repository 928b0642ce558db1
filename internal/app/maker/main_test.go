package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"encaisse/internal/base/release"
)

func TestAFolderOfProgramsBecomesASignedRelease(t *testing.T) {
	folder, key := t.TempDir(), filepath.Join(t.TempDir(), "encaisse.key")
	var public, again bytes.Buffer
	if err := run([]string{"key", key}, &public); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"public", key}, &again); err != nil || again.String() != public.String() {
		t.Errorf("%q, then %q, %v", public.String(), again.String(), err)
	}
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := run([]string{"key", key}, &public); err == nil {
		t.Error("a key is overwritten")
	}
	if err := run([]string{"sign", folder, "1.4.0", key}, nil); err == nil || !strings.Contains(err.Error(), "no program") {
		t.Errorf("an empty folder: %v", err)
	}
	for _, name := range []string{"encaisse-linux-amd64", "encaisse-windows-amd64.exe", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := run([]string{"sign", folder, "1.4", key}, nil); err == nil || !strings.Contains(err.Error(), "no version") {
		t.Errorf("a version that is none: %v", err)
	}
	if err := run([]string{"sign", folder, "1.4.0", key}, nil); err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	reader, err := release.ParsePublicKey(again.String())
	if err != nil {
		t.Fatal(err)
	}
	list, err := release.Read([]byte(read(release.ListFile)), read(release.SignatureFile), reader)
	if err != nil || len(list.Files) != 2 || list.Files["windows/amd64"].Name != "encaisse-windows-amd64.exe" || list.Files["linux/amd64"].Size != 20 {
		t.Errorf("%+v, %v", list, err)
	}
	if sums := read("SHA256SUMS"); strings.Count(sums, "\n") != 2 || !strings.Contains(sums, list.Files["linux/amd64"].SHA256+"  encaisse-linux-amd64\n") {
		t.Errorf("sums: %s", sums)
	}
	if err := run(nil, nil); err == nil {
		t.Error("no words are taken")
	}
}
