package app

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// settingsFiles lists the settings files, the strongest first. The data folder itself comes from the flags or the environment.
func settingsFiles(args []string) []string {
	data := os.Getenv("ENCAISSE_DATA")
	for i, a := range args {
		if a == "--data" && i+1 < len(args) {
			data = args[i+1]
		} else if len(a) > 7 && a[:7] == "--data=" {
			data = a[7:]
		}
	}
	if data == "" {
		data = "data"
	}
	return []string{filepath.Join(data, "encaisse.json"), "/etc/encaisse.json"}
}

// settings are what a settings file says: the name of a flag, its dashes turned into underscores, and its value.
type settings map[string]any

// readSettings reads a settings file.
func readSettings(r io.Reader) (kong.Resolver, error) {
	s := settings{}
	if err := json.NewDecoder(r).Decode(&s); err != nil {
		return nil, fmt.Errorf("this settings file cannot be read: %w", err)
	}
	return s, nil
}

func settingOf(flag *kong.Flag) string { return strings.ReplaceAll(flag.Name, "-", "_") }

// Validate implements kong.Resolver: a setting that no command has is a mistake, and would otherwise stay without effect and unseen.
func (s settings) Validate(program *kong.Application) error {
	known := map[string]bool{}
	for _, node := range append([]*kong.Node{program.Node}, program.Leaves(false)...) {
		for _, flag := range node.Flags {
			known[settingOf(flag)] = flag.Name != "help"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if !known[name] {
			return fmt.Errorf("a settings file holds %q, which is no setting; see: encaisse serve --help", name)
		}
	}
	return nil
}

// Resolve implements kong.Resolver. What the environment says goes before the file.
func (s settings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if _, said := os.LookupEnv(name); said {
			return nil, nil
		}
	}
	return s[settingOf(flag)], nil
}
