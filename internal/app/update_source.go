package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"encaisse/internal/base/release"
)

// smallFile bounds what is read before a signature was checked, in bytes.
const smallFile = 1 << 20

// source is where a release lies.
type source struct {
	open func(ctx context.Context, name string) (io.ReadCloser, error)
}

// openSource reads a folder, or an address; the name of the list at its end may be given or left out.
func openSource(place string) (source, error) {
	if !strings.Contains(place, "://") {
		if filepath.Base(place) == release.ListFile {
			place = filepath.Dir(place)
		}
		return source{func(_ context.Context, name string) (io.ReadCloser, error) {
			return os.Open(filepath.Join(place, name))
		}}, nil
	}
	base, err := url.Parse(strings.TrimSuffix(place, "/"+release.ListFile))
	if err != nil {
		return source{}, err
	}
	if host := base.Hostname(); base.Scheme != "https" && !(base.Scheme == "http" && (host == "localhost" || strings.HasPrefix(host, "127."))) {
		return source{}, fmt.Errorf("%s: an address of a release begins with https://", place)
	}
	client := &http.Client{Timeout: time.Hour, Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, ResponseHeaderTimeout: 30 * time.Second, TLSHandshakeTimeout: 15 * time.Second}}
	return source{func(ctx context.Context, name string) (io.ReadCloser, error) {
		address := base.JoinPath(name).String()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, err
		}
		answer, err := client.Do(r)
		if err != nil {
			return nil, err
		}
		if answer.StatusCode != http.StatusOK {
			answer.Body.Close()
			return nil, fmt.Errorf("%s answers %s", address, answer.Status)
		}
		return answer.Body, nil
	}}, nil
}

// small reads a small file whole.
func (s source) small(ctx context.Context, name string) ([]byte, error) {
	in, err := s.open(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("the release cannot be read: %w", err)
	}
	defer in.Close()
	content, err := io.ReadAll(io.LimitReader(in, smallFile+1))
	if err == nil && len(content) > smallFile {
		err = errors.New("the release cannot be read: " + name + " is too large")
	}
	return content, err
}

// fetch writes a file of the release, which must be the one that was signed for.
func (s source) fetch(ctx context.Context, file release.File, to string) error {
	in, err := s.open(ctx, file.Name)
	if err != nil {
		return fmt.Errorf("the release cannot be read: %w", err)
	}
	defer in.Close()
	if err := os.Remove(to); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o755)
	if err != nil {
		return fmt.Errorf("the new program cannot be written beside this one; run the update as who owns its folder: %w", err)
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, sum), io.LimitReader(in, file.Size+1))
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return err
	}
	if n != file.Size || hex.EncodeToString(sum.Sum(nil)) != file.SHA256 {
		return fmt.Errorf("%s is not the file that was signed: nothing was changed", file.Name)
	}
	return nil
}
