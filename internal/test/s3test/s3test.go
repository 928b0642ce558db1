// Package s3test is a storage that speaks S3, in this process: buckets in memory, requests whose signature is checked, and failures on demand.
package s3test

import (
	"bufio"
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The key that is let in, and the only bucket there is.
const (
	AccessKey = "AKENCAISSE"
	Secret    = "un-secret-de-stockage"
	Bucket    = "copies"
	Region    = "fr-par"
)

// Storage is the storage.
type Storage struct {
	Address string // http://127.0.0.1:54321

	mu      sync.Mutex
	objects map[string][]byte
	parts   map[string]map[int][]byte // by upload
	fail    func(r *http.Request, w http.ResponseWriter) bool
	bend    func(r *http.Request, content []byte) []byte
	asked   []string // method and path of each request
}

// Start starts a storage that ends with the test.
func Start(t testing.TB) *Storage {
	t.Helper()
	s := &Storage{objects: map[string][]byte{}, parts: map[string]map[int][]byte{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.CloseClientConnections)
	t.Cleanup(server.Close)
	s.Address = server.URL
	return s
}

// SecretFile writes a secret key where the settings may name it.
func SecretFile(t testing.TB, secret string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Fail lets a function answer instead of the storage: true when it did. Nil ends it.
func (s *Storage) Fail(f func(*http.Request, http.ResponseWriter) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = f
}

// Bend changes what is read from the storage, or what it keeps of what is sent. Nil ends it.
func (s *Storage) Bend(f func(r *http.Request, content []byte) []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bend = f
}

// Names are the keys of what is kept.
func (s *Storage) Names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for name := range s.objects {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Keep puts an object in the storage.
func (s *Storage) Keep(name string, content []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.objects[name] = content
}

// Content is an object of the storage.
func (s *Storage) Content(name string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.objects[name]
}

// Asked is what was asked so far: « PUT /copies/name ».
func (s *Storage) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// Refuse answers with an error of S3.
func Refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, `<Error><Code>%s</Code><Message>refused by the test</Message></Error>`, code)
}

// ServeHTTP implements http.Handler.
func (s *Storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	fail, bend := s.fail, s.bend
	s.asked = append(s.asked, r.Method+" "+r.URL.Path)
	s.mu.Unlock()
	if fail != nil && fail(r, w) {
		return
	}
	if code := refusal(r); code != "" {
		Refuse(w, http.StatusForbidden, code)
		return
	}
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if bucket != Bucket {
		Refuse(w, http.StatusNotFound, "NoSuchBucket")
		return
	}
	if bend == nil {
		bend = func(_ *http.Request, b []byte) []byte { return b }
	}
	s.answer(w, r, key, bend)
}

func (s *Storage) answer(w http.ResponseWriter, r *http.Request, key string, bend func(*http.Request, []byte) []byte) {
	query := r.URL.Query()
	switch {
	case key == "" && query.Has("location"):
		fmt.Fprintf(w, `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">%s</LocationConstraint>`, Region)
	case key == "":
		s.list(w, query.Get("prefix"), query.Get("start-after")+query.Get("continuation-token"))
	case r.Method == http.MethodPost && query.Has("uploads"):
		s.begin(w, key)
	case r.Method == http.MethodPost:
		s.complete(w, key, query.Get("uploadId"))
	case r.Method == http.MethodPut:
		s.put(w, r, key, bend)
	case r.Method == http.MethodGet, r.Method == http.MethodHead:
		s.get(w, r, key, bend)
	case r.Method == http.MethodDelete:
		s.mu.Lock()
		delete(s.objects, key)
		s.mu.Unlock()
		w.WriteHeader(http.StatusNoContent)
	default:
		Refuse(w, http.StatusMethodNotAllowed, "MethodNotAllowed")
	}
}

// pageOfList is how many names one answer of the list holds: few, so that lists are read by pages.
const pageOfList = 3

func (s *Storage) list(w http.ResponseWriter, prefix, after string) {
	type entry struct {
		Key          string
		Size         int
		LastModified string
	}
	var answer struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		Contents              []entry
		IsTruncated           bool
		NextContinuationToken string
	}
	for _, name := range s.Names() {
		if !strings.HasPrefix(name, prefix) || name <= after {
			continue
		}
		if len(answer.Contents) == pageOfList {
			answer.IsTruncated, answer.NextContinuationToken = true, answer.Contents[pageOfList-1].Key
			break
		}
		answer.Contents = append(answer.Contents, entry{name, len(s.Content(name)), time.Now().UTC().Format(time.RFC3339)})
	}
	xml.NewEncoder(w).Encode(answer)
}

func (s *Storage) put(w http.ResponseWriter, r *http.Request, key string, bend func(*http.Request, []byte) []byte) {
	content, err := body(r)
	if err != nil {
		Refuse(w, http.StatusBadRequest, "IncompleteBody")
		return
	}
	sum := md5.Sum(content)
	if said := r.Header.Get("Content-Md5"); said != "" && said != base64.StdEncoding.EncodeToString(sum[:]) {
		Refuse(w, http.StatusBadRequest, "BadDigest")
		return
	}
	content = bend(r, content)
	s.mu.Lock()
	defer s.mu.Unlock()
	if upload := r.URL.Query().Get("uploadId"); upload != "" {
		n, _ := strconv.Atoi(r.URL.Query().Get("partNumber"))
		s.parts[upload][n] = content
	} else {
		s.objects[key] = content
	}
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:])+`"`)
}

func (s *Storage) begin(w http.ResponseWriter, key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	upload := fmt.Sprintf("%s-%d", hex.EncodeToString([]byte(key)), len(s.parts))
	s.parts[upload] = map[int][]byte{}
	fmt.Fprintf(w, `<InitiateMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><UploadId>%s</UploadId></InitiateMultipartUploadResult>`, Bucket, key, upload)
}

func (s *Storage) complete(w http.ResponseWriter, key, upload string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var whole []byte
	for n := 1; n <= len(s.parts[upload]); n++ {
		whole = append(whole, s.parts[upload][n]...)
	}
	s.objects[key] = whole
	fmt.Fprintf(w, `<CompleteMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><ETag>"of-parts-%d"</ETag></CompleteMultipartUploadResult>`, Bucket, key, len(s.parts[upload]))
}

func (s *Storage) get(w http.ResponseWriter, r *http.Request, key string, bend func(*http.Request, []byte) []byte) {
	s.mu.Lock()
	content, there := s.objects[key]
	s.mu.Unlock()
	if !there {
		Refuse(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	w.Header().Set("ETag", `"`+hex.EncodeToString([]byte(key))+`"`)
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	w.Header().Set("Last-Modified", time.Now().UTC().Format(http.TimeFormat))
	if r.Method == http.MethodGet {
		w.Write(bend(r, content))
	}
}

// body is what was sent, out of its signed chunks where it comes in such.
func body(r *http.Request) ([]byte, error) {
	if !strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		return io.ReadAll(r.Body)
	}
	in := bufio.NewReader(r.Body)
	var whole bytes.Buffer
	for {
		head, err := in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		text, _, _ := strings.Cut(strings.TrimSpace(head), ";")
		size, err := strconv.ParseInt(text, 16, 64)
		if err != nil {
			return nil, err
		}
		if size == 0 {
			return whole.Bytes(), nil
		}
		if _, err := io.CopyN(&whole, in, size); err != nil {
			return nil, err
		}
		if _, err := in.Discard(2); err != nil {
			return nil, err
		}
	}
}
