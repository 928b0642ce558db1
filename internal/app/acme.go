package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"
)

// ACME are the settings of certificates from a public authority.
type ACME struct {
	Host       []string `name:"host" env:"ENCAISSE_HOST" placeholder:"NAME" help:"With --https acme, the names of this program on the Internet, which lead to this machine: caisse.exemple.fr."`
	HTTPListen string   `name:"http-listen" default:":80" env:"ENCAISSE_HTTP_LISTEN" help:"With --https acme, plain HTTP address that answers the authority and leads everybody else to HTTPS; empty for none."`
	Email      string   `name:"acme-email" env:"ENCAISSE_ACME_EMAIL" placeholder:"ADDRESS" help:"Address the authority writes to about its certificates."`
	Terms      bool     `name:"acme-accept-terms" env:"ENCAISSE_ACME_ACCEPT_TERMS" help:"Accept the terms of service of the authority; without it no certificate is asked for."`
	Directory  string   `name:"acme-directory" default:"https://acme-v02.api.letsencrypt.org/directory" env:"ENCAISSE_ACME_DIRECTORY" placeholder:"URL" help:"Address of the authority: Let’s Encrypt, or another that speaks ACME."`
}

const (
	acmeFolder   = "acme"
	internetPort = ":443"
)

// internet are the names the program has on the Internet, and their certificates.
type internet struct {
	manager *autocert.Manager
	hosts   []string
	log     *slog.Logger
}

// internet reads the names of the settings, nil without --https acme. Certificates and the key of the account are kept in the data folder,
// for the program alone; they are in no backup, and are asked for anew.
func (s Serve) internet(p *Program, log *slog.Logger) (*internet, error) {
	a := s.ACME
	if s.HTTPS != "acme" {
		if len(a.Host) > 0 {
			return nil, errors.New("https: --host goes with --https acme")
		}
		return nil, nil
	}
	if len(a.Host) == 0 {
		return nil, errors.New("https: give the name of this program on the Internet (--host caisse.exemple.fr)")
	}
	for _, host := range a.Host {
		if !strings.Contains(host, ".") || strings.ContainsAny(host, ":/*@ ") || net.ParseIP(host) != nil {
			return nil, fmt.Errorf("https: %q is no name on the Internet such as caisse.exemple.fr", host)
		}
	}
	if !a.Terms {
		return nil, fmt.Errorf("https: read the terms of service of the authority (%s), then accept them with --acme-accept-terms", a.Directory)
	}
	return &internet{hosts: a.Host, log: log, manager: &autocert.Manager{
		Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(filepath.Join(p.Data, acmeFolder)), HostPolicy: autocert.HostWhitelist(a.Host...), Email: a.Email,
		Client: &acme.Client{DirectoryURL: a.Directory, UserAgent: "encaisse/" + version},
	}}, nil
}

// address is where people find the program, on the port of a listener.
func (i *internet) address(listener net.Listener) string {
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	if port == "443" {
		return "https://" + i.hosts[0]
	}
	return "https://" + net.JoinHostPort(i.hosts[0], port)
}

// secure speaks HTTPS on a listener, and answers the authority there too (tls-alpn-01).
func (i *internet) secure(listener net.Listener) net.Listener {
	config := i.manager.TLSConfig()
	config.MinVersion = tls.VersionTLS12
	return tls.NewListener(listener, config)
}

// warm asks for the certificates at once: what is wrong is in the log before the first visitor comes.
func (i *internet) warm(ctx context.Context) {
	for _, host := range i.hosts {
		hello := &tls.ClientHelloInfo{ServerName: host, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}}
		certificate, err := i.manager.GetCertificate(hello)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			i.log.Error("no certificate; the name must lead to this machine, and its ports 80 and 443 be reached from the Internet", "host", host, "fault", err)
			continue
		}
		i.log.Info("certificate", "host", host, "until", certificate.Leaf.NotAfter)
	}
}

// serveDoor answers the authority in plain HTTP (http-01), and leads everybody else to HTTPS.
func (i *internet) serveDoor(address, public string) (stop func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("the plain HTTP address cannot be served (--http-listen): %w", err)
	}
	server := &http.Server{Handler: i.manager.HTTPHandler(i.toHTTPS(public)), ReadTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10}
	go func() {
		if err := server.Serve(listener); err != http.ErrServerClosed {
			i.log.Error("plain HTTP", "fault", err)
		}
	}()
	return func() { server.Close() }, nil
}

// toHTTPS leads to the same page at one of the names, never to what a visitor claims.
func (i *internet) toHTTPS(public string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "HTTPS only", http.StatusMethodNotAllowed)
			return
		}
		to, host := public, r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if slices.Contains(i.hosts, host) {
			to = strings.Replace(public, "//"+i.hosts[0], "//"+host, 1)
		}
		http.Redirect(w, r, to+r.URL.RequestURI(), http.StatusFound)
	})
}
