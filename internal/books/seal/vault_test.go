package seal

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func masterKey(t *testing.T, fill byte) MasterKey {
	t.Helper()
	m, err := NewMasterKey(bytes.Repeat([]byte{fill}, masterKeySize))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestALockedSecretOpensUnderItsKeyAndLabelOnly(t *testing.T) { // LAW-KEY-1
	m := masterKey(t, 1)
	box, err := m.Lock([]byte("secret"), []byte("label"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(box, []byte("secret")) {
		t.Error("the secret is in clear")
	}
	if secret, err := m.Open(box, []byte("label")); err != nil || string(secret) != "secret" {
		t.Errorf("opened %q %v", secret, err)
	}
	if _, err := m.Open(box, []byte("other label")); err == nil {
		t.Error("it opened under another label")
	}
	if _, err := masterKey(t, 2).Open(box, []byte("label")); err == nil {
		t.Error("it opened under another key")
	}
	if _, err := m.Open([]byte("short"), nil); err == nil {
		t.Error("a box too short to be one opened")
	}
	box[len(box)-1] ^= 1
	if _, err := m.Open(box, []byte("label")); err == nil {
		t.Error("it opened although it was changed")
	}
}

func TestTheMasterKeyIsMadeOnceInAFileNobodyElseReads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "master.key")
	m, err := ReadOrMakeMasterKey(path)
	if err != nil {
		t.Fatal(err)
	}
	box, err := m.Lock([]byte("secret"), nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadOrMakeMasterKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if secret, err := again.Open(box, nil); err != nil || string(secret) != "secret" {
		t.Errorf("the key read again opens %q %v", secret, err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != masterKeySize {
		t.Errorf("file %v %v", info, err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadOrMakeMasterKey(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a file others can read: %v", err)
	}
}

func TestAMasterKeyOfAnotherSizeIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	if err := os.WriteFile(path, []byte("too short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadOrMakeMasterKey(path); err == nil {
		t.Error("it was taken")
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "too short" {
		t.Errorf("the file was replaced: %q %v", text, err)
	}
}

func TestAPrivateKeyOpensInItsCompanyAndRegisterOnly(t *testing.T) { // LAW-KEY-1, LAW-ISCA-S-6
	before := current.Load()
	defer current.Store(before)
	UseVault(masterKey(t, 1))
	k, err := newKey("company", "till", time.UnixMicro(1))
	if err != nil {
		t.Fatal(err)
	}
	private, err := unlock("company", k)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := sign(private, []byte("text"))
	if err != nil {
		t.Fatal(err)
	}
	public, err := k.publicKey()
	if err != nil || !checks(public, []byte("text"), signature) || checks(public, []byte("texT"), signature) || checks(public, []byte("text"), "~"+signature[1:]) || checks(public, []byte("text"), signature[:84]) {
		t.Errorf("public key %v %v", public, err)
	}
	if _, err := unlock("another company", k); err == nil {
		t.Error("it opened in another company")
	}
	k.Register = "another till"
	if _, err := unlock("company", k); err == nil {
		t.Error("it opened in another register")
	}
	UseVault(masterKey(t, 2))
	k.Register = "till"
	if _, err := unlock("company", k); err == nil || !strings.Contains(err.Error(), "master key") {
		t.Errorf("it opened under another master key, or the error does not say why it did not: %v", err)
	}
}
