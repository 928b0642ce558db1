package app

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"encaisse/internal/web/authority"
)

func TestTheDoorOfDevicesLeadsToOnePageAndToHTTPS(t *testing.T) {
	site := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "the site: "+r.URL.Path) })
	door := installOnly(site, "8443")
	for _, c := range []struct {
		method, path string
		status       int
		want         string
	}{
		{"GET", "/appareils", 200, "the site: /appareils"},
		{"GET", "/appareils/encaisse.crt", 200, "the site: /appareils/encaisse.crt"},
		{"GET", "/static/0123/encaisse.css", 200, "the site: /static/0123/encaisse.css"},
		{"GET", "/", 303, "/appareils"},
		{"GET", "/connexion?retour=/compte", 303, "https://caisse.local:8443/connexion?retour=/compte"},
		{"GET", "/appareilsx", 303, "https://caisse.local:8443/appareilsx"},
		{"POST", "/connexion", 405, "HTTPS only\n"},
		{"POST", "/appareils", 405, "HTTPS only\n"},
	} {
		r := httptest.NewRequest(c.method, "http://caisse.local:8081"+c.path, nil)
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		got := w.Header().Get("Location")
		if got == "" {
			got = w.Body.String()
		}
		if w.Code != c.status || got != c.want {
			t.Errorf("%s %s: %d %q, want %d %q", c.method, c.path, w.Code, got, c.status, c.want)
		}
	}
}

func TestThePagesAreServedByHTTPSToDevicesThatTrustTheProgram(t *testing.T) {
	a, err := authority.Open(t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener, address := secured(plain, a)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) })}
	go server.Serve(listener)
	defer server.Close()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(a.Root())
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}}
	defer client.CloseIdleConnections()
	answer, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != 200 || len(text) == 0 {
		t.Errorf("%d %q %v", answer.StatusCode, text, err)
	}
	if same, address := secured(plain, nil); same != plain || address != "http://"+plain.Addr().String() {
		t.Errorf("without an authority: %s", address)
	}
}
