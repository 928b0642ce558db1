package app

import (
	"net"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"encaisse/internal/web/authority"
)

func TestPasskeysServeAtTheAddressTheProgramWasToldElseAtItsNamesElseHere(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	own, err := authority.Open(filepath.Join(t.TempDir(), tlsFolder), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	told := Serve{PublicURL: "https://caisse.exemple.fr"}
	if got := told.keySites(own, listener); !slices.Equal(got, []string{"https://caisse.exemple.fr"}) {
		t.Errorf("told its address, it is %q", got)
	}
	if got := (Serve{}).keySites(nil, listener); !slices.Equal(got, []string{"http://localhost:" + port}) {
		t.Errorf("on this machine alone it is %q", got)
	}
	named := (Serve{}).keySites(own, listener)
	if len(named) == 0 || named[len(named)-1] != "https://localhost:"+port {
		t.Fatalf("by its names it is %q", named)
	}
	for _, address := range named {
		if host := strings.TrimSuffix(strings.TrimPrefix(address, "https://"), ":"+port); net.ParseIP(host) != nil || host == address {
			t.Errorf("%q is no name by HTTPS", address)
		}
	}
}
