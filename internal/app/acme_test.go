package app

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"encaisse/internal/base/clock"
)

const testName = "caisse.exemple.fr"

// publicAuthority is an authority that speaks ACME (RFC 8555) in this process, and asks for its proofs like a true one.
type publicAuthority struct {
	t      *testing.T
	server *httptest.Server
	root   *x509.Certificate
	key    *ecdsa.PrivateKey
	proof  string // the only kind of proof it offers
	door   string // where the name leads in plain HTTP
	secure string // and by HTTPS

	mu      sync.Mutex
	contact []string
	agreed  bool
	orders  int
	proved  string // pending, valid, invalid
	leaf    []byte
}

func newAuthority(t *testing.T, proof string) *publicAuthority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Autorité d’essai"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, root, root, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	a := &publicAuthority{t: t, key: key, proof: proof}
	if a.root, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.server = httptest.NewServer(a)
	t.Cleanup(a.server.Close)
	return a
}

// certificateAsked is what a request says under its signature.
type certificateAsked struct {
	TermsOfServiceAgreed bool     `json:"termsOfServiceAgreed"`
	Contact              []string `json:"contact"`
	CSR                  string   `json:"csr"`
}

func (a *publicAuthority) read(r *http.Request) (what certificateAsked) {
	if r.Method != http.MethodPost {
		return what
	}
	var signed struct{ Payload string }
	err := json.NewDecoder(r.Body).Decode(&signed)
	if err == nil && signed.Payload != "" {
		var text []byte
		if text, err = base64.RawURLEncoding.DecodeString(signed.Payload); err == nil {
			err = json.Unmarshal(text, &what)
		}
	}
	if err != nil {
		a.t.Error(err)
	}
	return what
}

// ServeHTTP implements http.Handler.
func (a *publicAuthority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	w.Header().Set("Replay-Nonce", fmt.Sprint(time.Now().UnixNano()))
	what, url := a.read(r), a.server.URL
	order := func(status string) map[string]any {
		return map[string]any{"status": status, "identifiers": []any{map[string]string{"type": "dns", "value": testName}}, "authorizations": []string{url + "/authz"}, "finalize": url + "/finalize", "certificate": url + "/cert"}
	}
	say := func(status int, location string, v any) {
		w.Header().Set("Location", url+location)
		w.WriteHeader(status)
		json.NewEncoder(w).Encode(v)
	}
	challenge := map[string]string{"type": a.proof, "url": url + "/challenge", "token": "un-jeton", "status": a.proved}
	switch r.URL.Path {
	case "/":
		say(200, "", map[string]any{"newNonce": url + "/nonce", "newAccount": url + "/account", "newOrder": url + "/order", "revokeCert": url + "/revoke", "keyChange": url + "/key", "meta": map[string]string{"termsOfService": url + "/terms"}})
	case "/nonce":
	case "/account":
		a.agreed, a.contact = what.TermsOfServiceAgreed, what.Contact
		say(201, "/account/1", map[string]string{"status": "valid"})
	case "/order":
		a.orders++
		a.proved = "pending"
		say(201, "/order/1", order("pending"))
	case "/order/1":
		say(200, "/order/1", order(map[string]string{"valid": "ready"}[a.proved]))
	case "/authz":
		say(200, "/authz", map[string]any{"status": a.proved, "identifier": map[string]string{"type": "dns", "value": testName}, "challenges": []any{challenge}})
	case "/challenge":
		a.proved = map[bool]string{true: "valid", false: "invalid"}[a.convinced()]
		say(200, "/challenge", challenge)
	case "/finalize":
		a.leaf = a.issue(what.CSR)
		say(200, "/order/1", order("valid"))
	case "/cert":
		pem.Encode(w, &pem.Block{Type: "CERTIFICATE", Bytes: a.leaf})
		pem.Encode(w, &pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// convinced asks the program itself for the proof that it holds the name.
func (a *publicAuthority) convinced() bool {
	if a.proof == "http-01" {
		r := httptest.NewRequest("GET", "http://"+a.door+"/.well-known/acme-challenge/un-jeton", nil)
		r.RequestURI, r.Host = "", testName
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		return err == nil && answer.StatusCode == 200 && strings.HasPrefix(string(text), "un-jeton.")
	}
	c, err := tls.Dial("tcp", a.secure, &tls.Config{ServerName: testName, NextProtos: []string{"acme-tls/1"}, InsecureSkipVerify: true})
	if err != nil {
		return false
	}
	defer c.Close()
	leaf := c.ConnectionState().PeerCertificates[0]
	return slices.Equal(leaf.DNSNames, []string{testName}) && slices.ContainsFunc(leaf.Extensions, func(e pkix.Extension) bool { return e.Critical && e.Id.String() == "1.3.6.1.5.5.7.1.31" })
}

func (a *publicAuthority) issue(text string) []byte {
	der, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		a.t.Error(err)
	}
	request, err := x509.ParseCertificateRequest(der)
	if err != nil {
		a.t.Error(err)
		return nil
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), DNSNames: request.DNSNames, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(0, 0, 90), KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	out, err := x509.CreateCertificate(rand.Reader, leaf, a.root, request.PublicKey, a.key)
	if err != nil {
		a.t.Error(err)
	}
	return out
}

// named is a program served under its name with certificates of an authority.
func named(t *testing.T, a *publicAuthority, data string) (client *http.Client, names *internet) {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	s := Serve{HTTPS: "acme", Listen: "127.0.0.1:0", ACME: ACME{Host: []string{testName}, Email: "moi@exemple.fr", Terms: true, Directory: a.server.URL, HTTPListen: freePort(t)}}
	names, err := s.internet(&Program{Data: data, clock: clock.System{}}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := s.listen(names)
	if err != nil {
		t.Fatal(err)
	}
	s.PublicURL = names.address(plain)
	listener, address, stop, err := s.encrypt(plain, nil, names, nil, quiet)
	if err != nil || address != s.PublicURL {
		t.Fatal(address, err)
	}
	t.Cleanup(stop)
	a.door, a.secure = s.ACME.HTTPListen, plain.Addr().String()
	site := func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Host+" "+r.Proto) }
	server := &http.Server{Handler: http.HandlerFunc(site), ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	roots := x509.NewCertPool()
	roots.AddCert(a.root)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true, DialContext: func(context.Context, string, string) (net.Conn, error) { return net.Dial("tcp", a.secure) }}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}, names
}

func TestACertificateIsAskedOfAPublicAuthorityAndKept(t *testing.T) {
	for _, proof := range []string{"http-01", "tls-alpn-01"} {
		a, data := newAuthority(t, proof), t.TempDir()
		for range 2 { // the second start finds the certificate
			client, names := named(t, a, data)
			names.warm(t.Context())
			if status, text := get(t, client, "https://"+testName+"/"); status != 200 || text != testName+" HTTP/2.0" {
				t.Errorf("%s: %d %q", proof, status, text)
			}
			if _, err := client.Get("https://autre.exemple.fr/"); err == nil {
				t.Errorf("%s: another name has a certificate", proof)
			}
		}
		if a.orders != 1 || !a.agreed || !slices.Equal(a.contact, []string{"mailto:moi@exemple.fr"}) {
			t.Errorf("%s: %d orders, agreed %t, contact %v", proof, a.orders, a.agreed, a.contact)
		}
		files, err := filepath.Glob(filepath.Join(data, acmeFolder, "*"))
		if err != nil || len(files) < 2 {
			t.Errorf("%s: it keeps %v, %v", proof, files, err)
		}
		for _, file := range files {
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v, %v", file, info.Mode(), err)
			}
		}
	}
}

func TestAnAuthorityThatIsNotConvincedIsToldInTheLog(t *testing.T) {
	a := newAuthority(t, "http-01")
	_, names := named(t, a, t.TempDir())
	a.door = "127.0.0.1:1"
	var said strings.Builder
	names.log = slog.New(slog.NewTextHandler(&said, nil))
	names.warm(t.Context())
	if !strings.Contains(said.String(), "level=ERROR") || !strings.Contains(said.String(), testName) || !strings.Contains(said.String(), "ports 80 and 443") {
		t.Errorf("the log says %s", said.String())
	}
}

func TestPlainHTTPLeadsToTheNameByHTTPS(t *testing.T) {
	_, names := named(t, newAuthority(t, "http-01"), t.TempDir())
	door := names.toHTTPS("https://" + testName)
	for _, c := range []struct {
		method, host string
		status       int
		to           string
	}{
		{"GET", testName, 302, "https://" + testName + "/connexion?retour=/"},
		{"GET", testName + ":80", 302, "https://" + testName + "/connexion?retour=/"},
		{"GET", "malin.exemple.com", 302, "https://" + testName + "/connexion?retour=/"},
		{"POST", testName, 405, ""},
	} {
		r := httptest.NewRequest(c.method, "http://"+c.host+"/connexion?retour=/", nil)
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		if w.Code != c.status || w.Header().Get("Location") != c.to {
			t.Errorf("%s %s: %d %s", c.method, c.host, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestANameOnTheInternetIsAskedForWhole(t *testing.T) {
	good := []string{"serve", "--listen", "127.0.0.1:0", "--metrics", "", "--https", "acme"}
	for says, args := range map[string][]string{
		"give the name":           good,
		"read the terms":          append(slices.Clone(good), "--host", testName),
		`"localhost" is no name`:  append(slices.Clone(good), "--host", "localhost"),
		`"192.0.2.1" is no name`:  append(slices.Clone(good), "--host", "192.0.2.1"),
		"goes with --https acme":  {"serve", "--listen", "127.0.0.1:0", "--metrics", "", "--host", testName},
		"the plain HTTP address ": append(slices.Clone(good), "--host", testName, "--acme-accept-terms", "--http-listen", "nowhere"),
	} {
		fails(t, says, append(args, "--data", filepath.Join(t.TempDir(), "data"))...)
	}
}
