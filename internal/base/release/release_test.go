package release

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// made by minisign itself, over « test »
const (
	minisignKey = "untrusted comment: minisign public key E7620F1842B4E81F\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n"
	ofText      = "untrusted comment: signature from minisign secret key\nRWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA=\n" +
		"trusted comment: timestamp:1555779966\tfile:test\nQtKMXWyYcwdpZAlPF7tE2ENJkRd1ujvKjlj1m9RtHTBnZPa5WKU5uWRs5GoP5M/VqE81QFuMKI5k/SfNQUaOAA==\n"
	ofHash = "untrusted comment: signature from minisign secret key\nRUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n" +
		"trusted comment: timestamp:1556193335\tfile:test\ny/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==\n"
)

func TestSignaturesOfMinisignAreRead(t *testing.T) {
	key, err := ParsePublicKey(minisignKey)
	if err != nil || !strings.Contains(minisignKey, key.String()) {
		t.Fatalf("%s, %v", key, err)
	}
	for name, signature := range map[string]string{"over the file": ofText, "over its digest": ofHash} {
		if comment, err := key.Verify([]byte("test"), signature); err != nil || !strings.HasSuffix(comment, "file:test") {
			t.Errorf("%s: %q, %v", name, comment, err)
		}
		if _, err := key.Verify([]byte("Test"), signature); !errors.Is(err, ErrSignature) {
			t.Errorf("%s, of another file: %v", name, err)
		}
		if _, err := key.Verify([]byte("test"), strings.Replace(signature, "timestamp:15", "timestamp:16", 1)); !errors.Is(err, ErrSignature) {
			t.Errorf("%s, with another comment: %v", name, err)
		}
	}
}

func TestAKeySignsWhatItsPublicHalfReads(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseSecretKey(key.String())
	if err != nil || again.Public().String() != key.Public().String() {
		t.Fatalf("%v", err)
	}
	public, err := ParsePublicKey(again.Public().String())
	if err != nil {
		t.Fatal(err)
	}
	list := New("1.4.0")
	list.Files["linux/amd64"] = File{"encaisse-linux-amd64", 12, strings.Repeat("0a", 32)}
	content, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	signature := again.Sign(content, "encaisse\n1.4.0")
	if l, err := Read(content, strings.ReplaceAll(signature, "\n", "\r\n"), public); err != nil || l.Version != "1.4.0" || l.Files["linux/amd64"].Size != 12 {
		t.Errorf("%+v, %v", l, err)
	}
	other, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Read(content, signature, other.Public()); !errors.Is(err, ErrSignature) {
		t.Errorf("another key reads it: %v", err)
	}
	for name, broken := range map[string]string{"empty": "", "cut": signature[:len(signature)-30], "without a comment": strings.Replace(signature, "trusted comment: ", "x: ", 1), "of another kind": strings.Replace(signature, "\nRU", "\nQU", 1)} {
		if _, err := Read(content, broken, public); err == nil {
			t.Errorf("a signature that is %s is read", name)
		}
	}
	for _, text := range []string{"", "RWQ", key.Public().String(), strings.Replace(key.String(), "RWQAAEIy", "RWRTY0Iy", 1), strings.Replace(key.String(), "AAAAAAAA", "AAAAAAAB", 1)} {
		if _, err := ParseSecretKey(text); err == nil {
			t.Errorf("%q is read as a secret key", text)
		}
	}
}

func TestAListThatIsNotTheProgramsIsRefused(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	for text, says := range map[string]string{
		`{`: "cannot be read",
		`{"format":1,"product":"autre","version":"1.0.0"}`:                                                                                   "autre",
		`{"format":2,"product":"encaisse","version":"1.0.0"}`:                                                                                "form 2",
		`{"format":1,"product":"encaisse","version":"1.0"}`:                                                                                  "no version",
		`{"format":1,"product":"encaisse","version":"1.0.0","files":{"linux/amd64":{"name":"../x","size":1,"sha256":"` + zeros + `"}}}`:      "not told well",
		`{"format":1,"product":"encaisse","version":"1.0.0","files":{"linux/amd64":{"name":"x","size":0,"sha256":"` + zeros + `"}}}`:         "not told well",
		`{"format":1,"product":"encaisse","version":"1.0.0","files":{"linux/amd64":{"name":"x","size":1,"sha256":"00"}}}`:                    "not told well",
		`{"format":1,"product":"encaisse","version":"1.0.0","files":{"linux/amd64":{"name":".encaisse","size":1,"sha256":"` + zeros + `"}}}`: "not told well",
	} {
		if _, err := Read([]byte(text), key.Sign([]byte(text), ""), key.Public()); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", text, err, says)
		}
	}
}

var zeros = strings.Repeat("00", 32)

func TestVersionsFollowOneAnother(t *testing.T) {
	inOrder := []string{"0.9.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "v1.0.1", "1.2.0", "1.10.0", "2.0.0"}
	for i, a := range inOrder {
		for j, b := range inOrder {
			v, errV := ParseVersion(a)
			w, errW := ParseVersion(b)
			if errV != nil || errW != nil {
				t.Fatal(errV, errW)
			}
			if got := v.Compare(w); (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("%s against %s: %d", a, b, got)
			}
		}
	}
	for _, text := range []string{"", "1", "1.2", "1.2.3.4", "dev", "1.2.3+4", "1.2.x"} {
		if _, err := ParseVersion(text); err == nil {
			t.Errorf("%q is a version", text)
		}
	}
}
