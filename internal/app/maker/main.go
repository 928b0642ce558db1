// Command maker makes a release of the programs of a folder: their sums, and their list signed with the secret key of whoever releases.
//
//	go run ./internal/app/maker key ~/encaisse.key            # makes a key, prints its public half
//	go run ./internal/app/maker public ~/encaisse.key         # prints it again
//	go run ./internal/app/maker sign dist/release 1.4.0 ~/encaisse.key
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"encaisse/internal/base/release"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "maker:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	switch {
	case len(args) == 2 && args[0] == "key":
		return makeKey(args[1], out)
	case len(args) == 2 && args[0] == "public":
		key, err := readKey(args[1])
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, key.Public())
		return err
	case len(args) == 4 && args[0] == "sign":
		return sign(args[1], args[2], args[3])
	}
	return errors.New("usage: maker key FILE, maker public FILE, maker sign FOLDER VERSION FILE")
}

func makeKey(path string, out io.Writer) error {
	key, err := release.NewKey()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(key.String())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, key.Public())
	return err
}

func readKey(path string) (release.SecretKey, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return release.SecretKey{}, err
	}
	return release.ParseSecretKey(string(text))
}

var programName = regexp.MustCompile(`^encaisse-(linux|darwin|windows|freebsd)-([a-z0-9]+)(\.exe)?$`)

// sign writes the sums, the list and its signature beside the programs, and reads them again with the public key.
func sign(folder, version, keyFile string) error {
	key, err := readKey(keyFile)
	if err != nil {
		return err
	}
	list := release.New(version)
	var sums strings.Builder
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		m := programName.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		f, err := describe(filepath.Join(folder, e.Name()), e)
		if err != nil {
			return err
		}
		list.Files[m[1]+"/"+m[2]] = f
		fmt.Fprintf(&sums, "%s  %s\n", f.SHA256, f.Name)
	}
	if len(list.Files) == 0 {
		return errors.New(folder + " holds no program such as encaisse-linux-amd64")
	}
	content, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	signature := key.Sign(content, "encaisse "+version)
	if _, err := release.Read(content, signature, key.Public()); err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(folder, "SHA256SUMS"), []byte(sums.String()), 0o644),
		os.WriteFile(filepath.Join(folder, release.ListFile), content, 0o644),
		os.WriteFile(filepath.Join(folder, release.SignatureFile), []byte(signature), 0o644))
}

func describe(path string, e fs.DirEntry) (release.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return release.File{}, err
	}
	defer f.Close()
	sum := sha256.New()
	size, err := io.Copy(sum, f)
	return release.File{Name: e.Name(), Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))}, err
}
