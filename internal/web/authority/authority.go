// Package authority lets the machines of a shop reach the program by HTTPS without a name on the Internet: it is a certificate authority of
// its own, limited to the shop's network, which each device is told once to trust.
package authority

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	rootFor   = 10 * 365 * 24 * time.Hour
	leafFor   = 397 * 24 * time.Hour // the most that browsers and systems accept
	renewedAt = 30 * 24 * time.Hour  // before the end
	checkEach = time.Hour            // whether the addresses of the machine changed
	rootFile  = "root.pem"
)

// private are the networks of a shop: the root may speak for no other address.
var private = []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128"}

// Authority makes the certificates of one machine.
type Authority struct {
	now   func() time.Time
	hosts func() (names []string, addresses []net.IP)
	root  *x509.Certificate
	key   *ecdsa.PrivateKey
	mu    sync.Mutex
	leaf  *tls.Certificate
	seen  time.Time // when the addresses were last looked at
}

// Open reads the authority of a folder, which only the program may read, and makes it when there is none. Its private key never leaves the
// folder; it is no part of the backups, for a machine that comes back from one is trusted anew.
func Open(folder string, now func() time.Time) (*Authority, error) {
	a := &Authority{now: now, hosts: hostsOfMachine}
	path := filepath.Join(folder, rootFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return a, a.make(path)
	}
	if err != nil {
		return nil, err
	}
	if a.root, a.key, err = read(text); err != nil {
		return nil, fmt.Errorf("authority: %s cannot be read; remove it to make another, which every device must then trust: %w", path, err)
	}
	if now().After(a.root.NotAfter.Add(-leafFor)) {
		return a, a.make(path)
	}
	return a, nil
}

func read(text []byte) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	certificate, rest := pem.Decode(text)
	key, _ := pem.Decode(rest)
	if certificate == nil || key == nil {
		return nil, nil, errors.New("a certificate and a key are expected")
	}
	root, err := x509.ParseCertificate(certificate.Bytes)
	if err != nil {
		return nil, nil, err
	}
	private, err := x509.ParseECPrivateKey(key.Bytes)
	if err != nil {
		return nil, nil, err
	}
	if !private.PublicKey.Equal(root.PublicKey) {
		return nil, nil, errors.New("the key is not that of the certificate")
	}
	return root, private, nil
}

// make makes the authority, limited to the machine's names, to names in .local and to the networks of a shop.
func (a *Authority) make(path string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	names, _ := a.hosts()
	now := a.now()
	root := &x509.Certificate{
		SerialNumber: serial(), NotBefore: now.Add(-time.Hour), NotAfter: now.Add(rootFor),
		Subject:               pkix.Name{CommonName: "Encaisse, " + names[len(names)-1], Organization: []string{"Encaisse"}},
		IsCA:                  true,
		BasicConstraintsValid: true,
		MaxPathLenZero:        true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,

		PermittedDNSDomainsCritical: true,
		PermittedDNSDomains:         append(slices.Clone(names), "local"),
	}
	for _, text := range private {
		_, network, err := net.ParseCIDR(text)
		if err != nil {
			return err
		}
		root.PermittedIPRanges = append(root.PermittedIPRanges, network)
	}
	der, err := x509.CreateCertificate(rand.Reader, root, root, &key.PublicKey, key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	if a.root, err = x509.ParseCertificate(der); err != nil {
		return err
	}
	a.key = key
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	text := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret})...)
	if err := os.WriteFile(path+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// Root is the certificate that devices are told to trust, in PEM.
func (a *Authority) Root() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})
}

// Fingerprint is the SHA-256 of the certificate, as devices show it.
func (a *Authority) Fingerprint() string {
	sum := sha256.Sum256(a.root.Raw)
	pairs := make([]string, len(sum))
	for i, b := range sum {
		pairs[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(pairs, " ")
}

// Named are the addresses of the machine by its names, on a port, the one other devices know first.
func (a *Authority) Named(port string) (list []string) {
	names, _ := a.hosts()
	for _, name := range slices.Backward(names) {
		list = append(list, "https://"+net.JoinHostPort(name, port))
	}
	return list
}

// Addresses are those the devices of the shop reach a port of the machine by, the easiest to type first.
func (a *Authority) Addresses(port string) (list []string) {
	names, addresses := a.hosts()
	for _, name := range names {
		if strings.HasSuffix(name, ".local") {
			list = append(list, "https://"+net.JoinHostPort(name, port))
		}
	}
	for _, address := range addresses {
		if address.To4() != nil && address.IsPrivate() {
			list = append(list, "https://"+net.JoinHostPort(address.String(), port))
		}
	}
	return list
}

// Certificate gives the certificate of the machine, made anew when it comes to its end or when the machine has other addresses. It is for
// tls.Config.GetCertificate.
func (a *Authority) Certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	if a.leaf != nil && now.Before(a.leaf.Leaf.NotAfter.Add(-renewedAt)) {
		if now.Sub(a.seen) < checkEach {
			return a.leaf, nil
		}
		names, addresses := a.hosts()
		if a.seen = now; a.speaksFor(names, addresses) {
			return a.leaf, nil
		}
	}
	leaf, err := a.issue()
	if err == nil {
		a.leaf, a.seen = leaf, now
	}
	return leaf, err
}

func (a *Authority) speaksFor(names []string, addresses []net.IP) bool {
	return slices.Equal(a.leaf.Leaf.DNSNames, names) && slices.EqualFunc(a.leaf.Leaf.IPAddresses, addresses, net.IP.Equal)
}

func (a *Authority) issue() (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	names, addresses := a.hosts()
	now := a.now()
	leaf := &x509.Certificate{
		SerialNumber: serial(), NotBefore: now.Add(-time.Hour), NotAfter: now.Add(leafFor),
		Subject:  pkix.Name{CommonName: names[len(names)-1]},
		DNSNames: names, IPAddresses: addresses,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, a.root, &key.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(der)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: parsed}, err
}

// serial is a random number of a certificate, of 127 bits.
func serial() *big.Int {
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	return n
}

// hostsOfMachine are the names and the private addresses the machine is reached by, localhost first and its own name last.
func hostsOfMachine() (names []string, addresses []net.IP) {
	names = []string{"localhost"}
	if host, err := os.Hostname(); err == nil {
		if host = strings.ToLower(strings.Split(host, ".")[0]); host != "" && host != "localhost" {
			names = append(names, host, host+".local")
		}
	}
	found, err := net.InterfaceAddrs()
	if err != nil {
		return names, []net.IP{net.IPv4(127, 0, 0, 1)}
	}
	for _, address := range found {
		if network, is := address.(*net.IPNet); is && inShop(network.IP) {
			addresses = append(addresses, network.IP)
		}
	}
	slices.SortFunc(addresses, func(a, b net.IP) int { return bytes.Compare(a.To16(), b.To16()) })
	return names, addresses
}

func inShop(ip net.IP) bool { return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() }
