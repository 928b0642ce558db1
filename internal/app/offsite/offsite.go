// Package offsite keeps copies in a storage elsewhere that speaks S3: those of hosting companies, or a disk of the shop with MinIO, Garage or
// Ceph. What is sent is read back whole and compared; no answer of the storage is believed alone.
package offsite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Config says where the storage is and how one enters it.
type Config struct {
	Endpoint   string // https://s3.fr-par.scw.cloud; http:// on this machine and in private networks only
	Region     string // "": asked of the storage
	Bucket     string
	Prefix     string // what the names begin with, a folder in a way: "boutique-1"
	AccessKey  string
	SecretFile string // holds the secret key
	Addressing string // "path", "host", or "" for what suits the endpoint
}

// stall is how long a connection may stay without a byte.
const stall = 90 * time.Second

// attempts are those of one request, at once; whoever calls waits longer between tries of the whole.
const attempts = 3

const partSize = 16 << 20

// ErrDiffers says that what was read back is not what was sent.
var ErrDiffers = errors.New("offsite: what was read back is not what was sent")

// Store is one place in a storage.
type Store struct {
	client         *minio.Client
	bucket, prefix string
	host           string
}

// Object is a file of the storage; its name is without the prefix.
type Object struct {
	Name string
	Size int64 // bytes
}

// Open reads the settings; it does not speak to the storage yet.
func Open(c Config) (*Store, error) { return open(c, stall) }

func open(c Config, stall time.Duration) (*Store, error) {
	where, err := url.Parse(c.Endpoint)
	if err != nil || where.Host == "" || where.Path != "" && where.Path != "/" || where.Scheme != "https" && where.Scheme != "http" {
		return nil, fmt.Errorf("s3: %q is no address of a storage such as https://s3.fr-par.scw.cloud", c.Endpoint)
	}
	if where.Scheme == "http" && !near(where.Hostname()) {
		return nil, fmt.Errorf("s3: %s is not on a private network: use https://", where.Host)
	}
	if c.Bucket == "" || c.AccessKey == "" || c.SecretFile == "" {
		return nil, errors.New("s3: the bucket, the access key and the file of the secret key go together")
	}
	secret, err := os.ReadFile(c.SecretFile)
	if err != nil {
		return nil, fmt.Errorf("s3: file of the secret key: %w", err)
	}
	lookup := map[string]minio.BucketLookupType{"path": minio.BucketLookupPath, "host": minio.BucketLookupDNS}[c.Addressing]
	client, err := minio.New(where.Host, &minio.Options{
		Creds: credentials.NewStaticV4(c.AccessKey, strings.TrimSpace(string(secret)), ""), Secure: where.Scheme == "https", Region: c.Region,
		BucketLookup: lookup, MaxRetries: attempts, Transport: transport(stall),
	})
	if err != nil {
		return nil, fmt.Errorf("s3: %w", err)
	}
	return &Store{client: client, bucket: c.Bucket, prefix: strings.Trim(c.Prefix, "/"), host: where.Host}, nil
}

// near tells whether a host is this machine or one of a private network.
func near(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || ip.IsPrivate()) || host == "localhost" || strings.HasSuffix(host, ".local")
}

// transport gives up on a storage that does not answer, however long what is sent may take.
func transport(stall time.Duration) *http.Transport {
	dialer := &net.Dialer{Timeout: min(stall, 15*time.Second)}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, TLSHandshakeTimeout: min(stall, 15*time.Second), MaxIdleConnsPerHost: 4, IdleConnTimeout: 30 * time.Second,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return impatient{c, stall}, nil
		},
	}
}

// impatient is a connection that fails once nothing has moved for a while.
type impatient struct {
	net.Conn
	stall time.Duration
}

func (c impatient) Read(b []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.stall)); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

func (c impatient) Write(b []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.stall)); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

// Host is the address of the storage.
func (s *Store) Host() string { return s.host }

func (s *Store) key(name string) string { return path.Join(s.prefix, name) }

// List gives the files of the place, by name.
func (s *Store) List(ctx context.Context) ([]Object, error) {
	folder := s.prefix
	if folder != "" {
		folder += "/"
	}
	var list []Object
	for o := range s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: folder}) {
		if o.Err != nil {
			return nil, o.Err
		}
		if name := strings.TrimPrefix(o.Key, folder); name != "" && !strings.Contains(name, "/") {
			list = append(list, Object{name, o.Size})
		}
	}
	slices.SortFunc(list, func(a, b Object) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// Put sends a file, each part with its checksum, reads it back whole, and compares. A file that came back otherwise is removed.
func (s *Store) Put(ctx context.Context, name, from string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	size, err := io.Copy(sum, f)
	if err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	digest := hex.EncodeToString(sum.Sum(nil))
	_, err = s.client.PutObject(ctx, s.bucket, s.key(name), f, size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", UserMetadata: map[string]string{"sha256": digest}, SendContentMd5: true, PartSize: partSize, NumThreads: 1,
	})
	if err != nil {
		return err
	}
	back := sha256.New()
	n, err := s.read(ctx, name, back)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if n != size || hex.EncodeToString(back.Sum(nil)) != digest {
		return errors.Join(ErrDiffers, s.Remove(ctx, name))
	}
	return nil
}

// Fetch writes a file of the storage to a name that must be free.
func (s *Store) Fetch(ctx context.Context, name, to string) error {
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = s.read(ctx, name, out)
	return errors.Join(err, out.Close())
}

func (s *Store) read(ctx context.Context, name string, to io.Writer) (int64, error) {
	o, err := s.client.GetObject(ctx, s.bucket, s.key(name), minio.GetObjectOptions{})
	if err != nil {
		return 0, err
	}
	defer o.Close()
	return io.Copy(to, o)
}

// Remove removes a file.
func (s *Store) Remove(ctx context.Context, name string) error {
	return s.client.RemoveObject(ctx, s.bucket, s.key(name), minio.RemoveObjectOptions{})
}
