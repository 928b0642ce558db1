package mail

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"encaisse/internal/base/fault"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// office is a post office in this process: what it received, and what it refuses.
type office struct {
	mu      sync.Mutex
	letters []letter
	refuse  map[string]*smtp.SMTPError // by recipient
}

type letter struct {
	from string
	to   []string
	user string
	data []byte
}

func (o *office) NewSession(*smtp.Conn) (smtp.Session, error) { return &visit{office: o}, nil }

type visit struct {
	office *office
	letter letter
}

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "encaisse" || password != "s3cret" {
			return smtp.ErrAuthFailed
		}
		v.letter.user = user
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error { v.letter.from = from; return nil }

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	if err := v.office.refuse[to]; err != nil {
		return err
	}
	v.letter.to = append(v.letter.to, to)
	return nil
}

func (v *visit) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.letter.data = data
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.letters = append(v.office.letters, v.letter)
	return nil
}

func (v *visit) Reset() {}

func (v *visit) Logout() error { return nil }

// certificate makes a certificate for 127.0.0.1 and the pool that trusts it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, pool
}

// serve opens a post office and gives a sender to it.
func serve(t *testing.T, o *office, security Security) *SMTP {
	t.Helper()
	cert, pool := certificate(t)
	server := smtp.NewServer(o)
	server.Domain = "office.test"
	config := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	switch security {
	case TLS:
		listener = tls.NewListener(listener, config)
	case StartTLS:
		server.TLSConfig = config
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = listener.Close(); _ = server.Close(); <-done })
	c := Config{Host: "127.0.0.1", Port: port, Security: security, From: "Encaisse <ne-pas-repondre@halles.fr>"}
	if security != Clear {
		c.User, c.Password = "encaisse", "s3cret"
	}
	sender, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	sender.roots, sender.wait = pool, 5*time.Second
	return sender
}

func invitation() Message {
	return Message{To: []string{"Marie Lefèvre <marie@exemple.fr>"}, ReplyTo: "patron@halles.fr", Subject: "Invitation à l’épicerie : « bienvenue »",
		Text: "Bonjour,\n\nVoici votre lien.\n", HTML: "<p>Bonjour,</p><p>Voici votre lien.</p>"}
}

func TestALetterArrivesAsItWasWritten(t *testing.T) {
	for _, security := range []Security{StartTLS, TLS, Clear} {
		o := &office{}
		if err := serve(t, o, security).Send(context.Background(), invitation()); err != nil {
			t.Fatalf("%s: %v", security, err)
		}
		if len(o.letters) != 1 {
			t.Fatalf("%s: %d letters arrived", security, len(o.letters))
		}
		got, user := o.letters[0], "encaisse"
		if security == Clear {
			user = ""
		}
		if got.from != "ne-pas-repondre@halles.fr" || strings.Join(got.to, ",") != "marie@exemple.fr" || got.user != user {
			t.Errorf("%s: envelope is %+v", security, got)
		}
		m, err := netmail.ReadMessage(bytes.NewReader(got.data))
		if err != nil {
			t.Fatal(err)
		}
		words := new(mime.WordDecoder)
		subject, err := words.DecodeHeader(m.Header.Get("Subject"))
		if err != nil || subject != invitation().Subject {
			t.Errorf("%s: subject is %q (%v)", security, subject, err)
		}
		to, err := m.Header.AddressList("To")
		if err != nil || to[0].Name != "Marie Lefèvre" {
			t.Errorf("%s: To is %v (%v)", security, to, err)
		}
		if !strings.HasSuffix(m.Header.Get("Message-ID"), "@halles.fr>") || m.Header.Get("Reply-To") == "" || m.Header.Get("Auto-Submitted") != "auto-generated" {
			t.Errorf("%s: head is %v", security, m.Header)
		}
		parts := read(t, m)
		if text := strings.ReplaceAll(parts["text/plain"], "\r\n", "\n"); text != invitation().Text {
			t.Errorf("%s: text is %q", security, text)
		}
		if parts["text/html"] != invitation().HTML {
			t.Errorf("%s: HTML is %q", security, parts["text/html"])
		}
	}
}

// read gives the parts of a letter by type.
func read(t *testing.T, m *netmail.Message) map[string]string {
	t.Helper()
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	reader := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return parts
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		parts[kind] = string(body)
	}
}

func TestAHeadThatCouldBeReadAsSomethingElseIsRefused(t *testing.T) {
	o := &office{}
	sender := serve(t, o, StartTLS)
	for name, spoil := range map[string]func(*Message){
		"a line break in the subject":     func(m *Message) { m.Subject = "Bonjour\r\nBcc: tous@exemple.fr" },
		"a null in the subject":           func(m *Message) { m.Subject = "Bonjour\x00" },
		"a line break in an address":      func(m *Message) { m.To = []string{"marie@exemple.fr\r\nBcc: tous@exemple.fr"} },
		"a line break in a name":          func(m *Message) { m.To = []string{"\"Marie\r\nX: y\" <marie@exemple.fr>"} },
		"an encoded line break in a name": func(m *Message) { m.To = []string{"=?utf-8?q?Marie=0D=0ABcc:_x?= <marie@exemple.fr>"} },
		"two addresses in one":            func(m *Message) { m.To = []string{"a@exemple.fr, b@exemple.fr"} },
		"not an address":                  func(m *Message) { m.To = []string{"marie"} },
		"nobody":                          func(m *Message) { m.To = nil },
		"a reply address that is not one": func(m *Message) { m.ReplyTo = "patron\n" },
		"no subject":                      func(m *Message) { m.Subject = " " },
		"no text":                         func(m *Message) { m.Text = "" },
		"too many recipients":             func(m *Message) { m.To = make([]string, maxTo+1) },
	} {
		m := invitation()
		spoil(&m)
		if err := sender.Send(context.Background(), m); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(o.letters) != 0 {
		t.Errorf("%d letters left", len(o.letters))
	}
}

func TestTheKindOfAFailureTellsWhetherToTryAgain(t *testing.T) {
	o := &office{refuse: map[string]*smtp.SMTPError{
		"inconnu@exemple.fr": {Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"},
		"plein@exemple.fr":   {Code: 451, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "try later"},
	}}
	sender := serve(t, o, StartTLS)
	for to, want := range map[string]fault.Kind{"inconnu@exemple.fr": fault.Invalid, "plein@exemple.fr": fault.Unavailable, "marie@exemple.fr": ""} {
		m := invitation()
		m.To = []string{to}
		if got := fault.KindOf(sender.Send(context.Background(), m)); got != want {
			t.Errorf("%s: %q, want %q", to, got, want)
		}
	}
	sender.config.Password = "wrong"
	if err := sender.Send(context.Background(), invitation()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("wrong password: %v", err)
	}
}

func TestAServerWithoutTheTLSAskedForGetsNothing(t *testing.T) {
	o := &office{}
	clear := serve(t, o, Clear)
	sender, err := New(Config{Host: "127.0.0.1", Port: clear.config.Port, User: "encaisse", Password: "s3cret", From: "a@halles.fr"})
	if err != nil {
		t.Fatal(err)
	}
	if err := sender.Send(context.Background(), invitation()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("no TLS: %v", err)
	}
	untrusted := serve(t, o, StartTLS)
	untrusted.roots = nil
	if err := untrusted.Send(context.Background(), invitation()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a certificate nobody vouches for: %v", err)
	}
	if len(o.letters) != 0 {
		t.Errorf("%d letters left", len(o.letters))
	}
}

func TestASilentServerIsGivenUpOn(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	sender, err := New(Config{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, From: "a@halles.fr"})
	if err != nil {
		t.Fatal(err)
	}
	sender.wait = 200 * time.Millisecond
	start := time.Now()
	if err := sender.Send(context.Background(), invitation()); !fault.Is(err, fault.Unavailable) || time.Since(start) > 5*time.Second {
		t.Errorf("after %v: %v", time.Since(start), err)
	}
}

func TestAConfigurationThatCannotWorkIsRefusedAtTheStart(t *testing.T) {
	good := Config{Host: "smtp.halles.fr", From: "a@halles.fr"}
	for name, spoil := range map[string]func(*Config){
		"no host":                 func(c *Config) { c.Host = "" },
		"no sender":               func(c *Config) { c.From = "" },
		"clear over the network":  func(c *Config) { c.Security = Clear },
		"a password in clear":     func(c *Config) { c.Host, c.Security, c.User, c.Password = "localhost", Clear, "x", "y" },
		"unknown security":        func(c *Config) { c.Security = "ssl3" },
		"user without password":   func(c *Config) { c.User = "x" },
		"missing password file":   func(c *Config) { c.User, c.PasswordFile = "x", filepath.Join(t.TempDir(), "none") },
		"password twice":          func(c *Config) { c.User, c.Password, c.PasswordFile = "x", "y", "z" },
		"line break in the from ": func(c *Config) { c.From = "a@halles.fr\r\nBcc: b@halles.fr" },
	} {
		c := good
		spoil(&c)
		if _, err := New(c); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("s3cret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	good.User, good.PasswordFile = "x", file
	sender, err := New(good)
	if err != nil || sender.config.Password != "s3cret" || sender.config.Port != 587 || sender.config.Security != StartTLS {
		t.Errorf("%+v, %v", sender, err)
	}
}
