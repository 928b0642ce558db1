package app

import (
	"archive/tar"
	"compress/gzip"
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
	"runtime"
	"strings"
	"syscall"
	"time"
)

// The names inside a backup.
const (
	backupFormat = 1
	manifestFile = "manifest.json"
	keyFile      = "master.key"
	headsFolder  = "heads"
	tablesFile   = "tables.jsonl"
	peopleFile   = "people.json"
)

// inBackup is what a file of a backup may be called: nothing else is ever written.
var inBackup = regexp.MustCompile(`^(master\.key|tables\.jsonl|people\.json|encaisse\.db|heads/[0-9a-f-]{36}\.json)$`)

// manifest says what a backup is.
type manifest struct {
	Format   int               `json:"format"`
	Software string            `json:"software"`
	MadeAt   time.Time         `json:"madeAt"`
	Schema   int64             `json:"schema"`            // version of the schema
	Company  string            `json:"company,omitempty"` // the only company it holds; "" for a copy of everything
	Files    map[string]string `json:"files"`             // name → SHA-256 in hexadecimal
}

// pack writes the files of a folder, then a manifest with the digest of each, to a compressed archive. It gives the archive’s size.
func pack(path, folder string, m manifest) (size int64, err error) {
	names, err := filesIn(folder)
	if err != nil {
		return 0, err
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer out.Close()
	zip := gzip.NewWriter(out)
	archive := tar.NewWriter(zip)
	m.Files = map[string]string{}
	for _, name := range names {
		if m.Files[name], err = packFile(archive, folder, name, m.MadeAt); err != nil {
			return 0, err
		}
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return 0, err
	}
	if err := archive.WriteHeader(&tar.Header{Name: manifestFile, Mode: 0o600, Size: int64(len(text)), ModTime: m.MadeAt}); err != nil {
		return 0, err
	}
	if _, err := archive.Write(text); err != nil {
		return 0, err
	}
	if err := errors.Join(archive.Close(), zip.Close(), out.Sync()); err != nil {
		return 0, err
	}
	info, err := out.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), out.Close()
}

func filesIn(folder string) (names []string, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		names = append(names, filepath.ToSlash(name))
		return err
	})
	return names, err
}

func packFile(archive *tar.Writer, folder, name string, at time.Time) (digest string, err error) {
	f, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: at}); err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(archive, sum), f)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// unpack writes the files of a backup into an empty folder and checks each against the manifest.
func unpack(path, folder string) (manifest, error) {
	in, err := os.Open(path)
	if err != nil {
		return manifest{}, err
	}
	defer in.Close()
	root, err := os.OpenRoot(folder) // no name leads out of it
	if err != nil {
		return manifest{}, err
	}
	defer root.Close()
	m, digests, err := unpackFiles(in, root)
	if err == nil {
		err = m.check(digests)
	}
	if err != nil {
		err = fmt.Errorf("%s is not a backup, or is damaged: %w", path, err)
	}
	return m, err
}

func unpackFiles(in io.Reader, root *os.Root) (m manifest, digests map[string]string, err error) {
	zip, err := gzip.NewReader(in)
	if err != nil {
		return m, nil, err
	}
	digests = map[string]string{}
	archive := tar.NewReader(zip)
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			_, err := io.Copy(io.Discard, zip) // to its very end, where the sum of the whole is
			return m, digests, err
		}
		if err != nil {
			return m, nil, err
		}
		switch {
		case m.Format != 0:
			return m, nil, fmt.Errorf("%q comes after the manifest", h.Name)
		case h.Name == manifestFile:
			if err := json.NewDecoder(archive).Decode(&m); err != nil {
				return m, nil, err
			}
		case h.Typeflag != tar.TypeReg || !inBackup.MatchString(h.Name):
			return m, nil, fmt.Errorf("no backup holds a file %q", h.Name)
		default:
			if digests[h.Name], err = unpackFile(root, h.Name, archive); err != nil {
				return m, nil, err
			}
		}
	}
}

func unpackFile(root *os.Root, name string, content io.Reader) (digest string, err error) {
	if folder, _, nested := strings.Cut(name, "/"); nested {
		if err := root.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return "", err
		}
	}
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, sum), content)
	return hex.EncodeToString(sum.Sum(nil)), errors.Join(err, f.Sync(), f.Close())
}

// check tells whether what was unpacked is what was packed, and enough to restore.
func (m manifest) check(digests map[string]string) error {
	if m.Format != backupFormat {
		return fmt.Errorf("its format is %d, this version reads %d", m.Format, backupFormat)
	}
	for name, want := range m.Files {
		if digests[name] != want {
			return fmt.Errorf("%s is not what was written", name)
		}
	}
	if len(digests) != len(m.Files) {
		return fmt.Errorf("it holds %d files of %d", len(digests), len(m.Files))
	}
	if (m.Company != "") != (digests[peopleFile] != "") {
		return errors.New("it says one thing of what it holds, and holds another")
	}
	if digests[keyFile] == "" || (digests[databaseFile] == "") == (digests[tablesFile] == "") {
		return errors.New("it lacks the master key or the data")
	}
	return nil
}

// copyPrivate copies a file for its owner alone, durably, to a name that must be free.
func copyPrivate(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// syncFolder makes the names in a folder durable, where the system and the disk have such a thing.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := folder.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
