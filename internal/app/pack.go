package app

import (
	"archive/tar"
	"bytes"
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
	"strings"
	"time"
)

// The names inside a backup.
const (
	backupFormat = 1
	manifestFile = "manifest.json"
	keyFile      = "master.key"
	headsFolder  = "heads"
	tablesFile   = "tables.jsonl"
)

// pack writes the files of a folder, then a manifest with the digest of each, to a compressed archive. It gives the archive’s size.
func pack(path, folder string, at time.Time) (size int64, err error) {
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
	m := manifest{Format: backupFormat, Software: "encaisse " + version, MadeAt: at, Files: map[string]string{}}
	for _, name := range names {
		if m.Files[name], err = packFile(archive, folder, name, at); err != nil {
			return 0, err
		}
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return 0, err
	}
	if err := archive.WriteHeader(&tar.Header{Name: manifestFile, Mode: 0o600, Size: int64(len(text)), ModTime: at}); err != nil {
		return 0, err
	}
	if _, err := archive.Write(text); err != nil {
		return 0, err
	}
	if err := errors.Join(archive.Close(), zip.Close(), out.Sync()); err != nil {
		return 0, err
	}
	info, err := out.Stat()
	return info.Size(), err
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

// unpack writes the files of a backup into an empty folder and checks each against the manifest. Names that would leave the folder are
// refused by os.Root.
func unpack(path, folder string) (manifest, error) {
	var m manifest
	in, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer in.Close()
	zip, err := gzip.NewReader(in)
	if err != nil {
		return m, fmt.Errorf("%s is not a backup: %w", path, err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return m, err
	}
	defer root.Close()
	digests := map[string]string{}
	archive := tar.NewReader(zip)
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, fmt.Errorf("%s is damaged: %w", path, err)
		}
		if h.Name == manifestFile {
			if err := json.NewDecoder(archive).Decode(&m); err != nil {
				return m, fmt.Errorf("%s is damaged: %w", path, err)
			}
			continue
		}
		if digests[h.Name], err = unpackFile(root, h.Name, archive); err != nil {
			return m, err
		}
	}
	return m, m.check(path, digests)
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

func (m manifest) check(path string, digests map[string]string) error {
	if m.Format != backupFormat {
		return fmt.Errorf("%s is not a backup this version reads (format %d)", path, m.Format)
	}
	if len(digests) != len(m.Files) {
		return fmt.Errorf("%s is damaged: it holds %d files of %d", path, len(digests), len(m.Files))
	}
	for name, want := range m.Files {
		if !bytes.Equal([]byte(digests[name]), []byte(want)) {
			return fmt.Errorf("%s is damaged: %s is not what was written", path, name)
		}
	}
	return nil
}
