package authority

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// shop is an authority whose clock and addresses a test sets.
type shop struct {
	*Authority
	at        time.Time
	addresses []net.IP
}

func openShop(t *testing.T, folder string, at time.Time) *shop {
	t.Helper()
	s := &shop{at: at, addresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(192, 168, 1, 20)}}
	var err error
	if s.Authority, err = Open(folder, func() time.Time { return s.at }); err != nil {
		t.Fatal(err)
	}
	s.hosts = func() ([]string, []net.IP) { return []string{"localhost", "caisse", "caisse.local"}, s.addresses }
	return s
}

func TestADeviceThatTrustsTheRootReachesTheProgramByHTTPS(t *testing.T) {
	a, err := Open(t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{GetCertificate: a.Certificate, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.NotFoundHandler(), ErrorLog: log.New(io.Discard, "", 0)}
	go server.Serve(listener)
	defer server.Close()
	address := "https://" + listener.Addr().String()
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(a.Root()) {
		t.Fatal("the root cannot be read")
	}
	for _, c := range []struct {
		name  string
		roots *x509.CertPool
		works bool
	}{{"a device that trusts the root", trusted, true}, {"a device that does not", x509.NewCertPool(), false}} {
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: c.roots}}}
		for _, address := range []string{address, strings.Replace(address, "127.0.0.1", "localhost", 1)} {
			answer, err := client.Get(address)
			if (err == nil) != c.works {
				t.Errorf("%s at %s: %v", c.name, address, err)
			}
			if err == nil {
				answer.Body.Close()
			}
		}
		client.CloseIdleConnections()
	}
}

func TestTheRootSpeaksForTheShopAlone(t *testing.T) {
	s := openShop(t, t.TempDir(), time.Now())
	for _, c := range []struct {
		name, address string
		works         bool
	}{{"caisse.local", "192.168.1.20", true}, {"www.banque.example", "192.168.1.20", false}, {"caisse.local", "8.8.8.8", false}} {
		s.hosts = func() ([]string, []net.IP) { return []string{c.name}, []net.IP{net.ParseIP(c.address)} }
		leaf, err := s.issue()
		if err != nil {
			t.Fatal(err)
		}
		roots := x509.NewCertPool()
		roots.AddCert(s.root)
		if _, err := leaf.Leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: c.name}); (err == nil) != c.works {
			t.Errorf("%s, %s: %v", c.name, c.address, err)
		}
	}
}

func TestTheAddressesAreThoseOfTheShop(t *testing.T) {
	s := openShop(t, t.TempDir(), time.Now())
	s.addresses = append(s.addresses, net.ParseIP("fe80::1"))
	if got := strings.Join(s.Addresses("8443"), " "); got != "https://caisse.local:8443 https://192.168.1.20:8443" {
		t.Errorf("reached by %s", got)
	}
}

func TestACertificateIsKeptUntilItsEndOrAnotherAddress(t *testing.T) {
	start := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	s := openShop(t, t.TempDir(), start)
	first, err := s.Certificate(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		after   time.Duration
		address string
		fresh   bool
	}{
		{"a moment later", time.Minute, "192.168.1.20", false},
		{"another address, not looked at yet", 30 * time.Minute, "192.168.1.21", false},
		{"another address", 2 * time.Hour, "192.168.1.21", true},
		{"the same address", 4 * time.Hour, "192.168.1.21", false},
		{"close to the end", leafFor - 20*24*time.Hour, "192.168.1.21", true},
	} {
		s.at, s.addresses = start.Add(c.after), []net.IP{net.ParseIP(c.address)}
		leaf, err := s.Certificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		if (leaf != first) != c.fresh {
			t.Errorf("%s: made anew %v, want %v", c.name, leaf != first, c.fresh)
		}
		first = leaf
	}
}

func TestTheAuthorityIsTheSameAtEachStart(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "tls")
	start := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	first := openShop(t, folder, start).Fingerprint()
	if again := openShop(t, folder, start.AddDate(5, 0, 0)).Fingerprint(); again != first {
		t.Error("another authority after five years")
	}
	if info, err := os.Stat(filepath.Join(folder, rootFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key can be read by others: %v, %v", info.Mode(), err)
	}
	if late := openShop(t, folder, start.AddDate(9, 6, 0)).Fingerprint(); late == first {
		t.Error("the authority outlives its end")
	}
	if err := os.WriteFile(filepath.Join(folder, rootFile), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(folder, time.Now); err == nil || !strings.Contains(err.Error(), "remove it") {
		t.Errorf("a damaged authority: %v", err)
	}
}
