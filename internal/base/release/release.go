// Package release is the form of a release of the program: a signed list of its files, one for each system, with their digests. The signature is
// one of minisign (Ed25519), which anybody can check with that tool too.
package release

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The names of the list and of its signature.
const (
	ListFile      = "release.json"
	SignatureFile = ListFile + ".minisig"
)

const (
	format  = 1
	product = "encaisse"
)

// List is what a release holds.
type List struct {
	Format  int             `json:"format"`
	Product string          `json:"product"`
	Version string          `json:"version"` // 1.4.0, 2.0.0-rc.1
	Files   map[string]File `json:"files"`   // by system/machine: linux/amd64
}

// File is the program for one system.
type File struct {
	Name   string `json:"name"` // beside the list
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// New is a list without files yet.
func New(version string) List {
	return List{format, product, version, map[string]File{}}
}

var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// Read reads a list signed with a key. Nothing of it is looked at before the signature is good.
func Read(content []byte, signature string, key PublicKey) (List, error) {
	if _, err := key.Verify(content, signature); err != nil {
		return List{}, err
	}
	var l List
	if err := json.Unmarshal(content, &l); err != nil {
		return List{}, fmt.Errorf("release: the list cannot be read: %w", err)
	}
	if l.Format != format || l.Product != product {
		return List{}, fmt.Errorf("release: this is %q in the form %d; this program reads %q in the form %d", l.Product, l.Format, product, format)
	}
	if _, err := ParseVersion(l.Version); err != nil {
		return List{}, err
	}
	for system, f := range l.Files {
		if digest, err := hex.DecodeString(f.SHA256); err != nil || len(digest) != 32 || f.Size <= 0 || !fileName.MatchString(f.Name) {
			return List{}, fmt.Errorf("release: the file for %s is not told well", system)
		}
	}
	return l, nil
}

// Version is a version by Semantic Versioning.
type Version struct {
	numbers [3]int
	before  []string // what comes before a release: rc, 1
}

var versionText = regexp.MustCompile(`^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]+))?$`)

// ParseVersion reads a version.
func ParseVersion(text string) (Version, error) {
	m := versionText.FindStringSubmatch(text)
	if m == nil {
		return Version{}, errors.New("release: " + strconv.Quote(text) + " is no version such as 1.4.0")
	}
	var v Version
	for i := range v.numbers {
		v.numbers[i], _ = strconv.Atoi(m[i+1])
	}
	if m[4] != "" {
		v.before = strings.Split(m[4], ".")
	}
	return v, nil
}

// Compare is negative when the version comes before another, zero when they are equal.
func (v Version) Compare(other Version) int {
	if c := slices.Compare(v.numbers[:], other.numbers[:]); c != 0 {
		return c
	}
	if (v.before == nil) != (other.before == nil) {
		return map[bool]int{true: 1, false: -1}[v.before == nil]
	}
	return slices.CompareFunc(v.before, other.before, func(a, b string) int {
		n, errA := strconv.Atoi(a)
		m, errB := strconv.Atoi(b)
		switch {
		case errA == nil && errB == nil:
			return cmp.Compare(n, m)
		case errA == nil:
			return -1
		case errB == nil:
			return 1
		}
		return strings.Compare(a, b)
	})
}
