package app

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set at build: major and minor identify the software in the documents it prints.
var version = "0.1.0"

// Version prints the version.
type Version struct{}

// Run implements the command.
func (Version) Run(p *Program) error {
	commit := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = " " + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	_, err := fmt.Fprintf(p.out, "encaisse %s%s (%s %s/%s)\n", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
