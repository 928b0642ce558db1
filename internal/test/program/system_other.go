//go:build !linux

package program

import (
	"os"
	"os/exec"
	"runtime"
)

// ending is what the name of a program ends with.
var ending = map[bool]string{true: ".exe"}[runtime.GOOS == "windows"]

// tie does nothing: this system does not kill children with their parent.
func tie(*exec.Cmd) {}

// interrupt asks a process to end, as Ctrl-C does.
func interrupt(p *os.Process) error { return p.Signal(os.Interrupt) }

// lock does nothing: go build replaces the binary in one step.
func lock(string) (unlock func(), err error) { return func() {}, nil }
