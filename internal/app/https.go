package app

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"encaisse/internal/shop/devices"
	"encaisse/internal/web/authority"
)

// tlsFolder is the folder of the authority in the data folder.
const tlsFolder = "tls"

// alone is the address served by default, for this machine only.
const alone = "127.0.0.1:8080"

// shopAuthority is the authority the pages are served with, nil without --https local.
func (s Serve) shopAuthority(p *Program) (*authority.Authority, error) {
	if s.HTTPS != "local" {
		return nil, nil
	}
	return authority.Open(filepath.Join(p.Data, tlsFolder), p.clock.Now)
}

// devices is the room that tells devices how to trust the program.
func (s Serve) devices(a *authority.Authority, listener net.Listener) *devices.Room {
	if a == nil {
		return devices.New(nil, nil)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return devices.New(a, func() []string { return a.Addresses(port) })
}

// keySites are the addresses of the program where passkeys may serve: the one it was told, else its names by HTTPS, else this very machine.
func (s Serve) keySites(a *authority.Authority, listener net.Listener) []string {
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	switch {
	case s.PublicURL != "":
		return []string{s.PublicURL}
	case a != nil:
		return a.Named(port)
	}
	return []string{"http://localhost:" + port}
}

// listen opens the address to serve on: the one of the settings, or the port of HTTPS for a program with a name on the Internet.
func (s Serve) listen(names *internet) (net.Listener, error) {
	address := s.Listen
	if names != nil && address == alone {
		address = internetPort
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("this address cannot be served: %w", err)
	}
	return listener, nil
}

// encrypt speaks HTTPS on a listener by whatever the settings say, gives the address it is reached by, and serves what stands beside in
// plain HTTP.
func (s Serve) encrypt(listener net.Listener, own *authority.Authority, names *internet, site http.Handler, log *slog.Logger) (net.Listener, string, func(), error) {
	if names != nil {
		stop, err := names.serveDoor(s.ACME.HTTPListen, s.PublicURL)
		return names.secure(listener), names.address(listener), stop, err
	}
	listener, address := secured(listener, own)
	stop, err := s.serveInstall(site, address, log)
	return listener, address, stop, err
}

// secured speaks HTTPS on a listener when there is an authority, and gives the address it is reached by.
func secured(listener net.Listener, a *authority.Authority) (net.Listener, string) {
	if a == nil {
		return listener, "http://" + listener.Addr().String()
	}
	host, port, _ := net.SplitHostPort(listener.Addr().String())
	address := "https://" + listener.Addr().String()
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		address = "https://localhost:" + port
	}
	return tls.NewListener(listener, &tls.Config{GetCertificate: a.Certificate, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}), address
}

// serveInstall answers in plain HTTP the one page a device that does not trust the program yet needs, and leads everything else to HTTPS.
func (s Serve) serveInstall(site http.Handler, secure string, log *slog.Logger) (stop func(), err error) {
	if s.HTTPS != "local" || s.Install == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", s.Install)
	if err != nil {
		return nil, fmt.Errorf("the page for devices cannot be served: %w", err)
	}
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(secure, "https://"))
	server := &http.Server{Handler: installOnly(site, port), ReadTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10}
	go func() {
		if err := server.Serve(listener); err != http.ErrServerClosed {
			log.Error("page for devices", "fault", err)
		}
	}()
	log.Info("devices of the shop begin here", "address", "http://"+listener.Addr().String()+devices.Path)
	return func() { server.Close() }, nil
}

// installOnly lets through the page for devices, its certificate and the look; port is that of HTTPS.
func installOnly(site http.Handler, port string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			http.Error(w, "HTTPS only", http.StatusMethodNotAllowed)
		case path == devices.Path, strings.HasPrefix(path, devices.Path+"/"), strings.HasPrefix(path, "/static/"):
			site.ServeHTTP(w, r)
		case path == "/":
			http.Redirect(w, r, devices.Path, http.StatusSeeOther)
		default:
			host := r.Host
			if name, _, err := net.SplitHostPort(host); err == nil {
				host = name
			}
			http.Redirect(w, r, "https://"+net.JoinHostPort(host, port)+r.URL.RequestURI(), http.StatusSeeOther)
		}
	})
}
