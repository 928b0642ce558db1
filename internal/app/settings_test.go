package app

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/alecthomas/kong"
)

func TestFlagsGoBeforeTheEnvironmentWhichGoesBeforeTheSettingsFile(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "encaisse.json"), []byte(`{"listen": "file:1", "public_url": "https://caisse.exemple.fr", "metrics": "file:2"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ENCAISSE_LISTEN", "environment:1")
	t.Setenv("ENCAISSE_METRICS", "environment:2")
	args := []string{"serve", "--data", data, "--metrics", "flag:2"}
	p := &Program{}
	parser, err := kong.New(p, kong.Configuration(readSettings, settingsFiles(args)...))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		t.Fatal(err)
	}
	if s := p.Serve; s.Metrics != "flag:2" || s.Listen != "environment:1" || s.PublicURL != "https://caisse.exemple.fr" {
		t.Errorf("metrics %q, listen %q, public URL %q", s.Metrics, s.Listen, s.PublicURL)
	}
}
